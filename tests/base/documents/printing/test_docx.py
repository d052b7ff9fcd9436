"""A letter in Word is a letter one can go on writing."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from leitplanke.base.documents.printing import letter_docx, letter_pdf
from leitplanke.base.documents.printing.words import WITH_MODEL
from leitplanke.core.drafting.brief import Author, Brief, Paragraph, Part, Sentence, Table
from tests.base.documents.printing.samples import bescheid, mitwirkung, paragraph
from tests.base.documents.printing.test_pdf import HOSTILE


def opened(brief: Brief) -> Any:
    return docx.Document(io.BytesIO(letter_docx(brief)))


def test_headings_lists_and_tables_are_real_ones() -> None:
    document = opened(bescheid())
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") == 5
    assert styles.count("List Bullet") == 4
    assert styles.count("Anlage") == 2
    assert styles.count("Anschrift") == 4
    rows = document.tables[0].rows
    marked = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert marked == [True] + [False] * 11


def test_words_of_a_model_are_told_to_people_and_to_machines() -> None:
    own = (Sentence("abc.", author=Author.PERSON), Sentence("def.", author=Author.MODEL))
    brief = bescheid().with_body((Paragraph("a", Part.TEXT, own),))
    document = opened(brief)
    assert "davon von einem KI-Modell formuliert 50 %" in document.core_properties.keywords
    assert WITH_MODEL in document.core_properties.keywords
    assert document.paragraphs[-1].text == brief.notice
    assert "KI-Modell" in brief.notice
    assert "AI model" in replace(brief, sprache="en").notice
    info = pypdf.PdfReader(io.BytesIO(letter_pdf(brief)))
    assert WITH_MODEL in info.trailer["/Info"]["/Keywords"]
    assert "KI-Modell" not in bescheid().notice


@pytest.mark.parametrize("brief", [bescheid(), mitwirkung()], ids=["bescheid", "mitwirkung"])
def test_every_word_is_in_the_document_in_order(brief: Brief) -> None:
    document = opened(brief)
    texts = [paragraph.text for paragraph in document.paragraphs]
    wanted = [brief.betreff]
    for block in brief.paragraphs:
        wanted += [block.heading] if block.heading else []
        wanted += [each.text for each in block.sentences] if block.listed else [block.text]
    assert [text for text in texts if text in wanted] == wanted
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    tables = [block for block in brief.body if isinstance(block, Table)]
    assert cells == [list(row) for table in tables for row in (table.columns, *table.rows)]


def test_language_title_and_share_are_in_the_properties() -> None:
    document = opened(bescheid())
    properties = document.core_properties
    assert properties.title == "Bescheid über Wohngeld ab Oktober 2026"
    assert properties.author == "Stadt Musterstadt"
    assert properties.keywords == "maschinell erstellt 100 %"
    assert properties.language == "de-DE"
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"de-DE"}


def test_page_number_is_a_field_from_the_second_page() -> None:
    section = opened(bescheid()).sections[0]
    assert section.different_first_page_header_footer
    codes = [field.get(qn("w:instr")) for field in section.header._element.iter(qn("w:fldSimple"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert section.first_page_header.paragraphs[0].text == "Stadt Musterstadt"


def test_same_letter_gives_the_same_bytes() -> None:
    assert letter_docx(bescheid()) == letter_docx(bescheid())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_breaks_nothing(text: str) -> None:
    table = Table("t", text, (text,), ((text, text), ()))
    body = (paragraph(Part.TENOR, text, heading=text), table)
    document = opened(replace(bescheid(), betreff=text, empfaenger=(text,), body=body, anlagen=(text,)))
    assert len(document.tables[0].columns) == 2

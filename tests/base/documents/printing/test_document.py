"""The documents of a guideline as PDF and DOCX."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Any
from xml.etree.ElementTree import fromstring

import docx
import pypdf
import pytest

from leitplanke.base.documents.printing import PrintError, document_docx, document_pdf
from leitplanke.base.documents.printing.document import page_count
from leitplanke.core.guideline import Example, example_guideline, load_blocks
from leitplanke.core.guideline.writing import Document, Material, Municipality, Output, Town, material_of, write
from leitplanke.core.guideline.writing.tree import Heading, Text
from leitplanke.core.policy import load_profile
from tests.base.documents.printing.test_pdf import read, squeezed, tags

CONTENT = resources.files("leitplanke.content") / "leitlinien"
BLOCKS = load_blocks(CONTENT / "bausteine")
TABLE = load_profile(CONTENT / "standard").table
TOWN = Town("Musterstadt", Municipality.STADT, date(2026, 11, 28))
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def material(example: Example = Example.AUSGEWOGEN) -> Material:
    return material_of(example_guideline(BLOCKS, example, town=TOWN.full), BLOCKS, TOWN, TABLE)


def leaflet(example: Example) -> Document:
    return write(Output.MERKBLATT, material(example))


@pytest.mark.parametrize("example", list(Example))
def test_the_leaflet_has_exactly_two_pages(example: Example) -> None:
    assert page_count(document_pdf(leaflet(example))) == 2


def test_a_small_town_s_leaflet_has_two_pages_too() -> None:
    few = material_of(example_guideline(BLOCKS, Example.STRENG, core=True), BLOCKS, TOWN, TABLE)
    for source in (few, material_of(replace(few.guideline, choices=()), BLOCKS, TOWN, TABLE)):
        assert page_count(document_pdf(write(Output.MERKBLATT, source))) == 2


def test_what_does_not_fit_its_pages_is_refused_with_a_word_on_what_to_do() -> None:
    long = replace(leaflet(Example.OFFEN), nodes=tuple(Text("Wort " * 200) for _index in range(20)))
    with pytest.raises(PrintError, match="kürzen"):
        document_pdf(long)


def test_the_pdf_is_tagged_and_says_every_clause() -> None:
    source = material()
    document = write(Output.LEITLINIE, source)
    made = document_pdf(document)
    root: Any = pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert root["/Lang"] == "de"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    found = tags(made)
    assert found["/H1"] == 1
    assert found["/H2"] + found["/H3"] == len(list(document.headings))
    assert found["/Note"] + found["/FENote"] == len(document.notes)
    shown = squeezed(read(made))
    place = 0
    for heading in (heading for heading in document.headings if heading.level == 3):
        place = shown.index(squeezed(heading.words), place)
    assert made == document_pdf(document)


def test_word_has_real_headings_header_rows_and_footnotes() -> None:
    document = write(Output.LEITLINIE, material())
    made = document_docx(document)
    assert made == document_docx(document)
    opened = docx.Document(io.BytesIO(made))
    styles = [paragraph.style.name for paragraph in opened.paragraphs if paragraph.style is not None]
    assert styles.count("Heading 1") == 1
    headings = [node for node in document.nodes if isinstance(node, Heading)]
    assert styles.count("Heading 3") == sum(heading.level == 3 for heading in headings)
    for table in opened.tables:
        assert table._tbl.tr_lst[0].trPr.find(f"{WORD}tblHeader") is not None
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        notes = fromstring(archive.read("word/footnotes.xml"))  # noqa: S314 - our own file
        body = fromstring(archive.read("word/document.xml"))  # noqa: S314
    texts = ["".join(note.itertext()).strip() for note in notes if int(note.attrib[f"{WORD}id"]) > 0]
    assert texts == list(document.notes)
    named = [int(one.attrib[f"{WORD}id"]) for one in body.iter(f"{WORD}footnoteReference")]
    assert named == list(range(1, len(texts) + 1))


@pytest.mark.parametrize("kind", [Output.BESCHLUSSVORLAGE, Output.DIENSTVEREINBARUNG, Output.EINFACH])
def test_other_documents_can_be_set_both_ways(kind: Output) -> None:
    core = material_of(example_guideline(BLOCKS, Example.OFFEN, core=True), BLOCKS, TOWN, TABLE)
    document = write(kind, core)
    shown = squeezed(read(document_pdf(document)))
    word = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(document_docx(document))).paragraphs)
    for node in document.nodes:
        if isinstance(node, Text):
            assert node.text in word
            assert squeezed(node.text.split(".")[0]) in shown
    assert squeezed(document.draft) in shown

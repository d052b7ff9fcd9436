"""A letter as DOCX that a person goes on writing in: real styles, headings, header rows and fields."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from leitplanke.base.documents.printing.docx_styles import (
    ADDRESS,
    ENCLOSURE,
    INFO,
    LETTERHEAD,
    MARKED_TEXT,
    NOTICE,
    RETURN_LINE,
    UNIT,
    prepare_styles,
)
from leitplanke.base.documents.printing.letter import MARKED, TOGETHER, information, signature_place
from leitplanke.base.documents.printing.text import clean
from leitplanke.base.documents.printing.words import language_of, long_date, origin_notes, words
from leitplanke.core.drafting.brief import Brief, Paragraph, Table

ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def letter_docx(brief: Brief) -> bytes:
    """Return a letter as DOCX; the same letter gives the same bytes."""
    document = docx.Document()
    prepare_styles(document, locale_of(brief.sprache))
    _describe(document, brief)
    _set_head(document, brief)
    document.add_heading(clean(brief.betreff), 1)
    greeting = signature_place(brief.body)
    for index, block in enumerate(brief.body):
        _add_block(document, block)
        if index == greeting:
            _add_signature(document, brief)
    if greeting is None:
        _add_signature(document, brief)
    _add_end(document, brief)
    return same_bytes(document)


def locale_of(sprache: str) -> str:
    """Return the language with country, as Word wants it."""
    return {"de": "de-DE", "en": "en-GB"}.get(language_of(sprache), language_of(sprache))


def _describe(document: Any, brief: Brief) -> None:
    properties = document.core_properties
    properties.title = clean(brief.betreff)[:255]
    properties.author = properties.last_modified_by = clean(brief.absender.behoerde)[:255]
    properties.keywords = ", ".join(origin_notes(brief.machine_share, brief.model_share))
    properties.comments = clean(brief.notice)[:255]
    properties.language = locale_of(brief.sprache)
    properties.created = properties.modified = datetime.combine(brief.datum, time(12))
    properties.revision = 1


def _set_head(document: Any, brief: Brief) -> None:
    absender, named = brief.absender, words(brief.sprache)
    section = document.sections[0]
    section.different_first_page_header_footer = True
    letterhead = section.first_page_header.paragraphs[0]
    letterhead.style = LETTERHEAD
    letterhead.add_run(clean(absender.behoerde))
    if absender.stelle.strip():
        section.first_page_header.add_paragraph(clean(absender.stelle), style=UNIT)
    running = section.header.paragraphs[0]
    running.add_run(f"{clean(brief.aktenzeichen)} · {long_date(brief.datum, brief.sprache)}\t\t{named['seite']} ")
    add_field(running, "PAGE")
    running.add_run(f" {named['von']} ")
    add_field(running, "NUMPAGES")
    line = " · ".join(clean(part) for part in (absender.behoerde, *absender.anschrift) if part.strip())
    document.add_paragraph(line, style=RETURN_LINE)
    for text in brief.empfaenger:
        document.add_paragraph(clean(text), style=ADDRESS)
    for label, value in information(brief):
        document.add_paragraph(f"{label}:\t{clean(value)}", style=INFO)


def add_field(paragraph: Any, code: str) -> None:
    """Add what Word counts itself, such as the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no verb for fields


def _add_block(document: Any, block: Paragraph | Table) -> None:
    if isinstance(block, Table):
        add_table(document, block)
        return
    if block.heading.strip():
        document.add_heading(clean(block.heading), 2)
    added = list(_add_sentences(document, block))
    if block.part in TOGETHER:
        for paragraph in added:
            paragraph.paragraph_format.keep_together = True
        for paragraph in added[:-1]:
            paragraph.paragraph_format.keep_with_next = True


def _add_sentences(document: Any, block: Paragraph) -> Iterator[Any]:
    sentences = [clean(sentence.text) for sentence in block.sentences if sentence.text.strip()]
    if block.listed:
        for text in sentences:
            yield document.add_paragraph(text, style="List Bullet")
    elif sentences:
        yield document.add_paragraph(" ".join(sentences), style=MARKED_TEXT if block.part in MARKED else None)


def add_table(document: Any, block: Table, *, amounts: bool = True) -> None:
    """Add a table with caption and a header row that repeats; the last column holds amounts, or words."""
    if block.caption.strip():
        document.add_paragraph(clean(block.caption), style="Caption")
    count = max([len(block.columns), *map(len, block.rows), 1])
    table = document.add_table(rows=1 + len(block.rows), cols=count, style="Table Grid")
    for index, (row, cells) in enumerate(zip(table.rows, (block.columns, *block.rows), strict=True)):
        _mark_row(row, header=index == 0)
        strong = index == 0 or index - 1 in block.strong
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=False)):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(clean(text))
            if strong:
                run.style = "Strong"
            if amounts and count > 1 and place == count - 1:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def _mark_row(row: Any, *, header: bool) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no verb for header rows
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _add_signature(document: Any, brief: Brief) -> None:
    if brief.unterzeichnet.strip():
        document.add_paragraph(clean(brief.unterzeichnet))


def _add_end(document: Any, brief: Brief) -> None:
    enclosures = [clean(title) for title in brief.anlagen if title.strip()]
    if enclosures:
        document.add_heading(words(brief.sprache)["anlagen"], 2)
        for title in enclosures:
            document.add_paragraph(title, style=ENCLOSURE)
    if brief.notice.strip():
        document.add_paragraph(clean(brief.notice), style=NOTICE)


def same_bytes(document: Any) -> bytes:
    """Return a document as a file that is the same each time."""
    # The ZIP that python-docx writes carries the time of writing.
    raw, made = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return made.getvalue()

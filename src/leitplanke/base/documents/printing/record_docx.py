"""The same documents as `record_pdf` makes, as DOCX that a person goes on writing in."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import docx
from docx.shared import Mm

from leitplanke.base.documents.printing.docx_styles import NOTICE, UNIT, prepare_styles
from leitplanke.base.documents.printing.letter_docx import add_field, add_table, locale_of, same_bytes
from leitplanke.base.documents.printing.record import Illustration, Items, Record, TextTable
from leitplanke.base.documents.printing.text import clean
from leitplanke.base.documents.printing.words import long_date, words
from leitplanke.core.drafting.brief import Table


def record_docx(record: Record) -> bytes:
    """Return a document as DOCX; the same document gives the same bytes."""
    document = docx.Document()
    prepare_styles(document, locale_of(record.sprache))
    # No address field stands above the title of such a document.
    document.styles["Heading 1"].paragraph_format.space_before = Mm(0)
    _describe(document, record)
    _set_running_head(document, record)
    document.add_heading(clean(record.title), 1)
    if record.subtitle.strip():
        document.add_paragraph(clean(record.subtitle), style=UNIT)
    for label, value in record.highlights:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{clean(label)}: ").style = "Strong"
        paragraph.add_run(clean(value))
    for section in record.sections:
        document.add_heading(clean(section.heading), 2)
        for block in section.blocks:
            _add_block(document, block)
    if record.notice.strip():
        document.add_paragraph(clean(record.notice), style=NOTICE)
    return same_bytes(document)


def _describe(document: Any, record: Record) -> None:
    properties = document.core_properties
    properties.title = clean(record.title)[:255]
    properties.author = properties.last_modified_by = clean(record.office.behoerde)[:255]
    properties.language = locale_of(record.sprache)
    properties.created = properties.modified = datetime.combine(record.datum, time(12))
    properties.revision = 1


def _set_running_head(document: Any, record: Record) -> None:
    named = words(record.sprache)
    running = document.sections[0].header.paragraphs[0]
    running.add_run(f"{clean(record.title)[:60]} · {long_date(record.datum, record.sprache)}\t\t{named['seite']} ")
    add_field(running, "PAGE")
    running.add_run(f" {named['von']} ")
    add_field(running, "NUMPAGES")


def _add_block(document: Any, block: str | Items | Table | Illustration) -> None:
    if isinstance(block, Table):
        add_table(document, block, amounts=not isinstance(block, TextTable))
    elif isinstance(block, Illustration):
        # Word shows no SVG of ours; what the picture says stands there in words.
        document.add_paragraph(f"{clean(block.caption)}: {clean(block.alt)}")
    elif isinstance(block, Items):
        for item in block.items:
            document.add_paragraph(clean(item), style="List Bullet")
    else:
        document.add_paragraph(clean(block))

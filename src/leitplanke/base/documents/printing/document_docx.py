"""The documents of a guideline as DOCX that a town goes on writing in: headings, lists, header rows, footnotes."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import docx
from docx.enum.text import WD_TAB_LEADER
from docx.shared import Mm, Pt

from leitplanke.base.documents.printing.document import label_of
from leitplanke.base.documents.printing.docx_notes import add_notes, refer_to
from leitplanke.base.documents.printing.docx_styles import (
    ACCENT,
    LETTERHEAD,
    MARKED_TEXT,
    NOTICE,
    UNIT,
    prepare_styles,
    set_font,
)
from leitplanke.base.documents.printing.letter_docx import add_field, add_table, same_bytes
from leitplanke.base.documents.printing.record import TextTable
from leitplanke.base.documents.printing.text import clean
from leitplanke.core.guideline.writing.town import long_day
from leitplanke.core.guideline.writing.tree import (
    Document,
    Heading,
    Manner,
    NewPage,
    Node,
    Points,
    Signatures,
    Table,
    Terms,
    Text,
)

LOCALE = "de-DE"
EASY_SIZE = 14


def document_docx(document: Document) -> bytes:
    """Return a document as DOCX; the same document gives the same bytes. How many pages it has is Word's business."""
    made = docx.Document()
    _prepare(made, document)
    made.add_paragraph(clean(document.author), style=LETTERHEAD)
    made.add_heading(clean(document.title), 1)
    made.add_paragraph(clean(document.subtitle), style=UNIT)
    if document.draft:
        made.add_paragraph(clean(document.draft), style=MARKED_TEXT)
    for place, node in enumerate(document.nodes):
        if isinstance(node, Heading) and place and isinstance(document.nodes[place - 1], NewPage):
            made.add_heading(clean(node.words), node.level).paragraph_format.page_break_before = True
        else:
            _add(made, node)
    add_notes(made, [clean(note) for note in document.notes])
    return same_bytes(made)


def _prepare(made: Any, document: Document) -> None:
    prepare_styles(made, LOCALE)
    styles = made.styles
    # No address field stands above the title of such a document.
    styles["Heading 1"].paragraph_format.space_before = Mm(6)
    for level, size, before in ((1, 20, 12), (2, 14, 20), (3, 11.5, 12), (4, 11, 10)):
        style = styles[f"Heading {level}"]
        set_font(style, size=size, color=ACCENT, after=4)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.keep_with_next = True
    if document.easy:
        set_font(styles["Normal"], size=EASY_SIZE, after=10)
    properties = made.core_properties
    properties.title, properties.language = clean(document.title)[:255], LOCALE
    properties.author = properties.last_modified_by = clean(document.author)[:255]
    properties.comments = clean(document.draft)[:255]
    properties.created = properties.modified = datetime.combine(document.day, time(12))
    properties.revision = 1
    running = made.sections[0].header.paragraphs[0]
    running.add_run(f"{clean(document.title)[:60]} · Stand {long_day(document.day)}\t\tSeite ")
    add_field(running, "PAGE")
    running.add_run(" von ")
    add_field(running, "NUMPAGES")


def _add(made: Any, node: Node) -> None:
    match node:
        case Heading():
            made.add_heading(clean(node.words), node.level)
        case Text():
            _add_text(made, node)
        case Points():
            _add_points(made, node)
        case Terms():
            for name, said in node.pairs:
                _labelled(made, f"{name}:", said, None)
        case Table():
            add_table(made, TextTable("", node.caption, node.columns, node.rows), amounts=False)
        case Signatures():
            _add_signatures(made, node)


def _labelled(made: Any, label: str, text: str, style: str | None) -> Any:
    paragraph = made.add_paragraph(style=style)
    if label:
        paragraph.add_run(f"{clean(label)} ").style = "Strong"
    paragraph.add_run(clean(text))
    return paragraph


def _add_text(made: Any, text: Text) -> None:
    paragraph = _labelled(made, label_of(text.label), text.text, NOTICE if text.manner is Manner.SMALL else None)
    if text.manner is Manner.MARKED:
        paragraph.paragraph_format.left_indent = Mm(8)
    if text.note:
        refer_to(paragraph, text.note)


def _add_points(made: Any, points: Points) -> None:
    if points.label:
        _labelled(made, label_of(points.label), "", None).paragraph_format.keep_with_next = True
    for item in points.items:
        made.add_paragraph(clean(item), style="List Number" if points.ordered else "List Bullet")


def _add_signatures(made: Any, node: Signatures) -> None:
    for who in node.who:
        line = made.add_paragraph("\t")
        line.paragraph_format.tab_stops.add_tab_stop(Mm(90), leader=WD_TAB_LEADER.LINES)
        line.paragraph_format.space_before = Pt(36)
        line.paragraph_format.keep_with_next = True
        made.add_paragraph("Ort, Datum, Unterschrift", style=NOTICE).paragraph_format.keep_with_next = True
        made.add_paragraph(clean(who))

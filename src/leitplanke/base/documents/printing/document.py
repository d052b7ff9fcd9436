"""The documents of a guideline on paper, as PDF/UA-1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2

from leitplanke.base.documents.printing.text import LONG_ROW, LONGEST_HEAD, paper, papers, running
from leitplanke.base.documents.printing.typesetting import PrintError, typeset
from leitplanke.core.guideline.writing.town import long_day
from leitplanke.core.guideline.writing.tree import (
    Document,
    Heading,
    NewPage,
    Node,
    Points,
    Signatures,
    Table,
    Terms,
    Text,
)

# Sizes in points. A document with a number of pages gets the largest at which it has it.
SIZE, EASY_SIZE = 11.0, 13.0
FITTING_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)
# Shorter cells stay on a line; longer ones share the width by how much they say.
SHORT_CELL, LEAST_SHARE, MOST_SHARE = 16, 14, 60
# So many columns leave no room for anything but the longest word of each.
FEW_COLUMNS, LEAST_OF_MANY = 4, 11
CONTENTS_FROM = 6


def document_pdf(document: Document) -> bytes:
    """Return a document as tagged PDF; the same document gives the same bytes.

    Raises:
        TooLongError: it would have more than 200 pages.
        PrintError: it could not be set, or not on the pages that it must have.
    """
    values = _values(document)
    if not document.pages:
        return typeset("schriftstueck.typ", values, document.day)
    for size in FITTING_SIZES:
        made = typeset("schriftstueck.typ", {**values, "size": size}, document.day)
        if page_count(made) == document.pages:
            return made
    raise PrintError(f"Der Text passt nicht auf {document.pages} Seiten. Bitte kürzen Sie den eigenen Wortlaut.")


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return len(opened)
    finally:
        opened.close()


def _values(document: Document) -> dict[str, Any]:
    contents = (
        not document.pages and not document.easy and sum(h.level == 2 for h in document.headings) >= CONTENTS_FROM
    )
    return {
        "words": {"seite": "Seite", "von": "von"},
        "lang": "de",
        "date": {"year": document.day.year, "month": document.day.month, "day": document.day.day},
        "title": paper(document.title),
        "author": papers([document.author]),
        "author_line": paper(document.author),
        "description": paper(document.draft),
        "keywords": [],
        "running": running(document.title, f"Stand {long_day(document.day)}"),
        "subtitle": paper(document.subtitle),
        "draft": paper(document.draft),
        "size": EASY_SIZE if document.easy else SIZE,
        "easy": document.easy,
        "dense": bool(document.pages),
        "contents": contents,
        "contents_after": _first_text(document.nodes),
        "blocks": [_block(node, document.notes) for node in document.nodes],
    }


def _first_text(nodes: Sequence[Node]) -> int:
    """Return after which node the contents stand: before the first heading."""
    return next((place - 1 for place, node in enumerate(nodes) if isinstance(node, Heading)), -1)


def _block(node: Node, notes: Sequence[str]) -> dict[str, Any]:  # noqa: PLR0911 - one for each kind of node
    match node:
        case Heading():
            return {"kind": "heading", "level": node.level, "number": paper(node.number), "text": paper(node.text)}
        case Text():
            return {
                "kind": "text", "label": label_of(node.label), "text": paper(node.text), "manner": node.manner.value,
                "note": paper(notes[node.note - 1]) if node.note else "",
            }  # fmt: skip
        case Points():
            return {
                "kind": "points", "label": label_of(node.label), "ordered": node.ordered, "items": papers(node.items)
            }  # fmt: skip
        case Terms():
            return {"kind": "terms", "pairs": [[paper(name), paper(said)] for name, said in node.pairs]}
        case Table():
            return _table(node)
        case Signatures():
            return {"kind": "sign", "who": papers(node.who)}
        case NewPage():
            return {"kind": "page"}


def label_of(label: str) -> str:
    """Return the words a paragraph begins with, with their colon; a number in brackets has none."""
    return paper(label if not label or label.endswith(")") else f"{label}:")


def _table(table: Table) -> dict[str, Any]:
    columns = [paper(column) for column in table.columns]
    rows = [[paper(cell) for cell in row] for row in table.rows]
    return {
        "kind": "table", "caption": paper(table.caption), "columns": columns, "right": False,
        "short_head": max(map(len, columns)) <= LONGEST_HEAD, "widths": _widths([columns, *rows]),
        "rows": [{"cells": row, "strong": False, "long": max(map(len, row)) > LONG_ROW} for row in rows],
    }  # fmt: skip


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return per column 0 (as wide as its words) where all are short, else a share by how much it says."""
    columns = list(zip(*rows, strict=True))
    # No word, and no norm that stays together, may need more than its column has.
    longest = [max(len(run) for cell in column for run in cell.split(" ")) for column in columns]
    if len(columns) > FEW_COLUMNS:
        return [max(size + 3, LEAST_OF_MANY) for size in longest]
    widths = [
        0
        if max(map(len, column)) <= SHORT_CELL
        else min(max(sum(map(len, column)) // len(column), size + 2, LEAST_SHARE), MOST_SHARE)
        for column, size in zip(columns, longest, strict=True)
    ]
    return widths if any(widths) else [1, *widths[1:]]

"""A document as Markdown; nothing that a town typed is read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

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

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&$])")
BLANK_LINE = r"\_" * 24
_LINE_START = re.compile(r"^(\s*)([#+=:-]|\d+(?=[.)]))")


def markdown(document: Document) -> str:
    """Return a document as Markdown (with the tables and footnotes of GitHub and pandoc)."""
    parts = [f"# {_escaped(document.title)}", _escaped(f"{document.author} · {document.subtitle}")]
    if document.draft:
        parts.append(f"> **{_escaped(document.draft)}**")
    parts += [part for node in document.nodes for part in _node(node)]
    parts += [f"[^{number}]: {_escaped(note)}" for number, note in enumerate(document.notes, 1)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _node(node: Node) -> Iterator[str]:
    match node:
        case Heading():
            yield f"{'#' * node.level} {_inline(node.words)}"
        case Text():
            yield _paragraph(node)
        case Points():
            if node.label:
                yield f"**{_inline(node.label)}:**"
            yield "\n".join(
                f"{f'{place}.' if node.ordered else '-'} {_escaped(item)}" for place, item in enumerate(node.items, 1)
            )
        case Terms():
            yield from (f"**{_inline(name)}:** {_inline(said)}" for name, said in node.pairs)
        case Table():
            if node.caption:
                yield f"**{_inline(node.caption)}**"
            yield _table(node)
        case Signatures():
            yield from (f"Ort, Datum, Unterschrift: {BLANK_LINE}\n\n{_escaped(who)}" for who in node.who)
        case NewPage():
            yield "---"


def _paragraph(text: Text) -> str:
    label = f"**{_inline(text.label)}{_colon(text.label)}** " if text.label else ""
    note = f"[^{text.note}]" if text.note else ""
    said = f"{label}{_inline(text.text) if label else _escaped(text.text)}{note}"
    return f"> {said}" if text.manner is Manner.MARKED else said


def _colon(label: str) -> str:
    return "" if label.endswith(")") else ":"


def _table(table: Table) -> str:
    rows = [table.columns, tuple("---" for _column in table.columns), *table.rows]
    lines = []
    for place, row in enumerate(rows):
        cells = row if place == 1 else tuple(_inline(cell) for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _inline(text: str) -> str:
    return " ".join(_MARKUP.sub(r"\\\1", text).split())


def _escaped(text: str) -> str:
    """Escape a text that begins a line: there a few more signs would be markup."""
    return _LINE_START.sub(_guarded, _inline(text))


def _guarded(found: re.Match[str]) -> str:
    space, sign = found.groups()
    return f"{space}{sign}&#8203;" if sign.isdigit() else f"{space}\\{sign}"

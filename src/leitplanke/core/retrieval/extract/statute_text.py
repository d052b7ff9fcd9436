"""The body of one norm: paragraphs, nested lists and tables of the gesetze-im-internet XML, in reading order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leitplanke.core.retrieval.documents import BlockKind
from leitplanke.core.retrieval.extract.tidy import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from leitplanke.core.retrieval.extract.builder import TextBuilder

_ABSATZ = re.compile(r"\((\d+[a-z]*)\)\s")
_OUT = frozenset({"FnR", "FnArea", "Footnotes", "Footnote", "kommentar", "ABWFORMAT", "pre", "TOC"})
_TITLES = frozenset({"Title", "Subtitle", "Ident"})
_FLOW = frozenset({"P", "LA", "Content"})
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def plain(element: Element | None) -> str:
    """Return the text of an element in one line, without footnote marks."""
    return "" if element is None else one_line("".join(_strings(element)))


def _strings(element: Element) -> Iterator[str]:
    """Yield the text inside an inline element."""
    yield element.text or ""
    for child in element:
        if child.tag == "BR":
            yield " "
        elif child.tag == "SUP":
            yield _superscript(child)
        elif child.tag == "IMG":
            yield _picture(child)
        elif child.tag in ("DT", "DD", "LA", "P", "entry"):
            yield " "
            yield from _strings(child)
        elif child.tag not in _OUT:
            yield from _strings(child)
        yield child.tail or ""


def _superscript(element: Element) -> str:
    """Raise digits (m²); the small numbers that count sentences are typesetting and stay out."""
    return "" if element.get("class") == "Rec" else plain_or(element).translate(_SUPERSCRIPT)


def plain_or(element: Element) -> str:
    """Return all text below an element, unchanged."""
    return "".join(element.itertext())


def _picture(element: Element) -> str:
    text = one_line(element.get("alt", ""))
    return f" [Abbildung: {text}] " if text else " "


class NormText:
    """Writes one norm into a builder.

    `kind` and `level` say what the text being collected will become: a paragraph, or an item of the list we are in.
    """

    def __init__(self, builder: TextBuilder) -> None:
        """Write at the builder's current place."""
        self._builder = builder
        self._headings = builder.place.headings
        self._pending: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 0

    def write(self, content: Element) -> None:
        """Write the whole norm."""
        self._flow(content)
        self._flush()

    def _flush(self) -> None:
        text = one_line("".join(self._pending))
        self._pending.clear()
        if self._kind is BlockKind.PARAGRAPH and (match := _ABSATZ.match(text)):
            self._builder.move(absatz=match[1])
        self._builder.add(self._kind, text, self._level)

    def _flow(self, element: Element) -> None:
        """Collect inline text; lists, tables and inner paragraphs interrupt it."""
        self._pending.append(element.text or "")
        for child in element:
            tag = child.tag
            if tag == "DL":
                self._list(child)
            elif tag == "table":
                self._table(child)
            elif tag in _TITLES:
                self._title(child)
            elif tag in _FLOW:
                self._flush()
                self._flow(child)
                self._flush()
            elif tag == "BR":
                self._pending.append(" ")
            elif tag == "SUP":
                self._pending.append(_superscript(child))
            elif tag == "IMG":
                self._pending.append(_picture(child))
            elif tag not in _OUT:
                self._flow(child)
            self._pending.append(child.tail or "")

    def _title(self, element: Element) -> None:
        """Set a heading inside an annex; what follows lies below it."""
        self._flush()
        text = plain(element)
        self._builder.add(BlockKind.HEADING, text, 6)
        if text:
            self._builder.move(headings=(*self._headings, text))

    def _list(self, element: Element) -> None:
        self._flush()
        outer = self._kind, self._level
        self._kind, self._level = BlockKind.LIST_ITEM, self._level + 1
        for child in element:
            if child.tag == "DT":
                self._flush()
                self._pending.append(f"{plain(child)} ")
            elif child.tag == "DD":
                self._item(child)
        self._flush()
        self._kind, self._level = outer

    def _item(self, element: Element) -> None:
        """Write the text of an item; only its first line carries the number."""
        for index, line in enumerate(element):
            if index:
                self._flush()
            self._flow(line)
        self._flush()

    def _table(self, element: Element) -> None:
        self._flush()
        outer = self._kind, self._level
        self._kind, self._level = BlockKind.TABLE_ROW, 0
        for row in element.iter("row"):
            cells = [plain(entry) for entry in row.iter("entry")]
            self._pending.append(" | ".join(cell for cell in cells if cell))
            self._flush()
        self._kind, self._level = outer

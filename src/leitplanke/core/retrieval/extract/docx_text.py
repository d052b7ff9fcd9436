"""The body of a Word file: paragraphs, lists, tables and text boxes, without what is hidden or deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitplanke.core.retrieval.documents import BlockKind
from leitplanke.core.retrieval.extract.docx_styles import WORD, Numbering, Styles, is_on, number_of, qname, value
from leitplanke.core.retrieval.extract.structure import Item
from leitplanke.core.retrieval.extract.tidy import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from leitplanke.core.retrieval.extract.builder import TextBuilder

_SPACES = {qname("tab"): " ", qname("br"): " ", qname("cr"): " ", qname("noBreakHyphen"): "-"}
_DELETED = frozenset({qname("del"), qname("moveFrom")})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = qname("txbxContent")
_HIDDEN = "Versteckter Text der Word-Datei wurde nicht übernommen."
_WHITE = "Weißer oder winziger Text der Word-Datei wurde nicht übernommen."
_CHANGED = "Die Word-Datei enthält nachverfolgte Änderungen: Eingefügtes wurde übernommen, Gelöschtes nicht."
_TINY = 4  # in half points


@dataclass(frozen=True, slots=True)
class WordItem(Item):
    """An item that also knows whether all of its text is bold."""

    bold: bool = False


class Body:
    """Reads the main part into items."""

    def __init__(self, styles: Styles, numbering: Numbering, builder: TextBuilder) -> None:
        """Take the parts that the text refers to."""
        self._styles = styles
        self._numbering = numbering
        self._builder = builder
        self._items: list[WordItem] = []

    def read(self, root: Element) -> list[WordItem]:
        """Return the items of the whole document in order."""
        body = root.find(qname("body"))
        if body is not None:
            self._blocks(body)
        return self._items

    def _blocks(self, parent: Element) -> None:
        for child in parent:
            if child.tag == qname("p"):
                self._paragraph(child)
            elif child.tag == qname("tbl"):
                self._table(child)
            elif child.tag in _DELETED:
                self._builder.find(_CHANGED)
            else:  # content controls and inserted blocks
                self._blocks(child)

    def _table(self, table: Element) -> None:
        rows = list(table.iter(qname("tr")))
        if all(len(row.findall(qname("tc"))) < 2 for row in rows):  # a frame, not a table
            for row in rows:
                for cell in row.findall(qname("tc")):
                    self._blocks(cell)
            return
        for row in rows:
            cells = [
                one_line(" ".join(self._text(p)[0] for p in cell.iter(qname("p")))) for cell in row.iter(qname("tc"))
            ]
            text = " | ".join(cell for cell in cells if cell)
            if text:
                self._items.append(WordItem(BlockKind.TABLE_ROW, text))

    def _paragraph(self, paragraph: Element) -> None:
        text, bold = self._text(paragraph)
        text = one_line(text)
        if text:
            self._items.append(self._item(paragraph.find(qname("pPr")), text, bold=bold))
        for box in _boxes(paragraph):
            self._blocks(box)

    def _item(self, properties: Element | None, text: str, *, bold: bool) -> WordItem:
        style = value(properties.find(qname("pStyle"))) if properties is not None else ""
        outline = value(properties.find(qname("outlineLvl"))) if properties is not None else ""
        level = (
            min(int(outline) + 1, 6) if outline.isdecimal() and int(outline) < 9 else self._styles.heading_level(style)
        )
        number_id, number_level = number_of(properties)
        if not number_id:
            number_id, number_level = self._styles.number(style)
        mark = self._numbering.mark(number_id, number_level) if number_id not in ("", "0") else ""
        if level:
            return WordItem(BlockKind.HEADING, mark.replace("• ", "") + text, level)
        if mark:
            depth = int(number_level) + 1 if number_level.isdecimal() else 1
            return WordItem(BlockKind.LIST_ITEM, mark + text, depth)
        return WordItem(BlockKind.PARAGRAPH, text, bold=bold or self._styles.is_bold(style))

    def _text(self, paragraph: Element) -> tuple[str, bool]:
        """Return the visible text of a paragraph, and whether all of it is bold."""
        runs = [(self._run_text(run), run) for run in self._runs(paragraph)]
        shown = [(text, run) for text, run in runs if text]
        bold = bool(shown) and all(is_on(run.find(f"{WORD}rPr/{WORD}b")) for text, run in shown if text.strip())
        return "".join(text for text, _ in shown), bold

    def _runs(self, parent: Element) -> Iterator[Element]:
        for child in parent:
            if child.tag == qname("r"):
                yield child
            elif child.tag in _DELETED:
                self._builder.find(_CHANGED)
            elif child.tag not in (_BOX, _FALLBACK, qname("pPr")):
                if child.tag == qname("ins"):
                    self._builder.find(_CHANGED)
                yield from self._runs(child)

    def _run_text(self, run: Element) -> str:
        text = "".join((child.text or "") if child.tag == qname("t") else _SPACES.get(child.tag, "") for child in run)
        hidden = self._hidden(run.find(qname("rPr"))) if text.strip() else ""
        if hidden:
            self._builder.find(hidden)
            return ""
        return text

    def _hidden(self, properties: Element | None) -> str:
        """Return the finding for text that no reader sees, "" for visible text."""
        if properties is None:
            return ""
        if is_on(properties.find(qname("vanish"))) or self._styles.is_hidden(value(properties.find(qname("rStyle")))):
            return _HIDDEN
        size = value(properties.find(qname("sz")))
        shaded = properties.find(qname("shd")) is not None or properties.find(qname("highlight")) is not None
        is_white = value(properties.find(qname("color"))).upper() == "FFFFFF" and not shaded
        is_tiny = size.isdecimal() and int(size) < _TINY
        return _WHITE if is_white or is_tiny else ""


def _boxes(element: Element) -> Iterator[Element]:
    """Yield text boxes; the older copy that Word keeps beside each is left out."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)

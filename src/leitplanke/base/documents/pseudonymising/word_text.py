"""The texts inside one XML part of a Word file, and writing them back where they stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lxml import etree

from leitplanke.core.privacy import Edit, Slot, apply_edits
from leitplanke.core.retrieval.extract.docx_styles import WORD, qname

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARAGRAPHS = (qname("p"), f"{_DRAWING}p")
_SHOWN = frozenset({qname("t"), f"{_DRAWING}t", f"{_MATH}t"})
_DELETED = frozenset({qname("delText")})
_SIGNS = {
    qname("tab"): "\t",
    qname("ptab"): "\t",
    qname("br"): "\n",
    qname("cr"): "\n",
    f"{_DRAWING}br": "\n",
    qname("noBreakHyphen"): "-",
}
_ELEMENTS = {"\t": "tab", "\n": "br"}
_APART = frozenset({*_PARAGRAPHS, qname("pPr"), qname("rPr"), qname("txbxContent")})
_OTHER_TEXTS = (qname("instrText"), qname("delInstrText"), f"{_CHART}strCache")
# Attributes that people fill with words: alternative texts, names of controls and pictures, choices, help, WordArt.
_SPOKEN = frozenset(
    {"descr", "title", "alt", "string"}
    | {qname(name) for name in ("displayText", "value", "tooltip", "instr", "helpText", "statusText")}
)
_SPOKEN_VALUES = frozenset(map(qname, ("alias", "tag", "default", "helpText", "statusText", "listEntry")))
_PICTURE_NAMES = ("docPr", "cNvPr")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Passage(Protocol):
    """A text inside the file that can be changed."""

    slot: Slot

    def write(self, edits: Sequence[Edit]) -> None:
        """Change it."""
        ...


@dataclass
class Paragraph:
    """The text of a paragraph, which may lie in many runs; what replaces something takes the look of its beginning."""

    slot: Slot
    atoms: list[Any]

    def write(self, edits: Sequence[Edit]) -> None:
        """Change the runs."""
        placed: set[int] = set()
        start = 0
        for atom in self.atoms if edits else ():
            old = _text_of(atom)
            new = _rewritten(old, start, edits, placed)
            start += len(old)
            if new != old:
                _set_text(atom, new)


@dataclass
class Words:
    """The text of one element."""

    slot: Slot
    element: Any

    def write(self, edits: Sequence[Edit]) -> None:
        """Change it."""
        if edits:
            self.element.text = _legal(apply_edits(self.slot.text, edits))
            self.element.set(_SPACE, "preserve")


@dataclass
class Attribute:
    """The text of an attribute."""

    slot: Slot
    element: Any
    name: str

    def write(self, edits: Sequence[Edit]) -> None:
        """Change it."""
        if edits:
            self.element.set(self.name, _legal(apply_edits(self.slot.text, edits)))


def passages(root: Any) -> list[Passage]:
    """Return every text of a part that a person may have written, in reading order."""
    found: list[Passage] = []
    headings: dict[Any, str] = {}
    for paragraph in root.iter(*_PARAGRAPHS):
        atoms = list(_atoms(paragraph, _SHOWN))
        text = "".join(map(_text_of, atoms))
        found.append(Paragraph(_slot(paragraph, text, headings), atoms))
    deleted = (list(_atoms(paragraph, _DELETED)) for paragraph in root.iter(qname("p")))
    found += [Paragraph(Slot("".join(map(_text_of, atoms))), atoms) for atoms in deleted if atoms]
    for element in root.iter(*_OTHER_TEXTS):
        places = element.iter(f"{_CHART}v") if element.tag == f"{_CHART}strCache" else [element]
        found += [Words(Slot(place.text), place) for place in places if (place.text or "").strip()]
    return found + list(_attributes(root))


def _attributes(root: Any) -> Iterator[Attribute]:
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if value.strip() and _is_spoken(element, name):
                yield Attribute(Slot(value), element, name)


def _is_spoken(element: Any, name: str) -> bool:
    if name == "name":
        return etree.QName(element).localname in _PICTURE_NAMES
    return name in _SPOKEN or (name == qname("val") and element.tag in _SPOKEN_VALUES)


def _atoms(element: Any, wanted: frozenset[str]) -> Iterator[Any]:
    """Yield what shows as text, in order, without the paragraphs that lie inside."""
    for child in element:
        if child.tag in wanted or (child.tag in _SIGNS and wanted is _SHOWN):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _APART:
            yield from _atoms(child, wanted)


def _text_of(atom: Any) -> str:
    return _SIGNS.get(atom.tag) or atom.text or ""


def _rewritten(old: str, start: int, edits: Sequence[Edit], placed: set[int]) -> str:
    """Return the part of a paragraph that begins at `start`, edited; each replacement goes where its first sign was."""
    parts: list[str] = []
    done, end = start, start + len(old)
    for index, edit in enumerate(edits):
        if edit.start >= end or edit.end <= start:
            continue
        parts.append(old[done - start : max(edit.start, start) - start])
        if index not in placed:
            parts.append(edit.replacement)
            placed.add(index)
        done = min(edit.end, end)
    return "".join((*parts, old[done - start :]))


def _set_text(atom: Any, text: str) -> None:
    if atom.tag in _SIGNS:
        if not text:
            atom.getparent().remove(atom)
            return
        atom.tag = f"{_DRAWING}t" if atom.tag.startswith(_DRAWING) else qname("t")
        atom.attrib.clear()
    if atom.tag != qname("t"):
        atom.text = _legal(text)
        return
    first, *others = re.split(r"([\t\n])", text)
    atom.text = _legal(first)
    atom.set(_SPACE, "preserve")
    for part in filter(None, others):
        element = etree.Element(qname(_ELEMENTS.get(part, "t")))
        if part not in _ELEMENTS:
            element.text = _legal(part)
            element.set(_SPACE, "preserve")
        atom.addnext(element)
        atom = element


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _slot(paragraph: Any, text: str, headings: dict[Any, str]) -> Slot:
    """Return a paragraph as slot; the cells of a real table know their row and what heads it."""
    cell = paragraph.getparent()
    row = cell.getparent() if cell is not None and cell.tag == qname("tc") else None
    if row is None or row.tag != qname("tr") or len(cell.findall(qname("p"))) != 1:
        return Slot(text)
    cells = row.findall(qname("tc"))
    rows = row.getparent().findall(qname("tr"))
    after = "\n" if cell is cells[-1] else "\t"
    if len(cells) < 2 or row is rows[0]:
        return Slot(text, after)
    if rows[0] not in headings:
        headings[rows[0]] = "\t".join(_cell_text(one) for one in rows[0].findall(qname("tc")))
    return Slot(text, after, headings[rows[0]])


def _cell_text(cell: Any) -> str:
    return " ".join("".join(part.text or "" for part in cell.iter(f"{WORD}t")).split())

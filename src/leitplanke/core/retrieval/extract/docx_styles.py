"""Styles and numbering of Word files: which paragraphs are headings, and how list items are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"(?:heading|überschrift)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "titel"})
_MOST_BASES = 12
_PLACEHOLDER = re.compile(r"%([1-9])")
_OFF = frozenset({"0", "false", "off", "none"})


def qname(tag: str) -> str:
    """Return the qualified name of a Word element or attribute."""
    return WORD + tag


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute of an element that may be missing."""
    return "" if element is None else element.get(WORD + name, "")


def is_on(element: Element | None) -> bool:
    """Tell whether a switch is there and not switched off."""
    return element is not None and value(element) not in _OFF


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    base: str
    outline: str
    number: tuple[str, str]
    hidden: bool
    bold: bool


class Styles:
    """Looks up what a style says, through the styles it is based on."""

    def __init__(self, root: Element | None) -> None:
        """Read the styles part."""
        self._styles = (
            {} if root is None else {value(style, "styleId"): _read_style(style) for style in root.iter(qname("style"))}
        )

    def _chain(self, style_id: str) -> list[_Style]:
        chain: list[_Style] = []
        while style_id in self._styles and len(chain) < _MOST_BASES:
            chain.append(self._styles[style_id])
            style_id = chain[-1].base
        return chain

    def heading_level(self, style_id: str) -> int:
        """Return 1 to 6 for the style of a heading, 0 for others."""
        for style in self._chain(style_id):
            if style.name.lower() in _TITLE_NAMES:
                return 1
            if match := _HEADING_NAME.fullmatch(style.name):
                return min(int(match[1]), 6)
            if style.outline.isdecimal() and int(style.outline) < 9:
                return min(int(style.outline) + 1, 6)
        return 0

    def number(self, style_id: str) -> tuple[str, str]:
        """Return numbering id and level of a style, ("", "") where it has none."""
        return next((style.number for style in self._chain(style_id) if style.number[0]), ("", ""))

    def is_hidden(self, style_id: str) -> bool:
        """Tell whether text of this style is not shown."""
        return any(style.hidden for style in self._chain(style_id))

    def is_bold(self, style_id: str) -> bool:
        """Tell whether text of this style is bold."""
        return any(style.bold for style in self._chain(style_id))


def _read_style(style: Element) -> _Style:
    return _Style(
        name=value(style.find(qname("name"))),
        base=value(style.find(qname("basedOn"))),
        outline=value(style.find(f"{WORD}pPr/{WORD}outlineLvl")),
        number=number_of(style.find(qname("pPr"))),
        hidden=is_on(style.find(f"{WORD}rPr/{WORD}vanish")),
        bold=is_on(style.find(f"{WORD}rPr/{WORD}b")),
    )


def number_of(properties: Element | None) -> tuple[str, str]:
    """Return numbering id and level that paragraph properties name."""
    if properties is None:
        return "", ""
    found = properties.find(qname("numPr"))
    if found is None:
        return "", ""
    return value(found.find(qname("numId"))), value(found.find(qname("ilvl"))) or "0"


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


class Numbering:
    """Counts list items and numbered headings as Word does."""

    def __init__(self, root: Element | None) -> None:
        """Read the numbering part."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, list[int]] = {}
        if root is None:
            return
        abstract = {value(entry, "abstractNumId"): _read_levels(entry) for entry in root.iter(qname("abstractNum"))}
        for entry in root.iter(qname("num")):
            self._levels[value(entry, "numId")] = abstract.get(value(entry.find(qname("abstractNumId"))), {})

    def mark(self, number_id: str, level: str) -> str:
        """Return the mark of the next item ("1. ", "a) ", "• "), "" where the list is unknown or unmarked."""
        index = int(level) if level.isdecimal() else 0
        levels = self._levels.get(number_id, {})
        if index not in levels or not 0 <= index < 9:
            return ""
        counts = self._counts.setdefault(number_id, [0] * 9)
        counts[index] = counts[index] + 1 if counts[index] else levels[index].start
        counts[index + 1 :] = [0] * (8 - index)
        if levels[index].format == "bullet":
            return "• "
        if levels[index].format == "none":
            return ""
        text = _PLACEHOLDER.sub(lambda match: _count(levels, counts, int(match[1]) - 1), levels[index].text)
        return f"{text} " if text else ""


def _read_levels(entry: Element) -> dict[int, _Level]:
    levels = {}
    for level in entry.iter(qname("lvl")):
        index, start = value(level, "ilvl"), value(level.find(qname("start")))
        if index.isdecimal():
            levels[int(index)] = _Level(
                format=value(level.find(qname("numFmt"))),
                text=value(level.find(qname("lvlText"))),
                start=int(start) if start.isdecimal() else 1,
            )
    return levels


def _count(levels: dict[int, _Level], counts: list[int], index: int) -> str:
    level = levels.get(index)
    count = counts[index] or (level.start if level else 1)
    form = level.format if level else "decimal"
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    return str(count)


def _roman(count: int) -> str:
    digits = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for number, letters in digits:
        text += letters * (count // number)
        count %= number
    return text

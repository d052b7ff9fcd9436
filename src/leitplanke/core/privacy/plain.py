"""A text as it reads: without signs nobody sees, with plain digits and blanks, and the way back to where they were.

Also put together: digits and letters set apart (`4 1 2 0 2`), words divided at the end of a line, dictated digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_HYPHENS = "\u2010\u2011\u2012\u2212\ufe58\ufe63"
# Digits and letters that look like ours: full width, Arabic, Indic, mathematical.
_WIDE = "\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff01-\uff5e\U0001d7ce-\U0001d7ff"
_ODD = re.compile(f"[{_BLANKS}{_UNSEEN}{_HYPHENS}{_WIDE}]")
_GONE = re.compile(f"[{_UNSEEN}]+")
_BLANK = re.compile(f"[{_BLANKS}]")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_APART = re.compile(r"(?<![^\s.:;,(])[^\W_](?:(?:[ ]|[ ]?\.[ ]?)[^\W_]){4,40}(?![^\s.,;:)])")
_LONE = re.compile(r"(?<=\w)[ ](?=\w)")
_DIVIDED = re.compile(r"(?<=[a-zäöüß])-[ ]?\r?\n[ \t]{0,12}(?=[a-zäöüß])(?!(?:und|oder|bzw|sowie|u)\b)")
_SPOKEN = {
    "null": "0",
    "eins": "1",
    "zwei": "2",
    "zwo": "2",
    "drei": "3",
    "vier": "4",
    "fünf": "5",
    "fuenf": "5",
    "sechs": "6",
    "sieben": "7",
    "acht": "8",
    "neun": "9",
    "schrägstrich": "/",
    "bindestrich": "-",
    "strich": "-",
    "punkt": ".",
}
_SPOKEN_WORD = f"(?:{'|'.join(_SPOKEN)})"
_DICTATED = re.compile(
    rf"(?<!\w){_SPOKEN_WORD}(?:,?[ ]{_SPOKEN_WORD}){{2,40}}(?!\w)"
    rf"|(?<=straße )(?:ein|{_SPOKEN_WORD})(?!\w)|(?<=str\. )(?:ein|{_SPOKEN_WORD})(?!\w)"
    rf"|(?<=weg )(?:ein|{_SPOKEN_WORD})(?!\w)",
    re.IGNORECASE,
)
_FEW = 3
_SAID = "|".join((*_SPOKEN, *(word.capitalize() for word in _SPOKEN)))
_TWO_SPOKEN = re.compile(rf"(?:{_SAID}),?[ ](?:{_SAID})")
_GAP = re.compile(r",?[ ]")
_WORD = re.compile(r"\w+")


class Plain:
    """A text made plain; patterns look at `text`, findings go back through `back`."""

    __slots__ = ("_ends", "_starts", "text")

    def __init__(self, text: str) -> None:
        """Make `text` plain; one without anything odd stays the same object."""
        self._starts: list[int] | None = None
        self._ends: list[int] = []
        self.text = text if text.isascii() else _ODD.sub(_same_length, text)
        changes = sorted(_changes(self.text))
        if changes:
            self._apply(changes)

    def _apply(self, changes: list[tuple[int, int, str]]) -> None:
        """Replace parts of the text; each new sign stands for its whole part."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        place = 0
        for start, end, new in changes:
            if start < place:
                continue
            pieces += (self.text[place:start], new)
            starts += (*range(place, start), *(start for _ in new))
            ends += (*range(place + 1, start + 1), *(end for _ in new))
            place = end
        pieces.append(self.text[place:])
        starts += range(place, len(self.text))
        ends += range(place + 1, len(self.text) + 1)
        self.text, self._starts, self._ends = "".join(pieces), starts, ends

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the plain text that is not empty stands in the text itself."""
        if self._starts is None:
            return start, end
        return self._starts[start], self._ends[end - 1]


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and replacement of what must be put together."""
    if not text.isascii():
        for match in _GONE.finditer(text):
            yield match.start(), match.end(), ""
    if "-" in text and "\n" in text:
        for match in _DIVIDED.finditer(text):
            yield match.start(), match.end(), ""
    for match in _APART.finditer(text):
        if len(_LONE.findall(match[0])) > _FEW:
            blanks = (place for place in range(match.start(), match.end()) if text[place] == " ")
            yield from ((place, place + 1, "") for place in blanks)
    if _TWO_SPOKEN.search(text):
        yield from _dictated(text)


def _dictated(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _DICTATED.finditer(text):
        for word in _WORD.finditer(match[0]):
            yield match.start() + word.start(), match.start() + word.end(), _SPOKEN.get(word[0].lower(), "1")
        for gap in _GAP.finditer(match[0]):
            yield match.start() + gap.start(), match.start() + gap.end(), ""


def _same_length(match: re.Match[str]) -> str:
    sign = match[0]
    if _GONE.match(sign):
        return sign
    if _BLANK.match(sign):
        return " "
    if _HYPHEN.match(sign):
        return "-"
    plain = unicodedata.normalize("NFKC", sign)
    return str(unicodedata.decimal(plain, plain)) if len(plain) == 1 else sign

"""A text as it reads: without signs nobody sees, with plain digits and blanks, and the way back to where they were."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_HYPHENS = "\u2010\u2011\u2012\u2212\ufe58\ufe63"
# Digits and letters that look like ours: full width, Arabic, Indic, mathematical.
_WIDE = "\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff01-\uff5e\U0001d7ce-\U0001d7ff"
_ODD = re.compile(f"[{_BLANKS}{_UNSEEN}{_HYPHENS}{_WIDE}]")
_GONE = re.compile(f"[{_UNSEEN}]")
_BLANK = re.compile(f"[{_BLANKS}]")
_HYPHEN = re.compile(f"[{_HYPHENS}]")


class Plain:
    """A text made plain; patterns look at `text`, findings go back through `back`."""

    __slots__ = ("_places", "text")

    def __init__(self, text: str) -> None:
        """Make `text` plain; one without odd signs stays the same object."""
        self._places: list[int] | None = None
        self.text = text
        if text.isascii() or _ODD.search(text) is None:
            return
        self.text = _ODD.sub(_same_length, text)
        if _GONE.search(self.text) is not None:
            self._places = [place for place, sign in enumerate(self.text) if not _GONE.match(sign)]
            self.text = "".join(self.text[place] for place in self._places)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the plain text that is not empty stands in the text itself."""
        if self._places is None:
            return start, end
        return self._places[start], self._places[end - 1] + 1


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

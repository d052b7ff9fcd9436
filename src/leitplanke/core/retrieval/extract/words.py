"""Repairing words that typesetting tore apart: hyphens at line ends, spaces inside words."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PART = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?=-$)")
_ENDS_IN_HYPHEN = re.compile(r"[^\W_]-$")
_SPACED_HYPHEN = re.compile(r"(?<![^\W\d_])([^\W\d_]++) -$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_JOINERS = frozenset({"und", "oder", "bzw", "sowie", "als", "wie", "noch", "bis", "u"})
# " -Systeme": a space slipped in before the hyphen of a compound.
_LOOSE_HYPHEN = re.compile(r"(?<![^\s(„“\"/])([^\W_]+) -(?=([^\W\d_]+))")
_PAIR = re.compile(r"(?<![^\W_-])([^\W\d_]{3,}) ([a-zäöüß]{3,})(?![^\W_-])")
# Endings that are never a word of their own: before them a space can only be an accident.
_ENDING = re.compile(
    r"(?!jung|dung|schwung)[bcdfghklmnpqrstvwxzß]{0,3}ung(?:en|s)?"
    r"|(?:is)?ier(?:ung(?:en|s)?|en|t|te|ten|ter|tes|tem|bar)"
    r"|[lk]?(?:keit|heit)(?:en)?|schaft(?:en|lich\w*)"
    r"|t?ionen|(?:t|s)ion|lich(?:e|en|er|es|em|keit)|isch(?:e|en|er|es|em)|ität(?:en)?"
)
# Second halves of compounds with an abbreviation ("KI-gestützt").
_SECOND = re.compile(
    r"(?:gestützt|unterstützt|basiert|gesteuert|generiert|getrieben|bezogen|spezifisch|relevant|fähig|konform|bedingt"
    r"|geprüft|optimiert|assistiert|kompatibel)\w*"
)


class Vocabulary:
    """The words of one document: what stands whole somewhere tells how to mend what is torn elsewhere."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Count the words in `lines`."""
        self._count: Counter[str] = Counter()
        for line in lines:
            self._count.update(_WORD.findall(line))

    def knows(self, word: str) -> bool:
        """Tell whether the document has `word` somewhere as a whole."""
        return word in self._count

    def glue(self, left: str, right: str) -> str:
        """Join two lines of one paragraph; a hyphen at the end of `left` is resolved."""
        return "".join((*self.joint(left, right), right))

    def joint(self, left: str, right: str) -> tuple[str, str]:
        """Return `left` as it stays and what comes between it and `right`."""
        first = _FIRST_WORD.match(right)
        if first and _ENDS_IN_HYPHEN.search(left):
            return self._resolve_hyphen(left, first[0])
        loose = _SPACED_HYPHEN.search(left)
        if first and loose and self._is_loose(loose[1], first[0]):
            return left[:-2], "-"
        return left, " "

    def _resolve_hyphen(self, left: str, first: str) -> tuple[str, str]:
        if first.lower() in _JOINERS:
            return left, " "
        part = _LAST_PART.search(left)
        before = part[0] if part else ""
        keeps = (
            not first[0].islower()
            or not before
            or (len(before) > 1 and before.isupper())
            or (self.knows(f"{before}-{first}") and not self.knows(before + first))
        )
        return (left if keeps else left[:-1]), ""

    def _is_loose(self, before: str, after: str) -> bool:
        """Tell whether "before -after" was one word."""
        if before.lower() in _JOINERS:
            return False
        if self.knows(f"{before}-{after}") or (after[0].isupper() and before[0].isupper()):
            return True
        return before.isupper() and len(before) > 1 and bool(_SECOND.fullmatch(after))

    def mend(self, text: str) -> str:
        """Remove spaces that slipped into words ("KI -Systeme", "Automatis ierung")."""
        text = _LOOSE_HYPHEN.sub(self._mend_hyphen, text)
        return _PAIR.sub(self._mend_pair, text) if " " in text else text

    def _mend_hyphen(self, match: re.Match[str]) -> str:
        before, after = match[1], match[2]
        tight = before.lower() not in _JOINERS and (before[0].isupper() or before[0].isdigit())
        return f"{before}-" if tight and (after[0].isupper() or self._is_loose(before, after)) else match[0]

    def _mend_pair(self, match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        whole = first + second
        is_ending = bool(_ENDING.fullmatch(second))
        if is_ending and (self._count[second] <= 1 or self.knows(whole)):
            return whole
        torn = self._count[first] <= 1 and self._count[second] <= 1 and self.knows(whole)
        return whole if torn else match[0]

"""Words that may stand for one another in question and source: a list that people write and towns may extend."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from leitplanke.core.grounding.words import likeness, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PART = 5  # shortest part of a compound that is looked up
_SAME_GROUP = 0.9
_PART_OF_GROUP = 0.6


class Paraphrases:
    """Tells how surely two stems answer to each other, by their letters or by a group both belong to.

    The list never makes evidence by itself; it only lets evidence be seen.
    """

    def __init__(self, groups: Iterable[Iterable[str]] = (), phrases: Mapping[str, str] | None = None) -> None:
        """Take `groups` of words that may stand for one another and `phrases` with the word they stand for."""
        self._groups: dict[str, set[int]] = {}
        for number, group in enumerate(groups):
            for entry in group:
                for word in words_of(entry):
                    self._groups.setdefault(word.stem, set()).add(number)
        self._phrases = {phrase.lower(): word for phrase, word in (phrases or {}).items()}
        longest_first = sorted(self._phrases, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)
        self._known: dict[tuple[str, str], float] = {}
        self._parts: dict[str, frozenset[int]] = {}

    def expand(self, text: str) -> str:
        """Return `text` followed by the plain words for the turns of phrase in it."""
        return " ".join([text, *(self._phrases[match[0].lower()] for match in self._pattern.finditer(text))])

    def likeness(self, asked: str, found: str) -> float:
        """Return 0 to 1 for how surely the stem `found` answers to the stem `asked`."""
        key = (asked, found)
        if key not in self._known:
            self._known[key] = max(likeness(asked, found), self._by_group(asked, found))
        return self._known[key]

    def _by_group(self, asked: str, found: str) -> float:
        mine, theirs = self._groups.get(asked, set()), self._groups.get(found, set())
        if mine & theirs:
            return _SAME_GROUP
        if mine & self._inside(found) or theirs & self._inside(asked):
            return _PART_OF_GROUP
        return 0.0

    def _inside(self, word: str) -> frozenset[int]:
        """Return the groups of the parts at both ends of a compound."""
        if word not in self._parts:
            parts = {part for size in range(_PART, len(word) - 2) for part in (word[:size], word[-size:])}
            self._parts[word] = frozenset().union(*(self._groups.get(part, set()) for part in parts))
        return self._parts[word]


def read_paraphrases(text: str) -> Paraphrases:
    """Read the YAML of `umschreibungen.yaml`: `gruppen`, a list of word lists, and `wendungen`, phrase to word.

    Raises:
        ValueError: the text has another shape.
    """
    data: Any = yaml.load(text, Loader=yaml.BaseLoader) or {}  # noqa: S506 - BaseLoader makes text only, never objects
    groups, phrases = data.get("gruppen", []), data.get("wendungen", {})
    if not isinstance(phrases, dict) or not all(isinstance(group, list) for group in groups):
        raise ValueError("Erwartet werden gruppen (Liste von Wortlisten) und wendungen (Wendung: Wort).")
    return Paraphrases(groups, phrases)

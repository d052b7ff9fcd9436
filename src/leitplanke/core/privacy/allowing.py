"""What a town has declared public is no finding."""

from __future__ import annotations

from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.model import AllowList, Label, Span

_TITLES = frozenset(word_lists("regeln")["titles"])


class Allowed:
    """A list of what is public, made ready for comparison."""

    def __init__(self, allow: AllowList) -> None:
        """Take the town's list."""
        self._addresses = _keys(allow.streets) | _keys(allow.places)
        self._names = frozenset(words for name in allow.names if (words := _name(name)))
        self._places = _keys(allow.places)
        self._others = frozenset(_tight(value) for value in allow.others)

    def is_public(self, text: str, span: Span) -> bool:
        """Tell whether the span is on the list, as a whole."""
        value = text[span.start : span.end]
        if span.label is Label.PERSON:
            return _name(value) in self._names
        if span.label is Label.ADDRESS:
            return _key(value) in self._addresses
        if span.label is Label.PLZ_ORT:
            return _key(value) in self._places
        return bool(self._others) and _tight(value) in self._others


def _key(value: str) -> str:
    return " ".join(fold(value).replace("str.", "strasse").split())


def _keys(values: frozenset[str]) -> frozenset[str]:
    return frozenset(_key(value) for value in values)


def _name(value: str) -> tuple[str, ...]:
    words = (fold(word.strip(".,")) for word in value.split())
    return tuple(word for word in words if word and word not in _TITLES)


def _tight(value: str) -> str:
    return "".join(sign for sign in value.lower() if sign.isalnum() or sign in "@+")

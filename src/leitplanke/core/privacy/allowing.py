"""What a town has declared public is no finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.model import AllowList, Label, Span

_TITLES = frozenset(word_lists("regeln")["titles"])
_HERE, _ABROAD = "+49", "0049"
_AT = re.compile(r"@|[(\[{] ?(?:at|ät) ?[)\]}]", re.IGNORECASE)


class Allowed:
    """A list of what is public, made ready for comparison."""

    def __init__(self, allow: AllowList) -> None:
        """Take the town's list."""
        self._addresses = frozenset(map(address_key, allow.streets | allow.places))
        self._people = frozenset(words for name in allow.names if (words := name_words(name)))
        self._names = self._people | {words for name in allow.bodies if (words := name_words(name))}
        self._places = frozenset(map(address_key, allow.places))
        self._mailboxes = frozenset(value.casefold() for value in allow.others if before_at(value))
        self._others = frozenset(form for value in allow.others if not before_at(value) for form in _forms(value))

    def is_public(self, text: str, span: Span) -> bool:
        """Tell whether the span is on the list, as a whole."""
        value = text[span.start : span.end]
        if span.label is Label.PERSON:
            return name_words(value) in self._names
        if span.label is Label.ADDRESS:
            return address_key(value) in self._addresses
        if span.label is Label.PLZ_ORT:
            return address_key(value) in self._places
        if span.label is Label.EMAIL:
            return value.casefold() in self._mailboxes
        return bool(self._others) and tight(value) in self._others

    def is_human(self, text: str, span: Span) -> bool:
        """Tell whether a public span names a human being."""
        return span.label is Label.PERSON and name_words(text[span.start : span.end]) in self._people


def address_key(value: str) -> str:
    """Return the form in which addresses and places are compared."""
    return " ".join(fold(value).replace("str.", "strasse").split())


def name_words(value: str) -> tuple[str, ...]:
    """Return the form in which names are compared: their words without academic titles."""
    words = (fold(word.strip(".,")) for word in value.split())
    return tuple(word for word in words if word and word not in _TITLES)


def contact_key(value: str) -> str:
    """Return the form in which contacts are compared: in a mailbox every sign counts, also a dot or a hyphen."""
    return value.casefold() if before_at(value) else tight(value)


def before_at(value: str) -> str:
    """Return what stands before the `@` of an e-mail address, "" of anything else."""
    found = _AT.search(value)
    return value[: found.start()].strip() if found else ""


def tight(value: str) -> str:
    """Return the form in which numbers are compared: without what only divides."""
    return "".join(sign for sign in value.lower() if sign.isalnum() or sign == "+")


def _forms(value: str) -> Iterator[str]:
    """Yield a value as texts may write it: a telephone number with or without the prefix of the country."""
    plain = tight(value)
    yield plain
    if not plain.removeprefix("+").isdecimal():
        return
    rest = next((plain.removeprefix(one) for one in (_HERE, _ABROAD) if plain.startswith(one)), "")
    if not rest and plain.startswith("0") and not plain.startswith("00"):
        rest = plain[1:]
    rest = rest.removeprefix("0")
    if rest:
        yield from (f"0{rest}", f"{_HERE}{rest}", f"{_HERE}0{rest}", f"{_ABROAD}{rest}")

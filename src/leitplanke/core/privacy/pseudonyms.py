"""The pseudonyms of one conversation: which placeholder stands for which value, and back."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Self

from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.placeholders import (
    CANDIDATE,
    LITERAL,
    NAME,
    Edit,
    Restored,
    apply_edits,
    looks_issued,
    placeholder,
    restoring_edits,
)
from leitplanke.core.privacy.restoring import StreamRestorer, restore_text

VERSION = 1
# Labels whose values mean the same with and without blanks, dots and dashes.
_COMPACT = frozenset({Label.IBAN, Label.STEUER_ID, Label.SVNR, Label.KVNR, Label.AUSWEIS, Label.PHONE})
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ]s?\Z")
_NO_GENITIVE_S = ("s", "ß", "x", "z")


class Pseudonyms:
    """Issues placeholders and puts values back.

    The same value always gets the same placeholder. Another writing of it (case, blanks, a genitive) gets the same
    number, but only where no two people can be meant: `Weiß` and `Weiss`, `Peter` and `Peters` stay apart.
    """

    def __init__(self, *, is_name: Callable[[str], bool] | None = None) -> None:
        """Start empty; `is_name` tells surnames, so that `Müllers` is a genitive and `Peters` a person."""
        self._is_name = is_name
        self._values: dict[str, str] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._writings: dict[tuple[str, str], dict[str, int]] = {}
        self._variants: Counter[tuple[str, int]] = Counter()
        self._last: Counter[str] = Counter()
        self._heard: set[str] = set()

    @property
    def values(self) -> Mapping[str, str]:
        """Return placeholder name (`PERSON_1`) to value; a live view."""
        return MappingProxyType(self._values)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many different values each label has."""
        return {label: count for label, count in self._last.items() if label != LITERAL}

    def pseudonymise(self, text: str, spans: Iterable[Span]) -> str:
        """Return `text` with placeholders in place of `spans`, and of what looked like a placeholder before."""
        return apply_edits(text, self.edits(text, spans))

    def edits(self, text: str, spans: Iterable[Span]) -> list[Edit]:
        """Return the replacements of `pseudonymise`, for callers that keep a form around the text."""
        parts = merged(spans, len(text))
        self.hear(text[part.start : part.end] for part in parts if part.label == Label.PERSON)
        edits: list[Edit] = []
        done = 0
        for part in parts:
            edits += self._escapes(text, done, part.start)
            edits.append(Edit(part.start, part.end, self._replacement(str(part.label), text[part.start : part.end])))
            done = part.end
        return edits + self._escapes(text, done, len(text))

    def hear(self, people: Iterable[str]) -> None:
        """Learn which people will be named, so that a genitive is known although it comes first."""
        self._heard.update(_folded(Label.PERSON, value).upper() for value in people)

    def restore(self, text: str, *, in_json: bool = False) -> Restored:
        """Return `text` with the values back; only placeholders that were issued, written exactly so, are replaced."""
        return restore_text(text, self._values, in_json=in_json)

    def restoring_edits(self, text: str) -> tuple[list[Edit], list[str]]:
        """Return the replacements of `restore`, and what was not issued; see `edits`."""
        return restoring_edits(text, self._values)

    def restorer(self, *, in_json: bool = False) -> StreamRestorer:
        """Return what does the same for a stream."""
        return StreamRestorer(self._values, in_json=in_json)

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values. It is personal data: encrypt it before it is kept anywhere."""
        return {"version": VERSION, "values": [[name, value] for name, value in self._values.items()]}

    @classmethod
    def from_json(cls, values: Mapping[str, Any], *, is_name: Callable[[str], bool] | None = None) -> Self:
        """Rebuild what `to_json` gave.

        Raises:
            ValueError: it is something else.
        """
        made = cls(is_name=is_name)
        try:
            made._refill(values)
        except (KeyError, TypeError, ValueError):
            raise ValueError("Das ist keine Zuordnung von Pseudonymen, oder sie ist beschädigt.") from None
        return made

    def _refill(self, values: Mapping[str, Any]) -> None:
        if values["version"] != VERSION:
            raise ValueError(values["version"])
        for name, value in values["values"]:
            self._take(name, value)

    def _take(self, name: str, value: str) -> None:
        found = NAME.fullmatch(name)
        if found is None or not isinstance(value, str) or (found[1], value) in self._names:
            raise ValueError(name)
        label, number = found[1], int(found[2])
        if name != f"{label}_{number}{_letters(self._variants[label, number])}":
            raise ValueError(name)
        whole = _folded(label, value)
        self._writings.setdefault((label, whole.upper()), {}).setdefault(_writing(whole), number)
        self._register(label, number, value, name)
        self._last[label] = max(self._last[label], number)
        if label == Label.PERSON:
            self.hear([value])

    def _escapes(self, text: str, start: int, end: int) -> list[Edit]:
        """Replace what looks like a placeholder, so that it is not taken for one of ours."""
        return [
            Edit(match.start(), match.end(), placeholder(self._issue(LITERAL, match[0])))
            for match in CANDIDATE.finditer(text, start, end)
            if looks_issued(match[1])
        ]

    def _replacement(self, label: str, value: str) -> str:
        if label != Label.PERSON or (label, value) in self._names:
            return placeholder(self._issue(label, value))
        base = self._without_genitive(value)
        return placeholder(self._issue(label, base)) + value[len(base) :]

    def _without_genitive(self, value: str) -> str:
        if found := _APOSTROPHE.search(value):
            return value[: found.start()]
        base = value[:-1]
        if self._is_name is None or value[-1:] not in ("s", "S") or base.lower().endswith(_NO_GENITIVE_S):
            return value
        is_known = _folded(Label.PERSON, base).upper() in self._heard
        last = value.rsplit(maxsplit=1)[-1]
        return base if is_known and self._is_name(last[:-1]) and not self._is_name(last) else value

    def _issue(self, label: str, value: str) -> str:
        name = self._names.get((label, value))
        if name is not None:
            return name
        number = self._number(label, value)
        name = f"{label}_{number}{_letters(self._variants[label, number])}"
        self._register(label, number, value, name)
        return name

    def _register(self, label: str, number: int, value: str, name: str) -> None:
        self._variants[label, number] += 1
        self._names[label, value] = name
        self._values[name] = value

    def _number(self, label: str, value: str) -> int:
        whole = _folded(label, value)
        writings = self._writings.setdefault((label, whole.upper()), {})
        writing = _writing(whole)
        number = writings.get(writing)
        if number is None:
            number = self._number_of_other_case(writings, whole) or self._next(label)
            writings[writing] = number
        return number

    @staticmethod
    def _number_of_other_case(writings: Mapping[str, int], whole: str) -> int | None:
        """Return the number of the only other writing that can be meant: capitals hide ß and the dot of an i."""
        numbers = set(writings.values())
        is_capitals = whole == whole.upper()
        known_only_in_capitals = set(writings) == {whole.upper()}
        return numbers.pop() if len(numbers) == 1 and (is_capitals or known_only_in_capitals) else None

    def _next(self, label: str) -> int:
        self._last[label] += 1
        return self._last[label]


def pseudonymise_slots(texts: Sequence[str], spans: Sequence[Sequence[Span]], pseudonyms: Pseudonyms) -> list[str]:
    """Return `texts` pseudonymised with one mapping; the texts are what people mean, not escaped for JSON."""
    for text, own in zip(texts, spans, strict=True):
        pseudonyms.hear(text[span.start : span.end] for span in own if span.label == Label.PERSON)
    return [pseudonyms.pseudonymise(text, own) for text, own in zip(texts, spans, strict=True)]


def merged(spans: Iterable[Span], length: int) -> list[Span]:
    """Return spans in order, inside the text and apart; where some overlap, one covers all of them."""
    apart: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        start, end = max(span.start, 0), min(span.end, length)
        if start >= end:
            continue
        if apart and start < apart[-1].end:
            last = apart[-1]
            best = max(last, span, key=lambda one: one.score)
            apart[-1] = Span(last.start, max(last.end, end), best.label, best.score)
        else:
            apart.append(Span(start, end, span.label, span.score))
    return apart


def _folded(label: str, value: str) -> str:
    value = unicodedata.normalize("NFC", value)
    if label in _COMPACT:
        return "".join(char for char in value if char.isalnum() or char == "+") or value
    return " ".join(value.split())


def _writing(whole: str) -> str:
    """Return what two writings have in common when only their case differs; capitals alone stand for themselves."""
    return whole if whole == whole.upper() else whole.lower()


def _letters(variant: int) -> str:
    """Return nothing for the first writing, then b, c, ... z, aa, ab ..."""
    letters, rest = "", variant + 1 if variant else 0
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(ord("a") + last) + letters
    return letters

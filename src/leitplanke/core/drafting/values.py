"""What a sentence states exactly: amounts, days, durations, shares, numbers, norms and names, in one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from leitplanke.core.drafting.lexicon import Lexicon
from leitplanke.core.drafting.norms import norms_in
from leitplanke.core.drafting.numerals import number_of, ordinal_of
from leitplanke.core.rules.german import MONTHS


class ValueKind(StrEnum):
    """What a value is."""

    BETRAG = "betrag"
    DATUM = "datum"
    DAUER = "dauer"
    PROZENT = "prozent"
    ZAHL = "zahl"
    MASS = "mass"
    KENNUNG = "kennung"
    NORM = "norm"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its place; `key` is equal for every spelling of the same."""

    kind: ValueKind
    key: Any
    start: int
    end: int
    text: str

    def agrees(self, other: Value) -> bool:
        """Tell whether both say the same, as far as both say it (a period, a year, a paragraph of a norm)."""
        if self.kind is not other.kind:
            return False
        if self.kind is ValueKind.NORM:
            return bool(self.key.agrees(other.key))
        if self.kind in {ValueKind.BETRAG, ValueKind.DATUM}:
            return all(one is None or two is None or one == two for one, two in zip(self.key, other.key, strict=True))
        return bool(self.key == other.key)


_EVEN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "\u2011": "-", "²": "2", "³": "3", "\t": " ", "\n": " "}
)
_DIGITS = r"(?:(?<![\w.,])-)?(?<![\w.,])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+|\.\d{1,2}(?![\d.]))?"
_WORD = r"(?<!\w)[a-zäöüßA-ZÄÖÜ][a-zäöüß]{2,}(?!\w)"
_MONEY = r"(?:EUR|Euro|€|Cent)(?!\w)"
_MONTH = "|".join(MONTHS) + r"|Jänner|Jan\.|Feb\.|Mrz\.|Apr\.|Aug\.|Sept?\.|Okt\.|Nov\.|Dez\."
_PERIODS = {
    "monat": "Monat",
    "jahr": "Jahr",
    "jähr": "Jahr",
    "tag": "Tag",
    "täg": "Tag",
    "woche": "Woche",
    "wöch": "Woche",
}
_AFTER = re.compile(
    r"(?:,[-–—]+)?\s*(?:(?:/|im|pro|je|jeden|jedes|in der|am)\s*(Monat|Jahr|Tag|Woche)|"
    r"(monatlich|jährlich|täglich|wöchentlich))(?:e[rnms]?)?(?!\w)", re.IGNORECASE,
)  # fmt: skip
_BEFORE = re.compile(r"(monatlich|jährlich|täglich|wöchentlich)\w*\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_AMOUNT = re.compile(
    rf"({_DIGITS})(?:,[-–—]+)?[\s-]*({_MONEY})|({_WORD})[\s-]+({_MONEY})(?!\s*\d)|(?:EUR|€)\s*({_DIGITS})"
)
_DAY = re.compile(
    rf"(?<![\w.])(?P<d>\d{{1,2}})\.\s*(?P<month>{_MONTH})(?:\s+(?P<y>\d{{4}}))?(?!\w)"
    r"|(?<![\w.])(?P<dd>\d{1,2})\.\s?(?P<mm>\d{1,2})\.(?:\s?(?P<yy>\d{4}|\d{2}))?(?![\d])"
    r"|(?<!\w)(?P<iy>\d{4})-(?P<im>\d\d)-(?P<id>\d\d)(?!\w)"
    rf"|(?<!\w)(?P<word>[a-zäöüß]+ten?[rnms]?)\s+(?P<wmonth>{_MONTH})(?:\s+(?P<wy>\d{{4}}))?(?!\w)"
    rf"|(?<!\w)(?P<omonth>{_MONTH})\s+(?P<oy>\d{{4}})(?!\w)"
)
_FIRST_DAY = re.compile(
    rf"(?<![\w.])(?P<d>\d{{1,2}})\.(?=\s+(?:bis|und|oder)\s+(?:einschließlich\s+)?(?:zum\s+|am\s+)?(?P<later>\d{{1,2}}\.\s*(?:{_MONTH})"
    r"(?:\s+\d{4})?))"
)
_PERCENT = re.compile(rf"({_DIGITS})\s*(?:%|Prozent(?!\w)|v\.\s?H\.|vom Hundert)|({_WORD})\s+Prozent(?!\w)")
_UNITS = {
    "werktag": ("Werktag", 1), "arbeitstag": ("Werktag", 1), "kalendertag": ("Tag", 1), "tag": ("Tag", 1),
    "woche": ("Tag", 7), "monat": ("Monat", 1), "jahr": ("Monat", 12), "stunde": ("Stunde", 1), "quartal": ("Monat", 3),
}  # fmt: skip
_DURATION = re.compile(
    r"(?<![\w.,])(?P<n>\d+|[a-zäöüßA-ZÄÖÜ][a-zäöüß]+)\s+(?:volle[nrms]?\s+|ganze[nrms]?\s+|weitere[nrms]?\s+)?"
    r"(?P<u>Werktag|Arbeitstag|Kalendertag|Tag|Woche|Monat|Jahr|Stunde|Quartal)(?:e[ns]?|s|n)?(?!\w)"
    r"|(?<!\w)(?P<an>\d+|[a-zäöüß]+?)-?(?P<au>tägig|wöchig|monatig|jährig)\w*", re.IGNORECASE,
)  # fmt: skip
_ADJECTIVES = {"tägig": "tag", "wöchig": "woche", "monatig": "monat", "jährig": "jahr"}
_MEASURES = {
    "m2": "m2", "qm": "m2", "quadratmeter": "m2", "quadratmetern": "m2", "m3": "m3", "cbm": "m3", "kubikmeter": "m3",
    "kubikmetern": "m3", "m": "m", "meter": "m", "metern": "m", "cm": "cm", "zentimeter": "cm", "zentimetern": "cm",
    "km": "km", "kilometer": "km", "kilometern": "km",
}  # fmt: skip
_LONGEST_FIRST = "|".join(sorted(_MEASURES, key=len, reverse=True))
_MEASURE = re.compile(rf"({_DIGITS}|{_WORD})[\s-]*({_LONGEST_FIRST})(?!\w)", re.IGNORECASE)
_SIGN = re.compile(r"(?<![\w/-])(?=[\w/.-]*\d)(?=[\w/.-]*[A-Za-z/-])[\w][\w/.-]*[\w](?![\w])")
_NUMBER = re.compile(rf"{_DIGITS}|\d+")
_WORDS = re.compile(_WORD)
_TITLED = re.compile(
    r"(?<!\w)(?:Herrn?|Frau|Familie|Eheleute[n]?)\s+((?:Dr\.\s+|Prof\.\s+|von\s+|van\s+)*[A-ZÄÖÜ][\w'-]+)"
)


def even(text: str) -> str:
    """Return a text with one kind of space and hyphen, of the same length."""
    return text.translate(_EVEN)


class Reader:
    """Reads values; knows the names of the case and what is repeated word for word (an address, a file number)."""

    def __init__(self, lexicon: Lexicon, names: Iterable[str] = (), verbatim: Iterable[str] = ()) -> None:
        """Prepare the names: whole ones, and the parts that belong to one person only."""
        self._lexicon = lexicon
        whole = [name for name in dict.fromkeys(names) if name.strip()]
        parts: dict[str, set[str]] = {}
        for name in whole:
            for part in re.findall(r"[\wÀ-ž'-]{3,}", name):
                if part[0].isupper():
                    parts.setdefault(part, set()).add(name)
        self._names = {name: name for name in whole}
        self._names |= {part: next(iter(o)) if len(o) == 1 else part for part, o in parts.items() if part not in whole}
        self._name = _any_of(self._names)
        self._verbatim = _any_of([text for text in verbatim if any(sign.isdigit() for sign in text)])
        self._known: dict[str, tuple[Value, ...]] = {}

    def read(self, text: str) -> tuple[Value, ...]:
        """Return the values of a text in their order."""
        if text not in self._known:
            self._known[text] = tuple(sorted(self._read(even(text)), key=lambda value: value.start))
        return self._known[text]

    def _read(self, text: str) -> list[Value]:
        taken = [False] * (len(text) + 1)
        for match in self._verbatim.finditer(text):
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
        found = [value for value in self._norms(text) if not any(taken[value.start : value.end])]
        for value in found:
            taken[value.start : value.end] = [True] * (value.end - value.start)
        found += [
            Value(ValueKind.KENNUNG, "".join(m[0].split()), m.start(), m.end(), m[0])
            for m in self._verbatim.finditer(text)
        ]
        for read in (self._called, _days, _amounts, _percents, _durations, _measures, _signs, _numbers):
            for kind, key, start, end in read(text):
                if not any(taken[start:end]):
                    taken[start:end] = [True] * (end - start)
                    found.append(Value(kind, key, start, end, text[start:end]))
        return found

    def _norms(self, text: str) -> Iterator[Value]:
        for found in norms_in(text, self._lexicon):
            yield Value(ValueKind.NORM, found.norm, found.start, found.end, text[found.start : found.end])

    def _called(self, text: str) -> Iterator[tuple[ValueKind, Any, int, int]]:
        for match in self._name.finditer(text):
            yield ValueKind.NAME, self._names[match[0]], match.start(), match.end()
        for match in _TITLED.finditer(text):
            if match[1] not in self._names and not self._name.match(match[1]):
                yield ValueKind.NAME, match[1], match.start(1), match.end(1)


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    longest = sorted((even(text) for text in texts), key=len, reverse=True)
    joined = "|".join(re.escape(text) for text in longest)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if joined else r"(?!)")


def exact(text: str) -> Fraction:
    """Return a number in German spelling."""
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("-")
    if "," in digits or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits):
        digits = digits.replace(".", "").replace(",", ".")
    return sign * Fraction(digits)


def _count(text: str) -> Fraction | None:
    if text[:1].isdigit() or text[:1] == "-":
        return exact(text)
    found = number_of(text)
    return None if found is None else Fraction(found)


def _days(text: str) -> Iterator[tuple[ValueKind, Any, int, int]]:
    for m in _FIRST_DAY.finditer(text):  # „vom 1. bis zum 20. Mai 2025“
        if later := _DAY.match(m["later"]):
            yield ValueKind.DATUM, (int(m["d"]), *_day_parts(later)[1:]), m.start(), m.end("d") + 1
    for m in _DAY.finditer(text):
        day, month, year = _day_parts(m)
        if month is not None:
            yield ValueKind.DATUM, (day, month, year), m.start(), m.end()


def _day_parts(m: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    if m["mm"]:
        century = 2000 if m["yy"] and len(m["yy"]) == 2 else 0
        return int(m["dd"]), int(m["mm"]), int(m["yy"]) + century if m["yy"] else None
    if m["iy"]:
        return int(m["id"]), int(m["im"]), int(m["iy"])
    if m["omonth"]:
        return 0, _month(m["omonth"]), int(m["oy"])
    day = int(m["d"]) if m["d"] else ordinal_of(m["word"])
    said = m["y"] or m["wy"]
    return day, _month(m["month"] or m["wmonth"]) if day is not None else None, int(said) if said else None


def _month(name: str) -> int:
    start = name[:3].lower().replace("mrz", "mär").replace("jän", "jan")
    return next(place for place, month in enumerate(MONTHS, 1) if month[:3].lower() == start)


def _amounts(text: str) -> Iterator[tuple[ValueKind, Any, int, int]]:
    for m in _AMOUNT.finditer(text):
        number = m[1] or m[3] or m[5]
        value = _count(number)
        if value is None:
            value = Fraction(1) if number.lower() in {"ein", "einen", "einem"} else None
        if value is None:
            continue
        if "Cent" in m[0]:
            value /= 100
        after = _AFTER.match(text, m.end())
        before = _BEFORE.search(text, 0, m.start())
        word = (after[1] or after[2]) if after else before[1] if before else ""
        period = next((name for start, name in _PERIODS.items() if word.lower().startswith(start)), None)
        yield ValueKind.BETRAG, (value, period), m.start(), after.end() if after else m.end()


def _percents(text: str) -> Iterator[tuple[ValueKind, Any, int, int]]:
    for m in _PERCENT.finditer(text):
        if (value := _count(m[1] or m[2])) is not None:
            yield ValueKind.PROZENT, value, m.start(), m.end()


def _durations(text: str) -> Iterator[tuple[ValueKind, Any, int, int]]:
    for m in _DURATION.finditer(text):
        said = m["n"] or m["an"]
        unit, times = _UNITS[_ADJECTIVES[m["au"].lower()] if m["au"] else m["u"].lower()]
        one = re.fullmatch(r"eine?[nrms]?", said.lower()) is not None
        value = Fraction(1) if one else _count(said)
        if value is not None:
            yield ValueKind.DAUER, (value * times, unit), m.start(), m.end()


def _measures(text: str) -> Iterator[tuple[ValueKind, Any, int, int]]:
    for m in _MEASURE.finditer(text):
        if (value := _count(m[1])) is not None:
            yield ValueKind.MASS, (value, _MEASURES[m[2].lower()]), m.start(), m.end()


def _signs(text: str) -> Iterator[tuple[ValueKind, Any, int, int]]:
    for m in _SIGN.finditer(text):
        yield ValueKind.KENNUNG, m[0], m.start(), m.end()


def _numbers(text: str) -> Iterator[tuple[ValueKind, Any, int, int]]:
    for m in _NUMBER.finditer(text):
        yield ValueKind.ZAHL, exact(m[0]), m.start(), m.end()
    for m in _WORDS.finditer(text):
        if (value := number_of(m[0])) is not None:
            yield ValueKind.ZAHL, Fraction(value), m.start(), m.end()

"""Numbers, amounts, days and lists as German administration writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from leitplanke.core.rules.model import NUMBERS, Kind, Shape

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip
MINUS = "−"
_EXACT_PLACES = 10
_ROUGH_PLACES = 4
Amount = Fraction | Decimal | int


def number(value: Amount, places: int = 0) -> str:
    """Return a number with decimal comma and thousands in groups: 1162.35 is „1.162,35“.

    At least `places` decimals are shown, and more where the number has them; one that does not end is „rund“.
    """
    fraction = Fraction(value)
    if (fraction * 10**_EXACT_PLACES).denominator == 1:
        return _decimal(fraction, _EXACT_PLACES, places)
    return f"rund {_decimal(_rounded(fraction, _ROUGH_PLACES), _ROUGH_PLACES, places)}"


def _rounded(value: Fraction, places: int) -> Fraction:
    whole = (2 * abs(value) * 10**places + 1) // 2
    return Fraction(whole if value >= 0 else -whole, 10**places)


def _decimal(value: Fraction, places: int, least: int) -> str:
    digits = str(abs(int(value * 10**places))).rjust(places + 1, "0")
    whole, rest = digits[:-places], digits[-places:].rstrip("0").ljust(least, "0")
    text = f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")
    return f"{MINUS}{text}" if value < 0 else text


def amount(value: Amount, unit: str = "EUR", places: int = 2) -> str:
    """Return an amount: „1.162,35 EUR“, and „320 EUR“ where the law knows no cents (`places` 0)."""
    return f"{number(value, places)} {unit}"


def percent(value: Amount) -> str:
    """Return a share as percent: 0.15 is „15 %“."""
    return f"{number(Fraction(value) * 100)} %"


def day(value: date) -> str:
    """Return a day: „12. März 2026“."""
    return f"{value.day}. {MONTHS[value.month - 1]} {value.year}"


def span_of_days(start: date, end: date) -> str:
    """Return when something holds; open ends are left out."""
    if start == date.min and end == date.max:
        return "durchgehend"
    if end == date.max:
        return f"ab {day(start)}"
    return f"bis {day(end)}" if start == date.min else f"{day(start)} bis {day(end)}"


def truth(value: object) -> str:
    """Return „ja“ or „nein“."""
    return "ja" if value else "nein"


def listing(parts: Iterable[str], word: str = "und") -> str:
    """Return „a, b und c“."""
    items: Sequence[str] = list(parts)
    return f"{', '.join(items[:-1])} {word} {items[-1]}" if len(items) > 1 else "".join(items)


def unit_words(unit: str) -> str:
    """Return a unit of measure as one says it: „EUR im Monat“."""
    for short, words in (("/Monat", " im Monat"), ("/Jahr", " im Jahr"), ("/Tag", " am Tag"), ("/m2", " je m²")):
        if unit.endswith(short) and not unit.startswith(("/", "1/")):
            return unit.removesuffix(short) + words
    return "" if unit in {"1", "Prozent", "Faktor"} else unit.replace("/", " je ").replace("m2", "m²")


_ONE = {"Personen": "Person", "Monate": "Monat", "Kinder": "Kind", "Tage": "Tag", "Jahre": "Jahr", "Stunden": "Stunde"}


def unit_for(value: object, unit: str) -> str:
    """Return the unit as it stands behind that value: „1 Person“, „2 Personen“."""
    words = unit_words(unit)
    first, space, rest = words.partition(" ")
    return f"{_ONE[first]}{space}{rest}" if value == 1 and first in _ONE else words


def short_unit(unit: str) -> str:
    """Return what stands behind a number inside a calculation: „EUR“, never „EUR im Monat“."""
    return "EUR" if unit.split("/", maxsplit=1)[0] == "EUR" else ""


def said(value: Any, shape: Shape, *, unit: str = "") -> str:
    """Return a value of that shape as one says it.

    Numbers come exactly as fractions (15 % as 3/20), days as ordinal numbers, options by name.
    """
    if shape.kind is Kind.PROZENT:
        return percent(value)
    if shape.kind in NUMBERS:
        places = min(shape.stellen, 2) if shape.kind is Kind.BETRAG else 0
        text = number(value, places)
        return f"{text} {unit}" if unit else text
    if shape.kind is Kind.DATUM:
        return day(date.fromordinal(int(value)))
    if shape.kind is Kind.WAHRHEITSWERT:
        return truth(value)
    if shape.kind is Kind.AUSWAHL:
        found = shape.labels.get(str(value))
        return found.de if found else str(value)
    return "angegeben" if value else "nicht angegeben"


def interval(low: Any, high: Any, shape: Shape, *, unit: str = "") -> str:
    """Return what an open value can be: „zwischen 320 und 410 EUR“."""
    if shape.kind is Kind.WAHRHEITSWERT:
        return "noch offen"
    if shape.kind is Kind.AUSWAHL:
        first, last = shape.optionen.index(str(low)), shape.optionen.index(str(high))
        return listing((f"„{said(option, shape)}“" for option in shape.optionen[first : last + 1]), "oder")
    return f"zwischen {said(low, shape)} und {said(high, shape, unit=unit)}"

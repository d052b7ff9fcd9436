"""Exact whole-number arithmetic that the interpreters share: rounding divisions and calendar sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from leitplanke.core.rules.errors import FactError, FormulaError

# Rounding as laws order it; commercial rounding goes away from zero.
MODES = ("halb_auf", "auf", "ab", "halb_gerade")


def divided(number: int, by: int, mode: str) -> int:
    """Return `number` / `by` as a whole number; `by` is positive.

    `halb_auf` rounds halves away from zero (kaufmännisch), `auf` up, `ab` down, `halb_gerade` halves to even.
    """
    if mode == "ab":
        return number // by
    if mode == "auf":
        return -(-number // by)
    if mode == "halb_auf":
        return (2 * number + by) // (2 * by) if number >= 0 else -((by - 2 * number) // (2 * by))
    whole, rest = divmod(number, by)
    return whole + (2 * rest > by or (2 * rest == by and whole % 2 == 1))


def scaled(value: Decimal, stellen: int, what: str) -> int:
    """Return `value` as a whole number of 10 ** -`stellen`, exactly.

    Raises:
        FactError: it has more decimals.
    """
    if not value.is_finite() or value.adjusted() > 30:
        raise FactError(f"{what}: „{value}“ ist keine brauchbare Zahl.")
    number = value.scaleb(stellen)
    whole = int(number)
    if number != whole:
        raise FactError(f"{what}: „{value}“ hat mehr als {stellen} Nachkommastellen.")
    return whole


def unscaled(number: int, stellen: int) -> Decimal:
    """Return the decimal number that `number` of 10 ** -`stellen` is."""
    return Decimal(number).scaleb(-stellen) if stellen else Decimal(number)


def day_of(text: str) -> date:
    """Read a day written YYYY-MM-DD.

    Raises:
        FormulaError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FormulaError(f"„{text}“ ist kein Tag; erwartet wird zum Beispiel 2025-01-31.") from None


def months_between(start: int, end: int) -> int:
    """Return the full months from one day (ordinal) to another, negative where `end` lies before `start`."""
    if end < start:
        return -months_between(end, start)
    one, other = date.fromordinal(start), date.fromordinal(end)
    return (other.year - one.year) * 12 + other.month - one.month - (other.day < one.day)


def plus_months(day: int, months: int) -> int:
    """Return the day so many months later; the 31st becomes the last of a shorter month (§ 188 Abs. 3 BGB)."""
    start = date.fromordinal(day)
    place = start.year * 12 + start.month - 1 + months
    year, month = min(max(place // 12, 1), 9998), place % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    return date(year, month, min(start.day, last)).toordinal()


def month_start(day: int) -> int:
    """Return the first of the month."""
    return day - date.fromordinal(day).day + 1


def year_of(day: int) -> int:
    """Return the year of a day."""
    return date.fromordinal(day).year


def month_of(day: int) -> int:
    """Return the month of a day, 1 to 12."""
    return date.fromordinal(day).month

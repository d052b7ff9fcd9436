"""Figures in words, in German and English."""

from __future__ import annotations

from leitplanke.core.evaluation.intervals import Estimate
from leitplanke.core.rules.model import Words

MINUS = "\N{MINUS SIGN}"


def figure(value: float, digits: int, *, sign: bool = False) -> Words:
    """Return a number; `sign` shows plus as well."""
    rounded = round(value, digits) + 0.0
    text = f"{abs(rounded):,.{digits}f}"
    before = MINUS if rounded < 0 else "+" if sign and rounded > 0 else ""
    german = text.translate(str.maketrans(",.", ".,"))
    return Words(before + german, before + text)


def percent(share: float, digits: int = 1) -> Words:
    """Return a share as percentage."""
    number = figure(share * 100, digits)
    return Words(f"{number.de}\N{NO-BREAK SPACE}%", f"{number.en}%")


def points(difference: float, digits: int = 1) -> Words:
    """Return a difference of shares in percentage points."""
    number = figure(difference * 100, digits, sign=True)
    return Words(f"{number.de} Prozentpunkte", f"{number.en} percentage points")


def whole(number: int) -> Words:
    """Return a whole number."""
    return figure(number, 0)


def span(estimate: Estimate, unit: str, currency: str = "EUR") -> Words:
    """Return an interval ("von −1,2 bis +3,4 Prozentpunkte")."""
    if unit == "anteil":
        low, high, suffix = (
            figure(estimate.low * 100, 1),
            figure(estimate.high * 100, 1),
            Words("\N{NO-BREAK SPACE}%", "%"),
        )
    elif unit == "betrag":
        low, high = figure(estimate.low, 2, sign=True), figure(estimate.high, 2, sign=True)
        suffix = Words(f" {currency}", f" {currency}")
    else:
        low, high = figure(estimate.low * 100, 1, sign=True), figure(estimate.high * 100, 1, sign=True)
        suffix = Words(" Prozentpunkten", " percentage points")
    return Words(f"von {low.de} bis {high.de}{suffix.de}", f"from {low.en} to {high.en}{suffix.en}")


def bounds(estimate: Estimate, unit: str) -> Words:
    """Return an interval for a column whose head names the unit ("−1,2 bis +3,4")."""
    scale, digits = (1, 2) if unit == "betrag" else (100, 1)
    low, high = (figure(end * scale, digits, sign=unit != "anteil") for end in (estimate.low, estimate.high))
    return Words(f"{low.de} bis {high.de}", f"{low.en} to {high.en}")


def level(alpha: float) -> Words:
    """Return how sure an interval is, both ends together ("90 %")."""
    return percent(1 - 2 * alpha, 0)


def both(german: str, english: str, **parts: Words) -> Words:
    """Fill one template per language with parts in that language."""
    return Words(
        german.format(**{name: part.de for name, part in parts.items()}),
        english.format(**{name: part.in_language("en") for name, part in parts.items()}),
    )

"""Numbers, amounts, days, units as German administration writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.rules import german
from leitplanke.core.rules.model import Kind, Shape, Words


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("1162.35"), 2, "1.162,35"),
        (1162, 0, "1.162"),
        (1162, 2, "1.162,00"),
        (Decimal("-0.5"), 2, "−0,50"),
        (Fraction(2, 3), 0, "rund 0,6667"),
        (Fraction(-2, 3), 2, "rund −0,6667"),
        (Decimal("0.0004797"), 0, "0,0004797"),
        (1234567, 2, "1.234.567,00"),
        (0, 0, "0"),
    ],
)
def test_number(value: Fraction | Decimal | int, places: int, text: str) -> None:
    assert german.number(value, places) == text


@given(st.integers(-(10**14), 10**14))
def test_number_can_be_read_back(cents: int) -> None:
    text = german.number(Fraction(cents, 100), 2).replace(".", "").replace(",", ".").replace("−", "-")

    assert Decimal(text) == Decimal(cents).scaleb(-2)


def test_amount_percent_and_day() -> None:
    assert german.amount(Decimal("1162.35")) == "1.162,35 EUR"
    assert german.amount(320, places=0) == "320 EUR"
    assert german.percent(Fraction(3, 20)) == "15 %"
    assert german.day(date(2026, 3, 12)) == "12. März 2026"


def test_listing() -> None:
    assert [german.listing(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a und b",
        "a, b und c",
    ]


def test_units_follow_the_number() -> None:
    assert german.unit_for(1, "Personen") == "Person"
    assert german.unit_for(2, "Personen") == "Personen"
    assert german.unit_for(1, "EUR/Monat") == "EUR im Monat"
    assert german.unit_for(3, "Faktor") == ""
    assert german.short_unit("Monat/EUR") == ""


def test_open_values_say_between_what_they_lie() -> None:
    amount = Shape(Kind.BETRAG, stellen=0, einheit="EUR/Monat")
    choice = Shape(Kind.AUSWAHL, optionen=("a", "b", "c"), labels={"a": Words("Erstes"), "b": Words("Zweites")})

    assert german.interval(320, 410, amount, unit="EUR im Monat") == "zwischen 320 und 410 EUR im Monat"
    assert german.interval("a", "b", choice) == "„Erstes“ oder „Zweites“"
    assert german.interval(0, 1, Shape(Kind.WAHRHEITSWERT)) == "noch offen"


def test_spans_of_days() -> None:
    assert german.span_of_days(date.min, date.max) == "durchgehend"
    assert german.span_of_days(date(2025, 1, 1), date.max) == "ab 1. Januar 2025"
    assert german.span_of_days(date.min, date(2025, 1, 1)) == "bis 1. Januar 2025"

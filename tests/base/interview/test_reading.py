"""What people type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from leitplanke.base.interview.reading import day_of, decimal_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.162,35", "1162.35"),
        ("1162.35", "1162.35"),
        ("1162,3", "1162.3"),
        ("1162", "1162"),
        ("1.162", "1162"),
        ("1 162,35 €", "1162.35"),
        ("1,162.35", "1162.35"),
        ("-12,5", "-12.5"),
        ("300 EUR", "300"),
        ("12,5 %", "12.5"),
        ("0,05", "0.05"),
    ],
)
def test_number_is_read_as_people_write_it(text: str, value: str) -> None:
    assert decimal_of(text) == Decimal(value)


def test_page_in_english_groups_by_comma() -> None:
    assert decimal_of("1,162", english=True) == 1162
    assert decimal_of("1,162.35", english=True) == Decimal("1162.35")
    assert decimal_of("1.162", english=True) == Decimal("1.162")


@pytest.mark.parametrize(
    "text", ["", "abc", "1,2,3", "1.2.3", "12.34,5x", "1e5", "NaN", "٣", "--1x", "1" * 40, "1.16,3"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert decimal_of(text) is None


@pytest.mark.parametrize("text", ["31.1.2025", "31/01/2025", "31.01.2025", "2025-01-31", " 31. 1. 2025 "])
def test_day_is_read_as_people_write_it(text: str) -> None:
    assert day_of(text) == date(2025, 1, 31)


@pytest.mark.parametrize("text", ["31.2.2025", "gestern", "2025", "1.1.25"])
def test_what_is_no_day_is_refused(text: str) -> None:
    assert day_of(text) is None

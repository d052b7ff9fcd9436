"""Amounts, days and account numbers as Germans write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.extraction.wordings import Wertart, german, periods, valid_iban, wordings


def read(text: str, sort: Wertart) -> list[str]:
    return [found.value for found in wordings(text) if found.sort is sort]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56 EUR", "1234.56"),
        ("1 234,56 €", "1234.56"),
        ("1\u00a0234,56\u00a0€", "1234.56"),
        ("€ 650,-", "650.00"),
        ("650,-- EUR", "650.00"),
        ("EUR 650", "650.00"),
        ("650 Euro", "650.00"),
        ("520,00", "520.00"),
        ("12.345.678,90 €", "12345678.90"),
        ("-43,20 EUR", "-43.20"),
        ("Saldo: −43,20 EUR", "-43.20"),
    ],
)
def test_amount_is_read(text: str, value: str) -> None:
    assert read(text, Wertart.BETRAG) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "1,234.56 EUR",
        "64,50 m²",
        "2,10 m",
        "Telefon (0 30) 23125 100",
        "12345 Musterstadt",
        "Nummer 4711",
        "12.03.2026",
        "50 %",
    ],
)
def test_what_is_no_amount_or_not_certain_has_no_value(text: str) -> None:
    assert [value for value in read(text, Wertart.BETRAG) if value] == []


def test_thousands_apart_without_currency_are_doubted() -> None:
    found = [one for one in wordings("Pos. 1 234,56") if one.sort is Wertart.BETRAG]
    assert [(one.value, bool(one.doubt)) for one in found] == [("", True)]


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal(9_999_999), places=2))
def test_every_amount_survives_writing_and_reading(amount: Decimal) -> None:
    assert read(f"Betrag: {german(amount)} EUR", Wertart.BETRAG) == [f"{amount:.2f}"]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_survives_writing_and_reading(day: date) -> None:
    assert read(f"am {day:%d.%m.%Y}", Wertart.DATUM) == [day.isoformat()]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1. März 2026", "2026-03-01"),
        ("seit 07.05.2019.", "2019-05-07"),
        ("2026-03-01", "2026-03-01"),
        ("3. Dez. 2025", "2025-12-03"),
    ],
)
def test_day_is_read(text: str, value: str) -> None:
    assert read(text, Wertart.DATUM) == [value]


@pytest.mark.parametrize("text", ["12.03.58", "31.02.2026", "30. Februar 2026"])
def test_day_without_certain_meaning_has_no_value(text: str) -> None:
    found = [one for one in wordings(text) if one.sort is Wertart.DATUM]
    assert [(one.value, bool(one.doubt)) for one in found] == [("", True)]


def test_month_is_read() -> None:
    assert read("Abrechnung Januar 2026", Wertart.MONAT) == ["2026-01"]


def test_check_digits_of_an_account_number_count() -> None:
    assert read("IBAN DE02 1203 0000 0000 2020 51", Wertart.IBAN) == ["DE02120300000000202051"]
    assert read("IBAN DE03 1203 0000 0000 2020 51", Wertart.IBAN) == [""]


@given(st.integers(min_value=0, max_value=10**18 - 1), st.integers(min_value=0, max_value=17), st.integers(1, 9))
def test_one_wrong_digit_makes_an_account_number_invalid(number: int, place: int, step: int) -> None:
    bban = f"{number:018d}"
    check = 98 - int(f"{bban}131400") % 97
    assert valid_iban(f"DE{check:02d}{bban}")
    wrong = bban[:place] + str((int(bban[place]) + step) % 10) + bban[place + 1 :]
    assert not valid_iban(f"DE{check:02d}{wrong}")


def test_periods_are_read() -> None:
    assert [one.value for one in periods("monatlich, p. a., pro Monat, jährliche")] == [
        "monat",
        "jahr",
        "monat",
        "jahr",
    ]


@given(st.text(max_size=200))
def test_any_text_is_read_without_overlaps(text: str) -> None:
    found = wordings(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)


def test_very_long_line_is_read() -> None:
    assert len(wordings("1.234,56 EUR " * 5000)) == 5000

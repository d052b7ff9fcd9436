"""Whole-number arithmetic and units, held against the decimal module and the calendar."""

import decimal
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.rules import FactError, FormulaError
from leitplanke.core.rules.numbers import day_of, divided, month_start, months_between, plus_months, scaled, unscaled
from leitplanke.core.rules.units import FREE, NO_UNIT, common, exchanged, parse_unit, product

SAME = {
    "halb_auf": decimal.ROUND_HALF_UP,
    "auf": decimal.ROUND_CEILING,
    "ab": decimal.ROUND_FLOOR,
    "halb_gerade": decimal.ROUND_HALF_EVEN,
}
DAYS = st.dates(date(1900, 1, 1), date(2150, 12, 31)).map(date.toordinal)


@pytest.mark.parametrize("mode", SAME)
@given(number=st.integers(-(10**17), 10**17), by=st.sampled_from([1, 2, 3, 4, 7, 10, 12, 100, 365, 10**6, 10**10]))
def test_rounding_is_that_of_the_decimal_module(mode: str, number: int, by: int) -> None:
    with decimal.localcontext(decimal.Context(prec=60)):
        expected = Decimal(number) / Decimal(by)
        # 60 digits cannot tell a true half from one that the quotient only comes near: ask the remainder
        whole, rest = divmod(number, by)
        expected = Decimal(whole) + (Decimal("0.5") if 2 * rest == by else Decimal(rest) / Decimal(by))
        assert divided(number, by, mode) == int(expected.quantize(Decimal(1), rounding=SAME[mode]))


@given(st.decimals(-(10**12), 10**12, places=4), st.integers(4, 10))
def test_scaling_loses_nothing(value: Decimal, stellen: int) -> None:
    assert unscaled(scaled(value, stellen, "x"), stellen) == value


@pytest.mark.parametrize("text", ["1.005", "NaN", "Infinity", "1e999999", "-1e40"])
def test_what_cannot_be_exact_is_refused(text: str) -> None:
    with pytest.raises(FactError):
        scaled(Decimal(text), 2, "x")


@given(DAYS, st.integers(-1200, 1200))
def test_months_forward_land_in_the_month_meant(day: int, months: int) -> None:
    start, found = date.fromordinal(day), date.fromordinal(plus_months(day, months))
    assert (found.year - start.year) * 12 + found.month - start.month == months
    assert found.day == start.day or (found + timedelta(1)).day == 1


@given(DAYS, st.integers(0, 3000))
def test_full_months_are_those_that_have_passed(day: int, later: int) -> None:
    months = months_between(day, day + later)
    assert plus_months(day, months) <= day + later
    assert plus_months(day, months + 1) > day + later or date.fromordinal(day).day > 28
    assert months_between(day + later, day) == -months


@given(DAYS, DAYS, st.integers(0, 400), st.integers(0, 400))
def test_months_between_grow_with_the_span(start: int, end: int, earlier: int, later: int) -> None:
    assert months_between(start - earlier, end + later) >= months_between(start, end)


def test_end_of_month_as_the_civil_code_has_it() -> None:
    assert plus_months(date(2025, 1, 31).toordinal(), 1) == date(2025, 2, 28).toordinal()
    assert plus_months(date(2024, 2, 29).toordinal(), 12) == date(2025, 2, 28).toordinal()
    assert months_between(date(2025, 1, 31).toordinal(), date(2025, 2, 28).toordinal()) == 0
    assert month_start(date(2025, 2, 28).toordinal()) == date(2025, 2, 1).toordinal()


def test_a_day_is_written_in_one_way_only() -> None:
    assert day_of("2025-01-31") == date(2025, 1, 31)
    for text in ("31.01.2025", "2025-02-30", "", "2025"):
        with pytest.raises(FormulaError, match="ist kein Tag"):
            day_of(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("EUR/Monat", "EUR/Monat"),
        ("", "ohne Einheit"),
        ("Prozent", "ohne Einheit"),
        ("1/Monat", "1/Monat"),
        ("EUR/m2/Monat", "EUR/Monat/m2"),
        ("m*m/m", "m"),
        ("EUR*Monat/EUR", "Monat"),
    ],
)
def test_units_read_and_show(text: str, shown: str) -> None:
    assert str(parse_unit(text)) == shown


@pytest.mark.parametrize("text", ["EUR pro Monat", "€", "EUR//Monat", "2/Monat", "EUR/", "*"])
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(FormulaError, match="ist keine Einheit"):
        parse_unit(text)


def test_sums_need_one_unit_and_products_make_new_ones() -> None:
    monthly, months = parse_unit("EUR/Monat"), parse_unit("Monat")
    assert product(monthly, months) == parse_unit("EUR")
    assert product(parse_unit("EUR"), months, -1) == monthly
    assert common(monthly, FREE, "x") == monthly
    assert common(FREE, FREE, "x") == FREE
    assert exchanged(parse_unit("EUR/Jahr"), "Jahr", "Monat") == monthly
    for one, other in ((monthly, parse_unit("EUR")), (monthly, NO_UNIT)):
        with pytest.raises(FormulaError, match="passen nicht zusammen"):
            common(one, other, "x")
    with pytest.raises(FormulaError, match="nur ein Wert je Jahr"):
        exchanged(monthly, "Jahr", "Monat")

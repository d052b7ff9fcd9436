"""What a figure says of itself, and what the grid is known to emit."""

from __future__ import annotations

import pytest

from leitplanke.core.energy import (
    Energy,
    Method,
    Part,
    UnknownGridError,
    factors,
    grid,
    in_words,
    including,
    latest,
    not_including,
)
from leitplanke.core.energy.saying import METHOD_WORDS, PART_WORDS, said


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.02749, "0,027"),
        (0.5, "0,5"),
        (14.9, "15"),
        (1234.5, "1.200"),
        (0.000_123, "0,00012"),
        (99.6, "100"),
    ],
)
def test_two_digits_and_no_more(value: float, text: str) -> None:
    assert said(value) == text


def test_a_figure_says_range_method_and_what_is_in_it() -> None:
    found = in_words(Energy(840_000, 14_900_000, Method.POWER, idle=True))
    assert found.startswith("0,84 bis 15 Wh (Methode B: Leistung mal Zeit).")
    inside, outside = found.split("Nicht enthalten:")
    assert "Leerlauf" in inside
    assert "Training" in outside
    assert in_words(Energy(1_000_000, 1_001_000, Method.ESTIMATE)).startswith("rund 1 Wh")


def test_nothing_is_both_in_a_figure_and_left_out() -> None:
    for method in Method:
        for idle in (True, False):
            energy = Energy(1, 2, method, idle=idle)
            assert not set(including(energy)) & set(not_including(energy))
            assert (Part.IDLE in including(energy)) is idle
    assert Part.POWER_SUPPLY in not_including(Energy(1, 2, Method.MEASURED))
    assert (set(PART_WORDS), set(METHOD_WORDS)) == (set(Part), set(Method))


def test_a_meter_that_could_not_be_read_is_said() -> None:
    assert "Zähler" in in_words(Energy(1, 2, Method.PARAMETERS, unmetered=True))
    assert (Energy(1, 2, Method.PARAMETERS, unmetered=True) + Energy(1, 2, Method.PARAMETERS)).unmetered


def test_the_grid_factor_has_year_and_source() -> None:
    assert (grid(2023).grams, grid(2023, "DE").year) == (381, 2023)
    assert (latest().country, latest().direct) == ("DE", False)
    assert all(factor.source and factor.year > 2000 for factor in factors())
    assert grid(2023).emitted(1000, 2000) == (381, 762)


def test_a_year_or_country_that_is_not_there_is_named_and_none_put_in_its_place() -> None:
    with pytest.raises(UnknownGridError, match=r"DE 2019 .* 2023, 2024\."):
        grid(2019)
    with pytest.raises(UnknownGridError, match=r"XX .* DE\."):
        grid(2023, "XX")
    with pytest.raises(LookupError):
        latest("XX")

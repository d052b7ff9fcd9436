"""A day in a form."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from leitplanke.base.interview.days import DayField


@pytest.mark.parametrize("typed", ["31.1.2025", "31. 01. 2025", "31/1/2025", "2025-01-31", " 31.01.2025 "])
def test_a_day_is_understood_however_it_is_written(typed: str) -> None:
    assert DayField().clean(typed) == date(2025, 1, 31)


def test_nothing_is_no_day_where_none_is_needed() -> None:
    assert DayField(required=False).clean("  ") is None


@pytest.mark.parametrize("typed", ["gestern", "31.02.2025", "31.01.25"])
def test_what_is_no_day_is_named_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        DayField().clean(typed)
    assert caught.value.messages == [f"„{typed}“ ist kein Tag. Zum Beispiel: 31.01.2025."]


@pytest.mark.parametrize(
    ("first_year", "inside", "outside"),
    [
        (1900, date(1900, 1, 1), "31.12.1899"),
        (1990, date(1990, 1, 1), "31.12.1989"),
        (1900, date(2150, 12, 31), "1.1.2151"),
    ],
)
def test_a_day_too_far_away_is_told_what_is_possible(first_year: int, inside: date, outside: str) -> None:
    field = DayField(first_year=first_year)
    assert field.clean(inside.isoformat()) == inside
    with pytest.raises(ValidationError) as caught:
        field.clean(outside)
    assert caught.value.messages == [f"Möglich sind Tage von {first_year} bis 2150."]


def test_a_day_is_shown_the_way_people_write_it() -> None:
    field = DayField()
    assert field.prepare_value(date(2025, 1, 31)) == "31.01.2025"
    assert field.prepare_value("gestern") == "gestern"

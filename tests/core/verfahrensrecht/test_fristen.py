"""What holds for every deadline, whatever the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.verfahrensrecht import (
    LAENDER,
    Dauer,
    Einheit,
    FehltImRecht,
    Fristart,
    Verfahrensrecht,
    Weg,
    bekanntgabe,
    feiertage,
    frist_ende,
    next_werktag,
    verfahrensrecht,
)
from leitplanke.core.verfahrensrecht.fristen import after
from leitplanke.core.verfahrensrecht.kalender import land_code, rest_reason

ON = date(2026, 1, 1)
DAYS = st.dates(date(2005, 1, 1), date(2080, 12, 31))
DAUERN = st.one_of(
    st.builds(Dauer, st.integers(1, 400), st.just(Einheit.TAG)),
    st.builds(Dauer, st.integers(1, 60), st.just(Einheit.WOCHE)),
    st.builds(Dauer, st.integers(1, 30), st.just(Einheit.MONAT)),
    st.builds(Dauer, st.integers(1, 5), st.just(Einheit.JAHR)),
)
SGB = verfahrensrecht("sgb_x", "NW", ON)
LAWS = st.sampled_from([SGB, verfahrensrecht("vwvfg", "NW", ON), verfahrensrecht("ao", "NW", ON)])
MOVED = st.sampled_from([Fristart.GESETZLICH, Fristart.BEHOERDLICH])
FIXED = st.sampled_from([Fristart.LEISTUNGSZEITRAUM, Fristart.TERMIN])
LAND = st.sampled_from(sorted(LAENDER))


def same_number_or_last(event: date, months: int) -> date:
    """Find the day by trying: the same number in the month, else the day before, and so on."""
    month = event.replace(day=1)
    for _ in range(months):
        month = (month + timedelta(days=31)).replace(day=1)
    for number in range(event.day, 0, -1):
        try:
            return month.replace(day=number)
        except ValueError:
            continue
    raise AssertionError


@given(DAYS, DAUERN, LAND, MOVED)
def test_moved_end_is_a_working_day_and_never_early(event: date, dauer: Dauer, land: str, art: Fristart) -> None:
    end = frist_ende(SGB, event, dauer, land, art).am
    assert rest_reason(end, land) == ""
    assert end >= after(event, dauer)
    between = [after(event, dauer) + timedelta(days=n) for n in range((end - after(event, dauer)).days)]
    assert all(rest_reason(day, land) for day in between)


@given(DAYS, DAUERN, LAND, FIXED)
def test_fixed_end_stays_where_the_calendar_puts_it(event: date, dauer: Dauer, land: str, art: Fristart) -> None:
    assert frist_ende(SGB, event, dauer, land, art).am == after(event, dauer)


@given(DAYS, DAYS, DAUERN, LAND)
def test_later_event_never_ends_earlier(one: date, other: date, dauer: Dauer, land: str) -> None:
    early, late = sorted((one, other))
    ends = [frist_ende(SGB, event, dauer, land, Fristart.GESETZLICH).am for event in (early, late)]
    assert ends == sorted(ends)


@given(DAYS, st.integers(1, 60))
def test_months_end_on_the_same_number_or_the_last_day(event: date, months: int) -> None:
    assert after(event, Dauer(months, Einheit.MONAT)) == same_number_or_last(event, months)


@given(DAYS, st.integers(1, 5))
def test_a_year_is_twelve_months(event: date, years: int) -> None:
    assert after(event, Dauer(years, Einheit.JAHR)) == after(event, Dauer(12 * years, Einheit.MONAT))


@given(LAWS, st.dates(date(2005, 1, 1), date(2080, 12, 31)), LAND)
def test_letter_counts_as_known_three_or_four_days_later(law: Verfahrensrecht, sent: date, land: str) -> None:
    days = 4 if sent >= date(2025, 1, 1) else 3
    presumed = sent + timedelta(days=days)
    expected = next_werktag(presumed, land) if law.name == "ao" else presumed
    assert bekanntgabe(law, sent, Weg.POST, land).am == expected


@given(st.sampled_from(sorted(LAENDER)), st.integers(1991, 2100))
def test_every_land_has_its_holidays_in_every_year(land: str, year: int) -> None:
    found = feiertage(land, year)
    assert {date(year, 1, 1), date(year, 5, 1), date(year, 10, 3), date(year, 12, 25), date(year, 12, 26)} <= set(found)
    assert {"Karfreitag", "Ostermontag", "Christi Himmelfahrt", "Pfingstmontag"} <= {
        part for name in found.values() for part in name.split("; ")
    }


def test_holidays_of_single_towns_come_from_the_caller() -> None:
    assumption = date(2025, 8, 15)
    dauer = Dauer(14, Einheit.TAG)
    event = assumption - timedelta(days=14)
    assert frist_ende(SGB, event, dauer, "BY", Fristart.GESETZLICH).am == assumption
    moved = frist_ende(SGB, event, dauer, "BY", Fristart.GESETZLICH, weitere_feiertage=frozenset({assumption}))
    assert moved.am == date(2025, 8, 18)
    assert "örtlicher Feiertag" in moved.erklaerung


def test_a_land_may_be_named_or_given_by_its_code() -> None:
    assert land_code("Nordrhein-Westfalen") == land_code("NW") == "NW"
    with pytest.raises(FehltImRecht, match=r"„Preußen“ gibt es nicht.*NW"):
        land_code("Preußen")


def test_years_without_known_holidays_are_refused() -> None:
    with pytest.raises(FehltImRecht, match="1991 bis 2100 bekannt, nicht für 1980"):
        feiertage("NW", 1980)


def test_a_duration_of_nothing_is_refused() -> None:
    with pytest.raises(FehltImRecht, match="mindestens einen Tag"):
        frist_ende(SGB, ON, Dauer(0, Einheit.TAG), "NW", Fristart.GESETZLICH)

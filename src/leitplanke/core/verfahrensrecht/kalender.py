"""Working days: Saturdays, Sundays and the public holidays of each Land."""

from __future__ import annotations

import functools
from datetime import date, timedelta

import holidays

from leitplanke.core.rules.german import day as german_day
from leitplanke.core.verfahrensrecht.errors import FehltImRecht

LAENDER = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}
FIRST_YEAR, LAST_YEAR = 1991, 2100
_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_SATURDAY = 5


def land_code(land: str) -> str:
    """Return the code of a Land by its code or name: „Nordrhein-Westfalen“ is NW.

    Raises:
        FehltImRecht: there is no such Land.
    """
    for code, name in LAENDER.items():
        if land in {code, name}:
            return code
    raise FehltImRecht(f"Das Land „{land}“ gibt es nicht. Möglich: {', '.join(LAENDER)}.")


@functools.lru_cache(maxsize=1024)
def _of_year(land: str, year: int) -> dict[date, str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise FehltImRecht(f"Feiertage sind für die Jahre {FIRST_YEAR} bis {LAST_YEAR} bekannt, nicht für {year}.")
    return dict(holidays.country_holidays("DE", subdiv=land, years=year, language="de"))


def feiertage(land: str, year: int) -> dict[date, str]:
    """Return the public holidays of a Land in a year with their names.

    Holidays of single towns (Augsburg, parts of Bayern, Sachsen and Thüringen) are not among them.

    Raises:
        FehltImRecht: there is no such Land, or the year is out of reach.
    """
    return dict(_of_year(land_code(land), year))


def rest_reason(day: date, land: str, weitere: frozenset[date] = frozenset()) -> str:
    """Return why a day is no working day („ein Samstag“, „ein Feiertag (Neujahr)“), or "" if it is one.

    `weitere` are holidays of the town alone.
    """
    name = _of_year(land_code(land), day.year).get(day) or ("örtlicher Feiertag" if day in weitere else "")
    if name:
        return f"ein gesetzlicher Feiertag ({name})"
    return f"ein {_WEEKDAYS[day.weekday()]}" if day.weekday() >= _SATURDAY else ""


def next_werktag(day: date, land: str, weitere: frozenset[date] = frozenset()) -> date:
    """Return `day` if it is a working day, else the next one."""
    while rest_reason(day, land, weitere):
        day += timedelta(days=1)
    return day


def spoken(day: date, article: str = "dem") -> str:
    """Return a day for the middle of a sentence: „Montag, dem 6. Januar 2025“."""
    return f"{_WEEKDAYS[day.weekday()]}, {article} {german_day(day)}"

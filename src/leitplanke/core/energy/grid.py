"""What a kilowatt-hour of a country's grid emits, by year, with its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class GridFactor:
    """Grams of CO2 equivalent for a kilowatt-hour."""

    country: str
    year: int
    grams: float
    source: str


@cache
def factors() -> tuple[GridFactor, ...]:
    """Return every shipped factor."""
    text = (resources.files("leitplanke.content") / "energie/strommix.yaml").read_text(encoding="utf-8")
    rows = yaml.safe_load(text)["strommix"]
    return tuple(GridFactor(row["land"], int(row["jahr"]), float(row["gramm_je_kwh"]), row["quelle"]) for row in rows)


def latest(country: str = "DE") -> GridFactor:
    """Return the newest factor of a country.

    Raises:
        LookupError: there is none.
    """
    found = [factor for factor in factors() if factor.country == country]
    if not found:
        raise LookupError(country)
    return max(found, key=lambda factor: factor.year)

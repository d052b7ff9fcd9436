"""What a kilowatt-hour of a country's grid emits, by year, with its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class GridFactor:
    """Grams for a kilowatt-hour.

    Attributes:
        direct: CO2 of the power stations alone; else CO2 equivalents with what came before them.
    """

    country: str
    year: int
    grams: float
    source: str
    direct: bool = False

    def emitted(self, low_wh: float, high_wh: float) -> tuple[float, float]:
        """Return the grams of a range of Wh."""
        return low_wh * self.grams / 1000, high_wh * self.grams / 1000


class UnknownGridError(LookupError):
    """There is no factor; the message says which there are."""


@cache
def factors() -> tuple[GridFactor, ...]:
    """Return every shipped factor."""
    text = (resources.files("leitplanke.content") / "energie/strommix.yaml").read_text(encoding="utf-8")
    rows = yaml.safe_load(text)["strommix"]
    return tuple(
        GridFactor(
            row["land"], int(row["jahr"]), float(row["gramm_je_kwh"]), row["quelle"], row["umfang"] == "direktes_co2"
        )
        for row in rows
    )


def grid(year: int, country: str = "DE") -> GridFactor:
    """Return the factor of a year in a country; never that of another year instead.

    Raises:
        UnknownGridError: there is none.
    """
    found = _of(country)
    for factor in found:
        if factor.year == year:
            return factor
    years = ", ".join(str(factor.year) for factor in found)
    raise UnknownGridError(f"Für {country} {year} ist kein Strommix hinterlegt. Hinterlegt sind die Jahre: {years}.")


def latest(country: str = "DE") -> GridFactor:
    """Return the newest factor of a country; one of CO2 alone only where none counts all greenhouse gases.

    Raises:
        UnknownGridError: there is none.
    """
    return max(_of(country), key=lambda factor: (not factor.direct, factor.year))


def _of(country: str) -> list[GridFactor]:
    found = sorted((factor for factor in factors() if factor.country == country), key=lambda factor: factor.year)
    if not found:
        countries = ", ".join(sorted({factor.country for factor in factors()}))
        raise UnknownGridError(f"Für {country} ist kein Strommix hinterlegt. Hinterlegt sind die Länder: {countries}.")
    return found

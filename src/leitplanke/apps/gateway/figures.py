"""Figures of energy as pages show them: ranges with two significant digits, in a unit that people can picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.core.energy import Part, including, not_including, rounded

if TYPE_CHECKING:
    from leitplanke.core.energy import Energy

MILLION = 1_000_000
METHODS = {
    "A": gettext_lazy("gemessen"),
    "B": gettext_lazy("Leistung mal Zeit"),
    "C": gettext_lazy("aus bekannter Größe geschätzt"),
    "D": gettext_lazy("grob geschätzt, Größe unbekannt"),
}
PARTS: dict[Part, Any] = {
    Part.WRITTEN: gettext_lazy("geschriebene Token"),
    Part.READ: gettext_lazy("gelesene Token"),
    Part.CENTRE: gettext_lazy("Aufschlag des Rechenzentrums"),
    Part.IDLE: gettext_lazy("Leerlauf"),
    Part.OTHER_PROGRAMS: gettext_lazy("andere Programme auf demselben Rechner"),
    Part.POWER_SUPPLY: gettext_lazy("Verluste im Netzteil, Lüfter, Platten"),
    Part.TRAINING: gettext_lazy("Training"),
    Part.MANUFACTURE: gettext_lazy("Herstellung der Geräte"),
    Part.NETWORK: gettext_lazy("Netz"),
    Part.DEVICE: gettext_lazy("Gerät am Arbeitsplatz"),
}
# What a thousand of a unit are called, as far as people know it from their bills.
LARGER = {"Wh": "kWh", "g": "kg"}


def span(low: float, high: float, unit: str) -> str:
    """Return a range in words, in a larger unit where the figures get long."""
    while max(abs(low), abs(high)) >= 1000 and unit in LARGER:
        low, high, unit = low / 1000, high / 1000, LARGER[unit]
    least, most = (str(number_format(rounded(value), force_grouping=True)) for value in (low, high))
    if least == most:
        return f"{most} {unit}" if not high else _("rund %(zahl)s %(einheit)s") % {"zahl": most, "einheit": unit}
    return _("%(von)s bis %(bis)s %(einheit)s") % {"von": least, "bis": most, "einheit": unit}


def wh_of(low_uwh: int, high_uwh: int) -> str:
    """Return a range of millionths of a watt-hour."""
    return span(low_uwh / MILLION, high_uwh / MILLION, "Wh")


def parts_of(energy: Energy) -> tuple[str, str]:
    """Return what is in a figure and what is not."""
    return tuple(  # type: ignore[return-value]
        ", ".join(str(PARTS[part]) for part in parts) for parts in (including(energy), not_including(energy))
    )

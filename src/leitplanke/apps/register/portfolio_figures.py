"""Energy, cost and overridden shares over time, over all systems or for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from leitplanke.apps.register.models import Eintrag, Messgroesse, Verbrauch
from leitplanke.core.register.bars import Bar, Picture, bars
from leitplanke.core.register.incidents import months_later

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

UNITS = {Messgroesse.ENERGIE: ("kWh", Decimal(1000)), Messgroesse.KOSTEN: ("EUR", Decimal(1))}


@dataclass(frozen=True, slots=True)
class Line:
    """A month with its sums, as people read them; "" where there is no figure."""

    label: str
    short: str
    values: dict[str, Decimal]
    rough: frozenset[str]

    def text(self, name: str) -> str:
        """Return a figure as people read it, with a sign where it is estimated."""
        value = self.values.get(name)
        if value is None:
            return "–"
        shown = _shown(name, value)
        return f"{shown} *" if name in self.rough else shown

    @property
    def energie(self) -> str:
        """Energy in kWh."""
        return self.text(Messgroesse.ENERGIE)

    @property
    def kosten(self) -> str:
        """Cost in EUR."""
        return self.text(Messgroesse.KOSTEN)

    @property
    def anfragen(self) -> str:
        """How often it was used."""
        return self.text(Messgroesse.ANFRAGEN)

    @property
    def ueberstimmt(self) -> str:
        """How often people overruled it."""
        return self.text(Messgroesse.UEBERSTIMMT)


@dataclass(frozen=True, slots=True)
class Series:
    """Months, the oldest first, with pictures and the sentence that stands for them."""

    lines: tuple[Line, ...]

    @property
    def empty(self) -> bool:
        """Whether no month has a figure."""
        return not any(line.values for line in self.lines)

    @property
    def estimated(self) -> bool:
        """Whether a figure is an estimate."""
        return any(line.rough for line in self.lines)

    def sentence(self, name: str) -> str:
        """Say in one sentence how much it was in all, and how it goes."""
        known = [line for line in self.lines if name in line.values]
        if not known:
            return _("Es gibt noch keine Zahlen.")
        unit, _factor = _unit(name)
        total = _shown(name, sum((line.values[name] for line in known), Decimal(0)))
        most = max(known, key=lambda line: line.values[name])
        return _("Zusammen %(summe)s %(einheit)s in %(monate)s Monaten mit Zahlen, am meisten im %(monat)s.") % {
            "summe": total, "einheit": unit, "monate": len(known), "monat": most.label,
        }  # fmt: skip

    def picture(self, name: str, title: str) -> Picture:
        """Draw a figure month by month."""
        _name, factor = _unit(name)
        rows = [
            Bar(
                line.short, float(line.values[name] / factor) if name in line.values else None, line.text(name),
                rough=name in line.rough,
            )
            for line in self.lines
        ]  # fmt: skip
        return bars(rows, name=f"bild-{name}", title=title, text=self.sentence(name))

    @property
    def energy_picture(self) -> Picture:
        """Energy."""
        return self.picture(Messgroesse.ENERGIE, _("Energie in kWh je Monat"))

    @property
    def cost_picture(self) -> Picture:
        """Cost."""
        return self.picture(Messgroesse.KOSTEN, _("Kosten in EUR je Monat"))

    @property
    def energy_sentence(self) -> str:
        """Energy in one sentence."""
        return self.sentence(Messgroesse.ENERGIE)

    @property
    def cost_sentence(self) -> str:
        """Cost in one sentence."""
        return self.sentence(Messgroesse.KOSTEN)


def _unit(name: str) -> tuple[str, Decimal]:
    return UNITS.get(Messgroesse(name), ("", Decimal(1)))


def _shown(name: str, value: Decimal) -> str:
    unit, factor = _unit(name)
    places = {"kWh": 2, "EUR": 2}.get(unit, 0)
    return number_format(value / factor, places, use_l10n=True, force_grouping=True)


def months_until(today: date, count: int) -> list[date]:
    """Return the first days of the last months, the oldest first, with the present one."""
    this = today.replace(day=1)
    start = this.year * 12 + this.month - count
    return [months_later(date(start // 12, start % 12 + 1, 1), number) for number in range(count)]


def series(mandant: Mandant, today: date, months: int, eintrag: Eintrag | None = None) -> Series:
    """Return sums of all systems, or the figures of one, for the last months."""
    span = months_until(today, months)
    rows = Verbrauch.objects.for_mandant(mandant).filter(monat__gte=span[0], monat__lte=span[-1])
    if eintrag is not None:
        rows = rows.filter(eintrag=eintrag)
    return Series(tuple(_lines(span, rows)))


def _lines(span: Sequence[date], rows: Iterable[Verbrauch]) -> list[Line]:
    values: dict[date, dict[str, Decimal]] = {month: {} for month in span}
    rough: dict[date, set[str]] = {month: set() for month in span}
    for row in rows:
        month = values[row.monat]
        month[row.groesse] = month.get(row.groesse, Decimal(0)) + row.wert
        if row.herkunft == "geschaetzt":
            rough[row.monat].add(row.groesse)
    return [Line(date_format(month, "M Y"), f"{month:%m/%y}", values[month], frozenset(rough[month])) for month in span]

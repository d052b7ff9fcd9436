"""Where the town stands: goals with their values, systems, guideline, energy, what is decided next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.leitlinie.collecting import House
from leitplanke.apps.leitlinie.models import Fassungsstand, Ziel, Zielstand
from leitplanke.apps.leitlinie.queries import versions_of
from leitplanke.apps.register import public as register
from leitplanke.base.llm.models import Aufruf
from leitplanke.core.guideline.progress import reached, share
from leitplanke.core.register.incidents import months_later

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

# What the house can count for a goal: always a share in percent.
COUNTED: Mapping[str, object] = {
    "register:oeffentlich": gettext_lazy("laufende Systeme, die öffentlich im Register stehen"),
    "register:guete_belegt": gettext_lazy("laufende Systeme mit bestandener Bewertung"),
    "register:alternative_geprueft": gettext_lazy("laufende Systeme mit geprüfter Alternative ohne KI"),
    "register:fairness_geprueft": gettext_lazy("laufende Systeme mit Vergleich von Gruppen"),
    "register:risiko_eingestuft": gettext_lazy("laufende Systeme mit vollständiger Einstufung"),
    "leitlinie:geschult": gettext_lazy("Beschäftigte mit gültiger Schulung"),
    "leitlinie:gelesen": gettext_lazy("Beschäftigte, die die Leitlinie gelesen haben"),
    "gateway:energie": gettext_lazy("Modellaufrufe mit Energiewert"),
    "meldungen:bearbeitet": gettext_lazy("bearbeitete Meldungen, die älter als 30 Tage sind"),
}
MONTHS, SOON_DAYS = 6, 120
MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class GoalState:
    """A goal with its newest value; `value` is None where nothing is known."""

    goal: Ziel
    value: Decimal | None
    source: str

    @property
    def percent(self) -> int:
        """How much of the way is done, rounded down so that 100 is said only of what is reached."""
        if self.value is None:
            return 0
        goal = self.goal
        return int(share(goal.anfang, self.value, goal.zielwert, falling=goal.fallend) * 100)

    @property
    def reached(self) -> bool:
        """Whether the value is where it should be."""
        return self.value is not None and reached(self.value, self.goal.zielwert, falling=self.goal.fallend)

    @property
    def late(self) -> bool:
        """Whether the day is over and the goal neither reached nor closed."""
        return self.goal.stand == Zielstand.OFFEN and not self.reached and self.goal.bis < timezone.localdate()

    @property
    def badge(self) -> tuple[str, str]:
        """Return word and colour of the state."""
        if self.goal.stand != Zielstand.OFFEN:
            return self.goal.get_stand_display(), "success" if self.goal.stand == Zielstand.ERREICHT else "info"
        if self.value is None:
            return _("noch kein Wert"), "info"
        if self.reached:
            return _("Zielwert erreicht"), "success"
        return (_("überfällig"), "warning") if self.late else (_("läuft"), "info")

    @property
    def sentence(self) -> str:
        """Say the values in words."""
        goal, unit = self.goal, self.goal.einheit
        if self.value is None:
            return _("noch kein Wert, Ziel %(ziel)s %(einheit)s") % {"ziel": plain(goal.zielwert), "einheit": unit}
        return _("%(wert)s %(einheit)s, Ziel %(ziel)s, zu Beginn %(anfang)s") % {
            "wert": plain(self.value), "ziel": plain(goal.zielwert), "einheit": unit, "anfang": plain(goal.anfang),
        }  # fmt: skip


def plain(value: Decimal) -> str:
    """Return a number as people read it, without zeros at its end."""
    whole = value == value.to_integral_value()
    places = 0 if whole else 1 if value * 10 == (value * 10).to_integral_value() else 2
    return str(number_format(value, places, use_l10n=True, force_grouping=True))


def goals_of(house: House) -> tuple[GoalState, ...]:
    """Return the goals with their values, those that run first."""
    rows = sorted(
        Ziel.objects.for_mandant(house.mandant).prefetch_related("messwerte"),
        key=lambda row: row.stand != Zielstand.OFFEN,
    )
    return states_of_goals(house, rows)


def states_of_goals(house: House, rows: Iterable[Ziel]) -> tuple[GoalState, ...]:
    """Return goals with what is known of them today."""
    goals = tuple(rows)
    found = house.collect(row.sammler for row in goals if row.sammler in COUNTED)
    states = []
    for row in goals:
        counted = found.get(row.sammler)
        if counted is not None:
            value = Decimal(100 * counted.met) / counted.of if counted.of else None
            states.append(GoalState(row, None if value is None else round(value, 1), counted.text))
            continue
        newest = max(row.messwerte.all(), key=lambda one: one.am, default=None)
        source = "" if newest is None else f"{newest.quelle}, {date_format(newest.am, 'SHORT_DATE_FORMAT')}"
        states.append(GoalState(row, None if newest is None else newest.wert, source))
    return tuple(states)


@dataclass(frozen=True, slots=True)
class Month:
    """Energy of a month: how many calls, and the range in kWh."""

    day: date
    calls: int
    low: Decimal
    high: Decimal

    @property
    def text(self) -> str:
        """The range in words."""
        low, high = (number_format(value, 2, use_l10n=True, force_grouping=True) for value in (self.low, self.high))
        if low == high:
            return _("%(wert)s kWh") % {"wert": high}
        return _("%(von)s bis %(bis)s kWh") % {"von": low, "bis": high}


def energy(mandant: Mandant) -> tuple[Month, ...]:
    """Return the months with calls among the last six, the oldest first."""
    first = months_later(timezone.localdate().replace(day=1), 1 - MONTHS)
    rows = Aufruf.objects.for_mandant(mandant).filter(begonnen_am__date__gte=first)
    grouped = rows.annotate(monat=TruncMonth("begonnen_am")).values("monat").order_by("monat")
    summed = grouped.annotate(zahl=Count("pk"), von=Sum("wh_von"), bis=Sum("wh_bis"))
    return tuple(
        Month(row["monat"].date(), row["zahl"], row["von"] / MILLION / 1000, row["bis"] / MILLION / 1000)
        for row in summed
    )


@dataclass(frozen=True, slots=True)
class Systems:
    """The systems in use, counted."""

    running: tuple[register.RunningSystem, ...]
    reports: register.Reports

    @property
    def public(self) -> int:
        """How many are public."""
        return sum(one.public for one in self.running)

    @property
    def high_risk(self) -> int:
        """How many are high-risk systems."""
        return sum(one.high_risk for one in self.running)


def systems(house: House) -> Systems:
    """Return what the register shows."""
    return Systems(house.systems, register.reports(house.mandant))


@dataclass(frozen=True, slots=True)
class Next:
    """Something that is decided next."""

    day: date
    text: str
    url: str


def coming(mandant: Mandant, running: Iterable[register.RunningSystem], goals: Iterable[GoalState]) -> list[Next]:
    """Return what is decided next, the earliest first."""
    today = timezone.localdate()
    end = today + timedelta(days=SOON_DAYS)
    found = [
        Next(one.goal.bis, _("Ziel: %(titel)s") % {"titel": one.goal.titel},
             reverse("leitlinie:ziel", args=[one.goal.pk]))
        for one in goals if one.goal.stand == Zielstand.OFFEN and one.goal.bis <= end
    ]  # fmt: skip
    found += [
        Next(one.valid_until, _("Bewertung läuft ab: %(name)s") % {"name": one.name}, one.url)
        for one in running if one.valid_until is not None and one.valid_until <= end
    ]  # fmt: skip
    for version in versions_of(mandant).filter(stand=Fassungsstand.MITZEICHNUNG, frist__isnull=False):
        text = _("Mitzeichnung endet: %(titel)s") % {"titel": version}
        found.append(Next(version.frist or today, text, reverse("leitlinie:liste")))
    return sorted(found, key=lambda one: (one.day, one.text))

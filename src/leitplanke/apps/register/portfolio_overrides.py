"""How often people overruled the AI, month by month, and whether chance still explains it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from leitplanke.apps.register.models import Messgroesse, Verbrauch
from leitplanke.apps.register.portfolio_figures import months_until
from leitplanke.base.interview.wording import said
from leitplanke.core.evaluation.chart import ControlChart, Overrides, control_chart
from leitplanke.core.register.bars import Picture, Point, points

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Eintrag
    from leitplanke.base.accounts.models import Mandant

MONTHS = 24


@dataclass(frozen=True, slots=True)
class Overruled:
    """A system with its control chart."""

    eintrag: Eintrag
    chart: ControlChart

    @property
    def sentence(self) -> str:
        """What the chart says, in one sentence."""
        return said(self.chart.sentence)

    @property
    def odd(self) -> bool:
        """Whether chance does not explain a month."""
        return bool(self.chart.signals)

    @property
    def rows(self) -> list[tuple[str, int, int, str, bool]]:
        """Month, proposals, overruled, share, and whether chance does not explain it."""
        return [
            (point.period, point.cases, point.overruled, _percent(point.rate), bool(point.signal))
            for point in self.chart.points
            if point.cases
        ]

    @property
    def picture(self) -> Picture:
        """Draw the shares in percent between the limits of chance."""
        rows = [
            Point(
                one.period, None if math.isnan(one.rate) else 100 * one.rate, 100 * one.low, 100 * one.high,
                odd=bool(one.signal),
            )
            for one in self.chart.points
        ]  # fmt: skip
        title = _("%(system)s: geänderte Vorschläge in Prozent") % {"system": self.eintrag.name}
        name = f"geaendert-{self.eintrag.pk}"
        return points(rows, centre=100 * self.chart.centre, name=name, title=title, text=self.sentence)


def overruled(mandant: Mandant, today: date) -> list[Overruled]:
    """Return a control chart for each system with figures on what people changed, the odd ones first."""
    span = months_until(today, MONTHS)
    rows = Verbrauch.objects.for_mandant(mandant).filter(
        groesse__in=(Messgroesse.ANFRAGEN, Messgroesse.UEBERSTIMMT), monat__gte=span[0], monat__lte=span[-1]
    )
    found: dict[Eintrag, dict[date, dict[str, int]]] = {}
    for row in rows.select_related("eintrag"):
        found.setdefault(row.eintrag, {}).setdefault(row.monat, {})[row.groesse] = int(row.wert)
    charts = [_chart(eintrag, months) for eintrag, months in found.items()]
    known = [one for one in charts if one is not None]
    return sorted(known, key=lambda one: (not one.odd, one.eintrag.name))


def _chart(eintrag: Eintrag, months: Mapping[date, Mapping[str, int]]) -> Overruled | None:
    """Months in which only one of both figures is known say nothing about a share."""
    counts = [
        Overrides(date_format(month, "M Y"), both[Messgroesse.ANFRAGEN], both[Messgroesse.UEBERSTIMMT])
        for month, both in sorted(months.items())
        if len(both) == 2 and both[Messgroesse.ANFRAGEN]
    ]
    return Overruled(eintrag, control_chart(counts)) if counts else None


def _percent(rate: float) -> str:
    return "–" if math.isnan(rate) else _("%(zahl)s %%") % {"zahl": number_format(100 * rate, 1, use_l10n=True)}

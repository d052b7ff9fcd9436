"""What a task costs with a model: energy with its share of waiting, gases, money; once and in a month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitplanke.apps.gateway.figures import METHODS, span, wh_of
from leitplanke.apps.gateway.queries import SUMMARY_DAYS, usage_of
from leitplanke.base.llm.metering import LOCAL, counters_of
from leitplanke.base.llm.meters import machine
from leitplanke.core.energy import (
    DAYS_A_MONTH,
    Energy,
    GridFactor,
    Parameters,
    Sharing,
    UnknownGridError,
    forecast,
    grid,
    latest,
    rounded,
    seconds_of,
    sharing,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from leitplanke.base.llm.models import Modell

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Task:
    """Tokens read and written."""

    read: int
    written: int


# A page of German has about 700 tokens.
LETTER = Task(700, 700)


@dataclass(frozen=True, slots=True)
class Use:
    """A task done `count` times a month with a model.

    Attributes:
        energy: of one time, the share of waiting included where the machine is one's own.
        grid: None where none is known for place and year; `lacking` says so.
    """

    model: Modell
    task: Task
    count: int
    parameters: Parameters
    energy: Energy
    grid: GridFactor | None
    lacking: str

    @property
    def once_wh(self) -> tuple[float, float]:
        """The range of one time."""
        return self.energy.low_uwh / MILLION, self.energy.high_uwh / MILLION

    @property
    def month_wh(self) -> tuple[float, float]:
        """The range of a month."""
        low, high = self.once_wh
        return low * self.count, high * self.count

    @property
    def eur(self) -> Decimal:
        """What the provider takes in a month."""
        read, written = self.task.read * self.model.preis_ein, self.task.written * self.model.preis_aus
        return (read + written) / MILLION * self.count

    def shared(self, towns: int) -> Sharing | None:
        """Return what waiting costs and sharing saves; None where there is no machine of one's own."""
        if not self.parameters.idle_watts:
            return None
        busy = seconds_of(self.parameters, self.task.read, self.task.written)
        return sharing(self.parameters, round(self.parameters.calls_a_day * DAYS_A_MONTH), busy, towns)


def compare(model: Modell, task: Task, count: int) -> Use:
    """Return what a task costs with a model.

    A machine waits for all that is asked of it: where its record says that more is asked than this task, the waiting is
    shared with the rest; else this task carries all of it.
    """
    parameters = parameters_of(model, count)
    factor, lacking = grid_of(model.energie)
    return Use(model, task, count, parameters, forecast(parameters, task.read, task.written), factor, lacking)


def parameters_of(model: Modell, calls_a_month: int) -> Parameters:
    """Return what is known of a model; where it is nonsense, what holds for an unknown one."""
    own = model.klasse == LOCAL
    try:
        calls = max(float(model.energie.get("calls_a_day") or 0), calls_a_month / DAYS_A_MONTH)
        return Parameters.from_json({**model.energie, "calls_a_day": calls}, own=own)
    except (ValueError, TypeError):
        return Parameters.from_json({}, own=own)


def grid_of(stored: Mapping[str, Any]) -> tuple[GridFactor | None, str]:
    """Return the grid factor of a model; None with the reason where there is none for its place and year."""
    year = stored.get("grid_year")
    if not year:
        factor = latest()
        return factor, _("Ort des Rechners nicht bekannt: Strommix %(land)s %(jahr)s angenommen.") % {
            "land": factor.country, "jahr": factor.year,
        }  # fmt: skip
    try:
        return grid(int(year), str(stored.get("grid_country"))), ""
    except (UnknownGridError, ValueError, TypeError) as error:
        return None, str(error)


def _in_use(model: Modell) -> str:
    """Return what a model was asked in the last 30 days, beside what its record says; "" where it was not asked."""
    used = usage_of(model)
    if not (calls := used["calls"]):
        return ""
    said = ngettext(
        "In den letzten 30 Tagen: %(zahl)s Anfrage, %(wh)s.",
        "In den letzten 30 Tagen: %(zahl)s Anfragen, im Mittel %(wh)s.", calls,
    ) % {"zahl": number_format(calls), "wh": wh_of(used["low"] // calls, used["high"] // calls)}  # fmt: skip
    stated = model.energie.get("calls_a_day")
    if stated and not stated / 2 <= calls / SUMMARY_DAYS <= stated * 2:
        said += " " + _("Eingetragen sind %(zahl)s am Tag; bitte prüfen Sie diese Zahl.") % {
            "zahl": number_format(rounded(stated))
        }
    return said


def energy_page(model: Modell) -> dict[str, Any]:
    """Return what the page of a model says of its energy: an example, how figures come about, what does not work."""
    use = compare(model, LETTER, 0)
    counters = counters_of(model.energie, model.klasse)
    problem = machine().problem(counters)
    method = use.energy.method.value
    return {
        "beispiel": span(*use.once_wh, "Wh"),
        "verfahren": f"{method}: {METHODS[method]}",
        "betrieb": _in_use(model),
        "gemessen": bool(counters) and not problem,
        "mit_leerlauf": use.energy.idle,
        "energie_quelle": str(model.energie.get("source") or ""),
        "strommix": use.grid,
        "strommix_fehlt": use.lacking,
        "zaehler_fehler": _("%(grund)s Bis dahin wird geschätzt (Methode %(methode)s).")
        % {"grund": problem, "methode": method} if problem else "",
    }  # fmt: skip

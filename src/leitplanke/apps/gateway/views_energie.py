"""Models beside each other for the same task: quality, energy, cost; what waiting costs and what sharing saves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from leitplanke.apps.gateway import queries
from leitplanke.apps.gateway.labels import MODEL_LABELS
from leitplanke.apps.gateway.page import frame
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.energy import Parameters, estimator, latest, sharing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.llm.models import Modell
    from leitplanke.core.energy import GridFactor, Sharing

# Tokens read and written, by rule of thumb: a page of German has about 700.
TASKS = {
    "mail": (gettext_lazy("Kurze E-Mail freundlicher schreiben"), 300, 200),
    "brief": (gettext_lazy("Brief von einer Seite entwerfen"), 700, 700),
    "zusammenfassung": (gettext_lazy("20 Seiten auf einer halben zusammenfassen"), 14_000, 400),
    "einordnen": (gettext_lazy("Eine Nachricht einem Amt zuordnen"), 400, 10),
}
METHODS = {
    "A": gettext_lazy("gemessen"),
    "B": gettext_lazy("Leistung mal Zeit"),
    "C": gettext_lazy("aus bekannter Größe geschätzt"),
    "D": gettext_lazy("grob geschätzt, Größe unbekannt"),
}
TOKENS_A_SECOND = 40  # of one answer on own hardware, for what is not metered yet
MILLION = 1_000_000
WH_A_KWH = 1000


class TaskForm(forms.Form):
    """Which task, how often, and with how many towns a machine would be shared."""

    is_filter = True
    aufgabe = forms.ChoiceField(
        label=gettext_lazy("Aufgabe"), choices=[(name, task[0]) for name, task in TASKS.items()], initial="brief"
    )
    anzahl = forms.IntegerField(label=gettext_lazy("Mal im Monat"), min_value=1, max_value=10_000_000, initial=2000)
    staedte = forms.IntegerField(
        label=gettext_lazy("Kommunen, die sich Rechner teilen"), min_value=1, max_value=500, initial=10
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A model for a task, for one time and for a month."""

    model: Modell
    where: Any
    low_wh: float
    high_wh: float
    method: Any
    month_low_kwh: float
    month_high_kwh: float
    month_grams_low: float
    month_grams_high: float
    month_eur: Decimal
    idle: Sharing | None


@requires("gateway.energy")
def vergleich(request: HttpRequest) -> HttpResponse:
    """Compare the models of the town for a task."""
    first = {name: field.initial for name, field in TaskForm.base_fields.items()}
    form = TaskForm(request.GET if "aufgabe" in request.GET else first)
    grid = latest()
    lines = _lines(request, form, grid) if form.is_valid() else []
    context = {**frame(request, "energie"), "form": form, "zeilen": lines, "strommix": grid}
    return render(request, "gateway/energie.html", context, status=422 if form.errors else 200)


def _lines(request: HttpRequest, form: TaskForm, grid: GridFactor) -> list[Line]:
    _title, read, written = TASKS[form.cleaned_data["aufgabe"]]
    count, towns = form.cleaned_data["anzahl"], form.cleaned_data["staedte"]
    models = queries.models_of(actor_of(request).mandant).filter(art="text").exclude(protokoll="skript")
    lines = [_line(one, read, written, count, towns, grid) for one in models]
    return sorted(lines, key=lambda line: line.month_high_kwh)


def _line(  # noqa: PLR0913, PLR0917 - what a line is worked out from
    model: Modell, read: int, written: int, count: int, towns: int, grid: GridFactor
) -> Line:
    own = model.klasse == "lokal"
    parameters = Parameters.from_json({**model.energie, "calls_a_day": 0}, own=own)
    energy = estimator(parameters)(read, written, written / TOKENS_A_SECOND)
    low, high = energy.low_uwh / MILLION, energy.high_uwh / MILLION
    idle = sharing(parameters.idle_watts, count, towns) if parameters.idle_watts else None
    rest = idle.idle_kwh if idle else 0.0
    months = [wh * count / WH_A_KWH + rest for wh in (low, high)]
    price = (read * model.preis_ein + written * model.preis_aus) / MILLION * count
    return Line(
        model, MODEL_LABELS[model.klasse], low, high, METHODS[energy.method.value], months[0], months[1],
        months[0] * grid.grams, months[1] * grid.grams, price, idle,
    )  # fmt: skip

"""Models beside each other for the same task: quality, energy, cost; what waiting costs and what sharing saves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.gateway import queries
from leitplanke.apps.gateway.comparing import Task, Use, compare
from leitplanke.apps.gateway.figures import METHODS, PARTS, span
from leitplanke.apps.gateway.labels import MODEL_LABELS
from leitplanke.apps.gateway.page import frame
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.energy import Parameters, Part, factors, not_including, sharing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.llm.models import Modell
    from leitplanke.core.energy import GridFactor, Sharing

# Tokens read and written, by rule of thumb: a page of German has about 700.
TASKS = {
    "mail": (gettext_lazy("Kurze E-Mail freundlicher schreiben"), Task(300, 200)),
    "brief": (gettext_lazy("Brief von einer Seite entwerfen"), Task(700, 700)),
    "zusammenfassung": (gettext_lazy("20 Seiten auf einer halben zusammenfassen"), Task(14_000, 400)),
    "einordnen": (gettext_lazy("Eine Nachricht einem Amt zuordnen"), Task(400, 10)),
}


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


# A computer in a town hall that is asked little, to show what waiting costs.
EXAMPLE = Parameters(watts=310, idle_watts=90, calls_a_day=200, pue_low=1.0, pue_high=1.3)
EXAMPLE_CALLS, EXAMPLE_SECONDS, EXAMPLE_TOWNS = 6000, (7.5, 7.5), 10


@dataclass(frozen=True, slots=True)
class IdleLine:
    """What waiting of a machine costs, in words."""

    anfragen: str
    monat: str
    je: str
    geteilt: str
    gespart: str
    allein: int
    zusammen: int


@dataclass(frozen=True, slots=True)
class Line:
    """A model for a task, for one time and for a month, in words."""

    modell: Modell
    wo: Any
    einmal: str
    leerlauf: bool
    methode: str
    wie: Any
    monat: str
    gramm: str
    strommix: GridFactor | None
    eur: Decimal
    fehlt: str
    rechner: IdleLine | None


@requires("gateway.energy")
def vergleich(request: HttpRequest) -> HttpResponse:
    """Compare the models of the town for a task."""
    first = {name: field.initial for name, field in TaskForm.base_fields.items()}
    form = TaskForm(request.GET if "aufgabe" in request.GET else first)
    uses = _uses(request, form) if form.is_valid() else []
    lines = [_line(use, form.cleaned_data["staedte"]) for use in uses]
    grids = {line.strommix: None for line in lines if line.strommix}
    # Whether waiting is in it, each model says for itself.
    outside = dict.fromkeys(part for use in uses for part in not_including(use.energy) if part is not Part.IDLE)
    context = {
        **frame(request, "energie"), "form": form, "zeilen": lines, "strommixe": list(grids),
        "aussen": ", ".join(str(PARTS[part]) for part in outside),
    }  # fmt: skip
    return render(request, "gateway/energie.html", context, status=422 if form.errors else 200)


@requires("gateway.energy")
def erklaert(request: HttpRequest) -> HttpResponse:
    """Say how the figures come about, for people who decide over them."""
    outside = (Part.TRAINING, Part.MANUFACTURE, Part.NETWORK, Part.DEVICE)
    context = {
        **frame(request, "energie", (_("Energie und Kosten"), reverse("gateway:energie")), (_("Erklärung"), "")),
        "aussen": ", ".join(str(PARTS[part]) for part in outside),
        "strommixe": sorted(factors(), key=lambda one: (one.country, -one.year)),
        "beispiel": _idle(sharing(EXAMPLE, EXAMPLE_CALLS, EXAMPLE_SECONDS, EXAMPLE_TOWNS)),
    }
    return render(request, "gateway/energie_erklaert.html", context)


def _uses(request: HttpRequest, form: TaskForm) -> list[Use]:
    task, count = TASKS[form.cleaned_data["aufgabe"]][1], form.cleaned_data["anzahl"]
    models = queries.models_of(actor_of(request).mandant).filter(art="text").exclude(protokoll="skript")
    return sorted((compare(one, task, count) for one in models), key=lambda use: use.month_wh[1])


def _line(use: Use, towns: int) -> Line:
    grams = span(*use.grid.emitted(*use.month_wh), "g") if use.grid else ""
    shared = use.shared(towns)
    return Line(
        use.model, MODEL_LABELS[use.model.klasse], span(*use.once_wh, "Wh"), use.energy.idle, use.energy.method.value,
        METHODS[use.energy.method.value], span(*use.month_wh, "Wh"), grams, use.grid, use.eur, use.lacking,
        _idle(shared) if shared else None,
    )  # fmt: skip


def _idle(found: Sharing) -> IdleLine:
    return IdleLine(
        str(number_format(found.calls, force_grouping=True)),
        span(*found.idle_kwh, "kWh"), span(*found.per_call_wh, "Wh"), span(*found.shared_per_call_wh, "Wh"),
        span(*found.saved_kwh, "kWh"), found.machines_alone, found.machines_together,
    )  # fmt: skip

"""Pages of Leitbild and goals, and where the town stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie import goals
from leitplanke.apps.leitlinie.collecting import House
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.forms_strategie import CloseForm, GoalForm, MissionForm, ValueForm, today_first
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Leitbild, Ziel, Zielstand
from leitplanke.apps.leitlinie.page_stand import standing_of
from leitplanke.apps.leitlinie.report import stand_of
from leitplanke.apps.leitlinie.standing import COUNTED, goals_of, plain, states_of_goals
from leitplanke.apps.register import public as register
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.printing import PrintError, record_pdf

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest


@requires("leitlinie.standing")
def stand(request: HttpRequest) -> HttpResponse:
    """Show the council where the town stands."""
    actor = actor_of(request)
    context = {
        "stand": standing_of(actor.mandant),
        "heute": timezone.localdate(),
        "darf": actor.may("leitlinie.steer"),
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:liste")), (_("Wo wir stehen"), "")],
    }
    return render(request, "leitlinie/strategie/stand.html", context)


@requires("leitlinie.standing")
def stand_pdf(request: HttpRequest) -> HttpResponse:
    """Give the same as a file for the council."""
    mandant = actor_of(request).mandant
    try:
        data = record_pdf(stand_of(mandant, standing_of(mandant)))
    except PrintError as error:
        messages.error(request, str(error))
        return redirect("leitlinie:stand")
    name = f"ki-stand-{timezone.localdate():%Y-%m-%d}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


@requires("leitlinie.standing")
def strategie(request: HttpRequest) -> HttpResponse:
    """Show Leitbild and goals."""
    actor = actor_of(request)
    context = {
        "leitbild": Leitbild.objects.for_mandant(actor.mandant).select_related("person").first(),
        "ziele": goals_of(House(actor.mandant)),
        "darf": actor.may("leitlinie.steer"),
        "breadcrumb": [*_home()[:-1], (_("Leitbild und Ziele"), "")],
    }
    return render(request, "leitlinie/strategie/seite.html", context)


@requires("leitlinie.steer")
def leitbild(request: HttpRequest) -> HttpResponse:
    """Write the Leitbild."""
    actor = actor_of(request)
    now = Leitbild.objects.for_mandant(actor.mandant).first()
    form = MissionForm(request.POST or None, initial={"text": now.text if now else ""})
    if form.is_valid() and _done(form, lambda: goals.save_mission(actor=actor, text=form.cleaned_data["text"])):
        messages.success(request, _("Gespeichert."))
        return redirect("leitlinie:strategie")
    context = {"form": form, "titel": _("Leitbild schreiben"), "breadcrumb": [*_home(), (_("Leitbild"), "")]}
    return render(request, "leitlinie/strategie/form.html", context, status=422 if form.errors else 200)


@requires("leitlinie.steer")
def ziel_neu(request: HttpRequest) -> HttpResponse:
    """Write down a new goal."""
    return _goal_page(request, None)


@requires("leitlinie.steer")
def ziel_aendern(request: HttpRequest, ziel: int) -> HttpResponse:
    """Change a goal that is open."""
    row = get_object_or_404(Ziel.objects.for_mandant(actor_of(request).mandant), pk=ziel)
    if row.stand != Zielstand.OFFEN:
        messages.error(request, _("Dieses Ziel ist abgeschlossen. Dabei geht das nicht."))
        return redirect("leitlinie:ziel", ziel=ziel)
    return _goal_page(request, row)


def _goal_page(request: HttpRequest, row: Ziel | None) -> HttpResponse:
    actor = actor_of(request)
    entries, known = register.known_entries(actor.mandant), blocks().values()
    form = GoalForm(entries, known, request.POST if request.method == "POST" else None, row)
    goal_id = None if row is None else row.pk
    if form.is_valid() and _done(form, lambda: goals.save_goal(actor=actor, goal=form.goal(), goal_id=goal_id)):
        messages.success(request, _("Gespeichert."))
        return redirect("leitlinie:strategie")
    title = _("Neues Ziel") if row is None else _("Ziel ändern")
    context = {"form": form, "titel": title, "breadcrumb": [*_home(), (title, "")]}
    return render(request, "leitlinie/strategie/form.html", context, status=422 if form.errors else 200)


@requires("leitlinie.standing")
def ziel(request: HttpRequest, ziel: int) -> HttpResponse:
    """Show a goal with its values; take a value, or how it ended."""
    actor = actor_of(request)
    row = get_object_or_404(Ziel.objects.for_mandant(actor.mandant).prefetch_related("messwerte"), pk=ziel)
    may = actor.may("leitlinie.steer") and row.stand == Zielstand.OFFEN
    post = request.POST if request.method == "POST" else None
    if post is not None:
        actor.require("leitlinie.steer")
    closing = post is not None and "schliessen" in post
    value = ValueForm(post if not closing else None, initial=today_first(timezone.localdate()))
    close = CloseForm(post if closing else None)
    form: Form = close if closing else value
    if form.is_valid() and _done(form, lambda: _keep(request, row.pk, form.cleaned_data, closing=closing)):
        messages.success(request, _("Gespeichert."))
        return redirect("leitlinie:ziel", ziel=ziel)
    (state,) = states_of_goals(House(actor.mandant), [row])
    names = dict(register.known_entries(actor.mandant))
    context = {
        "stand": state, "ziel": row,
        "werte": [(one.am, plain(one.wert), one.quelle) for one in row.messwerte.all()],
        "gezaehlt": COUNTED.get(row.sammler, ""),
        "eintraege": [(key, names[key]) for key in row.eintraege if key in names],
        "bausteine": [blocks()[key] for key in row.bausteine if key in blocks()],
        "wert_form": value if may and not row.sammler else None, "ende_form": close if may else None, "darf": may,
        "breadcrumb": [*_home(), (row.titel, "")],
    }  # fmt: skip
    return render(request, "leitlinie/strategie/ziel.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, goal_id: int, data: dict[str, Any], *, closing: bool) -> object:
    actor = actor_of(request)
    if closing:
        state = Zielstand(data["stand"])
        return goals.close_goal(actor=actor, goal_id=goal_id, state=state, reason=data["grund"])
    return goals.add_value(actor=actor, goal_id=goal_id, day=data["am"], value=data["wert"], source=data["quelle"])


def _done(form: Form, verb: Callable[[], object]) -> bool:
    try:
        verb()
    except WrongStateError as error:
        form.add_error(None, str(error))
        return False
    return True


def _home() -> list[tuple[str, str]]:
    return [
        (_("Leitlinie"), reverse("leitlinie:liste")),
        (_("Wo wir stehen"), reverse("leitlinie:stand")),
        (_("Leitbild und Ziele"), reverse("leitlinie:strategie")),
    ]

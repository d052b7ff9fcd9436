"""Pages of a unit's work: the list, steps for many, figures, and how procedures are run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitplanke.apps.antrag import assigning, configuring, figures, procedures, worklist
from leitplanke.apps.antrag.forms_liste import WORK, BulkForm, SettingsForm, WorkListForm
from leitplanke.apps.antrag.models import Verfahrenseinstellung
from leitplanke.apps.antrag.queries import units_of, units_where
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mitgliedschaft

PAGE_SIZE = 40


@requires("antrag.list")
def liste(request: HttpRequest) -> HttpResponse:
    """Show what the unit has to do; a POST does a step without effect in law to the cases that were ticked."""
    actor = actor_of(request)
    bulk = BulkForm(request.POST or None, colleagues=_colleagues(actor))
    if request.method == "POST" and bulk.is_valid():
        _do_to_many(request, actor, bulk)
        return redirect(request.get_full_path())
    titles = _titles(actor)
    form = WorkListForm(request.GET, procedures=titles.items())
    chosen = form.cleaned_data if form.is_valid() else {}
    wanted = worklist.Wanted(**{name: value for name, value in chosen.items() if value})
    page = Paginator(worklist.cases(actor, wanted), PAGE_SIZE).get_page(request.GET.get("seite"))
    today = timezone.localdate()
    context = {
        "form": form,
        "bulk": bulk,
        "page": page,
        "zeilen": [_row(antrag, titles, today) for antrag in page],
        "arbeiten": _kinds_of_work(request, wanted.was),
        "genauer": any(request.GET.get(name) for name in ("stand", "verfahren", "ordnung")),
        "breadcrumb": [(_("Vorgänge"), "")],
    }
    return render(request, "antrag/liste/liste.html", context, status=422 if bulk.errors else 200)


def _kinds_of_work(request: HttpRequest, current: str) -> list[tuple[str, str, bool]]:
    """Return each kind of work with the address that shows it, keeping the rest of the filter."""
    found = []
    for name, label in WORK:
        query = request.GET.copy()
        query.pop("seite", None)
        query["was"] = name
        found.append((str(label), query.urlencode(), name == current))
    return found


def _row(antrag: Antrag, titles: dict[str, str], today: Any) -> dict[str, Any]:
    return {
        "antrag": antrag,
        "verfahren": titles.get(antrag.verfahren, antrag.verfahren),
        "schritt": worklist.next_step(antrag, today),
        "spaet": antrag.frist_am is not None and antrag.frist_am < today,
    }


def _titles(actor: Actor) -> dict[str, str]:
    """Return the procedures of the actor's units with their titles; one that cannot be loaded shows its name."""
    rows = Verfahrenseinstellung.objects.for_mandant(actor.mandant).filter(einheit__in=units_of(actor))
    found: dict[str, str] = {}
    for row in rows:
        try:
            found[row.verfahren] = said(procedures.verfahren_for(actor.mandant, row.verfahren).titel)
        except (RulesError, LookupError):
            found[row.verfahren] = row.verfahren
    return found


def _colleagues(actor: Actor) -> list[Mitgliedschaft]:
    return [row for unit in sorted(units_of(actor)) for row in assigning.colleagues(unit, actor)]


def _do_to_many(request: HttpRequest, actor: Actor, bulk: BulkForm) -> None:
    chosen = [UUID(value) for value in request.POST.getlist("vorgang") if _is_uuid(value)]
    if not chosen:
        messages.warning(request, _("Bitte kreuzen Sie Vorgänge an."))
        return
    step = request.POST.get("schritt", "")
    value = _value_of(actor, bulk, step)
    done = assigning.for_many(actor, chosen, step, value)
    text = ngettext("Erledigt für %(zahl)d Vorgang.", "Erledigt für %(zahl)d Vorgänge.", done.count)
    messages.success(request, text % {"zahl": done.count})
    for nummer, why in done.refused.items():
        messages.warning(request, f"{nummer}: {why}")


def _value_of(actor: Actor, bulk: BulkForm, step: str) -> Any:
    if step == "zuteilen":
        wanted = bulk.cleaned_data["zuteilen_an"]
        return next((row for row in _colleagues(actor) if row.pk == wanted), None)
    return bulk.cleaned_data["wiedervorlage"] if step == "wiedervorlegen" else None


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


@requires("antrag.figures")
def zahlen(request: HttpRequest) -> HttpResponse:
    """Show how the work stands; about single people only what the Dienstvereinbarung allows."""
    actor = actor_of(request)
    context = {
        "zahlen": figures.figures_for(actor, timezone.localdate()),
        "titel": _titles(actor),
        "breadcrumb": [(_("Vorgänge"), reverse("antrag:liste")), (_("Zahlen"), "")],
    }
    return render(request, "antrag/liste/zahlen.html", context)


@requires("antrag.configure")
def einstellungen(request: HttpRequest) -> HttpResponse:
    """List the procedures of one's units."""
    actor = actor_of(request)
    titles = _titles(actor)
    units = units_where(actor, "antrag.configure")
    rows = Verfahrenseinstellung.objects.for_mandant(actor.mandant).filter(einheit__in=units)
    context = {
        "zeilen": [(row, titles[row.verfahren]) for row in rows.select_related("einheit")],
        "breadcrumb": [(_("Vorgänge"), reverse("antrag:liste")), (_("Verfahren einstellen"), "")],
    }
    return render(request, "antrag/liste/einstellungen.html", context)


@requires("antrag.configure")
def einstellung(request: HttpRequest, verfahren: str) -> HttpResponse:
    """Say how one's unit runs a procedure."""
    actor = actor_of(request)
    units = units_where(actor, "antrag.configure")
    rows = Verfahrenseinstellung.objects.for_mandant(actor.mandant).filter(einheit__in=units)
    row = get_object_or_404(rows, verfahren=verfahren)
    form = SettingsForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        configuring.configure(actor, verfahren, form.cleaned_data)
        messages.success(request, _("Gespeichert. Es gilt für neue Anträge und nächste Schritte."))
        return redirect("antrag:einstellungen")
    context = {
        "form": form,
        "titel": _titles(actor)[verfahren],
        "breadcrumb": [
            (_("Vorgänge"), reverse("antrag:liste")),
            (_("Verfahren einstellen"), reverse("antrag:einstellungen")),
            (_titles(actor)[verfahren], ""),
        ],
    }
    return render(request, "antrag/liste/einstellung.html", context, status=422 if form.errors else 200)

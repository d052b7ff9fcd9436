"""What concerns many cases: days of deletion, comparison with a leading Fachverfahren, computing anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leitplanke.apps.antrag import comparing, deleting, procedures, recomputing
from leitplanke.apps.antrag.doing import clerk
from leitplanke.apps.antrag.forms_daten import CSV, PAGE, CompareForm, HoldForm
from leitplanke.apps.antrag.models import Neuberechnung
from leitplanke.apps.antrag.readiness import NotReadyError
from leitplanke.apps.antrag.views_daten import download
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import RulesError
from leitplanke.core.verfahren.comparison import LABELS, ComparisonFileError, Finding, counts
from leitplanke.core.verfahren.comparison_files import as_csv, as_json

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.models import Antrag, Verfahrenseinstellung
    from leitplanke.base.accounts.access import Actor
    from leitplanke.core.verfahren.comparison import Compared

PAGE_SIZE = 50
MOST_SHOWN = 200


def crumbs(title: str) -> list[tuple[str, str]]:
    """Return the way to a page."""
    return [(_("Vorgänge"), reverse("antrag:liste")), (title, "")]


@requires("antrag.retention")
@never_cache
def loeschfristen(request: HttpRequest) -> HttpResponse:
    """Show which cases are to be deleted and when, and which are held."""
    actor = actor_of(request)
    page = Paginator(deleting.kept(actor), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "heute": timezone.localdate(),
        "wartetage": deleting.GRACE_DAYS,
        "darf_sperren": actor.may("antrag.hold"),
        "breadcrumb": crumbs(_("Löschfristen")) if actor.may("antrag.list") else [(_("Löschfristen"), "")],
    }
    return render(request, "antrag/daten/loeschfristen.html", context)


def _held_by(request: HttpRequest, kennung: UUID) -> Antrag:
    return get_object_or_404(deleting.kept(actor_of(request)), kennung=kennung)


@requires("antrag.hold")
@never_cache
def loeschsperre(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Keep a case from being deleted, with a reason."""
    antrag = _held_by(request, kennung)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deleting.hold(antrag.pk, clerk(actor_of(request), antrag, "antrag.hold"), form.cleaned_data["grund"])
        except NotReadyError as error:
            form.add_error("grund", str(error))
        except deleting.RetentionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Gesperrt. Der Vorgang wird nicht gelöscht, bis die Sperre aufgehoben ist."))
            return redirect("antrag:loeschfristen")
    context = {"antrag": antrag, "form": form, "breadcrumb": crumbs(_("Löschsperre"))}
    return render(request, "antrag/daten/loeschsperre.html", context, status=422 if form.errors else 200)


@requires("antrag.hold")
@require_POST
def loeschsperre_aufheben(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Lift a hold."""
    antrag = _held_by(request, kennung)
    try:
        deleting.lift(antrag.pk, clerk(actor_of(request), antrag, "antrag.hold"))
    except deleting.RetentionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Die Löschsperre ist aufgehoben."))
    return redirect("antrag:loeschfristen")


@requires("antrag.hold")
@never_cache
def faelligen_loeschen(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Ask, then delete a case whose time is over, before the machine does."""
    antrag = _held_by(request, kennung)
    if request.method != "POST":
        context = {"antrag": antrag, "breadcrumb": crumbs(_("Jetzt löschen"))}
        return render(request, "antrag/daten/loeschen.html", context)
    try:
        deleting.delete_case(antrag.pk, clerk(actor_of(request), antrag, "antrag.hold"))
    except deleting.RetentionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(nummer)s ist gelöscht.") % {"nummer": antrag.nummer})
    return redirect("antrag:loeschfristen")


def titles_of(actor: Actor) -> list[tuple[str, str]]:
    """Return the procedures of the actor's units by name, with title."""
    return [(row.verfahren, _title(row)) for row in comparing.comparable(actor)]


def _title(row: Verfahrenseinstellung) -> str:
    try:
        return said(procedures.verfahren_for(row.mandant, row.verfahren).titel)
    except (RulesError, LookupError):
        return row.verfahren


@requires("antrag.compare")
@never_cache
def vergleich(request: HttpRequest) -> HttpResponse:
    """Compare the cases of a file with the rules; nothing of it is kept."""
    actor = actor_of(request)
    form = CompareForm(request.POST or None, request.FILES or None, procedures=titles_of(actor))
    found: list[Compared] | None = None
    if request.method == "POST" and form.is_valid():
        found = _compared(actor, form)
        if found is not None and form.cleaned_data["ausgabe"] != PAGE:
            return _as_file(found, form.cleaned_data["ausgabe"])
    context = {"form": form, "breadcrumb": crumbs(_("Fälle vergleichen")), **_shown(found)}
    return render(request, "antrag/daten/vergleich.html", context, status=422 if form.errors else 200)


def _compared(actor: Actor, form: CompareForm) -> list[Compared] | None:
    values = form.cleaned_data
    try:
        return comparing.compare_file(actor, values["verfahren"], values["datei"].read(), values["stichtag"])
    except ComparisonFileError as error:
        for line in error.errors[:20]:
            form.add_error("datei", str(line))
    except RulesError as error:
        form.add_error(None, str(error))
    return None


def _as_file(found: list[Compared], kind: str) -> HttpResponse:
    if kind == CSV:
        return download(f"\ufeff{as_csv(found)}".encode(), "vergleich.csv", "text/csv; charset=utf-8")
    return download(as_json(found).encode(), "vergleich.json", "application/json")


def _shown(found: list[Compared] | None) -> dict[str, Any]:
    if found is None:
        return {"ergebnis": None}
    different = [row for row in found if row.finding is not Finding.GLEICH]
    return {
        "ergebnis": [(LABELS[name], number) for name, number in counts(found).items() if number],
        "zahl": len(found),
        "zeilen": [(row, LABELS[row.finding]) for row in different[:MOST_SHOWN]],
        "mehr": max(0, len(different) - MOST_SHOWN),
    }


@requires("antrag.recompute")
@never_cache
def neu_berechnen(request: HttpRequest) -> HttpResponse:
    """Show the last runs, and let a head begin one."""
    actor = actor_of(request)
    titles = dict(titles_of(actor))
    if request.method == "POST":
        wanted = request.POST.get("verfahren", "")
        if wanted not in titles:
            raise Http404
        recomputing.order(actor, wanted)
        messages.success(request, _("Die offenen Vorgänge werden im Hintergrund neu berechnet."))
        return redirect("antrag:neu_berechnen")
    runs = Neuberechnung.objects.for_mandant(actor.mandant).filter(verfahren__in=titles)
    last: dict[str, Neuberechnung] = {}
    for run in runs[:200]:
        last.setdefault(run.verfahren, run)
    context = {
        "zeilen": [(name, title, last.get(name)) for name, title in titles.items()],
        "breadcrumb": crumbs(_("Neu berechnen")),
    }
    return render(request, "antrag/daten/neu_berechnen.html", context)

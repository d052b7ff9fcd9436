"""The register for the office: the list, what must be classified anew, and how the Mandant runs its register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.apps.register import configuring
from leitplanke.apps.register.forms_amt import FilterForm, SettingsForm
from leitplanke.apps.register.next_step import allowed, optional_url
from leitplanke.apps.register.queries import all_entries
from leitplanke.apps.register.time_limits import settings_of
from leitplanke.apps.register.waiting import IN_USE, REASONS, law_today, outdated, waiting, with_marks
from leitplanke.base.accounts.access import actor_of, requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.accounts.access import Actor

PAGE_SIZE = 40
ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("name", "pk"),
    "neu": ("-stand_seit", "pk"),
    "pflicht": (F("naechste_pflicht_am").asc(nulls_last=True), "name"),
}


@requires("register.list")
def liste(request: HttpRequest) -> HttpResponse:
    """List all entries, with what waits for the acting person."""
    actor = actor_of(request)
    form = FilterForm(request.GET, mandant=actor.mandant)
    chosen = form.cleaned_data if form.is_valid() else {}
    marked = waiting(with_marks(all_entries(actor.mandant)), actor)
    rows = _filtered(marked, chosen).order_by(*ORDERS[chosen.get("ordnung", "")])
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("seite"))
    law = law_today()
    context = {
        "form": form,
        "page": page,
        "zeilen": [_row(eintrag, law) for eintrag in page],
        "sichten": _views(request, chosen.get("was", "")),
        "genauer": any(chosen.get(name) for name in ("klasse", "einheit", "bereich", "ordnung")),
        "veraltet": marked.filter(outdated(), stand__in=IN_USE).count(),
        "darf_eintragen": actor.may("register.add"),
        "weitere": _more(actor),
        "breadcrumb": [(_("Register"), "")],
    }
    return render(request, "register/amt/liste.html", context)


def _filtered(rows: QuerySet[Any], chosen: dict[str, Any]) -> QuerySet[Any]:
    if chosen.get("was") == "mich":
        rows = rows.exclude(wartet="")
    if text := chosen.get("suche"):
        named = Q(name__icontains=text) | Q(kuerzel__icontains=text) | Q(bearbeitung__angaben__zweck__icontains=text)
        rows = rows.filter(named | Q(bearbeitung__angaben__anbieter__icontains=text))
    exact = {"stand": "stand", "klasse": "klasse", "einheit": "einheit", "bereich": "lebensbereich"}
    for name, column in exact.items():
        if chosen.get(name):
            rows = rows.filter(**{column: "" if chosen[name] == "offen" else chosen[name]})
    return rows


def _views(request: HttpRequest, current: str) -> list[tuple[str, str, bool]]:
    """Return all entries and one's own work, each with the address that shows it and keeps the rest of the filter."""
    found = []
    for name, label in (("", _("alle")), ("mich", _("wartet auf mich"))):
        query = request.GET.copy()
        query.pop("seite", None)
        query["was"] = name
        found.append((label, query.urlencode(), name == current))
    return found


def _row(eintrag: Any, law: str) -> dict[str, Any]:
    angaben = eintrag.bearbeitung.angaben if eintrag.bearbeitung else {}
    fuer, nach = eintrag.eingestuft_fuer, eintrag.eingestuft_nach
    same = eintrag.bearbeitung is not None and fuer == eintrag.bearbeitung.wesentlich_sha256
    return {
        "eintrag": eintrag,
        "zweck": angaben.get("zweck", ""),
        "wartet": _(REASONS[eintrag.wartet]) if eintrag.wartet else "",
        "veraltet": fuer is not None and not (same and nach == law),
    }


def _more(actor: Actor) -> list[tuple[str, str]]:
    """Return the other pages of the register that somebody may open."""
    pages = (
        ("ueberblick", _("Überblick über alle Systeme"), "register.portfolio"),
        ("termine", _("Termine"), "register.portfolio"),
        ("meldungen", _("Meldungen"), "register.incidents"),
        ("inbetriebnahme", _("Inbetriebnahme"), "register.list"),
        ("einlesen", _("Einträge aus einer Datei"), "register.import"),
        ("amt_einstellungen", _("Register einstellen"), "register.configure"),
    )
    return [(label, url) for name, label, action in pages if actor.may(action) and (url := optional_url(name))]


@requires("register.list")
def neu_einstufen(request: HttpRequest) -> HttpResponse:
    """List entries whose classification is of another state of the system or of the law."""
    actor = actor_of(request)
    rows = with_marks(all_entries(actor.mandant)).filter(outdated(), stand__in=IN_USE).order_by("name")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("seite"))
    law = law_today()
    context = {
        "page": page,
        "zeilen": [_outdated_row(actor, eintrag, law) for eintrag in page],
        "recht": law,
        "breadcrumb": [(_("Register"), reverse("register:amt_liste")), (_("Neu einstufen"), "")],
    }
    return render(request, "register/amt/neu_einstufen.html", context)


def _outdated_row(actor: Actor, eintrag: Any, law: str) -> dict[str, Any]:
    fuer, nach = eintrag.eingestuft_fuer, eintrag.eingestuft_nach
    changed = eintrag.bearbeitung is None or fuer != eintrag.bearbeitung.wesentlich_sha256
    return {
        "eintrag": eintrag,
        "system": changed,
        "recht": nach if nach != law else "",
        "darf": allowed(actor, "register.einstufen", eintrag),
    }


@requires("register.configure")
def einstellungen(request: HttpRequest) -> HttpResponse:
    """Say how the Mandant runs its register."""
    actor = actor_of(request)
    form = SettingsForm(request.POST or None, instance=settings_of(actor.mandant))
    if request.method == "POST" and form.is_valid():
        configuring.configure(actor, form.cleaned_data)
        messages.success(request, _("Gespeichert. Laufende Fristen werden ab jetzt damit berechnet."))
        return redirect("register:amt_liste")
    context = {
        "form": form,
        "breadcrumb": [(_("Register"), reverse("register:amt_liste")), (_("Register einstellen"), "")],
    }
    return render(request, "register/amt/einstellungen.html", context, status=422 if form.errors else 200)

"""The public register: list, entry, Einfache Sprache, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.apps.register import labels_oeffentlich as labels
from leitplanke.apps.register import page_oeffentlich as page
from leitplanke.apps.register.forms_oeffentlich import PublicFilterForm
from leitplanke.apps.register.history import public_history, published_versions
from leitplanke.apps.register.queries import public_entries, rows_of
from leitplanke.apps.register.shown import Site, record_of, shown_version
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.register.exports.words import said
from leitplanke.core.register.fields import Sicht, visible

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.register.models import Eintrag

PAGE_SIZE = 25


def site_of(request: HttpRequest) -> Site:
    """Return where the register is reached."""
    return Site(f"{request.scheme}://{request.get_host()}")


def entry_or_404(request: HttpRequest, kuerzel: str) -> Eintrag:
    """Return a public entry; what is not public does not exist."""
    found = public_entries(actor_of(request).mandant).filter(kuerzel=kuerzel).first()
    if found is None:
        raise Http404
    return found


@requires("register.public")
def liste(request: HttpRequest) -> HttpResponse:
    """Show all systems that everybody may know of."""
    mandant = actor_of(request).mandant
    form = PublicFilterForm(request.GET)
    rows = public_entries(mandant)
    rows = form.apply(rows) if form.is_valid() else rows.none()
    pages = Paginator(rows.values_list("pk", flat=True), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "form": form,
        "page": pages,
        "gefiltert": form.is_valid() and form.narrowed,
        "zeilen": [_row(eintrag) for eintrag in rows_of(mandant, pages)],
        "breadcrumb": [(_("KI-Register"), "")],
    }
    return render(request, "register/oeffentlich/liste.html", context)


def _row(eintrag: Eintrag) -> dict[str, Any]:
    version = shown_version(eintrag)
    told = visible(version.angaben, Sicht.OEFFENTLICH)
    field = said(told, "lebensbereich", page.language())
    return {
        "kuerzel": eintrag.kuerzel,
        "name": version.name,
        "zweck": told.get("zweck", ""),
        "stand": {"label": eintrag.get_stand_display(), "kind": eintrag.stand_kind},
        "klasse": page.class_badge(version.klasse),
        "fakten": [text for text in (field, eintrag.einheit.name) if text],
    }


@requires("register.public")
def eintrag(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show one system: the plain answer, then everything else."""
    mandant, row = actor_of(request).mandant, entry_or_404(request, kuerzel)
    entry, phone = record_of(mandant, row, site_of(request)), row.einheit.telefon or mandant.telefon
    result = entry.pruefergebnis
    context = {
        "eintrag": entry,
        "antworten": page.answers(entry, phone),
        "telefon": phone,
        "stand": page.state_badge(entry),
        "recht": page.legal_context(entry),
        "verdikt": _(labels.VERDICTS[result.verdikt]) if result else "",
        "strom": page.energy(entry),
        "gruppen": page.groups(entry.angaben),
        "meldungen": [(_(labels.REPORT_KINDS[one.art]), one) for one in entry.meldungen],
        "breadcrumb": [(_("KI-Register"), reverse("register:oeffentlich")), (entry.name, "")],
    }
    return render(request, "register/oeffentlich/eintrag.html", context)


@requires("register.public")
def einfach(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show one system in Einfache Sprache."""
    mandant, row = actor_of(request).mandant, entry_or_404(request, kuerzel)
    entry = record_of(mandant, row, site_of(request))
    context = {
        "eintrag": entry,
        "abschnitte": page.simple_sentences(entry, row.einheit.telefon or mandant.telefon),
        "breadcrumb": _crumbs(entry.name, kuerzel, _("Einfache Sprache")),
    }
    return render(request, "register/oeffentlich/einfach.html", context)


@requires("register.public")
def verlauf(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show every published version with its checksum and evidence, and what happened."""
    found = entry_or_404(request, kuerzel)
    name = shown_version(found).name
    context = {
        "kuerzel": kuerzel,
        "name": name,
        "fassungen": published_versions(found, site_of(request)),
        "ereignisse": public_history(found),
        "breadcrumb": _crumbs(name, kuerzel, _("Verlauf")),
    }
    return render(request, "register/oeffentlich/verlauf.html", context)


@requires("register.public")
def fassung(request: HttpRequest, kuerzel: str, nummer: int) -> HttpResponse:
    """Show what an earlier published version said."""
    found = entry_or_404(request, kuerzel)
    version = next((one for one in published_versions(found, site_of(request)) if one.nummer == nummer), None)
    if version is None:
        raise Http404
    history = reverse("register:verlauf_oeffentlich", args=[kuerzel])
    number = _("Fassung %(nummer)s") % {"nummer": nummer}
    context = {
        "kuerzel": kuerzel,
        "fassung": version,
        "gruppen": page.groups(version.angaben, without=frozenset()),
        "breadcrumb": [*_crumbs(version.name, kuerzel, _("Verlauf"), history), (number, "")],
    }
    return render(request, "register/oeffentlich/fassung.html", context)


def _crumbs(name: str, kuerzel: str, here: str, url: str = "") -> list[tuple[str, str]]:
    return [
        (_("KI-Register"), reverse("register:oeffentlich")),
        (name, reverse("register:eintrag", args=[kuerzel])),
        (here, url),
    ]

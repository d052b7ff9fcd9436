"""Pages about evidence: one entry, the list for oversight, the public checkpoints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.evidence import queries
from leitplanke.base.evidence.forms import FilterForm
from leitplanke.base.evidence.models import Checkpoint, Leaf
from leitplanke.base.evidence.proofs import NotYetSequencedError, leaf_proof
from leitplanke.base.evidence.tree import verifier_keys

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest

PAGE_SIZE = 25


@requires("evidence.view_entry")
def entry(request: HttpRequest, kennung: uuid.UUID) -> HttpResponse:
    """Show what was recorded, whether it is proven, and how to check that oneself."""
    page = queries.entry_page(_leaf(request, kennung))
    steps = [
        {"label": _("Aufgezeichnet"), "state": "done", "text": _("Zusammen mit dem Vorgang gespeichert.")},
        {
            "label": _("Eingeordnet"),
            "state": "now" if page.state == queries.WAITING else "done",
            "text": _("Jeder Eintrag bekommt eine feste Position."),
        },
        {
            "label": _("Unterschrieben"),
            "state": "done" if page.state == queries.PROVEN else "open",
            "text": _("Ein Prüfpunkt bezeugt den Eintrag und alle vor ihm."),
        },
    ]
    actor = actor_of(request)
    crumbs = [(_("Nachweise"), reverse("evidence:list"))] if actor.may("evidence.list") else []
    context = {
        "entry": page,
        "steps": steps,
        "darf_aufloesen": actor.may("evidence.request_resolution"),
        "breadcrumb": [*crumbs, (page.label, "")],
    }
    return render(request, "evidence/eintrag.html", context)


@requires("evidence.view_entry")
def proof(request: HttpRequest, kennung: uuid.UUID) -> HttpResponse:
    """Hand out the proof of an entry as a file."""
    try:
        document = leaf_proof(_leaf(request, kennung))
    except NotYetSequencedError as error:
        raise Http404(str(error)) from error
    return _download(json.dumps(document, ensure_ascii=False, indent=2), f"nachweis-{kennung}.json", "application/json")


@requires("evidence.list")
def overview(request: HttpRequest) -> HttpResponse:
    """List the entries, newest first."""
    form = FilterForm(request.GET)
    code = form.cleaned_data["art"] if form.is_valid() else ""
    mandant = actor_of(request).mandant
    page = Paginator(queries.entries(mandant, code), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "form": form,
        "page": page,
        "rows": queries.entry_rows(mandant, list(page)),
        "darf_aufloesungen": actor_of(request).may("evidence.view_resolutions"),
        "breadcrumb": [(_("Nachweise"), "")],
    }
    return render(request, "evidence/liste.html", context)


@requires("evidence.view_checkpoints")
def checkpoints(request: HttpRequest) -> HttpResponse:
    """List the signed checkpoints and the keys, for everybody who wants to keep or compare them."""
    mandant = actor_of(request).mandant
    page = Paginator(queries.checkpoints(mandant), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "rows": queries.checkpoint_rows(list(page)),
        "keys": verifier_keys(mandant),
        "breadcrumb": [(_("Prüfpunkte"), "")],
    }
    return render(request, "evidence/pruefpunkte.html", context)


@requires("evidence.view_checkpoints")
def checkpoint(request: HttpRequest, groesse: int) -> HttpResponse:
    """Hand out a checkpoint as the signed note it is."""
    rows = Checkpoint.objects.for_mandant(actor_of(request).mandant)
    row = get_object_or_404(rows, size=groesse)
    return _download(row.note, f"pruefpunkt-{groesse}.txt", "text/plain; charset=utf-8")


@requires("evidence.view_checkpoints")
def keys(request: HttpRequest) -> HttpResponse:
    """Hand out the public keys, the newest last."""
    lines = "".join(f"{key}\n" for key in verifier_keys(actor_of(request).mandant))
    return _download(lines, "schluessel.txt", "text/plain; charset=utf-8")


def _leaf(request: HttpRequest, kennung: uuid.UUID) -> Leaf:
    rows = Leaf.objects.for_mandant(actor_of(request).mandant).select_related("mandant")
    return get_object_or_404(rows, public_id=kennung)


def _download(content: str, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

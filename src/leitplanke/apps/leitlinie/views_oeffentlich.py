"""What everybody may read: the guideline that holds, and each of its clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.policy import active

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires("leitlinie.public")
def leitlinie(request: HttpRequest) -> HttpResponse:
    """Show what holds today."""
    context = {"gilt": active(actor_of(request).mandant), "breadcrumb": [(_("Leitlinie"), "")]}
    return render(request, "leitlinie/oeffentlich.html", context)


@requires("leitlinie.public")
def regel(request: HttpRequest, nummer: str) -> HttpResponse:
    """Show one clause of what holds today."""
    gilt = active(actor_of(request).mandant)
    clause = next((clause for clause in gilt.profile.clauses if clause.number == nummer), None)
    if clause is None and nummer != gilt.profile.table.number:
        raise Http404
    context = {
        "gilt": gilt,
        "klausel": clause,
        "tabelle": gilt.profile.table,
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:oeffentlich")), (nummer, "")],
    }
    return render(request, "leitlinie/regel.html", context)

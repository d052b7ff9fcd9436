"""Pages of the workshop: the list of versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie import queries
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.policy import active

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 25


@requires("leitlinie.list")
def liste(request: HttpRequest) -> HttpResponse:
    """Show the versions and what holds today."""
    actor = actor_of(request)
    page = Paginator(queries.versions_of(actor.mandant), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "gilt": active(actor.mandant),
        "darf_beginnen": actor.may("leitlinie.begin"),
        "darf_kommune": actor.may("leitlinie.town"),
        "breadcrumb": [(_("Leitlinie"), "")],
    }
    return render(request, "leitlinie/liste.html", context)

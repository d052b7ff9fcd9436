"""Pages of reading what holds: for each employee, and in numbers for whoever looks after AI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.leitlinie.acknowledging import acknowledge
from leitplanke.apps.leitlinie.differences import differences_of
from leitplanke.apps.leitlinie.doing import WrongStateError, whole_number
from leitplanke.apps.leitlinie.people import FEWEST, counts_by_office, employees_of, readers_of
from leitplanke.apps.leitlinie.public_documents import document_of
from leitplanke.apps.leitlinie.queries import days_to_read, in_force
from leitplanke.apps.leitlinie.views_werkstatt_ausgaben import shown_nodes
from leitplanke.apps.leitlinie.waiting import last_read
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.policy import readiness_of
from leitplanke.core.guideline.writing import Output

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires("leitlinie.acknowledge")
def kenntnis(request: HttpRequest) -> HttpResponse:
    """Show what holds, and what changed since somebody read it last."""
    actor = actor_of(request)
    version, last = in_force(actor.mandant), last_read(actor)
    context: dict[str, Any] = {
        "fassung": version,
        "zuletzt": last,
        "gelesen": last is not None and version is not None and last.fassung_id == version.pk,
        "geschult": readiness_of(actor.mandant).is_trained(actor.person.pk if actor.person else None),
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:oeffentlich")), (_("Zur Kenntnis nehmen"), "")],
    }
    if version is not None:
        document = document_of(version, Output.MERKBLATT)
        context |= {"schriftstueck": document, "knoten": shown_nodes(document), "tage": days_to_read(version)}
        if last is not None and last.fassung_id != version.pk:
            context["aenderungen"] = differences_of(last.fassung, version).clauses
    return render(request, "leitlinie/oeffentlich/kenntnis.html", context)


@requires("leitlinie.acknowledge")
@require_POST
def gelesen(request: HttpRequest) -> HttpResponse:
    """Say that one has read it."""
    given = request.POST.get("fassung", "")
    try:
        acknowledge(actor=actor_of(request), version_id=whole_number(given))
    except WrongStateError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Danke. Das ist vermerkt."))
    return redirect("leitlinie:kenntnis")


@requires("leitlinie.count_readers")
def ueberblick(request: HttpRequest) -> HttpResponse:
    """Show how many have read what holds, by office; nobody is named."""
    actor = actor_of(request)
    version = in_force(actor.mandant)
    people = {person.pk for person in employees_of(actor.mandant)}
    context = {
        "fassung": version,
        "stellen": counts_by_office(version) if version else [],
        "alle": len(people),
        "gelesen": len(people & readers_of(version)) if version else 0,
        "wenigste": FEWEST,
        "tage": days_to_read(version) if version else 0,
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:liste")), (_("Wer gelesen hat"), "")],
    }
    return render(request, "leitlinie/beschluss/ueberblick.html", context)

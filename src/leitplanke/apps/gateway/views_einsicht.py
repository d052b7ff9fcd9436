"""Reading kept content with two roles."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.gateway import disclosing, queries
from leitplanke.apps.gateway.doing import NotReadyError
from leitplanke.apps.gateway.page import found_or_404, frame
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.llm.models import Einsicht
from leitplanke.base.llm.vault import open_content

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

KINDS = {"offen": "warning", "genehmigt": "success", "abgelehnt": "danger"}
PER_PAGE = 50


@requires("gateway.disclose")
def liste(request: HttpRequest) -> HttpResponse:
    """Show all requests."""
    page = Paginator(queries.disclosures(actor_of(request).mandant), PER_PAGE).get_page(request.GET.get("seite"))
    rows = [{"zeile": one, "art": KINDS[one.stand]} for one in page]
    return render(request, "gateway/einsichten.html", {**frame(request, "einsichten"), "page": page, "zeilen": rows})


@requires("gateway.disclose")
def einsicht(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show one request; decide it, or read what was kept, by POST."""
    actor = actor_of(request)
    row: Einsicht = found_or_404(queries.disclosures(actor.mandant), public_id=kennung)
    own = actor.person is not None and row.beantragt_von.person_id == actor.person.pk
    content = None
    if request.method == "POST":
        try:
            if request.POST.get("tun") == "lesen":
                content = open_content(disclosing.read_content(actor=actor, kennung=row.public_id))
            else:
                disclosing.decide_disclosure(
                    actor=actor, kennung=row.public_id, yes=request.POST.get("tun") == "genehmigen"
                )
                messages.success(request, _("Entschieden."))
                return redirect("gateway:einsicht", kennung)
        except NotReadyError as error:
            messages.error(request, str(error))
            return redirect("gateway:einsicht", kennung)
    running = row.gueltig_bis is not None and row.gueltig_bis > timezone.now()
    context = {
        **frame(request, "einsichten", (_("Einsicht"), reverse("gateway:einsichten")), (_("Antrag"), "")),
        "zeile": row, "art": KINDS[row.stand], "eigen": own, "inhalt": content,
        "darf_entscheiden": row.stand == "offen" and not own, "darf_lesen": own and running,
    }  # fmt: skip
    return render(request, "gateway/einsicht.html", context)

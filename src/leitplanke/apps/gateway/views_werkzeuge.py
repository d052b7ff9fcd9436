"""Writing tools that a model asked for: what would happen, and a person's yes or no."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.apps.gateway import queries, tools
from leitplanke.apps.gateway.forms import ReasonForm
from leitplanke.apps.gateway.labels import TOOL_KINDS
from leitplanke.apps.gateway.page import attempt, found_or_404, frame
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.llm.models import Werkzeugfreigabe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 50


@requires("gateway.tools")
def liste(request: HttpRequest) -> HttpResponse:
    """Show what waits and what was decided."""
    page = Paginator(queries.held_calls(actor_of(request)), PER_PAGE).get_page(request.GET.get("seite"))
    rows = [{"zeile": one, "art": TOOL_KINDS[one.stand]} for one in page]
    return render(request, "gateway/werkzeuge.html", {**frame(request, "werkzeuge"), "page": page, "zeilen": rows})


@requires("gateway.tools")
def aufruf(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show what the tool would be called with; decide by POST."""
    actor = actor_of(request)
    row: Werkzeugfreigabe = found_or_404(queries.held_calls(actor), public_id=kennung)
    yes = request.method == "POST" and request.POST.get("entscheidung") == "ja"
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["grund"].required = not yes
    form.fields["grund"].help_text = _("Nur nötig, wenn Sie ablehnen.")
    if form.is_valid():
        grund = form.cleaned_data["grund"]
        if attempt(form, lambda: tools.decide_tool_call(actor=actor, kennung=row.public_id, yes=yes, grund=grund)):
            messages.success(request, _("Freigegeben.") if yes else _("Abgelehnt."))
            return redirect("gateway:werkzeuge")
    context = {
        **frame(request, "werkzeuge", (_("Werkzeuge"), reverse("gateway:werkzeuge")), (row.werkzeug, "")),
        "zeile": row,
        "art": TOOL_KINDS[row.stand],
        "argumente": json.dumps(tools.arguments_of(row), ensure_ascii=False, indent=2),
        "form": form,
    }
    return render(request, "gateway/werkzeug.html", context, status=422 if form.errors else 200)

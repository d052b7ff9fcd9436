"""How a purpose of the register uses models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitplanke.apps.gateway import queries
from leitplanke.apps.gateway.forms import PurposeForm
from leitplanke.apps.gateway.page import attempt, frame
from leitplanke.apps.gateway.purposes import set_up
from leitplanke.base.accounts.access import actor_of, requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires("gateway.purposes")
def zweck(request: HttpRequest, schluessel: str) -> HttpResponse:
    """Set up a purpose."""
    actor = actor_of(request)
    row = next((one for one in queries.purpose_rows(actor.mandant) if one.state.schluessel == schluessel), None)
    if row is None:
        raise Http404
    models = list(queries.models_of(actor.mandant))
    form = PurposeForm(models, request.POST if request.method == "POST" else None, zweck=row.zweck)
    if form.is_valid() and attempt(form, lambda: set_up(actor=actor, schluessel=schluessel, setup=form.setup())):
        messages.success(request, _("Gespeichert. Es gilt ab der nächsten Anfrage."))
        return redirect("gateway:uebersicht")
    context = {**frame(request, "uebersicht", (row.state.name, "")), "form": form, "zeile": row}
    return render(request, "gateway/zweck.html", context, status=422 if form.errors else 200)

"""What is public in the town: the list, one entry, a new one, the end of one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.gateway import declaring, queries
from leitplanke.apps.gateway.forms import ReasonForm
from leitplanke.apps.gateway.forms_oeffentlich import FindForm, PublicForm
from leitplanke.apps.gateway.labels_oeffentlich import CAUTIONS, KINDS, state_of
from leitplanke.apps.gateway.page import attempt, found_or_404, frame
from leitplanke.base.accounts.access import actor_of, requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.llm.models import OeffentlicheAngabe

PER_PAGE = 50


@requires("gateway.view")
def liste(request: HttpRequest) -> HttpResponse:
    """Show and search what is public."""
    actor, form, today = actor_of(request), FindForm(request.GET or None), timezone.localdate()
    said = form.cleaned_data if form.is_valid() else {}
    asked = (said.get("suche", "").strip(), said.get("art", ""), said.get("stand", ""))
    page = Paginator(queries.public_found(actor.mandant, *asked), PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        **frame(request, "oeffentlich"),
        "form": form,
        "page": page,
        "zeilen": [{"angabe": row, "art": KINDS[row.art], "stand": state_of(row, today)} for row in page],
        "gesucht": any(asked),
        "wartend": queries.public_waiting(actor.mandant).count(),
        "darf_eintragen": actor.may("gateway.public"),
        "darf_freigeben": actor.may("gateway.release_public"),
    }
    return render(request, "gateway/oeffentlich.html", context)


@requires("gateway.public")
def neu(request: HttpRequest) -> HttpResponse:
    """Enter something public; `wie` begins with what an earlier entry says."""
    actor = actor_of(request)
    form = PublicForm(request.POST if request.method == "POST" else None, initial=_earlier(request))
    if form.is_valid():
        declared = form.declared()
        done = attempt(form, lambda: declaring.enter_public(actor=actor, declared=declared))
        if done is not None:
            messages.success(request, _("Eingetragen. Es gilt, sobald eine zweite Person es freigegeben hat."))
            return redirect("gateway:oeffentlich_angabe", done.public_id)
    crumbs = ((_("Öffentliche Namen"), reverse("gateway:oeffentlich")), (_("Eintragen"), ""))
    context = {**frame(request, "oeffentlich", *crumbs), "form": form}
    return render(request, "gateway/oeffentlich_neu.html", context, status=422 if form.errors else 200)


@requires("gateway.view")
def angabe(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show one entry, and what can be done with it."""
    row, actor = _entry_or_404(request, kennung), actor_of(request)
    own = actor.person is not None and row.eingetragen_von_id == actor.person.pk
    waiting, ended = row.stand == "wartet", row.stand == "zurueckgezogen"
    context = {
        **frame(request, "oeffentlich", (_("Öffentliche Namen"), reverse("gateway:oeffentlich")), (row.wert, "")),
        "angabe": row,
        "stand": state_of(row, timezone.localdate()),
        "bedenken": [] if ended else [CAUTIONS[one] for one in declaring.cautions_of(row)],
        "eigen": own and waiting,
        "darf_freigeben": actor.may("gateway.release_public") and waiting and not own,
        "darf_zurueckziehen": actor.may("gateway.withdraw_public") and not ended,
        "darf_neu": actor.may("gateway.public") and not waiting,
    }
    return render(request, "gateway/oeffentlich_angabe.html", context)


@requires("gateway.withdraw_public")
def zurueckziehen(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Take an entry off the list."""
    row = _entry_or_404(request, kennung)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        grund = form.cleaned_data["grund"]
        if attempt(
            form, lambda: declaring.withdraw_public(actor=actor_of(request), kennung=row.public_id, grund=grund)
        ):
            messages.success(request, _("Zurückgezogen. In wenigen Sekunden wird die Angabe überall wieder verdeckt."))
            return redirect("gateway:oeffentlich_angabe", kennung)
    crumbs = (
        (_("Öffentliche Namen"), reverse("gateway:oeffentlich")),
        (row.wert, reverse("gateway:oeffentlich_angabe", args=[kennung])), (_("Zurückziehen"), ""),
    )  # fmt: skip
    context = {**frame(request, "oeffentlich", *crumbs), "angabe": row, "form": form}
    return render(request, "gateway/oeffentlich_zurueckziehen.html", context, status=422 if form.errors else 200)


def _earlier(request: HttpRequest) -> dict[str, str]:
    """Return what an earlier entry says, without its last day: that is what is new."""
    try:
        kennung = UUID(request.GET.get("wie", ""))
    except ValueError:
        return {"art": "person"}
    row = queries.public_entries(actor_of(request).mandant).filter(public_id=kennung).first()
    return {name: getattr(row, name) for name in ("art", "wert", "amt", "grund")} if row else {"art": "person"}


def _entry_or_404(request: HttpRequest, kennung: UUID) -> OeffentlicheAngabe:
    row: OeffentlicheAngabe = found_or_404(queries.public_entries(actor_of(request).mandant), public_id=kennung)
    return row

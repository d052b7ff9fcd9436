"""Keys: the list, a new one (its secret is shown once), the end of one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.gateway import keys, queries
from leitplanke.apps.gateway.doing import NotReadyError
from leitplanke.apps.gateway.forms import KeyForm, OwnKeyForm
from leitplanke.apps.gateway.page import attempt, found_or_404, frame
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.llm.loading import role_ended, roles_of_owners

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.llm.models import Zugangsschluessel

PER_PAGE = 50


@requires("gateway.own_key")
def liste(request: HttpRequest) -> HttpResponse:
    """Show the keys somebody may see."""
    actor = actor_of(request)
    page = Paginator(queries.keys_for(actor), PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        **frame(request, "zugaenge"),
        "page": page,
        "heute": timezone.localdate(),
        "rolle_beendet": _ended(page.object_list),
        "darf_maschine": actor.may("gateway.keys"),
        "darf_alle": actor.may("gateway.revoke_key"),
        "ich": actor.person.pk if actor.person else None,
        "adresse": request.build_absolute_uri("/v1"),
    }
    return render(request, "gateway/zugaenge.html", context)


@requires("gateway.keys")
def neu(request: HttpRequest) -> HttpResponse:
    """Make a key for a program."""
    return _make(request, KeyForm, keys.create_machine_key, _("Zugang für ein Programm anlegen"))


@requires("gateway.own_key")
def eigener(request: HttpRequest) -> HttpResponse:
    """Make a key for one's own tools."""
    return _make(request, OwnKeyForm, keys.create_own_key, _("Eigenen Zugang anlegen"))


def _make(request: HttpRequest, kind: type[KeyForm], verb: Callable[..., keys.NewKey], title: str) -> HttpResponse:
    actor = actor_of(request)
    more = {"roles": keys.own_roles(actor)} if issubclass(kind, OwnKeyForm) else {}
    form = kind(_purposes(actor), request.POST if request.method == "POST" else None, **more)
    crumbs = ((_("Zugänge"), reverse("gateway:zugaenge")), (title, ""))
    if form.is_valid():
        new = attempt(form, lambda: verb(actor=actor, plan=form.plan()))
        if new is not None:
            context = {**frame(request, "zugaenge", *crumbs), "neu": new, "adresse": request.build_absolute_uri("/v1")}
            return render(request, "gateway/zugang_gezeigt.html", context)
    context = {**frame(request, "zugaenge", *crumbs), "form": form, "titel": title, "eigen": kind is OwnKeyForm}
    return render(request, "gateway/zugang_neu.html", context, status=422 if form.errors else 200)


def _ended(rows: Iterable[Zugangsschluessel]) -> set[int]:
    """Return the keys whose owner holds none of their roles any more."""
    held = roles_of_owners(timezone.localdate())
    return {row.pk for row in rows if role_ended(row, held)}


def _purposes(actor: Actor) -> list[tuple[str, str]]:
    rows = queries.purpose_rows(actor.mandant)
    return [(row.state.schluessel, row.state.name) for row in rows if row.zweck is not None and row.open]


@requires("gateway.own_key")
def widerrufen(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Say what the end of a key means, and end it by POST."""
    actor = actor_of(request)
    zugang = found_or_404(queries.keys_for(actor), public_id=kennung)
    if request.method == "POST":
        try:
            keys.revoke_key(actor=actor, kennung=zugang.public_id)
            messages.success(request, _("Widerrufen. Laufende Antworten enden in wenigen Sekunden."))
        except NotReadyError as error:
            messages.error(request, str(error))
        return redirect("gateway:zugaenge")
    crumbs = ((_("Zugänge"), reverse("gateway:zugaenge")), (_("Widerrufen"), ""))
    return render(request, "gateway/zugang_widerrufen.html", {**frame(request, "zugaenge", *crumbs), "zugang": zugang})

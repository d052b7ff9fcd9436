"""Calls: numbers for each purpose, single calls without content and without people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.apps.gateway import queries
from leitplanke.apps.gateway.disclosing import request_disclosure
from leitplanke.apps.gateway.figures import METHODS, MILLION, wh_of
from leitplanke.apps.gateway.forms import DisclosureForm
from leitplanke.apps.gateway.labels import EFFECT_LABELS, MODEL_LABELS, OUTCOME_KINDS
from leitplanke.apps.gateway.looking import found_words
from leitplanke.apps.gateway.page import attempt, found_or_404, frame
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.llm.lights import DATA_LABELS
from leitplanke.base.llm.models import Aufruf, Gespeichert
from leitplanke.base.policy import clause_address, profile_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.accounts.models import Mandant

PER_PAGE = 50


@requires("gateway.calls")
def liste(request: HttpRequest) -> HttpResponse:
    """Show what was called, newest first."""
    mandant = actor_of(request).mandant
    page = Paginator(queries.calls_of(mandant), PER_PAGE).get_page(request.GET.get("seite"))
    summary = [
        {**row, "energie": wh_of(row["wh_von"], row["wh_bis"]), "eur": row["eur"] / MILLION}
        for row in queries.summary_of(mandant)
    ]
    context = {
        **frame(request, "aufrufe"),
        "page": page,
        "zeilen": [{"aufruf": one, "art": OUTCOME_KINDS.get(one.ausgang, "danger")} for one in page],
        "summen": summary,
        "abgewiesen": queries.turned_away(mandant),
    }
    return render(request, "gateway/aufrufe.html", context)


@requires("gateway.calls")
def aufruf(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show one call, and let those who may ask to read what was kept."""
    actor = actor_of(request)
    call: Aufruf = found_or_404(queries.calls_of(actor.mandant), public_id=kennung)
    kept = Gespeichert.objects.for_mandant(actor.mandant).filter(aufruf=call).exists()
    may = actor.may("gateway.disclose")
    form = DisclosureForm(request.POST if request.method == "POST" and may else None)
    if form.is_valid():
        grund = form.cleaned_data["grund"]
        row = attempt(form, lambda: request_disclosure(actor=actor, aufruf=call.public_id, grund=grund))
        if row is not None:
            messages.success(request, _("Beantragt. Jemand in einer anderen Rolle entscheidet."))
            return redirect("gateway:einsicht", row.public_id)
    context = {
        **frame(request, "aufrufe", (_("Aufrufe"), reverse("gateway:aufrufe")), (str(call.public_id)[:8], "")),
        "aufruf": call,
        "art": OUTCOME_KINDS.get(call.ausgang, "danger"),
        "daten": DATA_LABELS.get(str(call.fakten.get("datenklasse")), "–"),
        "wo": MODEL_LABELS.get(str(call.fakten.get("modellklasse")), "–"),
        "energie": wh_of(call.wh_von, call.wh_bis),
        "verfahren": METHODS.get(call.wh_methode, ""),
        "funde": found_words(call.funde),
        "wirkung": EFFECT_LABELS.get(call.wirkung, "–"),
        "klauseln": _clauses(actor.mandant, call),
        "eur": call.eur_millionstel / MILLION,
        "aufbewahrt": kept,
        "form": form if kept and may else None,
    }
    return render(request, "gateway/aufruf.html", context, status=422 if form.errors else 200)


def _clauses(mandant: Mandant, call: Aufruf) -> list[tuple[str, str, str]]:
    """Return number, title and page of the clauses that applied; a number of an older version has only itself."""
    profile = profile_of(mandant)
    titles = {clause.number: clause.title for clause in profile.clauses} | {profile.table.number: profile.table.title}
    return [
        (number, titles.get(number, ""), clause_address(number) if number in titles else "") for number in call.klauseln
    ]

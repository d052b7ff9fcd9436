"""How an application begins: with or without an account, formless, or resumed with number and code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leitplanke.apps.antrag import filling
from leitplanke.apps.antrag.buerger import case_context, case_of, for_applicant, offer_context, offer_of, sent
from leitplanke.apps.antrag.drafts import KEEP_DRAFT_DAYS
from leitplanke.apps.antrag.filling import Beginning
from leitplanke.apps.antrag.forms_buerger import CodeForm, FormlessForm
from leitplanke.apps.antrag.intake import Anschrift
from leitplanke.apps.antrag.models import Beteiligung
from leitplanke.apps.antrag.opening import (
    applicant,
    code_here,
    count_failure,
    draft_number,
    may_try,
    new_ticket,
    open_by_code,
    opened_here,
    ticket_of,
)
from leitplanke.apps.antrag.precheck import key_of, opened_state, stated_by_now
from leitplanke.apps.antrag.procedures import verfahren_for
from leitplanke.apps.antrag.queries import own_applications
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.interview.state import FIELD, ExpiredError, opened
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.intake import Ticket
    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.apps.antrag.procedures import Offer
    from leitplanke.base.accounts.models import Mandant

TICKET, PRECHECK = "kennung", "vorab"


@requires("antrag.apply")
@never_cache
def beginnen(request: HttpRequest, verfahren: str) -> HttpResponse:
    """Begin an application, taking over what the short check knows."""
    offer = offer_of(request, verfahren)
    if FIELD in request.POST:
        _keep_precheck(request, offer)
        return redirect("antrag:beginnen", verfahren)
    if request.method == "POST":
        ticket = ticket_of(request, request.POST.get(TICKET, ""))
        if ticket is None:
            messages.error(request, _("Die Seite war zu alt. Bitte beginnen Sie noch einmal."))
            return redirect("antrag:beginnen", verfahren)
        antrag = _begun(request, offer, ticket)
        known = antrag.konto_id is not None
        return redirect("antrag:schritt_person" if known else "antrag:mein_zugang", antrag.kennung)
    context = offer_context(request, offer, (_("Antrag stellen"), "")) | {
        "kennung": new_ticket(request).kennung,
        "uebernommen": len(_precheck(request, offer)),
        "tage": KEEP_DRAFT_DAYS,
    }
    return render(request, "antrag/buerger/beginnen.html", context)


def _begun(request: HttpRequest, offer: Offer, ticket: Ticket) -> Antrag:
    actor = actor_of(request)
    start = Beginning(ticket, actor.person, get_language() or "de", _precheck(request, offer))
    try:
        antrag = filling.begin(actor.mandant, offer.verfahren, start)
    except RulesError:  # what the short check knew does not fit any more; the application goes on without it
        antrag = filling.begin(actor.mandant, offer.verfahren, Beginning(ticket, actor.person, start.sprache))
    if offer.verfahren.name in request.session.get(PRECHECK, {}):
        request.session[PRECHECK] = {}
    return antrag


def _keep_precheck(request: HttpRequest, offer: Offer) -> None:
    """Remember what was stated in the short check: from here on the person wants to apply."""
    state = opened_state(request, offer)
    if state is None:
        messages.warning(request, _("Die Vorprüfung war zu alt und wird nicht übernommen."))
        return
    try:
        facts = stated_by_now(request, offer, state)
    except (RulesError, LookupError):
        return
    sealed = state.changed(facts=facts, trail=(), current=()).sealed()
    request.session[PRECHECK] = {offer.verfahren.name: sealed}


def _precheck(request: HttpRequest, offer: Offer) -> dict[str, Any]:
    name = offer.verfahren.name
    sealed = request.session.get(PRECHECK, {}).get(name, "")
    try:
        facts = opened(sealed, key_of(actor_of(request).mandant, name)).facts
    except ExpiredError:
        return {}
    return {key: value for key, value in facts.items() if key != offer.verfahren.antragstag}


@requires("antrag.apply")
@never_cache
def formlos(request: HttpRequest, verfahren: str) -> HttpResponse:
    """Secure the day: a name is enough, everything else follows."""
    offer = offer_of(request, verfahren)
    actor = actor_of(request)
    ticket = ticket_of(request, request.POST.get(TICKET, "")) if request.method == "POST" else None
    person = actor.person
    known = {"vorname": person.vorname, "nachname": person.nachname, "email": person.email} if person else {}
    form = FormlessForm(sent(request), initial=known)
    if ticket is not None and form.is_valid():
        werte = {name: value for name, value in form.cleaned_data.items() if name != "worum"}
        start = Beginning(ticket, person, get_language() or "de")
        anschrift = Anschrift(Beteiligung.ANTRAGSTELLEND, werte)
        antrag = filling.apply_formless(actor.mandant, offer.verfahren, start, anschrift, form.cleaned_data["worum"])
        return redirect("antrag:mein_eingang", antrag.kennung)
    context = offer_context(request, offer, (_("Datum sichern"), "")) | {
        "form": form,
        "kennung": (ticket or new_ticket(request)).kennung,
    }
    return render(request, "antrag/buerger/formlos.html", context, status=422 if form.errors else 200)


@for_applicant
def zugang(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Show the access code, as long as this session knows it."""
    context = case_context(case_of(antrag), (_("Ihr Zugangscode"), "")) | {
        "code": code_here(request, antrag),
        "nummer": antrag.nummer or draft_number(antrag),
    }
    return render(request, "antrag/buerger/zugang.html", context)


@requires("antrag.apply")
@never_cache
def fortsetzen(request: HttpRequest) -> HttpResponse:
    """Open an application with its number and access code; wrong number and wrong code get the same answer."""
    form = CodeForm(sent(request))
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        nummer, code = form.cleaned_data["nummer"], form.cleaned_data["code"]
        if not may_try(request, nummer):
            form.add_error(None, _("Das waren zu viele Versuche. Bitte warten Sie fünf Minuten, oder rufen Sie an."))
            status = 429
        elif (antrag := open_by_code(request, nummer, code)) is not None:
            return redirect("antrag:mein_antrag", antrag.kennung)
        else:
            count_failure(request, nummer)
            form.add_error(None, _("Nummer und Zugangscode passen nicht zusammen. Bitte prüfen Sie beide."))
            status = 422
    context = {"form": form, "breadcrumb": [(_("Antrag fortsetzen"), "")]}
    return render(request, "antrag/buerger/fortsetzen.html", context, status=status)


@requires("antrag.apply")
@never_cache
def meine(request: HttpRequest) -> HttpResponse:
    """Show the applications of the account, and those opened in this session."""
    rows = own_applications(actor_of(request), opened_here(request)).select_related("einheit", "mandant")
    titles = _titles(actor_of(request).mandant, {row.verfahren for row in rows})
    antraege = [{"antrag": row, "titel": titles[row.verfahren], "entwurf": draft_number(row)} for row in rows]
    context = {"antraege": antraege, "breadcrumb": [(_("Meine Anträge"), "")]}
    return render(request, "antrag/buerger/meine.html", context)


def _titles(mandant: Mandant, names: set[str]) -> dict[str, str]:
    """Return what procedures are called; also one that is not offered any more has a name."""
    found = {}
    for name in names:
        try:
            found[name] = said(verfahren_for(mandant, name).titel)
        except (RulesError, LookupError):
            found[name] = name
    return found


@require_POST
@for_applicant
def uebernehmen(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Tie an application begun without an account to the account that is signed in now."""
    try:
        filling.adopt(antrag.pk, applicant(request))
    except ValueError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Der Antrag gehört jetzt zu Ihrem Konto."))
    return redirect("antrag:mein_antrag", antrag.kennung)

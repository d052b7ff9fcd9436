"""Pages for going live: what is prepared and missing, and two quick steps: name somebody, confirm the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leitplanke.apps.register import classifying, entries, founding, inbetriebnahme_page, queries
from leitplanke.apps.register.doing import OutdatedError, may
from leitplanke.apps.register.models import Eintrag
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.register.lifecycle import LifecycleError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.core.register.parts import Part

ROOT = "register:inbetriebnahme"


@requires("register.list")
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """Show the people who are needed and the own parts with what is missing."""
    actor = actor_of(request)
    rows = inbetriebnahme_page.rows_of(actor, founding.parts_of(actor.mandant))
    context = {
        "zeilen": rows,
        "laufend": sum(row.laeuft for row in rows),
        "darf_personen": actor.may("account.list_people"),
        "menschen": inbetriebnahme_page.people_of(actor.mandant),
        "breadcrumb": [(_("In Betrieb gehen"), "")],
    }
    return render(request, "register/inbetriebnahme/liste.html", context)


def _part_or_404(request: HttpRequest, kuerzel: str) -> tuple[Eintrag, Part]:
    try:
        eintrag = queries.entry_for(actor_of(request).mandant, kuerzel)
    except Eintrag.DoesNotExist:
        raise Http404 from None
    part = founding.part_of(eintrag)
    if part is None:
        raise Http404
    return eintrag, part


@requires("register.view")
@require_GET
def teil(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show one own part: steps in order, the prepared facts to confirm, who can be named."""
    eintrag, part = _part_or_404(request, kuerzel)
    return _show(request, eintrag, part)


def _show(request: HttpRequest, eintrag: Eintrag, part: Part, fehler: str = "") -> HttpResponse:
    actor = actor_of(request)
    members = (*actor.memberships, *actor.acting_for)
    einstufung = eintrag.einstufungen.first()
    questions = inbetriebnahme_page.questions_of(part, request.POST)
    context: dict[str, Any] = {
        "eintrag": eintrag,
        "zeile": inbetriebnahme_page.row_of(actor, eintrag),
        "zweifelhaft": [row for row in questions if row.zweifel],
        "klar": [row for row in questions if not row.zweifel],
        "einstufung": einstufung,
        "darf_einstufen": any(may(one, "register.einstufen", eintrag) for one in members),
        "darf_benennen": any(may(one, "register.bearbeiten", eintrag) for one in members),
        "waehlbar": inbetriebnahme_page.candidates_for(eintrag),
        "fehler": fehler,
        "breadcrumb": [(_("In Betrieb gehen"), reverse(ROOT)), (eintrag.name, "")],
    }
    return render(request, "register/inbetriebnahme/teil.html", context, status=422 if fehler else 200)


@requires("register.einstufen")
@require_POST
def einstufen(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Classify by the prepared facts, once somebody answered the doubtful ones and confirmed the others."""
    eintrag, part = _part_or_404(request, kuerzel)
    facts: dict[str, Any] = dict(part.fakten)
    for row in inbetriebnahme_page.questions_of(part, request.POST):
        if not row.zweifel:
            continue
        answer = request.POST.get(row.name, "")
        if answer not in dict(row.optionen):
            return _show(request, eintrag, part, _("Bitte beantworten Sie jede Frage, zu der es Zweifel gibt."))
        facts[row.name] = answer == "ja" if isinstance(part.fakten[row.name], bool) else answer
    if request.POST.get("bestaetigt") != "ja":
        return _show(
            request, eintrag, part, _("Bitte bestätigen Sie, dass Sie auch die übrigen Antworten gelesen haben.")
        )
    try:
        made = classifying.classify_entry(
            actor=actor_of(request), eintrag_id=eintrag.pk, facts=facts, herkunft=dict.fromkeys(facts, "mensch")
        )
    except LifecycleError as error:
        return _show(request, eintrag, part, str(error))
    if made.vollstaendig:
        messages.success(request, _("Eingestuft. Sehen Sie nach, was noch fehlt."))
    else:
        messages.warning(request, _("Eingestuft, aber unvollständig. Bitte ergänzen Sie das am Eintrag."))
    return redirect("register:inbetriebnahme_teil", kuerzel=kuerzel)


@requires("register.bearbeiten")
@require_POST
def benennen(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Name the person who answers for an own part; they accept it themselves at the entry."""
    eintrag, part = _part_or_404(request, kuerzel)
    wanted = request.POST.get("person", "")
    chosen = next((one for one in inbetriebnahme_page.candidates_for(eintrag) if str(one.pk) == wanted), None)
    if chosen is None:
        return _show(request, eintrag, part, _("Bitte wählen Sie eine Person aus der Liste."))
    number = request.POST.get("fassung", "")
    try:
        entries.change_entry(
            actor=actor_of(request), eintrag_id=eintrag.pk, fassung=int(number) if number.isdecimal() else None,
            angaben={}, verantwortlich=chosen, anlass=_("Verantwortliche Person benannt"),
        )  # fmt: skip
    except (LifecycleError, OutdatedError) as error:
        return _show(request, eintrag, part, str(error))
    messages.success(
        request, _("Benannt. %(name)s nimmt die Verantwortung selbst am Eintrag an.") % {"name": chosen.person}
    )
    return redirect("register:inbetriebnahme_teil", kuerzel=kuerzel)

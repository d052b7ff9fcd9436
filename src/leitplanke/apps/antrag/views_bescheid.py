"""Pages on which people decide: prepare, see everything once more, confirm, sign, give back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag import deciding, preparing, worklist
from leitplanke.apps.antrag.ai import by_hand
from leitplanke.apps.antrag.akte_page import case_or_404
from leitplanke.apps.antrag.calculating import day_of
from leitplanke.apps.antrag.doing import OutdatedError, clerk
from leitplanke.apps.antrag.forms_bescheid import DecisionForm, SendBackForm
from leitplanke.apps.antrag.letters import BESCHEID, result_for
from leitplanke.apps.antrag.models import Briefstand, Entscheidung, Entscheidungsart, Entscheidungsstand
from leitplanke.apps.antrag.policy_facts import decision_facts
from leitplanke.apps.antrag.procedures import verfahren_of
from leitplanke.apps.antrag.readiness import UNDOING, Draft, NotReadyError
from leitplanke.apps.antrag.trying import tried
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.freshness import freshly_authenticated
from leitplanke.base.interview.wording import said, shown
from leitplanke.base.policy import guidance
from leitplanke.core.drafting.brief import brief_from_json
from leitplanke.core.drafting.case import DraftError
from leitplanke.core.rules.numbers import plus_months
from leitplanke.core.verfahren.acts import ActError, Acting, Originator, require
from leitplanke.core.verfahren.duration import months_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.base.accounts.access import Actor
    from leitplanke.core.rules import Result
    from leitplanke.core.verfahren.model import Verfahren


OPEN = (Entscheidungsstand.VORBEREITET, Entscheidungsstand.VORGELEGT)


def crumbs(antrag: Antrag, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to a page of a case."""
    desk = reverse("antrag:akte", args=[antrag.kennung])
    return [(_("Vorgänge"), reverse("antrag:liste")), (antrag.nummer, desk), *more]


def what_next(actor: Actor, after: Antrag | None = None) -> dict[str, Any] | None:
    """Return the case to take up next with the step to take; None where nothing waits."""
    antrag = worklist.next_case(actor, after)
    return {"antrag": antrag, "schritt": worklist.next_step(antrag, timezone.localdate())} if antrag else None


@requires("antrag.entscheiden")
def entscheiden(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Prepare a decision: it has no effect until it is confirmed on the next page."""
    antrag = case_or_404(request, kennung)
    if request.method != "POST":
        desk = reverse("antrag:akte", args=[antrag.kennung])
        if not tried(
            request, desk, lambda: require("entscheiden", antrag.state, Acting(Originator.PERSON, fresh=True))
        ).done:
            return redirect(desk)
    verfahren = verfahren_of(antrag)
    stopped = by_hand(antrag)
    result = result_for(antrag, None) if stopped is None or request.GET.get("rechnen") == "1" else None
    data = request.POST if request.method == "POST" else None
    kinds = _kinds(antrag, verfahren)
    form = DecisionForm(data, kinds=kinds, initial=_period(antrag, result))
    if data is not None and form.is_valid():
        values = form.cleaned_data
        draft = Draft(Entscheidungsart(values.pop("art")), **values)
        try:
            doer = clerk(actor_of(request), antrag, "antrag.view", freshly_authenticated(request))
            made = preparing.prepare_decision(antrag.pk, doer, draft)
        except DraftError as error:
            if None not in (draft.von_tag, draft.bis_tag):
                form.add_error(None, str(error))
            else:
                form.add_error("von_tag", _("Bitte geben Sie an, von wann bis wann die Entscheidung gilt."))
        except (NotReadyError, ActError, OutdatedError) as error:
            form.add_error(None, str(error))
        else:
            return redirect("antrag:entscheidung", kennung=antrag.kennung, nummer=made.nummer)
    context = {
        "antrag": antrag,
        "form": form,
        "regeln": _of_rules(antrag, result),
        "von_hand": stopped,
        "aufhebend": any(kind in UNDOING for kind in kinds),
        "breadcrumb": crumbs(antrag, (_("Entscheiden"), "")),
    }
    return render(request, "antrag/bescheid/entscheiden.html", context, status=422 if form.errors else 200)


def _kinds(antrag: Antrag, verfahren: Verfahren) -> list[Entscheidungsart]:
    """Return the kinds of decision for which the procedure has a letter; undoing only where something was decided."""
    covered: set[str] = set()
    outcomes = {outcome.name: outcome.art for outcome in preparing.outcomes_of(antrag)}
    for vorlage in verfahren.vorlagen.values():
        if vorlage.art == BESCHEID:
            covered |= set(vorlage.fuer) or set(outcomes)
    covered |= {outcomes[name] for name in covered if name in outcomes}
    return [
        kind
        for kind in Entscheidungsart
        if kind.value in covered and (kind not in UNDOING or antrag.entscheidung_id is not None)
    ]


def _period(antrag: Antrag, result: Result | None) -> dict[str, Any]:
    """Return the period that follows from day and judged duration, for a person to see and change."""
    if result is None or not result.regelwerk.zeitraum_monate:
        return {}
    months = months_of(result)
    start = day_of(antrag)
    return {"von_tag": start, "bis_tag": date.fromordinal(plus_months(start.toordinal(), months) - 1)}


def _of_rules(antrag: Antrag, result: Result | None) -> dict[str, Any]:
    """Return what the rules say, for the person who decides."""
    if result is None or (antrag.mensch_zuerst and not hasattr(antrag, "vorentscheidung")):
        return {}
    book = result.regelwerk
    certain = [outcome for outcome, state in result.outcomes if state == "ja"]
    targets = []
    for name in book.ziel:
        source = book.regeln.get(name) or book.parameter[name]
        low, high = result.bounds_of(name)
        text = shown(low, source.shape, source.shape.einheit) if result.settled(name) else ""
        targets.append((said(source.titel), text or f"{shown(low, source.shape)} – {shown(high, source.shape)}"))
    return {
        "ergebnis": said(certain[0].titel) if certain else "",
        "norm": certain[0].norm if certain else "",
        "werte": targets,
        "urteile": [said(book.ermessen[name].titel) for name in result.judgements],
    }


def _decision_or_404(antrag: Antrag, nummer: int) -> Entscheidung:
    rows = antrag.entscheidungen.select_related("vorbereitet_von__person", "entschieden_von__person")
    found = rows.filter(nummer=nummer).first()
    if found is None:
        raise Http404
    found.antrag = antrag
    return found


@requires("antrag.view")
def entscheidung(request: HttpRequest, kennung: UUID, nummer: int) -> HttpResponse:
    """Show a decision with its letter; a POST confirms, signs or gives it back."""
    antrag = case_or_404(request, kennung)
    made = _decision_or_404(antrag, nummer)
    back = SendBackForm(request.POST if request.POST.get("schritt") == "zurueckgeben" else None)
    if request.method == "POST":
        answer = _do(request, antrag, made, back)
        if answer is not None:
            return answer
        antrag = case_or_404(request, kennung)
        made = _decision_or_404(antrag, nummer)
    letter = made.schreiben.exclude(stand="verworfen").last()
    actor = actor_of(request)
    own = actor.person is not None and made.entschieden_person == actor.person.pk
    context = {
        "antrag": antrag,
        "entscheidung": made,
        "schreiben": letter,
        "brief": brief_from_json(letter.brief) if letter else None,
        "gesehen": deciding.seen_hash(made),
        "leitlinie": guidance(antrag.mandant, decision_facts(made, antrag, Originator.PERSON))
        if made.stand in OPEN
        else None,
        "frisch": freshly_authenticated(request),
        "selbst_vorgelegt": own,
        "naechster": what_next(actor, antrag) if made.stand == Entscheidungsstand.VORGELEGT and own else None,
        "zweite": made.stand == Entscheidungsstand.VORBEREITET and preparing.needs_second(antrag, made),
        "zurueck": back,
        "breadcrumb": crumbs(antrag, (_("Entscheidung"), "")),
    }
    return render(request, "antrag/bescheid/entscheidung.html", context, status=422 if back.errors else 200)


def _do(request: HttpRequest, antrag: Antrag, made: Entscheidung, back: SendBackForm) -> HttpResponse | None:
    """Do what was pressed; None where the page is shown again."""
    here = reverse("antrag:entscheidung", args=[antrag.kennung, made.nummer])
    step = request.POST.get("schritt", "")
    if step == "zurueckgeben" and not back.is_valid():
        return None
    outcome = tried(request, here, lambda: _step(request, antrag, made, back))
    if outcome.first is not None:
        return outcome.first
    if outcome.done and step == "zurueckgeben":
        return redirect("antrag:akte", kennung=antrag.kennung)
    return redirect((_letter_to_release(made) if outcome.done else "") or here)


def _letter_to_release(made: Entscheidung) -> str:
    """Return where the letter of a decision that holds is released; empty while it waits for a signature."""
    made.refresh_from_db(fields=["stand"])
    letter = made.schreiben.filter(stand=Briefstand.ENTWURF).last()
    if made.stand != Entscheidungsstand.GETROFFEN or letter is None:
        return ""
    return reverse("antrag:schreiben", args=[letter.kennung])


def _step(request: HttpRequest, antrag: Antrag, made: Entscheidung, back: SendBackForm) -> None:
    doer = clerk(actor_of(request), antrag, "antrag.view", freshly_authenticated(request))
    gesehen = request.POST.get("gesehen", "")
    match request.POST.get("schritt", ""):
        case "treffen":
            done = deciding.confirm(made.pk, doer, verfahren_of(antrag), gesehen=gesehen)
            waits = done.stand == Entscheidungsstand.VORGELEGT
            messages.success(request, _("Zur Schlusszeichnung vorgelegt.") if waits else _("Entschieden."))
        case "zeichnen":
            deciding.sign(made.pk, doer, gesehen=gesehen)
            messages.success(request, _("Gezeichnet. Das Schreiben kann freigegeben werden."))
        case "zurueckgeben":
            deciding.send_back(made.pk, doer, back.cleaned_data["grund"])
            messages.success(request, _("Zurückgegeben."))

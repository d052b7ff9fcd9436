"""Classification of an entry: what it came to and on what it stands, and the interview that leads there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.register.amt_page import attempt, entry_or_404, frame
from leitplanke.apps.register.classification_page import page_of
from leitplanke.apps.register.classifying import classify_entry
from leitplanke.apps.register.gate_facts import is_current
from leitplanke.apps.register.interviewing import origins, proposals, sealed, so_far, unsealed, walk_of
from leitplanke.apps.register.labels import CLASS_LABELS
from leitplanke.apps.register.next_step import allowed
from leitplanke.apps.register.waiting import law_today
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.interview.flow import ACTION
from leitplanke.base.interview.reading import whole_number
from leitplanke.base.interview.state import FIELD, ExpiredError, State, opened
from leitplanke.base.interview.wording import said
from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.register.lifecycle import ACTS
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.register.models import Eintrag
    from leitplanke.base.interview.flow import Page

TAKE, SAVE, SAVE_OPEN = "uebernehmen", "einstufen", "offen_einstufen"
ACCEPTED = "uebernommen"


@requires("register.view")
def einstufung(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show the newest classification: class in law and of the house, what follows, doubts, and on what it stands."""
    eintrag = entry_or_404(request, kuerzel)
    rows = list(eintrag.einstufungen.select_related("von__person")[:20])
    newest = rows[0] if rows else None
    context = frame(request, eintrag, "amt_einstufung") | {
        "zeile": newest,
        "klasse": page_of(newest, eintrag) if newest else None,
        "aktuell": newest is not None and is_current(newest, eintrag),
        "anderes_recht": newest is not None and newest.law_version != law_today(),
        "fruehere": [(row, _(CLASS_LABELS.get(str(row), str(row)))) for row in rows[1:]],
        "darf_einstufen": may_classify(request, eintrag),
    }
    return render(request, "register/amt/einstufung.html", context)


def may_classify(request: HttpRequest, eintrag: Eintrag) -> bool:
    """Tell whether the acting person may classify an entry now."""
    return allowed(actor_of(request), "register.einstufen", eintrag) and eintrag.state in ACTS["einstufen"].before


@requires("register.einstufen")
def einstufen(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Ask what the classification needs; nothing is kept before a person says so at the end."""
    eintrag = entry_or_404(request, kuerzel)
    if not may_classify(request, eintrag):
        messages.warning(request, _("Diesen Eintrag können Sie gerade nicht einstufen."))
        return redirect("register:amt_einstufung", kuerzel=kuerzel)
    state, accepted = _state(request, eintrag)
    if state is None:
        return _offer(request, eintrag)
    action = request.POST.get(ACTION, "")
    try:
        if action in {SAVE, SAVE_OPEN}:
            answer = _save(request, eintrag, state, accepted)
            if answer is not None:
                return answer
            page = walk_of(state.changed(facts=walk_of(state).stated(request.POST))).page()
        else:
            going_on = FIELD in request.POST
            page = walk_of(state).answered(request.POST) if going_on else walk_of(state).page()
    except RulesError:
        messages.warning(request, _("Die Regeln haben sich inzwischen geändert. Bitte beginnen Sie noch einmal."))
        return redirect("register:amt_einstufen", kuerzel=kuerzel)
    if request.headers.get("HX-Request") and action == "vorschau":
        context = {"panel": page.panel, "bisher": so_far(walk_of(state).stated(request.POST), state.on)}
        return render(request, "register/amt/_klasse_bisher.html", context)
    return render(
        request, "register/amt/einstufen.html", _context(request, eintrag, page, accepted),
        status=422 if page.rejected or action == SAVE else 200,
    )  # fmt: skip


def _state(request: HttpRequest, eintrag: Eintrag) -> tuple[State | None, dict[str, str]]:
    """Return where the interview stands and which proposals were taken; None where it has not begun."""
    key = f"{actor_of(request).mandant.kurz}/register/{eintrag.pk}"
    accepted = unsealed(request.POST.get(ACCEPTED, ""))
    if FIELD in request.POST:
        try:
            return opened(request.POST[FIELD], key), accepted
        except ExpiredError:
            messages.warning(request, _("Die Seite war zu lange offen. Bitte beginnen Sie noch einmal."))
            return None, {}
    fresh = State(key, timezone.localdate())
    newest = eintrag.einstufungen.first()
    if request.POST.get(ACTION) == TAKE:
        taken = {one.name: one for one in proposals(eintrag) if request.POST.get(f"v-{one.name}") == "ja"}
        facts = {name: one.value for name, one in taken.items()}
        return fresh.changed(facts=facts), {name: one.origin for name, one in taken.items()}
    if newest is not None and "neu" not in request.GET:
        understood = load_ki_verordnung().understand(newest.facts).facts
        known = {name: value for name, value in understood.items() if not isinstance(value, Mapping)}
        return fresh.changed(facts=known), dict(newest.herkunft)
    return (None, {}) if proposals(eintrag) else (fresh, {})


def _offer(request: HttpRequest, eintrag: Eintrag) -> HttpResponse:
    """Show what the entry's own words suggest; each is taken by a person, or not."""
    context = frame(request, eintrag, "amt_einstufung", _("Einstufen")) | {"vorschlaege": proposals(eintrag)}
    return render(request, "register/amt/vorschlaege.html", context)


def _save(request: HttpRequest, eintrag: Eintrag, state: State, accepted: dict[str, str]) -> HttpResponse | None:
    facts = walk_of(state).stated(request.POST)
    presumed = _presumed(state)
    if request.POST[ACTION] == SAVE:
        if presumed and "geprueft" not in request.POST:
            messages.error(request, _("Bitte bestätigen Sie, dass Sie die verbotenen Praktiken geprüft haben."))
            return None
        facts |= {name: f"verbot-{name}" in request.POST for name, _titel in presumed}
    seen = whole_number(request.POST.get("fassung", ""))
    back = reverse("register:amt_einstufung", args=[eintrag.kuerzel])
    done, _first = attempt(request, back, lambda: classify_entry(
        actor=actor_of(request), eintrag_id=eintrag.pk, facts=facts, herkunft=origins(facts, accepted, eintrag),
        fassung=seen,
    ))  # fmt: skip
    if not done:
        return None  # the same page again, now for the version that was saved meanwhile; no answer is lost
    messages.success(request, _("Eingestuft."))
    return redirect(back)


def _presumed(state: State) -> list[tuple[str, str]]:
    """Return the prohibited practices about which nothing was said yet, with the question for each."""
    act = load_ki_verordnung()
    found = act.classify(state.facts, on=state.on).assumptions
    facts = (act.regelwerk.fact(name) for name in found)
    return [(fact.name, said(fact.frage) or said(fact.titel)) for fact in facts if fact is not None]


def _context(request: HttpRequest, eintrag: Eintrag, page: Page, accepted: dict[str, str]) -> dict[str, Any]:
    return frame(request, eintrag, "amt_einstufung", _("Einstufen")) | {
        "seite": page,
        "panel": page.panel,
        "bisher": so_far(page.state.facts, page.state.on),
        "ende": "register/amt/_einstufen_ende.html",
        "fuss": "register/amt/_einstufen_fuss.html",
        "verbote": [
            (name, titel, f"verbot-{name}" in request.POST)
            for name, titel in (_presumed(page.state) if page.panel.done else ())
        ],
        "geprueft": "geprueft" in request.POST,
        "uebernommen": sealed(accepted),
    }

"""The page of a clause: decide it, see what follows, talk about it, read how it came to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leitplanke.apps.leitlinie import previews
from leitplanke.apps.leitlinie.changelog import differences, history_of
from leitplanke.apps.leitlinie.clauses import (
    ChangedMeanwhileError,
    content_of,
    decide_clause,
    last_change,
    remove_clause,
)
from leitplanke.apps.leitlinie.contributing import Contribution, EmptyContributionError, contribute
from leitplanke.apps.leitlinie.doing import WrongStateError, whole_number
from leitplanke.apps.leitlinie.forms_werkstatt import ClauseForm, ContributionForm, initial_of
from leitplanke.apps.leitlinie.library import blocks, known
from leitplanke.apps.leitlinie.overview import lacks_of
from leitplanke.apps.leitlinie.queries import choice_of, guideline_of
from leitplanke.apps.leitlinie.talk import threads_of
from leitplanke.apps.leitlinie.werkstatt_page import block_or_404, frame, version_or_404
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.guideline import Audience, numbered
from leitplanke.core.guideline.writing.words import CHAPTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.leitlinie.models import Klausel, Leitlinienfassung
    from leitplanke.core.guideline import Block, Choice

DECIDE, SUGGEST, TAKE_OUT, SHOW, INSERT, RESET = (
    "entscheiden", "vorschlagen", "entfernen", "ansehen", "einsetzen", "zuruecksetzen",
)  # fmt: skip


@requires("leitlinie.view")
@never_cache
def klausel(request: HttpRequest, nummer: int, baustein: str) -> HttpResponse:
    """Show a clause, or the question that is not decided yet; decide it, or suggest a decision."""
    version, block = version_or_404(request, nummer), block_or_404(baustein)
    action = request.POST.get("aktion", DECIDE)
    if request.method != "POST":
        return _page(request, version, block, _fresh(version, block))
    if action in {INSERT, RESET}:
        return _page(request, version, block, _with_wording(request, block, fill=action == INSERT))
    if action in {DECIDE, TAKE_OUT}:
        actor_of(request).require("leitlinie.edit")
    form = ClauseForm(request.POST, block=block)
    if action == TAKE_OUT:
        return _take_out(request, version, block)
    if not form.is_valid() or action == SHOW:
        return _page(request, version, block, form, status=200 if action == SHOW else 422)
    return _suggest(request, version, block, form) if action == SUGGEST else _decide(request, version, block, form)


@requires("leitlinie.view")
@require_POST
def vorschau(request: HttpRequest, nummer: int, baustein: str) -> HttpResponse:
    """Show what a decision would say and do, while somebody is still at it; nothing is kept."""
    version_or_404(request, nummer)
    block = block_or_404(baustein)
    form = ClauseForm(request.POST, block=block)
    form.is_valid()
    context = {"vorschau": previews.preview_of(block, form.choice()), "baustein": block, "form": form}
    return render(request, "leitlinie/werkstatt/_vorschau.html", context)


def _fresh(version: Leitlinienfassung, block: Block) -> ClauseForm:
    clause = version.klauseln.filter(baustein=block.id).first()
    choice = choice_of(clause) if clause else None
    return ClauseForm(block=block, initial=initial_of(block, choice, last_change(version, block.id)))


def _with_wording(request: HttpRequest, block: Block, *, fill: bool) -> ClauseForm:
    """Return the form with our wording in the fields for the town's own, or with none; nothing is kept."""
    given = request.POST.copy()
    ours = previews.model_wording(block, given.get("option", "")) if fill else {}
    for audience in Audience:
        name = f"wortlaut_{audience.value}"
        given[name] = (given.get(name) or ours.get(audience, "")) if fill else ""
    form = ClauseForm(given, block=block)
    form.is_valid()
    return form


def _decide(request: HttpRequest, version: Leitlinienfassung, block: Block, form: ClauseForm) -> HttpResponse:
    seen = form.cleaned_data["gesehen"]
    try:
        decide_clause(
            actor=actor_of(request), version_id=version.pk, choice=form.choice(), seen=seen or 0,
            reason=form.cleaned_data["anlass"],
        )  # fmt: skip
    except ChangedMeanwhileError as error:
        return _both(request, version, block, form, error)
    except WrongStateError as error:
        messages.error(request, str(error))
        return _page(request, version, block, form, status=409)
    messages.success(request, _("„%(titel)s“ ist entschieden.") % {"titel": block.title})
    following = _neighbour(version, block, 1) if "weiter" in request.POST else None
    return redirect("leitlinie:klausel", nummer=version.nummer, baustein=(following or block).id)


def _both(
    request: HttpRequest, version: Leitlinienfassung, block: Block, form: ClauseForm, error: ChangedMeanwhileError
) -> HttpResponse:
    """Show how it stands now beside what was about to be decided; deciding again then overwrites on purpose."""
    messages.warning(request, str(error))
    given = request.POST.copy()
    given["gesehen"] = str(last_change(version, block.id))
    mine = form.choice()
    again = ClauseForm(given, block=block)
    again.is_valid()
    now = content_of(choice_of(error.now)) if error.now else {}
    last = version.klauselstaende.filter(baustein=block.id).select_related("person").first()
    more = {"anderes": differences(block, now, content_of(mine)), "anderes_von": last, "anderes_leer": not now}
    return _page(request, version, block, again, status=409, more=more)


def _suggest(request: HttpRequest, version: Leitlinienfassung, block: Block, form: ClauseForm) -> HttpResponse:
    text = form.cleaned_data["anlass"] or form.cleaned_data["grund"]
    contribution = Contribution(version.pk, block.id, text, form.choice())
    try:
        contribute(actor=actor_of(request), contribution=contribution)
    except EmptyContributionError:
        form.add_error("anlass", _("Bitte schreiben Sie in einem Satz, warum Sie das vorschlagen."))
        return _page(request, version, block, form, status=422)
    except WrongStateError as error:
        messages.error(request, str(error))
        return _page(request, version, block, form, status=409)
    messages.success(request, _("Ihr Vorschlag steht unter „Diskussion“."))
    return redirect("leitlinie:klausel", nummer=version.nummer, baustein=block.id)


def _take_out(request: HttpRequest, version: Leitlinienfassung, block: Block) -> HttpResponse:
    try:
        reason = request.POST.get("anlass", "")[:200]
        seen = whole_number(request.POST.get("gesehen", ""))
        remove_clause(actor=actor_of(request), version_id=version.pk, block=block.id, seen=seen, reason=reason)
    except WrongStateError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("„%(titel)s“ steht nicht mehr in der Leitlinie.") % {"titel": block.title})
    return redirect("leitlinie:klausel", nummer=version.nummer, baustein=block.id)


def _page(  # noqa: PLR0913 - a page, how it came to that, and what else it shows
    request: HttpRequest, version: Leitlinienfassung, block: Block, form: ClauseForm, *,
    status: int = 200, more: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    clause = version.klauseln.filter(baustein=block.id).first()
    number = next((one.number for one in numbered(guideline_of(version), blocks()) if one.block.id == block.id), "")
    choice = _shown_choice(form, clause)
    context = frame(request, version, "fassung", (f"{number} {block.title}".strip(), "")) | {
        "baustein": block,
        "klausel": clause,
        "ziffer": number,
        "kapitel": _(CHAPTERS[block.area]),
        "form": form,
        "vorschau": previews.preview_of(block, choice) if choice else None,
        "haelt": previews.keeper_of(block),
        "anderswo": previews.elsewhere(block, clause.option if clause else "", known()),
        "verlauf": history_of(version, block),
        "faeden": threads_of(version, block),
        "beitrag": ContributionForm(auto_id="beitrag_%s"),
        "fehlt": [lack for lack in lacks_of(version) if block.id in lack.blocks and clause],
        "davor": _neighbour(version, block, -1),
        "danach": _neighbour(version, block, 1),
        "darf_abschliessen": actor_of(request).may("leitlinie.settle", version.stand),
        **(more or {}),
    }
    return render(request, "leitlinie/werkstatt/klausel.html", context, status=status)


def _shown_choice(form: ClauseForm, clause: Klausel | None) -> Choice | None:
    """Return what the preview shows: what is being stated, else what stands."""
    if form.is_bound:
        return form.choice()
    return choice_of(clause) if clause else None


def _neighbour(version: Leitlinienfassung, block: Block, way: int) -> Block | None:
    """Return the block before or after in the order of the chapters; of a small guideline only what it has."""
    order = list(CHAPTERS)
    there = set(version.klauseln.values_list("baustein", flat=True))
    listed = sorted(
        (one for one in blocks().values() if one.id in there or one.id == block.id or one.core or not version.nur_kern),
        key=lambda one: (order.index(one.area), one.id),
    )
    place = next(index for index, one in enumerate(listed) if one.id == block.id) + way
    return listed[place] if 0 <= place < len(listed) else None

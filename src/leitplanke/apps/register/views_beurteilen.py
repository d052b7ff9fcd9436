"""Blind rating: one case after the other, without what the system or others said."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from leitplanke.apps.register import rating
from leitplanke.apps.register.evaluating import plan_of
from leitplanke.apps.register.forms_pruefung import JudgementForm
from leitplanke.apps.register.models import Pruefplan
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.interview.wording import said
from leitplanke.core.evaluation.plan import Ergebnisart
from leitplanke.core.register.lifecycle import LifecycleError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires("register.rate")
@never_cache
def beurteilen(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Judge cases as one of the people the system is compared with."""
    return _judge(request, kennung, zweitblick=False)


@requires("register.rate")
@never_cache
def klaeren(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Settle what is right in each case, as somebody who did not judge."""
    return _judge(request, kennung, zweitblick=True)


def _judge(request: HttpRequest, kennung: UUID, *, zweitblick: bool) -> HttpResponse:
    actor = actor_of(request)
    rows = Pruefplan.objects.for_mandant(actor.mandant).select_related("eintrag", "mandant")
    row = get_object_or_404(rows, public_id=kennung)
    plan = plan_of(row)
    question = _("Trifft das zu: %(ja)s?") % {"ja": said(plan.ergebnis.ja)}
    amounts = plan.ergebnis.art == Ergebnisart.BETRAG
    if amounts:
        question = _("Welcher Betrag ist richtig?")
    problem, form = "", None
    if request.method == "POST":
        form = JudgementForm(request.POST, question=question, amounts=amounts)
        if form.is_valid():
            try:
                rating.rate(
                    actor=actor, plan_id=row.pk, nummer=form.cleaned_data["nummer"], wert=form.cleaned_data["wert"],
                    zweitblick=zweitblick,
                )  # fmt: skip
            except LifecycleError as error:
                form.add_error(None, str(error))
            else:
                return redirect(request.path)
    fall = None
    try:
        fall = rating.next_case(actor, row, zweitblick=zweitblick)
    except LifecycleError as error:
        problem = str(error)
    if form is None and fall is not None:
        form = JudgementForm(None, question=question, amounts=amounts, initial={"nummer": fall.nummer})
    context = {
        "row": row, "plan": plan, "frage": said(plan.frage), "fall": fall, "form": form, "problem": problem,
        "zweitblick": zweitblick, "zahl": row.blindfaelle.count(),
        "breadcrumb": [(_("Fälle beurteilen"), "")],
    }  # fmt: skip
    failed = form is not None and bool(form.errors)
    return render(request, "register/pruefung/beurteilen.html", context, status=422 if failed else 200)

"""Judgements and the first decision of a person: nothing is filled in, nothing that was written is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.antrag import judging, reversing
from leitplanke.apps.antrag.akte_page import Choice, Returned, case_or_404, desk, doer_of
from leitplanke.apps.antrag.calculating import engine_of, result_of
from leitplanke.apps.antrag.doing import OutdatedError
from leitplanke.apps.antrag.forms_akte import FirstDecisionForm, JudgementForm
from leitplanke.apps.antrag.textbausteine import blocks_for
from leitplanke.apps.antrag.views_akte_angaben import fassung_of
from leitplanke.base.accounts.access import requires
from leitplanke.core.rules import FactError
from leitplanke.core.verfahren.acts import ActError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.models import Antrag


@requires("antrag.urteilen")
@require_POST
def urteil(request: HttpRequest, kennung: UUID, name: str) -> HttpResponse:
    """Make a judgement in one's own words."""
    antrag = case_or_404(request, kennung)
    ermessen = engine_of(antrag).regelwerk.ermessen.get(name)
    if ermessen is None:
        raise Http404
    form = JudgementForm(ermessen, blocks_for(antrag, name), request.POST)
    again, note, status = Choice(urteil=name), "", 422
    if form.is_valid():
        try:
            judging.judge(
                antrag.pk, doer_of(request, antrag), name, form.value(), _reasons(form), fassung=fassung_of(request)
            )
        except judging.ReasonError as error:
            form.add_error("begruendung", str(error))
        except (FactError, ActError) as error:
            note = str(error)
        except OutdatedError as error:
            note, status = str(error), 409
        else:
            messages.success(request, _("Urteil festgehalten."))
            return redirect(_next_judgement(case_or_404(request, kennung)))
    return desk(request, case_or_404(request, kennung), again, Returned({"urteil": form}, note, status))


def _next_judgement(antrag: Antrag) -> str:
    """Return where the next judgement is made; the top of the desk where none is left."""
    desk_url = reverse("antrag:akte", args=[antrag.kennung])
    waiting = [name for name in result_of(antrag).judgements if name not in antrag.urteile]
    return f"{desk_url}?urteil={waiting[0]}#urteil-{waiting[0]}" if waiting else desk_url


def _reasons(form: JudgementForm) -> judging.Reasons:
    """Return the reasons: with a text block, the person's own words say what is particular about the case."""
    block, own = form.block_text(), form.cleaned_data["begruendung"]
    return judging.Reasons(baustein=block, besonderheit=own) if block else judging.Reasons(eigene=own)


@requires("antrag.vorentscheiden")
@require_POST
def vorentscheidung(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Keep how a person would decide, before the rules are shown."""
    antrag = case_or_404(request, kennung)
    if not antrag.mensch_zuerst:
        raise Http404
    form = FirstDecisionForm(request.POST)
    note, status = "", 422
    if form.is_valid():
        try:
            reversing.record_first_decision(
                antrag.pk, doer_of(request, antrag), _first(form), fassung=fassung_of(request)
            )
        except reversing.FirstDecisionError as error:
            form.add_error(error.field, str(error))
        except ActError as error:
            note = str(error)
        except OutdatedError as error:
            note, status = str(error), 409
        else:
            messages.success(
                request, _("Festgehalten. Jetzt sehen Sie, was die Regeln ergeben und worin Sie abweichen.")
            )
            return redirect(f"{reverse('antrag:akte', args=[kennung])}#erste-entscheidung")
    return desk(request, case_or_404(request, kennung), Choice(), Returned({"erste": form}, note, status))


def _first(form: FirstDecisionForm) -> reversing.First:
    data = form.cleaned_data
    norms = tuple(line.strip() for line in data["normen"].splitlines() if line.strip())
    return reversing.First(data["art"], data["begruendung"], data["betrag"], norms)

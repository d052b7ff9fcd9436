"""One's own data: see, take along, have corrected (Art. 15, 16 and 20 DSGVO)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.antrag import correcting, personal_data
from leitplanke.apps.antrag.buerger import for_applicant
from leitplanke.apps.antrag.forms_daten import CorrectionForm
from leitplanke.apps.antrag.models import Berichtigungsstand
from leitplanke.apps.antrag.opening import applicant
from leitplanke.apps.antrag.readiness import NotReadyError
from leitplanke.apps.antrag.views_daten import KINDS, download
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.models import Antrag


@for_applicant
def meine_daten(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Show how to get one's data, and take a request to correct."""
    form = CorrectionForm(request.POST or None, antrag=antrag, titles=_titles(antrag))
    if request.method == "POST" and form.is_valid() and _requested(request, antrag, form):
        return redirect("antrag:meine_daten", antrag.kennung)
    rows = antrag.berichtigungen.all()
    context = {
        "antrag": antrag,
        "form": form,
        "berichtigungen": [(row, _title(antrag, row.pfad)) for row in rows],
        "offen": Berichtigungsstand.OFFEN,
        "breadcrumb": [
            (_("Mein Antrag"), reverse("antrag:mein_antrag", args=[antrag.kennung])),
            (_("Meine Daten"), ""),
        ],
    }
    return render(request, "antrag/daten/meine_daten.html", context, status=422 if form.errors else 200)


def _titles(antrag: Antrag) -> list[tuple[str, str]]:
    rows = antrag.angaben.filter(ersetzt_am__isnull=True).order_by("pfad")
    return [(row.pfad, f"{_title(antrag, row.pfad)}: {personal_data.spoken(row.wert)}") for row in rows]


def _title(antrag: Antrag, pfad: str) -> str:
    try:
        title = said(correcting.question_for(antrag, pfad).titel)
    except RulesError:
        return pfad
    place = pfad.partition("[")[2].partition("]")[0]
    return f"{title} ({place})" if place else title


def _requested(request: HttpRequest, antrag: Antrag, form: CorrectionForm) -> bool:
    values = form.cleaned_data
    try:
        correcting.request(antrag.pk, applicant(request), values["angabe"], values["text"], values["neu"])
    except NotReadyError as error:
        form.add_error("text", str(error))
    except correcting.CorrectionError as error:
        form.add_error("angabe", str(error))
    else:
        messages.success(request, _("Danke. Wir prüfen die Angabe und antworten Ihnen."))
        return True
    return False


@for_applicant
@require_POST
def meine_auskunft(request: HttpRequest, antrag: Antrag, form: str) -> HttpResponse:
    """Give the person what is kept about them."""
    if form not in KINDS:
        raise Http404
    data = personal_data.give_out(antrag, applicant(request), form)
    return download(data, f"auskunft-{antrag.nummer or 'entwurf'}.{form}", KINDS[form])

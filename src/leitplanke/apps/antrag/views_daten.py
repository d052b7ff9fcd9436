"""Giving out a case: the complete file, the Aktenvermerk, the disclosure; and deciding about corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leitplanke.apps.antrag import correcting, exporting, personal_data
from leitplanke.apps.antrag.akte_page import case_or_404, doer_of, frame
from leitplanke.apps.antrag.doing import OutdatedError
from leitplanke.apps.antrag.file_note import file_note_pdf
from leitplanke.apps.antrag.forms_daten import AnswerForm
from leitplanke.apps.antrag.models import Berichtigungsstand
from leitplanke.apps.antrag.readiness import NotReadyError
from leitplanke.base.accounts.access import requires
from leitplanke.core.rules import FactError, RulesError
from leitplanke.core.verfahren.acts import ActError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.models import Antrag, Berichtigung

KINDS = {personal_data.PDF: "application/pdf", personal_data.JSON: "application/json"}


def download(data: bytes, name: str, media: str) -> HttpResponse:
    """Return a file to keep."""
    response = HttpResponse(data, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@requires("antrag.export")
@never_cache
def ausgeben(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show what can be given out of a case, and what is asked of it."""
    antrag = case_or_404(request, kennung)
    context = frame(request, antrag, "ausgeben") | {
        "offene": antrag.berichtigungen.filter(stand=Berichtigungsstand.OFFEN).count(),
        "sperre": antrag.loeschsperren.filter(aufgehoben_am__isnull=True).first(),
    }
    return render(request, "antrag/daten/ausgeben.html", context)


@requires("antrag.export")
@require_POST
@never_cache
def akte_zip(request: HttpRequest, kennung: UUID) -> FileResponse:
    """Give out the complete case as ZIP."""
    antrag = case_or_404(request, kennung)
    file = exporting.export_case(antrag, doer_of(request, antrag))
    return FileResponse(
        file, as_attachment=True, filename=f"vorgang-{antrag.nummer}.zip", content_type="application/zip"
    )


@requires("antrag.export")
@require_POST
@never_cache
def vermerk(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Give out the Aktenvermerk."""
    antrag = case_or_404(request, kennung)
    return download(file_note_pdf(antrag), f"aktenvermerk-{antrag.nummer}.pdf", "application/pdf")


@requires("antrag.export")
@require_POST
@never_cache
def auskunft(request: HttpRequest, kennung: UUID, form: str) -> HttpResponse:
    """Give out what is kept about the person, for a request that came to the office."""
    antrag = case_or_404(request, kennung)
    if form not in KINDS:
        raise Http404
    data = personal_data.give_out(antrag, doer_of(request, antrag), form)
    return download(data, f"auskunft-{antrag.nummer}.{form}", KINDS[form])


@requires("antrag.bestaetigen")
@never_cache
def berichtigungen(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show what the person calls wrong, one form for each; a POST decides about one."""
    antrag = case_or_404(request, kennung)
    rows = list(antrag.berichtigungen.select_related("entschieden_von__einheit"))
    forms = {row.pk: AnswerForm(prefix=str(row.pk)) for row in rows}
    if request.method == "POST":
        row = get_object_or_404(antrag.berichtigungen, pk=_number(request.POST.get("berichtigung")))
        form = AnswerForm(request.POST, prefix=str(row.pk))
        if form.is_valid() and _decide(request, antrag, row, form):
            return redirect("antrag:berichtigungen", kennung)
        forms[row.pk] = form
    context = frame(request, antrag, "ausgeben") | {
        "zeilen": [_line(antrag, row, forms[row.pk]) for row in rows],
    }
    failed = any(form.errors for form in forms.values())
    return render(request, "antrag/daten/berichtigungen.html", context, status=422 if failed else 200)


def _number(text: str | None) -> int:
    if not text or not text.isascii() or not text.isdigit():
        raise Http404
    return int(text)


def _line(antrag: Antrag, row: Berichtigung, form: AnswerForm) -> dict[str, Any]:
    try:
        title = correcting.question_for(antrag, row.pfad).titel.de
    except RulesError:
        title = row.pfad
    offered = personal_data.spoken(row.wert) if row.wert is not None else ""
    return {
        "zeile": row, "titel": title, "alt": personal_data.spoken(row.alter_wert), "neu": offered, "form": form,
        "offen": row.stand == Berichtigungsstand.OFFEN,
    }  # fmt: skip


def _decide(request: HttpRequest, antrag: Antrag, row: Berichtigung, form: AnswerForm) -> bool:
    values, doer = form.cleaned_data, doer_of(request, antrag)
    try:
        if values["entscheidung"] == "berichtigen":
            correcting.accept(row.pk, doer, values["antwort"], correcting.read_value(antrag, row.pfad, values["wert"]))
        else:
            correcting.refuse(row.pk, doer, values["antwort"])
    except FactError as error:
        form.add_error("wert", str(error))
    except NotReadyError as error:
        form.add_error("antwort", str(error))
    except (correcting.CorrectionError, ActError, OutdatedError) as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("Entschieden. Die Person hat eine Nachricht."))
        return True
    return False

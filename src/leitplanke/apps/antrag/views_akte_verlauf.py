"""Messages of a case, its history, and notes for colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from leitplanke.apps.antrag import casework, messages
from leitplanke.apps.antrag.akte_page import case_or_404, doer_of, frame
from leitplanke.apps.antrag.forms_akte import TextForm
from leitplanke.apps.antrag.labels import ACT_LABELS
from leitplanke.base.accounts.access import requires
from leitplanke.core.verfahren.acts import ActError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 50


@requires("antrag.view")
@never_cache
def nachrichten(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show what was written to and fro, and write an answer."""
    antrag = case_or_404(request, kennung)
    doer = doer_of(request, antrag)
    form = TextForm(request.POST or None, label=_("Ihre Nachricht"))
    if request.method == "POST" and form.is_valid():
        try:
            messages.write(antrag.pk, doer, form.cleaned_data["text"])
        except (ActError, messages.MessageError) as error:
            form.add_error("text", str(error))
        else:
            toasts.success(request, _("Nachricht geschrieben. Die Person sieht sie bei ihrem Antrag."))
            return redirect("antrag:akte_nachrichten", kennung)
    rows = list(antrag.mitteilungen.select_related("von__person"))
    if any(row.gelesen_am is None for row in rows):
        with transaction.atomic():
            messages.mark_read(antrag, doer)
    casework.note_view(antrag, doer)
    context = {**frame(request, antrag, "nachrichten"), "nachrichten": rows, "form": form}
    return render(request, "antrag/akte/nachrichten.html", context, status=422 if form.errors else 200)


@requires("antrag.view")
@never_cache
def verlauf(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show what happened, by whom, and note something for colleagues."""
    antrag = case_or_404(request, kennung)
    doer = doer_of(request, antrag)
    form = TextForm(request.POST or None, label=_("Vermerk"))
    if request.method == "POST" and form.is_valid():
        try:
            casework.write_note(antrag.pk, doer, form.cleaned_data["text"])
        except (ActError, casework.NoteError) as error:
            form.add_error("text", str(error))
        else:
            toasts.success(request, _("Vermerk geschrieben."))
            return redirect("antrag:akte_verlauf", kennung)
    casework.note_view(antrag, doer)
    rows = antrag.verlauf.select_related("von__person").order_by("-am", "-id")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        **frame(request, antrag, "verlauf"),
        "page": page,
        "zeilen": [(row, _(ACT_LABELS.get(row.was, row.was)), _by(row.durch)) for row in page],
        "einsichten": antrag.einsichten.select_related("einheit")[:PAGE_SIZE],
        "form": form,
    }
    return render(request, "antrag/akte/verlauf.html", context, status=422 if form.errors else 200)


def _by(durch: str) -> str:
    """Return who or what did it."""
    return {
        "person": _("Amt"),
        "buerger": _("antragstellende Person"),
        "regel": _("Regel, ohne Mensch"),
        "auftrag": _("Programm, ohne Mensch"),
        "schnittstelle": _("Schnittstelle"),
        "modell": _("Sprachmodell"),
    }.get(durch, durch)

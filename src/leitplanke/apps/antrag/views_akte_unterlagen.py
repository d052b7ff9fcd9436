"""Documents on the desk: pages with the passage a value came from, the original, kind, and what came in by post."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from leitplanke.apps.antrag import belege
from leitplanke.apps.antrag.akte_page import Choice, Returned, case_or_404, desk, doer_of
from leitplanke.apps.antrag.desk.documents import boxes_on_pages, passages_from
from leitplanke.apps.antrag.doing import OutdatedError
from leitplanke.apps.antrag.forms_akte import UploadForm
from leitplanke.apps.antrag.models import Antrag, Beleg
from leitplanke.apps.antrag.queries_akte import document_for
from leitplanke.apps.antrag.views_akte_angaben import fassung_of
from leitplanke.base.accounts.access import requires
from leitplanke.base.documents.models import StoredFile
from leitplanke.base.documents.reading import draw_page
from leitplanke.base.documents.services import read_file
from leitplanke.core.extraction import Box
from leitplanke.core.retrieval.extract import ExtractionError
from leitplanke.core.verfahren.acts import ActError

if TYPE_CHECKING:
    from django.http import HttpRequest

KEPT_SECONDS = 600
MOST_KEPT = 24


def _document_or_404(request: HttpRequest, kennung: UUID, unterlage: UUID) -> tuple[Antrag, Beleg]:
    antrag = case_or_404(request, kennung)
    try:
        return antrag, document_for(antrag, unterlage)
    except Beleg.DoesNotExist:
        raise Http404 from None


@requires("antrag.view")
@require_GET
@cache_control(private=True, max_age=KEPT_SECONDS)
def seite(request: HttpRequest, kennung: UUID, unterlage: UUID, nummer: int) -> HttpResponse:
    """Show a page as a picture, the passages of the address highlighted."""
    _antrag, beleg = _document_or_404(request, kennung, unterlage)
    found = boxes_on_pages(beleg, passages_from(request.GET.get("stellen", "")))
    try:
        picture = _drawn(beleg.datei_id, beleg.name, nummer, tuple(found.get(nummer, ())))
    except ExtractionError:
        raise Http404 from None
    return HttpResponse(picture, content_type="image/png")


@lru_cache(maxsize=MOST_KEPT)
def _drawn(datei: int, name: str, nummer: int, boxes: tuple[Box, ...]) -> bytes:
    """Draw a page once for a while; who may see it was asked before."""
    file = StoredFile.objects.unscoped("Wer die Seite sehen darf, hat die Ansicht schon geprüft").get(pk=datei)
    return draw_page(read_file(file), nummer, name=name, boxes=boxes)


@requires("antrag.view")
@require_GET
def original(request: HttpRequest, kennung: UUID, unterlage: UUID) -> HttpResponse:
    """Hand out the original as a download that no browser runs."""
    _antrag, beleg = _document_or_404(request, kennung, unterlage)
    response = HttpResponse(read_file(beleg.datei), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(beleg.name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@requires("antrag.beleg_bearbeiten")
@require_POST
def bearbeiten(request: HttpRequest, kennung: UUID, unterlage: UUID) -> HttpResponse:
    """Say what kind of document it is, or that one has checked it."""
    antrag, beleg = _document_or_404(request, kennung, unterlage)
    doer, fassung = doer_of(request, antrag), fassung_of(request)
    try:
        if request.POST.get("aktion") == "geprueft":
            belege.mark_checked(antrag.pk, doer, beleg.pk, fassung=fassung)
            messages.success(request, _("Als geprüft vermerkt."))
        else:
            belege.set_kind(antrag.pk, doer, beleg.pk, request.POST.get("art", ""), fassung=fassung)
            messages.success(request, _("Eingeordnet. Werte, die dazu passen, stehen als Vorschläge bei den Angaben."))
    except LookupError:
        raise Http404 from None
    except (ActError, OutdatedError) as error:
        again = Returned(note=str(error), status=409)
        return desk(request, case_or_404(request, kennung), Choice(beleg=str(unterlage)), again)
    return redirect(f"{reverse('antrag:akte', args=[kennung])}?beleg={unterlage}#unterlagen")


@requires("antrag.ergaenzen")
@require_POST
def neu(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Take in a document that came by post or was handed over."""
    antrag = case_or_404(request, kennung)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return desk(request, antrag, Choice(), Returned({"upload": form}))
    file = form.cleaned_data["datei"]
    try:
        beleg = belege.add_document(antrag.pk, doer_of(request, antrag), file.name, file.read())
    except ActError as error:
        return desk(request, case_or_404(request, kennung), Choice(), Returned({"upload": form}, str(error)))
    messages.success(request, _("Die Unterlage ist in der Akte und wird gerade gelesen."))
    return redirect(f"{reverse('antrag:akte', args=[kennung])}?beleg={beleg.kennung}#unterlagen")

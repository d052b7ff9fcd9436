"""Reading an existing guideline: upload, wait, compare quotes with answers, begin a version with what is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leitplanke.apps.leitlinie import importing
from leitplanke.apps.leitlinie.clauses import UnknownChoiceError, UnusableChoiceError
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.finding import UnusableFileError
from leitplanke.apps.leitlinie.forms_einlesen import DocumentForm, ReviewForm
from leitplanke.apps.leitlinie.models import Einlesung, Lesestand
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.services import read_file

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST_SHOWN = 20
TYPES = {"pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}


@requires("leitlinie.begin")
def einlesen(request: HttpRequest) -> HttpResponse:
    """Upload a document, and show those that were read before."""
    actor = actor_of(request)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["datei"]
        try:
            if file.size > importing.MAX_BYTES:
                importing.refuse_size()
            made = importing.begin_reading(
                actor=actor, title=form.cleaned_data["titel"], name=file.name, data=file.read()
            )
        except UnusableFileError as error:
            form.add_error("datei", str(error))
        else:
            return redirect("leitlinie:einlesung", kennung=made.pk)
    rows = Einlesung.objects.for_mandant(actor.mandant).select_related("fassung", "person").defer("treffer")
    context = {
        "form": form,
        "einlesungen": rows[:MOST_SHOWN],
        "breadcrumb": [*_crumbs(), (_("Dokument einlesen"), "")],
    }
    return render(request, "leitlinie/einlesen/hochladen.html", context, status=422 if form.errors else 200)


@requires("leitlinie.begin")
def einlesung(request: HttpRequest, kennung: int) -> HttpResponse:
    """Show how far reading is, or what was found; keep what a person says of it, or begin a version with it."""
    reading = _reading_or_404(request, kennung)
    crumbs = [*_crumbs(), (_("Dokument einlesen"), reverse("leitlinie:einlesen")), (reading.titel, "")]
    context = {"einlesung": reading, "breadcrumb": crumbs}
    if reading.stand != Lesestand.GELESEN:
        return render(request, "leitlinie/einlesen/warten.html", context)
    form = ReviewForm(request.POST if request.method == "POST" else None, reading=reading)
    if request.method == "POST" and form.is_valid() and (answer := _said(request, reading, form)):
        return answer
    context |= {
        "form": form,
        "stellen": form.passages,
        "offen": form.missing,
        "bestaetigt": sum(said["bestaetigt"] for said in reading.entschieden.values()),
    }
    return render(request, "leitlinie/einlesen/pruefen.html", context, status=422 if request.method == "POST" else 200)


def _said(request: HttpRequest, reading: Einlesung, form: ReviewForm) -> HttpResponse | None:
    actor = actor_of(request)
    try:
        if "beginnen" in request.POST:
            version = importing.begin_from_reading(actor=actor, reading_id=reading.pk, decided=form.decided())
            messages.success(request, _("Die Fassung ist begonnen. Was nicht bestätigt ist, steht dort als offen."))
            return redirect("leitlinie:fassung", nummer=version.nummer)
        importing.decide_reading(actor=actor, reading_id=reading.pk, decided=form.decided())
    except (WrongStateError, UnknownChoiceError, UnusableChoiceError) as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Ihr Zwischenstand ist gespeichert. Sie können später weitermachen."))
    return redirect("leitlinie:einlesung", kennung=reading.pk)


@requires("leitlinie.begin")
@never_cache
def stand(request: HttpRequest, kennung: int) -> HttpResponse:
    """Show only how far reading is; the page asks again, and is loaded anew once there is a result."""
    reading = _reading_or_404(request, kennung)
    answer = render(request, "leitlinie/einlesen/_stand.html", {"einlesung": reading})
    if reading.stand != Lesestand.WIRD_GELESEN:
        answer.headers["HX-Refresh"] = "true"
    return answer


@requires("leitlinie.view")
@never_cache
def original(request: HttpRequest, kennung: int) -> HttpResponse:
    """Hand out the document as it was uploaded."""
    reading = _reading_or_404(request, kennung)
    ending = reading.dateiname.rpartition(".")[2].lower()
    name = f"eingelesen-{reading.pk}.{ending}"
    return HttpResponse(
        read_file(reading.datei),
        content_type=TYPES.get(ending, "application/octet-stream"),
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


@requires("leitlinie.begin")
@require_POST
def loeschen(request: HttpRequest, kennung: int) -> HttpResponse:
    """Delete a document of which no version came."""
    reading = _reading_or_404(request, kennung)
    try:
        importing.discard_reading(actor=actor_of(request), reading_id=reading.pk)
    except WrongStateError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Das Dokument und alles, was darin gefunden wurde, ist gelöscht."))
    return redirect("leitlinie:einlesen")


def _reading_or_404(request: HttpRequest, kennung: int) -> Einlesung:
    rows = Einlesung.objects.for_mandant(actor_of(request).mandant).select_related("datei", "fassung", "mandant")
    try:
        return rows.get(pk=kennung)
    except Einlesung.DoesNotExist:
        raise Http404 from None


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Leitlinie"), reverse("leitlinie:liste")), (_("Beginnen"), reverse("leitlinie:beginnen"))]

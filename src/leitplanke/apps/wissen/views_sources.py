"""Add, check, release and withdraw sources; the town's own vocabulary; the space itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitplanke.apps.wissen import queries, sources, spaces, vocabulary
from leitplanke.apps.wissen.forms import QuelleForm, RaumForm, StichwortForm, ZurueckziehenForm
from leitplanke.apps.wissen.models import Fassung, Stand, Stichwort, Wissensraum
from leitplanke.apps.wissen.policy_facts import upload_facts
from leitplanke.apps.wissen.presentation import original_view, shown_document, version_facts
from leitplanke.apps.wissen.sources import SourceDetails
from leitplanke.apps.wissen.views import PAGE_SIZE, space_crumbs, space_or_404
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.reading import draw_page
from leitplanke.base.documents.services import read_file
from leitplanke.base.documents.transfer import blocks_from_json
from leitplanke.base.policy import Guidance, StepStoppedError, guidance, shown
from leitplanke.core.retrieval.extract import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

DETAIL_FIELDS = ("titel", "url", "lizenz", "ebene", "bindet", "textstand", "gueltig_von", "gueltig_bis")


def _version_or_404(request: HttpRequest, pk: int) -> Fassung:
    try:
        return queries.version_for(actor_of(request), pk)
    except Fassung.DoesNotExist:
        raise Http404 from None


@requires("wissen.list_sources")
def quellen(request: HttpRequest, kurz: str) -> HttpResponse:
    """Show the sources of a space, how far each has come, and the index."""
    raum = space_or_404(request, kurz)
    page = Paginator(queries.sources_with_versions(raum), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "raum": raum,
        "page": page,
        "darf_hinzufuegen": actor_of(request).may("wissen.add_source"),
        "breadcrumb": space_crumbs(raum, (_("Quellen"), "")),
    }
    return render(request, "wissen/quellen.html", context)


@requires("wissen.list_sources")
def index_stand(request: HttpRequest, kurz: str) -> HttpResponse:
    """Show only how far the index is; the page asks again while it grows."""
    return render(request, "wissen/_index_stand.html", {"raum": space_or_404(request, kurz)})


@requires("wissen.add_source")
def quelle_neu(request: HttpRequest, kurz: str) -> HttpResponse:
    """Add files as sources; each is read in the background and waits for a second person."""
    raum = space_or_404(request, kurz)
    form = QuelleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in DETAIL_FIELDS}
        files = form.cleaned_data["dateien"]
        if len(files) > 1:
            values["titel"] = ""
        try:
            _add_all(request, raum, files, SourceDetails(**values))
        except StepStoppedError as error:
            form.add_error(None, shown(error.stop))
            return _new_source(request, raum, form)
        text = ngettext(
            "%(anzahl)s Datei wird gelesen. Danach muss eine zweite Person sie freigeben.",
            "%(anzahl)s Dateien werden gelesen. Danach muss eine zweite Person sie freigeben.",
            len(files),
        )
        messages.success(request, text % {"anzahl": len(files)})
        return redirect("wissen:quellen", raum.kurz)
    return _new_source(request, raum, form)


def _add_all(
    request: HttpRequest, raum: Wissensraum, files: Iterable[UploadedFile[Any]], details: SourceDetails
) -> None:
    """Add all files or none."""
    with transaction.atomic():
        for file in files:
            name, data = file.name or "", file.read()
            sources.add_source(raum=raum, actor=actor_of(request), name=name, data=data, details=details)


def _new_source(request: HttpRequest, raum: Wissensraum, form: QuelleForm) -> HttpResponse:
    crumbs = space_crumbs(raum, (_("Quellen"), reverse("wissen:quellen", args=[raum.kurz])), (_("Hinzufügen"), ""))
    context = {"raum": raum, "form": form, "breadcrumb": crumbs}
    return render(request, "wissen/quelle_neu.html", context, status=422 if form.errors else 200)


@requires("wissen.list_sources")
def pruefen(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the text that was read beside the original, to release or withdraw it."""
    fassung = _version_or_404(request, pk)
    actor = actor_of(request)
    raum = fassung.quelle.raum
    crumbs = space_crumbs(raum, (_("Quellen"), reverse("wissen:quellen", args=[raum.kurz])), (fassung.titel, ""))
    context = {
        "fassung": fassung,
        "raum": raum,
        "dokument": shown_document(
            fassung.text, blocks_from_json(fassung.bloecke), 0, 0, request.GET.get("abschnitt", "")
        )
        if fassung.text
        else None,
        "original": original_view(fassung, request.GET.get("seite", "")),
        "angaben": version_facts(fassung),
        "eigene": actor.person is not None and fassung.angelegt_von_id == actor.person.pk,
        "darf_freigeben": actor.may("wissen.release_source", fassung.stand),
        "darf_zurueckziehen": actor.may("wissen.withdraw_source", fassung.stand),
        "leitlinie": _guidance(fassung),
        "form": ZurueckziehenForm(),
        "breadcrumb": crumbs,
    }
    return render(request, "wissen/pruefen.html", context)


def _guidance(fassung: Fassung) -> Guidance | None:
    """Return what the guideline says of a version that waits for its release."""
    if fassung.stand != Stand.ZU_PRUEFEN:
        return None
    facts = upload_facts(fassung.quelle.raum, fassung.angaben, valid_until=fassung.gueltig_bis)
    return guidance(fassung.mandant, facts)


@requires("wissen.list_sources")
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the original as a download that no browser runs."""
    fassung = _version_or_404(request, pk)
    response = HttpResponse(read_file(fassung.datei), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(fassung.dateiname, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@requires("wissen.list_sources")
def original_seite(request: HttpRequest, pk: int, nummer: int) -> HttpResponse:
    """Show a page of the original PDF as a picture."""
    fassung = _version_or_404(request, pk)
    try:
        picture = draw_page(read_file(fassung.datei), nummer)
    except ExtractionError:
        raise Http404 from None
    return HttpResponse(picture, content_type="image/png")


@requires("wissen.release_source")
@require_POST
def freigeben(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a version that somebody else added."""
    fassung = _version_or_404(request, pk)
    try:
        sources.release_source(fassung_id=fassung.pk, actor=actor_of(request))
    except StepStoppedError as error:
        messages.error(request, shown(error.stop))
    except sources.WrongStateError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Freigegeben. Der Index wird jetzt erneuert."))
    return redirect("wissen:pruefen", fassung.pk)


@requires("wissen.withdraw_source")
@require_POST
def zurueckziehen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a version out of use."""
    fassung = _version_or_404(request, pk)
    form = ZurueckziehenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte begründen Sie, warum die Quelle zurückgezogen wird."))
        return redirect("wissen:pruefen", fassung.pk)
    try:
        sources.withdraw_source(
            fassung_id=fassung.pk, actor=actor_of(request), begruendung=form.cleaned_data["begruendung"]
        )
    except sources.WrongStateError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Zurückgezogen. Aus dieser Quelle wird nicht mehr zitiert."))
    return redirect("wissen:quellen", fassung.quelle.raum.kurz)


@requires("wissen.manage_space")
def raum_bearbeiten(request: HttpRequest, kurz: str) -> HttpResponse:
    """Change a space."""
    raum: Wissensraum = space_or_404(request, kurz)
    form = RaumForm(request.POST or None, instance=raum, mandant=raum.mandant)
    if request.method == "POST" and form.is_valid():
        spaces.save_space(kurz=raum.kurz, actor=actor_of(request), values=form.values())
        messages.success(request, _("Gespeichert."))
        return redirect("wissen:raum", raum.kurz)
    context = {"raum": raum, "form": form, "breadcrumb": space_crumbs(raum, (_("Bearbeiten"), ""))}
    return render(request, "wissen/raum_bearbeiten.html", context, status=422 if form.errors else 200)


@requires("wissen.manage_space")
def raum_neu(request: HttpRequest) -> HttpResponse:
    """Create a space."""
    actor = actor_of(request)
    form = RaumForm(request.POST or None, mandant=actor.mandant)
    if request.method == "POST" and form.is_valid():
        raum = spaces.save_space(
            kurz=spaces.free_short_name(actor.mandant, form.cleaned_data["name"]), actor=actor, values=form.values()
        )
        messages.success(request, _("Der Wissensraum ist angelegt. Fügen Sie jetzt Quellen hinzu."))
        return redirect("wissen:quellen", raum.kurz)
    crumbs = [(_("Wissen"), reverse("wissen:liste")), (_("Neuer Wissensraum"), "")]
    context = {"form": form, "breadcrumb": crumbs}
    return render(request, "wissen/raum_bearbeiten.html", context, status=422 if form.errors else 200)


@requires("wissen.edit_vocabulary")
def stichworte(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show, add and change the town's own bridges from everyday words to official ones."""
    actor = actor_of(request)
    entries = queries.vocabulary_of(actor.mandant.pk)
    entry: Stichwort | None = None
    if pk is not None:
        entry = entries.filter(pk=pk).first()
        if entry is None:
            raise Http404
    initial = {name: getattr(entry, name) for name in vocabulary.FIELDS} if entry else None
    form = StichwortForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        vocabulary.save_entry(actor=actor, pk=pk, values=form.cleaned_data)
        messages.success(request, _("Gespeichert. Die Suche kennt die Wörter gleich."))
        return redirect("wissen:stichworte")
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("seite"))
    crumbs = [(_("Wissen"), reverse("wissen:liste")), (_("Stichworte"), "")]
    context = {"form": form, "page": page, "eintrag": entry, "breadcrumb": crumbs}
    return render(request, "wissen/stichworte.html", context, status=422 if form.errors else 200)


@requires("wissen.edit_vocabulary")
@require_POST
def stichwort_loeschen(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a bridge."""
    if not vocabulary.delete_entry(actor=actor_of(request), pk=pk):
        raise Http404
    messages.success(request, _("Gelöscht."))
    return redirect("wissen:stichworte")

"""Handing out a guideline as a file, and taking over what another town handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from leitplanke.apps.leitlinie import exchanging
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.forms_austausch import PassedFileForm, TakingForm
from leitplanke.apps.leitlinie.queries import in_force
from leitplanke.apps.leitlinie.views_oeffentlich import leitlinie
from leitplanke.apps.leitlinie.werkstatt_page import version_or_404
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.services import safe_name
from leitplanke.core.guideline.exchanging import MAX_BYTES, guideline_json, guideline_yaml
from leitplanke.core.guideline.model import BlockError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.leitlinie.models import Leitlinienfassung

FILE_NAME = "leitlinie.yaml"


@requires("leitlinie.view")
@never_cache
def export(request: HttpRequest, nummer: int) -> HttpResponse:
    """Hand out a version as a file for other towns."""
    return _file(request, version_or_404(request, nummer))


@requires("leitlinie.public")
@never_cache
def export_oeffentlich(request: HttpRequest) -> HttpResponse:
    """Hand out what holds today as a file for other towns; where nothing is adopted, the page that says so."""
    version = in_force(actor_of(request).mandant)
    return leitlinie(request) if version is None else _file(request, version)


@requires("leitlinie.begin")
def uebernehmen(request: HttpRequest) -> HttpResponse:
    """Take a file, show it beside what holds here, and begin a version with what is chosen."""
    if request.method == "POST" and "text" in request.POST:
        data = request.POST["text"].encode(errors="replace")
        return _choose(request, FILE_NAME, data, chosen=True)
    form = PassedFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["datei"]
        return _choose(request, safe_name(file.name), file.read(MAX_BYTES + 1))
    return _ask(request, form, [], 422 if form.errors else 200)


def _choose(request: HttpRequest, name: str, data: bytes, *, chosen: bool = False) -> HttpResponse:
    actor = actor_of(request)
    try:
        passed = exchanging.read_passed(name, data)
    except BlockError as error:
        findings = [(one.line, one.message) for one in error.findings]
        return _ask(request, PassedFileForm(), findings, 422, name)
    version, chapters = exchanging.pairs_of(passed, actor.mandant)
    form = TakingForm(request.POST, chapters=chapters) if chosen else TakingForm(
        initial={"text": data.decode("utf-8-sig")}, chapters=chapters
    )  # fmt: skip
    if chosen and form.is_valid():
        try:
            made = exchanging.take_over(actor=actor, passed=passed, taken=form.taken())
        except WrongStateError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Die Fassung ist begonnen. Bitte sehen Sie jede Klausel einmal an."))
            return redirect("leitlinie:fassung", nummer=made.nummer)
    context = {
        "form": form, "dort": passed, "quelle": exchanging.source_of(passed), "hier": version,
        "kapitel": [(one.title, [(pair, form[pair.block.id].value()) for pair in one.pairs]) for one in chapters],
        "breadcrumb": [*_crumbs(), (_("Leitlinie übernehmen"), reverse("leitlinie:uebernehmen")), (_("Auswählen"), "")],
    }  # fmt: skip
    return render(request, "leitlinie/einlesen/auswaehlen.html", context, status=422 if form.errors else 200)


def _ask(
    request: HttpRequest, form: PassedFileForm, findings: list[tuple[int, str]], status: int, name: str = ""
) -> HttpResponse:
    context = {
        "form": form, "funde": findings, "datei": name,
        "breadcrumb": [*_crumbs(), (_("Leitlinie übernehmen"), "")],
    }  # fmt: skip
    return render(request, "leitlinie/einlesen/uebernehmen.html", context, status=status)


def _file(request: HttpRequest, version: Leitlinienfassung) -> HttpResponse:
    passed = exchanging.passed_of(version)
    as_json = request.GET.get("form") == "json"
    ending = "json" if as_json else "yaml"
    name = f"leitlinie-{version.mandant.kurz}-fassung-{version.nummer}.{ending}"
    return HttpResponse(
        guideline_json(passed) if as_json else guideline_yaml(passed),
        content_type=f"application/{ending}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Leitlinie"), reverse("leitlinie:liste")), (_("Beginnen"), reverse("leitlinie:beginnen"))]

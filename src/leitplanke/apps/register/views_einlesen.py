"""Taking over entries from a file: bring it, say what the columns hold, see what happens, confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitplanke.apps.register import importing
from leitplanke.apps.register.forms_einlesen import ColumnsForm, ImportFileForm
from leitplanke.apps.register.models import Uebernahme
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.register.imports import ImportFileError
from leitplanke.core.retrieval.extract import ExtractionError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.register.importing import Trial

MOST_SHOWN = 200


@requires("register.import")
def einlesen(request: HttpRequest) -> HttpResponse:
    """Bring a file."""
    actor = actor_of(request)
    form = ImportFileForm(request.POST or None, request.FILES or None, mandant=actor.mandant)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["datei"]
        try:
            made = importing.begin(actor=actor, name=file.name, data=file.read(), einheit=form.cleaned_data["einheit"])
        except ExtractionError as error:
            form.add_error("datei", error.message)
        except ImportFileError as error:
            form.add_error("datei", str(error))
        else:
            return redirect("register:uebernahme", made.public_id)
    context = {"form": form, "breadcrumb": [*_crumbs(), (_("Einträge übernehmen"), "")]}
    return render(request, "register/einlesen/datei.html", context, status=422 if form.errors else 200)


@requires("register.import")
def uebernahme(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show what would happen, let columns be assigned anew, and take over what is good."""
    actor = actor_of(request)
    rows = Uebernahme.objects.for_mandant(actor.mandant).select_related("einheit", "mandant")
    found = get_object_or_404(rows, public_id=kennung)
    if found.uebernommen_am is not None:
        return redirect(_list_address())
    form = ColumnsForm(request.POST or None, uebernahme=found) if found.tabelle else None
    problem = ""
    if request.method == "POST":
        answer, problem = _posted(request, found, form)
        if answer is not None:
            return answer
    outcome, lacking = _tried(found)
    return _page(request, found, form, outcome, problem or lacking)


def _posted(request: HttpRequest, found: Uebernahme, form: ColumnsForm | None) -> tuple[HttpResponse | None, str]:
    actor = actor_of(request)
    try:
        if "uebernehmen" in request.POST:
            made = importing.take_over(actor=actor, uebernahme_id=found.pk)
            text = ngettext("%(zahl)s Eintrag ist angelegt, als Idee.", "%(zahl)s Einträge sind angelegt, als Ideen.",
                            len(made))  # fmt: skip
            messages.success(request, text % {"zahl": len(made)})
            return redirect(_list_address()), ""
        if form is not None and form.is_valid():
            importing.assign(actor=actor, uebernahme_id=found.pk, zuordnung=form.chosen())
            return redirect("register:uebernahme", found.public_id), ""
    except ImportFileError as error:
        return None, str(error)
    return None, _("Bitte wählen Sie für jede Spalte etwas aus der Liste.")


def _tried(found: Uebernahme) -> tuple[list[Trial], str]:
    try:
        return importing.trial(found), ""
    except ImportFileError as error:
        return [], str(error)


def _page(
    request: HttpRequest, found: Uebernahme, form: ColumnsForm | None, outcome: list[Trial], problem: str
) -> HttpResponse:
    good = [one for one in outcome if one.gut]
    context = {
        "uebernahme": found,
        "form": form,
        "problem": problem,
        "gut": good[:MOST_SHOWN],
        "zahl_gut": len(good),
        "schlecht": [one for one in outcome if one.probleme][:MOST_SHOWN],
        "vorhanden": [one for one in outcome if one.vorhanden and not one.probleme],
        "hinweise": [one for one in good if one.zeile.hinweise][:MOST_SHOWN],
        "breadcrumb": [*_crumbs(), (_("Einträge übernehmen"), reverse("register:einlesen")), (found.datei, "")],
    }
    refused = request.method == "POST" and bool(problem)
    return render(request, "register/einlesen/probe.html", context, status=422 if refused else 200)


def _list_address() -> str:
    try:
        return reverse("register:amt_liste")
    except NoReverseMatch:
        return reverse("register:oeffentlich")


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Register"), _list_address())]

"""The documents of a version: read them here, take them along, and say what the town is called in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache

from leitplanke.apps.leitlinie.forms_werkstatt import TownForm
from leitplanke.apps.leitlinie.library import blocks, table
from leitplanke.apps.leitlinie.models import Fassungsstand
from leitplanke.apps.leitlinie.queries import guideline_of
from leitplanke.apps.leitlinie.towns import state_town, statements_of, town_of
from leitplanke.apps.leitlinie.views_wissen import wissen_of
from leitplanke.apps.leitlinie.werkstatt_page import frame, version_or_404
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.printing import PrintError, document_docx, document_pdf
from leitplanke.core.guideline.writing import Output, html_page, markdown, material_of, profile_text, write
from leitplanke.core.guideline.writing.tree import Heading

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.core.guideline.writing import Document, Material

# What a document is called, and for whom it is.
OUTPUTS: Mapping[Output, tuple[str, str]] = {
    Output.LEITLINIE: (
        gettext_noop("Leitlinie"),
        gettext_noop("Der volle Wortlaut, mit Rechtsgrundlagen und Anlagen. Darüber wird beschlossen."),
    ),
    Output.GESCHAEFTSANWEISUNG: (
        gettext_noop("Geschäftsanweisung"),
        gettext_noop("Die Regeln, an die sich Beschäftigte halten."),
    ),
    Output.PRAXISHANDBUCH: (
        gettext_noop("Praxishandbuch"),
        gettext_noop("Beispiele zu jeder Regel: Was geht, was nicht, was stattdessen."),
    ),
    Output.MERKBLATT: (gettext_noop("Merkblatt"), gettext_noop("Zwei Seiten für den Schreibtisch.")),
    Output.EINFACH: (
        gettext_noop("Einfache Sprache"),
        gettext_noop("Für alle, die schnell verstehen wollen, was gilt."),
    ),
    Output.DIENSTVEREINBARUNG: (
        gettext_noop("Dienstvereinbarung"),
        gettext_noop("Ein Entwurf für das Gespräch mit der Personalvertretung."),
    ),
    Output.BESCHLUSSVORLAGE: (
        gettext_noop("Beschlussvorlage"),
        gettext_noop("Für den Rat: Gründe, andere Möglichkeiten, offene Punkte."),
    ),
    Output.WEBSEITE: (
        gettext_noop("Webseite"),
        gettext_noop("Was Bürgerinnen und Bürger zuerst fragen, und der Wortlaut."),
    ),
    Output.PROFIL: (
        gettext_noop("Profil für die Software"),
        gettext_noop("Die Regeln in der Form, in der die Software sie liest."),
    ),
}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    "pdf": "application/pdf", "docx": DOCX, "html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
}  # fmt: skip
# Documents are German whatever language somebody reads the pages in.
DRAFT = "Entwurf. Diese Fassung ist nicht beschlossen und bindet niemanden."
# In a template "items" would be the method of the dictionary.
NAMES = {"items": "entries"}
FORMATS = {"pdf": "PDF", "docx": "Word (DOCX)", "html": "HTML", "md": "Markdown"}


@requires("leitlinie.view")
def ausgaben(request: HttpRequest, nummer: int) -> HttpResponse:
    """List the documents that follow from a version."""
    version = version_or_404(request, nummer)
    context = frame(request, version, "ausgaben") | {
        "ausgaben": [(kind.value, _(title), _(text), _formats(kind)) for kind, (title, text) in OUTPUTS.items()],
        "kommune": town_of(version),
        "darf_kommune": actor_of(request).may("leitlinie.town"),
        "wissen": wissen_of(actor_of(request), version),
        "leer": not version.klauseln.exists(),
    }
    return render(request, "leitlinie/werkstatt/ausgaben.html", context)


@requires("leitlinie.view")
def ausgabe(request: HttpRequest, nummer: int, art: str) -> HttpResponse:
    """Show a document as it reads now."""
    version, kind = version_or_404(request, nummer), _kind(art)
    title = _(OUTPUTS[kind][0])
    context = frame(request, version, "ausgaben", (title, "")) | {
        "art": kind.value,
        "titel": title,
        "formate": _formats(kind),
        "ausgaben": [(other.value, _(name), other is kind) for other, (name, _text) in OUTPUTS.items()],
    }
    if kind is Output.PROFIL:
        context["profil"] = profile_text(_material(version).profile)
    else:
        document = written(version, kind)
        context |= {"schriftstueck": document, "knoten": shown_nodes(document)}
    return render(request, "leitlinie/werkstatt/ausgabe.html", context)


@requires("leitlinie.view")
@never_cache
def ausgabe_datei(request: HttpRequest, nummer: int, art: str, form: str) -> HttpResponse:
    """Hand out a document as a file."""
    version, kind = version_or_404(request, nummer), _kind(art)
    if form not in dict(_formats(kind)):
        raise Http404
    try:
        made = _made(version, kind, form)
    except PrintError as error:
        messages.error(request, str(error))
        return redirect("leitlinie:ausgabe", nummer=nummer, art=art)
    name = f"{kind.value}-{version.mandant.kurz}-fassung-{version.nummer}.{form}"
    return HttpResponse(
        made, headers={"Content-Type": TYPES[form], "Content-Disposition": f'attachment; filename="{name}"'}
    )


@requires("leitlinie.town")
def kommune(request: HttpRequest) -> HttpResponse:
    """Say what the documents call the town and its offices."""
    actor = actor_of(request)
    stated = statements_of(actor.mandant)
    initial = {name: getattr(stated, name) for name in TownForm.base_fields}
    form = TownForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        state_town(actor=actor, stated=form.cleaned_data)
        messages.success(request, _("Gespeichert. Alle Schriftstücke verwenden es ab jetzt."))
        return redirect("leitlinie:liste")
    context = {
        "form": form,
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:liste")), (_("Angaben zur Kommune"), "")],
    }
    return render(request, "leitlinie/werkstatt/kommune.html", context, status=422 if form.errors else 200)


def _kind(art: str) -> Output:
    try:
        return Output(art)
    except ValueError:
        raise Http404 from None


def _formats(kind: Output) -> list[tuple[str, str]]:
    return [("yaml", "YAML")] if kind is Output.PROFIL else list(FORMATS.items())


def _material(version: Leitlinienfassung) -> Material:
    return material_of(guideline_of(version), blocks(), town_of(version), table())


def written(version: Leitlinienfassung, kind: Output) -> Document:
    """Return a document of a version; one that is not adopted says so at its top."""
    document = write(kind, _material(version))
    if document.draft or version.stand == Fassungsstand.BESCHLOSSEN:
        return document
    return replace(document, draft=DRAFT)


def _made(version: Leitlinienfassung, kind: Output, form: str) -> bytes:
    if kind is Output.PROFIL:
        return profile_text(_material(version).profile).encode()
    document = written(version, kind)
    match form:
        case "pdf":
            return document_pdf(document)
        case "docx":
            return document_docx(document)
        case "html":
            return html_page(document).encode()
        case _:
            return markdown(document).encode()


def shown_nodes(document: Document) -> list[dict[str, Any]]:
    """Return the nodes of a document as the template reads them: the class as `art`."""
    return [
        {"art": type(node).__name__.lower()}
        | {NAMES.get(field.name, field.name): getattr(node, field.name) for field in fields(node)}
        | ({"words": node.words} if isinstance(node, Heading) else {})
        for node in document.nodes
    ]

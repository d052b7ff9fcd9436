"""Pages of guided documents: which there are, write one, complete it, take it along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leitplanke.apps.register.amt_page import frame
from leitplanke.apps.register.doing import doer
from leitplanke.apps.register.forms_papiere import PaperForm
from leitplanke.apps.register.gate_facts import gate_facts
from leitplanke.apps.register.models import Eintrag
from leitplanke.apps.register.paper_files import record_of
from leitplanke.apps.register.papers import (
    can_be_renewed,
    complete_paper,
    composed_now,
    kept_sections,
    newest_of,
    newest_public,
    write_paper,
)
from leitplanke.apps.register.queries import entry_for, public_entries, view_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.documents.printing import record_docx, record_pdf
from leitplanke.base.interview.wording import said
from leitplanke.core.register.fields import Sicht
from leitplanke.core.register.lifecycle import LifecycleError
from leitplanke.core.register.papers import open_points, vorlagen

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.register.models import Registerdokument
    from leitplanke.core.register.papers import Composed, Vorlage

KINDS = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A document in the list: whether it is needed, or nobody knows yet, and how far it is."""

    vorlage: Vorlage
    titel: str
    beschreibung: str
    needed: bool
    open: bool
    newest: Registerdokument | None
    outdated: bool


def _entry(request: HttpRequest, kuerzel: str) -> Eintrag:
    try:
        return entry_for(actor_of(request).mandant, kuerzel)
    except Eintrag.DoesNotExist:
        raise Http404 from None


def _own_entry(request: HttpRequest, kuerzel: str) -> Eintrag:
    """Return an entry on which somebody may write documents."""
    eintrag = _entry(request, kuerzel)
    try:
        doer(actor_of(request), "register.documents", eintrag)
    except NotPermittedError:
        raise Http404 from None
    return eintrag


def _vorlage(art: str) -> Vorlage:
    try:
        return vorlagen()[art]
    except KeyError:
        raise Http404 from None


def _crumbs(eintrag: Eintrag, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Register"), reverse("register:amt_liste")),
        (eintrag.name, reverse("register:amt_eintrag", args=[eintrag.kuerzel])),
        *more,
    ]


@requires("register.documents")
@never_cache
def unterlagen(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """List the documents of an entry, those that are needed first."""
    eintrag = _own_entry(request, kuerzel)
    facts = gate_facts(eintrag)
    newest: dict[str, Registerdokument] = {}
    for row in eintrag.dokumente.select_related("fassung").order_by("nummer"):
        newest[row.art] = row
    rows = [_row(vorlage, eintrag, newest.get(vorlage.name), facts) for vorlage in vorlagen().values()]
    rows.sort(key=lambda row: not row.needed)
    context = frame(request, eintrag, "unterlagen") | {"rows": rows}
    return render(request, "register/papiere/liste.html", context)


def _row(vorlage: Vorlage, eintrag: Eintrag, newest: Registerdokument | None, facts: dict[str, object]) -> PaperRow:
    needed = bool(facts.get(vorlage.anlass)) if vorlage.anlass else True
    unknown = bool(vorlage.anlass) and vorlage.anlass not in facts
    version = eintrag.bearbeitung
    outdated = (
        newest is not None and version is not None and newest.fassung.wesentlich_sha256 != version.wesentlich_sha256
    )
    return PaperRow(vorlage, said(vorlage.titel), said(vorlage.beschreibung), needed, unknown, newest, outdated)


@requires("register.documents")
@never_cache
def unterlage(request: HttpRequest, kuerzel: str, art: str) -> HttpResponse:
    """Show a document as it stands, with its questions; keep what was answered."""
    eintrag, vorlage = _own_entry(request, kuerzel), _vorlage(art)
    row = newest_of(eintrag, art)
    answers = row.antworten if row is not None else {}
    form = PaperForm(vorlage, request.POST or None, answers)
    if request.method == "POST" and form.is_valid():
        try:
            write_paper(actor=actor_of(request), eintrag_id=eintrag.pk, art=art, answers=form.cleaned_data)
        except LifecycleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Gespeichert. Sie können jederzeit weiterschreiben."))
            return redirect("register:unterlage", kuerzel=kuerzel, art=art)
    sections = composed_now(eintrag, vorlage, answers)
    done = row is not None and row.fertig_am is not None and not can_be_renewed(eintrag, vorlage, row)
    trail = [(_("Unterlagen"), reverse("register:unterlagen", args=[kuerzel])), (said(vorlage.titel), "")]
    context = {
        "eintrag": eintrag,
        "vorlage": vorlage,
        "titel": said(vorlage.titel),
        "beschreibung": said(vorlage.beschreibung),
        "form": form,
        "row": row,
        "done": done,
        "sections": sections,
        "open": open_points(sections),
        "versions": eintrag.dokumente.filter(art=art, fertig_am__isnull=False),
        "breadcrumb": _crumbs(eintrag, *trail),
    }
    return render(request, "register/papiere/unterlage.html", context, status=422 if form.errors else 200)


@requires("register.documents")
@require_POST
def fertigstellen(request: HttpRequest, kuerzel: str, art: str) -> HttpResponse:
    """Complete a document, and declare that it is there where it stands for that."""
    eintrag = _own_entry(request, kuerzel)
    _vorlage(art)
    try:
        complete_paper(
            actor=actor_of(request), eintrag_id=eintrag.pk, art=art, declare_too=request.POST.get("erklaeren") == "ja"
        )
    except LifecycleError as error:
        messages.error(request, str(error))
    except NotPermittedError as error:
        messages.error(request, error.reason or _("Dazu sind Sie nicht berechtigt."))
    else:
        messages.success(request, _("Fertig. Diese Fassung bleibt, wie sie ist."))
    return redirect("register:unterlage", kuerzel=kuerzel, art=art)


@requires("register.view_restricted")
@never_cache
def datei(request: HttpRequest, kuerzel: str, art: str, nummer: int, endung: str) -> HttpResponse:
    """Give a version as file; one that is being written is marked as a draft. Number 0 is the state of today.

    Complete ones are for everybody who may read the whole entry: the staff representation decides on them.
    """
    eintrag, vorlage = _entry(request, kuerzel), _vorlage(art)
    row = None if nummer == 0 else get_object_or_404(eintrag.dokumente, art=art, nummer=nummer)
    complete = row is not None and row.fertig_am is not None
    if not (complete and view_of(actor_of(request), eintrag) is Sicht.VERTRAULICH):
        _own_entry(request, kuerzel)
    if row is not None and row.fertig_am is not None:
        sections = kept_sections(row)
    else:
        sections = composed_now(eintrag, vorlage, row.antworten if row is not None else {})
    return _file(eintrag, vorlage, sections, row, endung)


@requires("register.public")
def oeffentlich(request: HttpRequest, kuerzel: str, art: str) -> HttpResponse:
    """Give the newest complete version of a document that is for everybody."""
    eintrag = public_entries(actor_of(request).mandant).select_related("mandant").filter(kuerzel=kuerzel).first()
    vorlage = _vorlage(art)
    row = newest_public(eintrag, vorlage) if eintrag is not None else None
    if eintrag is None or row is None:
        raise Http404
    return _file(eintrag, vorlage, kept_sections(row), row, "pdf")


def _file(
    eintrag: Eintrag, vorlage: Vorlage, sections: tuple[Composed, ...], row: Registerdokument | None, endung: str
) -> HttpResponse:
    if endung not in KINDS:
        raise Http404
    record = record_of(eintrag, vorlage, sections, row)
    content = record_pdf(record) if endung == "pdf" else record_docx(record)
    response = HttpResponse(content, content_type=KINDS[endung])
    name = f"{eintrag.kuerzel}-{vorlage.name}-{row.nummer if row else 0}.{endung}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

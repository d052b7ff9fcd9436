"""Read Regelwerke and reckon with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.regelwerk import presentation, queries
from leitplanke.apps.regelwerk.forms import CompareForm, LawForm
from leitplanke.apps.regelwerk.library import Book, UnknownRegelwerkError, book_for, library_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import Engine, Regelwerk
from leitplanke.core.rules.diff import diff_days
from leitplanke.core.rules.picture import picture

if TYPE_CHECKING:
    from django.http import HttpRequest

Crumb = tuple[str, str]
MOST_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class Law:
    """Which law a page shows."""

    on: date
    ebene: str
    entwurf: bool
    engine: Engine
    form: LawForm

    @property
    def regelwerk(self) -> Regelwerk:
        """The Regelwerk with its layer."""
        return self.engine.regelwerk

    @property
    def query(self) -> str:
        """The law as part of an address."""
        drafts = {"entwurf": "on"} if self.entwurf else {}
        return urlencode({"am": self.on.isoformat(), "ebene": self.ebene, **drafts})


def book_or_404(request: HttpRequest, name: str) -> Book:
    """Return a Regelwerk as it holds at the Mandant of the request."""
    try:
        return book_for(actor_of(request).mandant, name)
    except UnknownRegelwerkError:
        raise Http404 from None


def crumbs(book: Book, *more: Crumb) -> list[Crumb]:
    """Return the way from the library to a Regelwerk and on."""
    title = book.name if book.findings else said(book.regelwerk.titel)
    url = reverse("regelwerk:regelwerk", args=[book.name]) if more else ""
    return [(_("Regelwerke"), reverse("regelwerk:liste")), (title, url), *more]


def law_of(request: HttpRequest, book: Book) -> Law:
    """Return the law that the address asks for; today's with the town's own layer where it asks for nothing."""
    usual = book.usual_layer(actor_of(request).mandant)
    today = max(timezone.localdate(), book.regelwerk.gilt_ab)
    layers, needed = book.layer_titles(), book.needs_layer
    form = LawForm(request.GET if "am" in request.GET else None, layers=layers, needed=needed,
                   initial={"am": today, "ebene": usual})  # fmt: skip
    on, ebene, entwurf = today, usual, False
    if form.is_bound and form.is_valid():
        on = max(form.cleaned_data["am"] or today, book.regelwerk.gilt_ab)
        ebene = form.cleaned_data.get("ebene", "") or ("" if not needed else usual)
        entwurf = form.cleaned_data["entwurf"]
    return Law(on, ebene, entwurf, book.engine(ebene), form)


def broken(request: HttpRequest, book: Book) -> HttpResponse:
    """Show what makes a Regelwerk unusable, instead of a page that needs it."""
    context = {
        "buch": book,
        "befunde": book.findings[:MOST_FINDINGS],
        "weitere": max(0, len(book.findings) - MOST_FINDINGS),
        "breadcrumb": crumbs(book),
    }
    return render(request, "regelwerk/unbrauchbar.html", context)


@requires("regelwerk.list")
def liste(request: HttpRequest) -> HttpResponse:
    """Show every Regelwerk with the state of its cases."""
    mandant = actor_of(request).mandant
    cards = [presentation.card_of(book) for book in library_of(mandant)]
    return render(request, "regelwerk/liste.html", {"karten": cards, "breadcrumb": [(_("Regelwerke"), "")]})


@requires("regelwerk.view")
def regelwerk(request: HttpRequest, name: str) -> HttpResponse:
    """Show a Regelwerk to read: what is asked, what the law sets, what follows, what a human decides."""
    book, actor = book_or_404(request, name), actor_of(request)
    if book.findings:
        return broken(request, book)
    law = law_of(request, book)
    context = {
        "buch": book,
        "werk": law.regelwerk,
        "titel": said(law.regelwerk.titel),
        "beschreibung": said(law.regelwerk.beschreibung),
        "recht": law,
        "angaben": presentation.facts_of(law.regelwerk),
        "parameter": list(presentation.parameters_of(law.regelwerk, law.on, entwurf=law.entwurf)),
        "regeln": list(presentation.rules_of(law.regelwerk, law.on, entwurf=law.entwurf)),
        "ermessen": presentation.judgements_of(law.regelwerk),
        "ergebnisse": presentation.outcomes_of(law.regelwerk),
        "fassungen": [day for day in law.regelwerk.change_days() if day > law.regelwerk.gilt_ab][::-1],
        "aenderungen": queries.changes_of(actor.mandant, name) if actor.may("regelwerk.view_changes") else None,
        "veraltet": queries.outdated(actor.mandant, name),
        "darf_vorschlagen": actor.may("regelwerk.propose"),
        "breadcrumb": crumbs(book),
    }
    return render(request, "regelwerk/regelwerk.html", context)


@requires("regelwerk.view")
def bild(request: HttpRequest, name: str) -> HttpResponse:
    """Hand out the picture of a Regelwerk."""
    book = book_or_404(request, name)
    if book.findings:
        raise Http404
    law = law_of(request, book)
    drawn = picture(law.regelwerk, law.on, entwurf=law.entwurf, standalone=True)
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@requires("regelwerk.view")
def faelle(request: HttpRequest, name: str) -> HttpResponse:
    """Show the cases with what came out."""
    book = book_or_404(request, name)
    if book.findings:
        return broken(request, book)
    context = {
        "buch": book,
        "titel": said(book.regelwerk.titel),
        "faelle": [(case, presentation.expected_of(book, case.fall)) for case in book.cases],
        "abweichungen": len(book.deviations),
        "breadcrumb": crumbs(book, (_("Fälle"), "")),
    }
    return render(request, "regelwerk/faelle.html", context)


@requires("regelwerk.view")
def vergleich(request: HttpRequest, name: str) -> HttpResponse:
    """Show what changes in the law from one day to another."""
    book = book_or_404(request, name)
    if book.findings:
        return broken(request, book)
    law = law_of(request, book)
    days = [day for day in law.regelwerk.change_days() if day <= law.on]
    start: dict[str, Any] = {"von": days[-2] if len(days) > 1 else days[0], "bis": days[-1], "entwurf": False}
    form = CompareForm(request.GET if "von" in request.GET else None, initial=start)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else start
    changes = diff_days(law.regelwerk, chosen["von"], chosen["bis"], entwurf=chosen["entwurf"])
    context = {
        "buch": book, "titel": said(law.regelwerk.titel), "form": form, "unterschiede": changes,
        "gruppen": presentation.differences_of(changes),
        "von": chosen["von"], "bis": chosen["bis"], "breadcrumb": crumbs(book, (_("Fassungen vergleichen"), "")),
    }  # fmt: skip
    return render(request, "regelwerk/vergleich.html", context, status=422 if form.errors else 200)

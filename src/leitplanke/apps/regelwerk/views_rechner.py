"""The calculator: an interview over a Regelwerk, for everybody, without an account and without a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from leitplanke.apps.regelwerk.forms import LawForm
from leitplanke.apps.regelwerk.views import book_or_404, broken, crumbs, law_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.interview.flow import ACTION, Page, Walk
from leitplanke.base.interview.state import FIELD, ExpiredError, State, opened
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.regelwerk.library import Book

LAW = "recht"
OUTDATED = gettext_lazy("Die Seite war zu alt. Bitte beginnen Sie noch einmal.")


@requires("regelwerk.calculate")
@never_cache
def rechner(request: HttpRequest, name: str) -> HttpResponse:
    """Ask what still matters and show what it comes to; nothing is stored, nothing personal is in an address."""
    book = book_or_404(request, name)
    if book.findings:
        return broken(request, book)
    state, note = _state(request, book)
    form = _law_form(request, book, state)
    if form.is_bound and form.is_valid():
        changed = _with_law(book, state, form)
        state, note = (changed, note) if changed else (state, _("Für diesen Tag ist kein Recht hinterlegt."))
    going_on = request.method == "POST" and not note and not form.is_bound
    try:
        walk = Walk(book.engine(state.ebene), state)
        page = walk.answered(request.POST) if going_on else walk.page()
    except RulesError:  # the Regelwerk was changed since, and knows the answers no more
        page, note = Walk(book.engine(state.ebene), state.changed(facts={}, trail=(), current=())).page(), str(OUTDATED)
    if request.headers.get("HX-Request") and request.POST.get(ACTION) == "vorschau":
        return render(request, "interview/_ergebnis.html", {"panel": page.panel})
    context = _context(book, page, form, note)
    return render(request, "regelwerk/rechner.html", context, status=422 if page.rejected or form.errors else 200)


def _state(request: HttpRequest, book: Book) -> tuple[State, str]:
    """Return the state that came with the form, else a fresh one and why."""
    law = law_of(request, book)
    key = f"{actor_of(request).mandant.kurz}/{book.name}"
    fresh = State(key, law.on, law.ebene, law.entwurf)
    if FIELD not in request.POST:
        return fresh, ""
    try:
        state = opened(request.POST[FIELD], key)
        book.engine(state.ebene)
    except (ExpiredError, LookupError):
        return fresh, str(OUTDATED)
    return state, ""


def _law_form(request: HttpRequest, book: Book, state: State) -> LawForm:
    data = request.POST if request.POST.get(ACTION) == LAW else None
    initial = {"am": state.on, "ebene": state.ebene, "entwurf": state.entwurf}
    return LawForm(data, layers=book.layer_titles(), needed=book.needs_layer, initial=initial)


def _with_law(book: Book, state: State, form: LawForm) -> State | None:
    """Return the state under another law, None where there is none for that day."""
    chosen = form.cleaned_data
    ebene = chosen.get("ebene", "") or (state.ebene if book.needs_layer else "")
    changed = state.changed(on=chosen["am"] or state.on, ebene=ebene, entwurf=chosen["entwurf"])
    try:
        book.engine(ebene).evaluate(state.facts, on=changed.on, entwurf=changed.entwurf)
    except RulesError:
        return None
    return changed


def _context(book: Book, page: Page, form: LawForm, note: str) -> dict[str, object]:
    werk = book.engine(page.state.ebene).regelwerk
    return {
        "buch": book,
        "werk": werk,
        "titel": said(werk.titel),
        "seite": page,
        "panel": page.panel,
        "form": form,
        "hinweis": note,
        "ebene": werk.ebenen.get(page.state.ebene, "") if page.state.ebene else "",
        "breadcrumb": crumbs(book, (_("Rechner"), "")),
    }

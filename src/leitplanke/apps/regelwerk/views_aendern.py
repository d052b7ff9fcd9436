"""Change a Regelwerk: propose with live checking, release by a second person, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.regelwerk import changes, queries
from leitplanke.apps.regelwerk.checking import Checked, checked
from leitplanke.apps.regelwerk.editing import Entry, TextForm, ValueForm, entry_of, may_have_value
from leitplanke.apps.regelwerk.forms import WithdrawForm
from leitplanke.apps.regelwerk.library import Book, texts_for
from leitplanke.apps.regelwerk.models import Aenderung
from leitplanke.apps.regelwerk.views import book_or_404, broken, crumbs
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.rules.editing import EditingError, changed_lines

if TYPE_CHECKING:
    from django.http import HttpRequest


def _entry_or_404(request: HttpRequest, book: Book, eintrag: str) -> tuple[Entry, str]:
    """Return an entry as the layer in the address has it, and that layer."""
    ebene = request.GET.get("ebene", book.usual_layer(actor_of(request).mandant))
    if ebene and ebene not in book.layers:
        raise Http404
    entry = entry_of(book.engine(ebene).regelwerk, eintrag)
    if entry is None or entry.datei not in book.texts:
        raise Http404
    return entry, ebene


@requires("regelwerk.propose")
def aendern(request: HttpRequest, name: str, eintrag: str) -> HttpResponse:
    """Enter a new value or corrected texts, see at once whether they hold, and propose them."""
    book = book_or_404(request, name)
    if book.findings:
        return broken(request, book)
    entry, ebene = _entry_or_404(request, book, eintrag)
    posted = request.POST.get("art", "")
    werk = book.engine(ebene).regelwerk
    value = ValueForm(werk, entry, request.POST if posted == "wert" else None) if may_have_value(entry) else None
    texts = TextForm(entry, book.texts[entry.datei], request.POST if posted == "texte" else None)
    sent = value if posted == "wert" else texts if posted == "texte" else None
    result, problem = _checked(book, entry, sent) if sent is not None else (None, "")
    if sent is not None and request.headers.get("HX-Request"):
        return render(request, "regelwerk/_pruefung.html", {"pruefung": result, "problem": problem})
    if sent is not None and result is not None and request.POST.get("aktion") == "vorschlagen" and sent.is_valid():
        try:
            return _proposed(request, book, entry, sent)
        except changes.UnusableError as error:
            result = error.checked
        except (changes.WrongStateError, EditingError) as error:
            problem = str(error)
    title = _("%(titel)s ändern") % {"titel": entry.title}
    context = {
        "buch": book, "eintrag": entry, "titel": title, "ebene": werk.ebenen.get(ebene, "") if ebene else "",
        "wert_form": value, "text_form": texts if texts.paths else None, "art": posted, "pruefung": result,
        "problem": problem, "breadcrumb": crumbs(book, (title, "")),
    }  # fmt: skip
    faulty = sent is not None and (sent.errors or problem or (result is not None and not result.usable))
    return render(request, "regelwerk/aendern.html", context, status=422 if faulty else 200)


def _checked(book: Book, entry: Entry, form: ValueForm | TextForm) -> tuple[Checked | None, str]:
    """Check what was entered, as far as it is complete; say what stands in the way."""
    if not form.editable():
        return None, _("Noch nicht vollständig: Bitte füllen Sie die markierten Felder aus.")
    before = book.texts[entry.datei]
    try:
        text = form.edit()(before)
    except EditingError as error:
        return None, str(error)
    if text == before:
        return None, _("Es ändert sich noch nichts.")
    return checked(book.name, book.texts, entry.datei, text), ""


def _proposed(request: HttpRequest, book: Book, entry: Entry, form: ValueForm | TextForm) -> HttpResponse:
    aenderung = changes.propose_change(
        actor=actor_of(request),
        regelwerk=book.name,
        eintrag=entry.name,
        datei=entry.datei,
        edit=form.edit(),
        was=form.what(),
        quelle=form.cleaned_data["quelle"],
        begruendung=form.cleaned_data["begruendung"],
    )
    messages.success(request, _("Vorgeschlagen. Es gilt, sobald eine zweite Person freigegeben hat."))
    return redirect("regelwerk:aenderung", aenderung.pk)


def _change_or_404(request: HttpRequest, pk: int) -> Aenderung:
    try:
        return queries.change_for(actor_of(request), pk)
    except Aenderung.DoesNotExist:
        raise Http404 from None


@requires("regelwerk.view_changes")
def aenderung(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changes, why, and what a check says of it; release or withdraw it."""
    found, actor = _change_or_404(request, pk), actor_of(request)
    book = book_or_404(request, found.regelwerk)
    texts = texts_for(found.mandant, found.regelwerk)
    waiting = found.stand == "vorgeschlagen"
    context: dict[str, Any] = {
        "aenderung": found,
        "buch": book,
        "zeilen": changed_lines(found.vorher, found.text),
        "pruefung": checked(found.regelwerk, texts, found.datei, found.text) if waiting else None,
        "ueberholt": waiting and texts.get(found.datei) != found.vorher,
        "eigene": actor.person is not None and found.vorgeschlagen_von_id == actor.person.pk,
        "darf_freigeben": actor.may("regelwerk.release", found.stand),
        "darf_zurueckziehen": actor.may("regelwerk.withdraw", found.stand),
        "form": WithdrawForm(),
        "breadcrumb": crumbs(book, (_("Änderung %(nummer)s") % {"nummer": found.nummer}, "")),
    }
    return render(request, "regelwerk/aenderung.html", context)


@requires("regelwerk.release")
@require_POST
def freigeben(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a change that somebody else proposed."""
    found = _change_or_404(request, pk)
    try:
        changes.release_change(aenderung_id=found.pk, actor=actor_of(request))
    except (changes.WrongStateError, changes.UnusableError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Freigegeben. Die Änderung gilt jetzt."))
    return redirect("regelwerk:aenderung", found.pk)


@requires("regelwerk.withdraw")
@require_POST
def zurueckziehen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a change back."""
    found = _change_or_404(request, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte begründen Sie, warum die Änderung zurückgezogen wird."))
        return redirect("regelwerk:aenderung", found.pk)
    try:
        changes.withdraw_change(
            aenderung_id=found.pk, actor=actor_of(request), begruendung=form.cleaned_data["begruendung"]
        )
    except (changes.WrongStateError, changes.UnusableError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Zurückgezogen. Es gilt wieder, was vorher galt."))
    return redirect(reverse("regelwerk:aenderung", args=[found.pk]))

"""Facts on the desk: confirmed as a group, corrected, and settled one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitplanke.apps.antrag import settling
from leitplanke.apps.antrag.akte_page import Choice, Returned, case_or_404, desk, doer_of
from leitplanke.apps.antrag.calculating import engine_of
from leitplanke.apps.antrag.desk.values import anchor_of
from leitplanke.apps.antrag.doing import OutdatedError
from leitplanke.apps.antrag.facts import question_of
from leitplanke.apps.antrag.forms_akte import ItemsForm, fact_form
from leitplanke.apps.antrag.models import Antrag, Vorschlag
from leitplanke.base.accounts.access import requires
from leitplanke.base.interview.reading import whole_number
from leitplanke.core.rules import FactError
from leitplanke.core.rules.model import Kind
from leitplanke.core.verfahren.acts import ActError

if TYPE_CHECKING:
    from django.http import HttpRequest

KEEP_OPEN = "offen"


def fassung_of(request: HttpRequest) -> int:
    """Return which version of the case the person saw."""
    return whole_number(request.POST.get("fassung", "")) or 0


def at(antrag: Antrag, pfad: str = "") -> HttpResponse:
    """Go back to the desk, to the line of a fact."""
    place = f"#{anchor_of(pfad)}" if pfad else "#angaben"
    return redirect(reverse("antrag:akte", args=[antrag.kennung]) + place)


@requires("antrag.bestaetigen")
@require_POST
def bestaetigen(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Confirm values as a group: the ticked ones, or all that nothing contradicts."""
    antrag = case_or_404(request, kennung)
    chosen = request.POST.getlist("alle" if request.POST.get("umfang") == "alle" else "pfad")
    try:
        settling.confirm_undisputed(antrag.pk, doer_of(request, antrag), chosen, fassung=fassung_of(request))
    except (FactError, ActError, OutdatedError) as error:
        return desk(request, case_or_404(request, kennung), Choice(), Returned(note=str(error), status=_status(error)))
    count = len(set(chosen))
    text = ngettext("%(zahl)d Angabe bestätigt.", "%(zahl)d Angaben bestätigt.", count) % {"zahl": count}
    messages.success(request, text)
    return at(antrag)


def _status(error: Exception) -> int:
    return 409 if isinstance(error, OutdatedError) else 422


@requires("antrag.bestaetigen")
@require_POST
def aendern(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Correct or add a fact."""
    antrag, pfad = case_or_404(request, kennung), request.POST.get("pfad", "")
    form = _form(antrag, pfad, request)
    if not form.is_valid():
        return _again(request, antrag, pfad, {"angabe": form})
    value = form.cleaned_data["anzahl"] if isinstance(form, ItemsForm) else next(iter(form.facts().values()))
    return _settled(request, antrag, pfad, {"angabe": form}, value)


def _form(antrag: Antrag, pfad: str, request: HttpRequest) -> Any:
    try:
        question = question_of(engine_of(antrag), pfad)
    except FactError:
        raise Http404 from None
    return ItemsForm(request.POST) if question.shape.kind is Kind.LISTE else fact_form(question, request.POST)


@requires("antrag.bestaetigen")
@require_POST
def klaeren(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Say which of several values counts, or leave it open between them."""
    antrag, pfad = case_or_404(request, kennung), request.POST.get("pfad", "")
    doer, key = doer_of(request, antrag), request.POST.get("seite", "")
    if not key and request.POST.get("umgang") != KEEP_OPEN:
        message = _("Bitte wählen Sie, welcher Wert gilt.")
        return _again(request, antrag, pfad, {"seite_fehler": message}, message)
    if request.POST.get("umgang") == KEEP_OPEN:
        return _do(request, antrag, pfad, {}, lambda: settling.leave_disputed(
            antrag.pk, doer, pfad, fassung=fassung_of(request)))  # fmt: skip
    return _do(request, antrag, pfad, {"seite": key}, lambda: settling.choose_side(
        antrag.pk, doer, pfad, key, fassung=fassung_of(request)))  # fmt: skip


def _settled(request: HttpRequest, antrag: Antrag, pfad: str, forms: dict[str, Any], value: Any) -> HttpResponse:
    doer = doer_of(request, antrag)
    return _do(request, antrag, pfad, forms, lambda: settling.settle_fact(
        antrag.pk, doer, pfad, value, fassung=fassung_of(request)))  # fmt: skip


def _do(request: HttpRequest, antrag: Antrag, pfad: str, forms: dict[str, Any], verb: Any) -> HttpResponse:
    try:
        verb()
    except (FactError, ActError, OutdatedError) as error:
        return _again(request, antrag, pfad, forms, str(error), _status(error))
    messages.success(request, _("Gespeichert."))
    return at(antrag, pfad)


def _again(  # noqa: PLR0913, PLR0917 - what came back, and what to say
    request: HttpRequest, antrag: Antrag, pfad: str, forms: dict[str, Any], note: str = "", status: int = 422
) -> HttpResponse:
    """Show the desk once more with what was entered."""
    fresh = case_or_404(request, antrag.kennung)
    return desk(request, fresh, Choice(angabe=pfad), Returned(forms, note, status))


@requires("antrag.beleg_bearbeiten")
@require_POST
def zuordnen(request: HttpRequest, kennung: UUID, unterlage: UUID) -> HttpResponse:
    """Say which item of a list a document is about."""
    antrag = case_or_404(request, kennung)
    beleg = antrag.belege.filter(kennung=unterlage).first()
    if beleg is None:
        raise Http404
    place, doer = whole_number(request.POST.get("eintrag", "")) or 0, doer_of(request, antrag)
    choice = Choice(beleg=str(unterlage))
    try:
        settling.assign_proposals(antrag.pk, doer, beleg.pk, place, fassung=fassung_of(request))
    except (FactError, ActError, OutdatedError) as error:
        again = Returned(note=str(error), status=_status(error))
        return desk(request, case_or_404(request, kennung), choice, again)
    messages.success(request, _("Zugeordnet. Die Werte stehen jetzt bei den Angaben und warten auf Ihre Bestätigung."))
    return redirect(f"{reverse('antrag:akte', args=[kennung])}?beleg={unterlage}#angaben")


@requires("antrag.beleg_bearbeiten")
@require_POST
def verwerfen(request: HttpRequest, kennung: UUID, vorschlag: int) -> HttpResponse:
    """Say that a value which a document seems to state does not count."""
    antrag = case_or_404(request, kennung)
    try:
        found = settling.reject_proposal(antrag.pk, doer_of(request, antrag), vorschlag, fassung=fassung_of(request))
    except Vorschlag.DoesNotExist:
        raise Http404 from None
    except (ActError, OutdatedError) as error:
        again = Returned(note=str(error), status=_status(error))
        return desk(request, case_or_404(request, kennung), Choice(), again)
    messages.success(request, _("Vorschlag verworfen."))
    return at(antrag, found.pfad)

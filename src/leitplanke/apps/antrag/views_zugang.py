"""The page on which somebody notes that a letter arrived later than presumed, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from leitplanke.apps.antrag import dispatch
from leitplanke.apps.antrag.doing import clerk
from leitplanke.apps.antrag.forms_bescheid import ArrivalForm
from leitplanke.apps.antrag.models import Briefstand
from leitplanke.apps.antrag.trying import tried
from leitplanke.apps.antrag.views_bescheid import crumbs
from leitplanke.apps.antrag.views_schreiben import letter_or_404
from leitplanke.base.accounts.access import actor_of, requires

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.antrag.doing import Doer
    from leitplanke.apps.antrag.models import Schreiben


@requires("antrag.zugang_vermerken")
@never_cache
def zugang(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Correct what the law presumes about the arrival of a letter."""
    letter = letter_or_404(request, kennung)
    if letter.stand != Briefstand.VERSANDT:
        raise Http404
    form = ArrivalForm(request.POST if request.method == "POST" else None)
    here = reverse("antrag:schreiben", args=[letter.kennung])
    if request.method == "POST" and form.is_valid():
        doer = clerk(actor_of(request), letter.antrag, "antrag.zugang_vermerken")
        try:
            outcome = tried(request, here, lambda: _note(letter, doer, form))
        except dispatch.DispatchError as error:
            form.add_error("zugegangen_am", str(error))
        else:
            if outcome.done:
                messages.success(request, _("Vermerkt."))
            return redirect(here)
    title = _("Zugang berichtigen")
    context = {
        "antrag": letter.antrag, "form": form, "titel": title,
        "breadcrumb": crumbs(letter.antrag, (letter.brief["betreff"], here), (title, "")),
    }  # fmt: skip
    return render(request, "antrag/bescheid/schritt.html", context, status=422 if form.errors else 200)


def _note(letter: Schreiben, doer: Doer, form: ArrivalForm) -> None:
    day, why = form.cleaned_data["zugegangen_am"], form.cleaned_data["grund"]
    if day is not None:
        dispatch.note_arrival(letter.pk, doer, day)
    else:
        dispatch.note_return(letter.pk, doer, why)

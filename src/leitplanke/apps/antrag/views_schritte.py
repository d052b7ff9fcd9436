"""Pages of the ways a case moves on without a decision on the merits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.antrag import assigning, closing
from leitplanke.apps.antrag.akte_page import case_or_404
from leitplanke.apps.antrag.doing import Doer, clerk
from leitplanke.apps.antrag.forms_bescheid import AppealEndForm, AppealForm, ForwardForm, ReasonForm
from leitplanke.apps.antrag.models import Rechtsbehelfsstand
from leitplanke.apps.antrag.trying import tried
from leitplanke.apps.antrag.views_bescheid import crumbs
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.freshness import freshly_authenticated

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.models import Antrag

# Steps that need no words: a button does them.
PLAIN: dict[str, Callable[[int, Doer], object]] = {
    "uebernehmen": assigning.begin,
    "weiterbearbeiten": closing.resume,
    "zuruecknehmen": closing.withdraw,
    "abschliessen": closing.close,
}
FORMS: dict[str, tuple[object, type[forms.Form]]] = {
    "abgeben": (gettext_lazy("An die zuständige Stelle abgeben"), ForwardForm),
    "wiederaufnehmen": (gettext_lazy("Wieder aufnehmen"), ReasonForm),
    "rechtsbehelf_erfassen": (gettext_lazy("Rechtsbehelf erfassen"), AppealForm),
    "rechtsbehelf_erledigen": (gettext_lazy("Ausgang des Rechtsbehelfs vermerken"), AppealEndForm),
}


@requires("antrag.view")
def schritt(request: HttpRequest, kennung: UUID, act: str) -> HttpResponse:
    """Do a step: at once where a button says it all, else on a page with a form."""
    antrag = case_or_404(request, kennung)
    if act in PLAIN:
        if request.method == "POST":
            return _done(request, antrag, lambda doer: PLAIN[act](antrag.pk, doer))
        return redirect("antrag:akte", kennung=antrag.kennung)
    if act not in FORMS:
        return redirect("antrag:akte", kennung=antrag.kennung)
    title, kind = FORMS[act]
    form = kind(request.POST or None, initial={"eingang_am": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        return _done(request, antrag, lambda doer: _with_words(antrag, doer, act, form))
    context = {"antrag": antrag, "form": form, "titel": title, "breadcrumb": crumbs(antrag, (str(title), ""))}
    return render(request, "antrag/bescheid/schritt.html", context, status=422 if form.errors else 200)


def _with_words(antrag: Antrag, doer: Doer, act: str, form: forms.Form) -> object:
    values = form.cleaned_data
    if act == "abgeben":
        return closing.forward(antrag.pk, doer, values["wohin"], values["grund"])
    if act == "wiederaufnehmen":
        return closing.reopen(antrag.pk, doer, values["grund"])
    if act == "rechtsbehelf_erledigen":
        return closing.settle_appeal(antrag.pk, doer, Rechtsbehelfsstand(values["ausgang"]), values["grund"])
    return closing.record_appeal(antrag.pk, doer, closing.Appeal(**values))


def _done(request: HttpRequest, antrag: Antrag, verb: Callable[[Doer], object]) -> HttpResponse:
    def act() -> object:
        return verb(clerk(actor_of(request), antrag, "antrag.view", freshly_authenticated(request)))

    outcome = tried(request, request.get_full_path(), act)
    if outcome.first is not None:
        return outcome.first
    if outcome.done:
        messages.success(request, _("Erledigt."))
    return redirect("antrag:akte", kennung=antrag.kennung)

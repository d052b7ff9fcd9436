"""A letter in other words: what a model proposes beside what stands there, taken over paragraph by paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.antrag import rewording
from leitplanke.apps.antrag.doing import clerk, hashed
from leitplanke.apps.antrag.trying import tried
from leitplanke.apps.antrag.views_bescheid import crumbs
from leitplanke.apps.antrag.views_schreiben import letter_or_404
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.freshness import freshly_authenticated
from leitplanke.base.llm.calls import Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest

TEXT, CHOSEN = "text-", "absatz"


@requires("antrag.brief_bearbeiten")
@require_POST
def umformulieren(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Ask a model for other words, or take over the chosen ones."""
    letter = letter_or_404(request, kennung)
    here = reverse("antrag:schreiben", args=[kennung])
    if not rewording.may_reword(letter):
        messages.error(request, _("Dieses Schreiben lässt sich gerade nicht von einem Sprachmodell umformulieren."))
        return redirect(here)
    actor = actor_of(request)
    if "uebernehmen" in request.POST:
        chosen = {key: request.POST.get(TEXT + key, "") for key in request.POST.getlist(CHOSEN)}
        doer = clerk(actor, letter.antrag, "antrag.view", freshly_authenticated(request))
        gesehen = request.POST.get("gesehen", "")
        outcome = tried(request, here, lambda: rewording.take_over(letter.pk, doer, chosen, gesehen=gesehen))
        if outcome.done:
            messages.success(request, _("Übernommen und geprüft. Bitte zeichnen Sie den Bescheid neu."))
        return outcome.first or redirect(here)
    found = rewording.propose(letter, actor)
    title = _("In anderen Worten")
    context = {
        "schreiben": letter, "antrag": letter.antrag, "gesehen": hashed(letter.brief), "titel": title,
        "ablehnung": found if isinstance(found, Refusal) else None,
        "vorschlag": None if isinstance(found, Refusal) else found,
        "breadcrumb": crumbs(letter.antrag, (title, "")),
    }  # fmt: skip
    return render(request, "antrag/bescheid/umformulieren.html", context)

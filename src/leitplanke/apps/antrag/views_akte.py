"""The desk of one case, and the whole proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leitplanke.apps.antrag.akte_page import case_or_404, choice_of, desk, frame
from leitplanke.apps.antrag.calculating import result_of
from leitplanke.apps.antrag.letters import result_for
from leitplanke.apps.antrag.reversing import first_decision_of, hidden
from leitplanke.apps.regelwerk.public import UnknownRegelwerkError
from leitplanke.base.accounts.access import requires
from leitplanke.core.rules import RulesError
from leitplanke.core.rules.explain import Explanation
from leitplanke.core.rules.step_changes import changed_steps

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.antrag.models import Antrag


@requires("antrag.view")
@require_GET
@never_cache
def akte(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show the desk of a case."""
    return desk(request, case_or_404(request, kennung), choice_of(request))


@requires("antrag.view")
@require_GET
@never_cache
def nachweis(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show every step of the proof with norm, formula and numbers."""
    antrag = case_or_404(request, kennung)
    if hidden(antrag, first_decision_of(antrag)):
        messages.warning(
            request, _("Halten Sie zuerst fest, wie Sie entscheiden würden. Danach sehen Sie die Berechnung.")
        )
        return redirect("antrag:akte", kennung)
    context = frame(request, antrag, "nachweis")
    try:
        explanation = Explanation(result_of(antrag))
    except (RulesError, UnknownRegelwerkError) as error:
        return render(request, "antrag/akte/nachweis.html", {**context, "fehler": str(error)})
    steps = explanation.steps
    context |= {
        "kopf": explanation.headline,
        "gebraucht": [step for step in steps if step.used],
        "uebrig": [step for step in steps if not step.used],
        **_since_decision(antrag, explanation),
    }
    return render(request, "antrag/akte/nachweis.html", context)


def _since_decision(antrag: Antrag, now: Explanation) -> dict[str, Any]:
    """Return what came out otherwise than when it was decided; nothing where nothing was decided yet."""
    decided = antrag.entscheidung
    before = result_for(antrag, decided) if decided is not None else None
    if decided is None or before is None:
        return {}
    return {
        "entschieden": decided,
        "unterschiede": changed_steps(Explanation(before), now),
        "regeln_geaendert": before.digest != decided.digest,
    }

"""Putting the documents of what holds into Wissen, and what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.sourcing import NAMES, file_name, holds, put_into_wissen
from leitplanke.apps.leitlinie.werkstatt_page import version_or_404
from leitplanke.apps.wissen.public import held_sources, spaces_to_fill
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.policy import StepStoppedError, shown
from leitplanke.core.guideline.writing import SOURCES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.base.accounts.access import Actor


@requires("leitlinie.to_wissen")
@require_POST
def in_wissen(request: HttpRequest, nummer: int) -> HttpResponse:
    """Put the documents of a version into a space."""
    version = version_or_404(request, nummer)
    try:
        put_into_wissen(actor=actor_of(request), version_id=version.pk, space=request.POST.get("raum", ""))
    except StepStoppedError as error:
        messages.error(request, shown(error.stop))
    except WrongStateError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Übernommen. Sobald eine zweite Person die Texte in Wissen freigibt, antwortet Wissen daraus.")
        )
    return redirect("leitlinie:ausgaben", nummer=nummer)


def wissen_of(actor: Actor, version: Leitlinienfassung) -> dict[str, Any] | None:
    """Return what the page says about Wissen: None for a version that does not hold today."""
    if not holds(version):
        return None
    held = held_sources(actor, NAMES)
    own = {file_name(version, kind) for kind in SOURCES}
    return {
        "raeume": spaces_to_fill(actor) if actor.may("leitlinie.to_wissen", version.stand) else [],
        "bisher": held[0].raum if held else "",
        "quellen": [(row, row.datei in own) for row in held],
    }

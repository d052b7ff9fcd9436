"""Which own parts a town has: every procedure that lies in the content folders, run by the unit the town named."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from leitplanke.apps.antrag.public import ProcedureFacts, procedures_there, units_running
from leitplanke.apps.register import founding
from leitplanke.base.accounts.models import Mandant
from leitplanke.core.register.parts import Procedure

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Eintrag

logger = logging.getLogger(__name__)


def bind() -> None:
    """Tell the register where procedures come from."""
    founding.bind(procedures=lambda mandant: [_said(one) for one in procedures_there(mandant)], units=units_running)


def _said(one: ProcedureFacts) -> Procedure:
    return Procedure(
        one.name, one.titel, one.stelle, one.verfahrensrecht, one.rechtsgrundlagen, one.unterlagen, one.aufbewahrung
    )


def register_own_parts(mandant: Mandant) -> list[Eintrag]:
    """Register the own parts of a town that are not in its register yet, under examination."""
    return founding.register_own_parts(mandant)


def register_everywhere() -> None:
    """Register what is new in every town; one that cannot be registered does not stop the others."""
    for mandant in Mandant.objects.all():
        try:
            register_own_parts(mandant)
        except Exception:
            logger.exception("Eigene Teile von %s ließen sich nicht eintragen", mandant.kurz)

"""Preparing a decision with its letter, in one step: what is shown to whoever confirms is both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from leitplanke.apps.antrag import deciding, letters
from leitplanke.apps.antrag.calculating import engine_of
from leitplanke.apps.antrag.file_view import Occasion
from leitplanke.apps.antrag.intake import settings_for
from leitplanke.apps.antrag.procedures import verfahren_of

if TYPE_CHECKING:
    from leitplanke.apps.antrag.doing import Doer
    from leitplanke.apps.antrag.models import Antrag, Entscheidung
    from leitplanke.apps.antrag.readiness import Draft
    from leitplanke.core.rules.model import Ergebnis


def prepare_decision(antrag_id: int, doer: Doer, draft: Draft) -> Entscheidung:
    """Prepare a decision and draft its Bescheid.

    Raises:
        NotReadyError: something is missing for a decision of this kind; says what.
        DraftError: the letter would have to say what is not known yet; says what.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    with transaction.atomic():
        entscheidung = deciding.prepare(antrag_id, doer, draft)
        occasion = Occasion(letters.BESCHEID, entscheidung, unterzeichnet=entscheidung.vorbereitet_von)
        letters.draft(antrag_id, doer, occasion)
    return entscheidung


def needs_second(antrag: Antrag, entscheidung: Entscheidung) -> bool:
    """Tell whether a second person would have to sign."""
    einstellung = settings_for(antrag.mandant, antrag.verfahren)
    return deciding.second_needed(verfahren_of(antrag), einstellung, entscheidung.art, entscheidung.betrag)


def outcomes_of(antrag: Antrag) -> tuple[Ergebnis, ...]:
    """Return the outcomes that the rules of a case know."""
    return engine_of(antrag).regelwerk.ergebnisse

"""What must hold before a letter may leave."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leitplanke.apps.antrag.doing import OutdatedError
from leitplanke.apps.antrag.models import Entscheidungsstand, Fristart
from leitplanke.apps.antrag.voiding import seen_hash

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag, Schreiben

BESCHEID, MITWIRKUNG, ANHOERUNG = "bescheid", "mitwirkung", "anhoerung"
DEADLINES = {MITWIRKUNG: Fristart.MITWIRKUNG, ANHOERUNG: Fristart.ANHOERUNG}
MOST_DAYS_LOST = 3
"""So many days of a time limit may pass from its letter to its dispatch, such as a weekend; more is no fair time."""


def require_decided(schreiben: Schreiben, antrag: Antrag) -> None:
    """Check that a Bescheid is that of the decision which holds, word for word as it was confirmed and signed.

    Raises:
        OutdatedError: it is not.
    """
    entscheidung = schreiben.entscheidung
    if schreiben.art == BESCHEID and (entscheidung is None or entscheidung.stand != Entscheidungsstand.GETROFFEN):
        raise OutdatedError(_("Ein Bescheid geht erst hinaus, wenn die Entscheidung getroffen ist."))
    if schreiben.art == BESCHEID and antrag.entscheidung_id != (entscheidung.pk if entscheidung else None):
        raise OutdatedError(_("Inzwischen gibt es eine neuere Entscheidung."))
    if schreiben.art == BESCHEID and entscheidung is not None and seen_hash(entscheidung) != entscheidung.gesehen_hash:
        raise OutdatedError(_("Der Bescheid ist nicht der, der gezeichnet wurde. Bitte entwerfen Sie ihn neu."))


def require_time(schreiben: Schreiben, day: date) -> None:
    """Check that whoever gets a letter on that day has the time which it promises.

    Raises:
        OutdatedError: too much of it has passed since the letter was drafted.
    """
    lost = day - date.fromisoformat(schreiben.brief["datum"])
    if schreiben.art in DEADLINES and schreiben.frist_ende and lost.days > MOST_DAYS_LOST:
        raise OutdatedError(
            _("Von der Frist wäre zu viel verstrichen. Nehmen Sie die Freigabe zurück und entwerfen Sie neu.")
        )

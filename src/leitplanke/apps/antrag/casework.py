"""Small verbs of the desk: a note, and that somebody looked."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.doing import Doer, locked, perform
from leitplanke.apps.antrag.models import Antrag, Einsicht

MOST_CHARACTERS = 5000


class NoteError(ValueError):
    """The note is empty or too long."""


def write_note(antrag_id: int, doer: Doer, text: str) -> Antrag:
    """Write an internal note into the history; the applicant does not see it on their page.

    Raises:
        NoteError: it is empty or too long.
        ActError, NotPermittedError: as in `perform`.
    """
    words = text.strip()
    if not words:
        raise NoteError(_("Bitte schreiben Sie etwas."))
    if len(words) > MOST_CHARACTERS:
        raise NoteError(_("Bitte schreiben Sie höchstens %(zahl)d Zeichen.") % {"zahl": MOST_CHARACTERS})
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        perform(antrag, "vermerken", doer, text=words, public=False, content=words)
    return antrag


def note_view(antrag: Antrag, doer: Doer) -> None:
    """Keep that somebody of this unit looked at the case today; and that what was new has been seen."""
    if doer.membership is None or doer.membership.einheit_id is None:
        return
    Einsicht.objects.for_mandant(doer.mandant).get_or_create(
        mandant=doer.mandant, antrag=antrag, einheit_id=doer.membership.einheit_id, tag=timezone.localdate()
    )
    if antrag.neues:
        Antrag.objects.for_mandant(doer.mandant).filter(pk=antrag.pk).update(neues=False)
        antrag.neues = False

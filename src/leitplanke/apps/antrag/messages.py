"""Messages between the applicant and the office."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag import receipts
from leitplanke.apps.antrag.doing import Doer, locked, perform
from leitplanke.apps.antrag.models import Antrag, Mitteilung, Richtung
from leitplanke.core.verfahren.acts import Originator

MOST_CHARACTERS = 5000


class MessageError(ValueError):
    """The message is empty or too long."""


def write(antrag_id: int, doer: Doer, text: str, *, human: bool = False) -> Mitteilung:
    """Write a message; `human` asks for a talk with a person.

    Raises:
        MessageError: it is empty or too long.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    words = text.strip()
    if not words and not human:
        raise MessageError(_("Bitte schreiben Sie etwas."))
    if len(words) > MOST_CHARACTERS:
        raise MessageError(_("Bitte schreiben Sie höchstens %(zahl)d Zeichen.") % {"zahl": MOST_CHARACTERS})
    office = doer.by is Originator.PERSON
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        said = _("Nachricht vom Amt") if office else _("Nachricht an das Amt")
        perform(antrag, "mitteilen", doer, text=said, content=words)
        antrag.neues = antrag.neues or not office
        antrag.save()
        if office:
            receipts.tell_of_message(antrag)
        return Mitteilung.objects.create(
            mandant=antrag.mandant,
            antrag=antrag,
            richtung=Richtung.VOM_AMT if office else Richtung.AN_AMT,
            text=words,
            mensch_gewuenscht=human,
            von=doer.membership,
        )


def mark_read(antrag: Antrag, doer: Doer) -> None:
    """Note that the other side has seen what was written."""
    side = Richtung.AN_AMT if doer.by is Originator.PERSON else Richtung.VOM_AMT
    antrag.mitteilungen.filter(richtung=side, gelesen_am__isnull=True).update(gelesen_am=timezone.now())

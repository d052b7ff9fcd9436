"""A person has read the words of a model in a letter, and says whether they opened what those words stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.doing import Doer, allowed, perform
from leitplanke.apps.antrag.letters import locked_letter, require_seen
from leitplanke.apps.antrag.models import Briefstand

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Schreiben


def note_checked(schreiben_id: int, doer: Doer, *, gesehen: str, opened: bool = False) -> Schreiben:
    """Note that a person has checked the words of a model in a draft; it holds for exactly these words.

    Args:
        opened: whether they say that they opened and compared what the words stand on.
        gesehen: hash of the letter that the person saw.

    Raises:
        OutdatedError: the letter was changed meanwhile, or released.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        schreiben, antrag = locked_letter(schreiben_id, doer, Briefstand.ENTWURF)
        allowed(antrag, "brief_bearbeiten", doer)
        require_seen(schreiben, gesehen)
        said = _("Worte eines Sprachmodells geprüft, Belege geöffnet") if opened else ""
        text = said or _("Worte eines Sprachmodells geprüft")
        data = {"was": schreiben.art, "inhalt_sha256": gesehen}
        perform(antrag, "brief_bearbeiten", doer, text=text, public=False, data=data)
        person = doer.person.pk if doer.person else None
        schreiben.ki_pruefung = {"inhalt": gesehen, "belege": opened, "person": person}
        schreiben.save(update_fields=["ki_pruefung"])
    return schreiben

"""Letters as their reader sees them: the portal shows only what was sent, and only with consent."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.antrag.dispatch import fetched
from leitplanke.apps.antrag.doing import locked, trace
from leitplanke.apps.antrag.models import Briefstand, Schreiben, Verlauf, Versandweg

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.apps.antrag.doing import Doer
    from leitplanke.apps.antrag.models import Antrag

TITLES = {
    "eingangsbestaetigung": gettext_lazy("Eingangsbestätigung"),
    "mitwirkung": gettext_lazy("Bitte um Unterlagen und Angaben"),
    "anhoerung": gettext_lazy("Anhörung"),
    "bescheid": gettext_lazy("Bescheid"),
    "erinnerung": gettext_lazy("Erinnerung"),
    "abgabe": gettext_lazy("Abgabe an eine andere Stelle"),
}


def letters_for(antrag: Antrag) -> QuerySet[Schreiben]:
    """Return the letters that were sent, the newest first."""
    return antrag.schreiben.filter(stand=Briefstand.VERSANDT).select_related("pdf").order_by("-vermerk_am", "-id")


def fetch(antrag: Antrag, kennung: UUID, doer: Doer) -> Schreiben:
    """Fetch a letter from the portal: from that moment on it counts as fetched. Fetching again changes nothing.

    Raises:
        Schreiben.DoesNotExist: no such letter was delivered through the portal.
    """
    with transaction.atomic():
        case = locked(doer.mandant, antrag.pk)
        letter = letters_for(case).get(kennung=kennung, weg=Versandweg.PORTAL, pdf__isnull=False)
        if letter.abgerufen_am is None:
            fetched(letter.pk, doer)
            text = _("Schreiben im Portal abgerufen")
            Verlauf.objects.create(mandant=case.mandant, antrag=case, was="abgerufen", durch=doer.by.value, text=text)
            trace("antrag.abgerufen", case, doer, data={"was": letter.art})
            letter.refresh_from_db()
    return letter

"""Deadlines of a case: when they end, which comes next on the list, and reminders, which rules may send."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.doing import Doer, locked, machine, perform
from leitplanke.apps.antrag.file_view import law_of
from leitplanke.apps.antrag.models import Antrag, Frist, Fristart, Mitteilung, Richtung
from leitplanke.base.policy import StepStoppedError
from leitplanke.core.rules import german
from leitplanke.core.verfahren.acts import Stand
from leitplanke.core.verfahrensrecht import Dauer, Einheit, frist_ende
from leitplanke.core.verfahrensrecht import Fristart as Rechtsfristart

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.verfahren.model import Verfahren
    from leitplanke.core.verfahrensrecht import Fristende

REMIND_DAYS = 3


def office_deadline(antrag: Antrag, verfahren: Verfahren, on: date, days: int) -> Fristende:
    """Return the last day of a time limit that the office sets, on a working day.

    Raises:
        RechtsdatenError: the law or the calendar knows nothing for it.
    """
    recht = law_of(antrag, verfahren, on)
    return frist_ende(recht, on, Dauer(days, Einheit.TAG), recht.land, Rechtsfristart.BEHOERDLICH)


def remind(mandant: Mandant, today: date | None = None) -> int:
    """Remind people whose time limit ends soon: a message in the portal, an act without effect in law.

    Returns:
        How many were reminded.
    """
    day = today or timezone.localdate()
    due = Frist.objects.for_mandant(mandant).filter(
        art__in=[Fristart.MITWIRKUNG, Fristart.ANHOERUNG],
        erledigt_am__isnull=True,
        erinnert_am__isnull=True,
        ende__range=(day, day + timedelta(days=REMIND_DAYS)),
        antrag__stand=Stand.WARTET.value,
    )
    keys = list(due.values_list("pk", "antrag_id"))
    return sum(_reminded(mandant, key, antrag_id) for key, antrag_id in keys)


def _reminded(mandant: Mandant, key: int, antrag_id: int) -> bool:
    """Remind somebody, unless the guideline keeps programs away from the case."""
    try:
        _remind(mandant, key, antrag_id, machine(mandant))
    except StepStoppedError:
        return False
    return True


def _remind(mandant: Mandant, key: int, antrag_id: int, doer: Doer) -> None:
    with transaction.atomic():
        antrag = locked(mandant, antrag_id)
        frist = Frist.objects.for_mandant(mandant).get(pk=key)
        if antrag.state is not Stand.WARTET or frist.erinnert_am is not None:
            return
        text = _("Ihre Frist endet am %(tag)s. Reicht die Zeit nicht, melden Sie sich bitte vorher.")
        said = text % {"tag": german.day(frist.ende)}
        perform(antrag, "erinnern", doer, text=said, data={"was": frist.art})
        frist.erinnert_am = timezone.now()
        frist.save(update_fields=["erinnert_am"])
        Mitteilung.objects.create(mandant=mandant, antrag=antrag, richtung=Richtung.VOM_AMT, text=said)

"""Deadlines kept on a case, and which of them comes next on the list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from leitplanke.apps.antrag.models import Antrag, Frist, Fristart

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Schreiben
    from leitplanke.core.verfahren.model import Verfahren


def set_deadline(  # noqa: PLR0913 - what a deadline says, and from which letter it runs
    antrag: Antrag, art: Fristart, ende: date, schreiben: Schreiben, *, norm: str = "", belehrt: bool = False
) -> Frist:
    """Set a deadline that runs from a letter that left; an older one of the same kind is done with.

    The case is locked; the caller saves it.
    """
    now = timezone.now()
    antrag.fristen.filter(art=art, erledigt_am__isnull=True).update(erledigt_am=now)
    frist: Frist = antrag.fristen.create(
        mandant=antrag.mandant, art=art, ab=schreiben.vermerk_am or timezone.localdate(), ende=ende, norm=norm[:200],
        belehrt=belehrt, schreiben=schreiben,
    )  # fmt: skip
    renew_next(antrag)
    return frist


def stop_deadlines(antrag: Antrag, schreiben: Schreiben) -> None:
    """End the deadlines that ran from a letter, since it has not arrived; the caller saves the case."""
    antrag.fristen.filter(schreiben=schreiben, erledigt_am__isnull=True).update(
        erledigt_am=timezone.now(), belehrt=False
    )
    renew_next(antrag)


def renew_next(antrag: Antrag) -> None:
    """Keep the next deadline on the case, for the list."""
    open_ = antrag.fristen.filter(erledigt_am__isnull=True)
    antrag.frist_am = open_.values_list("ende", flat=True).order_by("ende").first()


def start_clock(antrag: Antrag, verfahren: Verfahren) -> None:
    """Begin the time in which the office wants to decide; the caller saves the case."""
    if antrag.eingang_am is None:
        return
    ende = antrag.eingang_am + timedelta(weeks=verfahren.bearbeitung_wochen)
    antrag.fristen.create(mandant=antrag.mandant, art=Fristart.BEARBEITUNG, ab=antrag.eingang_am, ende=ende)
    renew_next(antrag)

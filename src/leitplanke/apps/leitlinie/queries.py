"""Reads of the workshop, each within one Mandant."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from leitplanke.apps.leitlinie.library import blocks, table
from leitplanke.apps.leitlinie.models import Fassungsstand, Klausel, Leitlinienfassung
from leitplanke.core.guideline import Audience, Choice, Guideline, profile_of
from leitplanke.core.policy import Profile

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

READING_BLOCK, TRAINING_BLOCK = "BB53", "BB52"


def versions_of(mandant: Mandant) -> QuerySet[Leitlinienfassung]:
    """Return the versions, newest first."""
    return Leitlinienfassung.objects.for_mandant(mandant).select_related("begonnen_von", "vorgaenger")


def version_for(actor: Actor, number: int) -> Leitlinienfassung:
    """Return one version by its number.

    Raises:
        Leitlinienfassung.DoesNotExist: there is no such version here.
    """
    return versions_of(actor.mandant).get(nummer=number)


def in_force(mandant: Mandant, day: date | None = None) -> Leitlinienfassung | None:
    """Return the version that holds on a day, today unless another is named; None where none does."""
    day = day or timezone.localdate()
    adopted = versions_of(mandant).filter(stand=Fassungsstand.BESCHLOSSEN, gilt_ab__lte=day)
    return adopted.order_by("-gilt_ab").first()


def days_to_read(version: Leitlinienfassung) -> int:
    """Return how many days employees have to read a version: what the town decided, or what is usual."""
    return _number(version.klauseln.filter(baustein=READING_BLOCK).first(), READING_BLOCK, "frist_tage")


def training_ends(mandant: Mandant, day: date) -> date | None:
    """Return until when a training of a day counts by the guideline that holds; None where it says nothing."""
    version = in_force(mandant)
    clause = version.klauseln.filter(baustein=TRAINING_BLOCK).first() if version else None
    if clause is None:
        return None
    months = day.month - 1 + _number(clause, TRAINING_BLOCK, "gueltig_monate")
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def training_grace(mandant: Mandant) -> timedelta:
    """Return how long after its end a training still counts by the guideline that holds."""
    version = in_force(mandant)
    clause = version.klauseln.filter(baustein=TRAINING_BLOCK).first() if version else None
    return timedelta(days=_number(clause, TRAINING_BLOCK, "nachholen_tage") if clause else 0)


def _number(clause: Klausel | None, block: str, name: str) -> int:
    """Return a number that a clause states, or what is usual."""
    stated = clause.werte.get(name, "") if clause else ""
    parameter = blocks()[block].parameter(name)
    return int(stated if stated.isascii() and stated.isdigit() else parameter.usual if parameter else "0")


def guideline_of(version: Leitlinienfassung) -> Guideline:
    """Return a version as the model that everything is generated from."""
    choices = tuple(choice_of(clause) for clause in version.klauseln.all())
    return Guideline(f"fassung-{version.nummer}", version.titel, version.mandant.name, str(version.nummer), choices)


def choice_of(clause: Klausel) -> Choice:
    """Return a clause as the model has it."""
    words = {Audience(name): text for name, text in clause.wortlaut.items()}
    return Choice(
        clause.baustein, clause.option, dict(clause.werte), clause.grund, clause.quelle, clause.lizenz, words
    )  # fmt: skip


def profile_for(version: Leitlinienfassung) -> Profile:
    """Return the controls that follow from a version."""
    return profile_of(guideline_of(version), blocks(), table())

"""Leitbild and goals: writing them down, entering values, closing."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.days import YEARS_OF_GOALS, require_sensible
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Leitbild, Messwert, Ziel, Zielstand
from leitplanke.apps.leitlinie.standing import COUNTED
from leitplanke.apps.register import public as register
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as people write it down; the names are those of the model `Ziel`."""

    titel: str
    warum: str
    kennzahl: str
    einheit: str
    anfang: Decimal
    zielwert: Decimal
    bis: date
    zustaendig: str
    sammler: str = ""
    fallend: bool = False
    eintraege: tuple[str, ...] = ()
    bausteine: tuple[str, ...] = ()
    beteiligung: str = ""


def save_mission(*, actor: Actor, text: str) -> Leitbild:
    """Write down what the town stands for; what stood there before is kept.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: there is no text.
    """
    actor.require("leitlinie.steer")
    if not text.strip():
        raise WrongStateError(_("Bitte schreiben Sie, wofür die Kommune steht."))
    with transaction.atomic():
        row = Leitbild.objects.for_mandant(actor.mandant).create(
            mandant=actor.mandant, text=text.strip(), person=actor.person
        )
        digest = hashlib.sha256(row.text.encode()).hexdigest()
        record("leitlinie.leitbild_gespeichert", mandant=actor.mandant, actor=actor, subject=row,
               data={"sha256": digest})  # fmt: skip
    return row


def save_goal(*, actor: Actor, goal: Goal, goal_id: int | None = None) -> Ziel:
    """Write down a new goal, or change one that is open.

    Raises:
        NotPermittedError: `actor` may not.
        Ziel.DoesNotExist: there is no such goal here.
        WrongStateError: it is closed, the target is no step forward, or it names what does not exist.
    """
    actor.require("leitlinie.steer")
    with transaction.atomic():
        row = Ziel(mandant=actor.mandant, angelegt_von=actor.person) if goal_id is None else _open(actor, goal_id)
        _require_sense(actor, goal)
        for name, value in asdict(goal).items():
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
        row.save()
        data = {"zielwert": str(goal.zielwert), "bis": goal.bis.isoformat()}
        record("leitlinie.ziel_gespeichert", mandant=actor.mandant, actor=actor, subject=row, data=data)
    return row


def _require_sense(actor: Actor, goal: Goal) -> None:
    require_sensible(goal.bis, _("Bis"), ahead=YEARS_OF_GOALS)
    if goal.zielwert == goal.anfang or (goal.zielwert < goal.anfang) != goal.fallend:
        raise WrongStateError(_("Der Zielwert muss besser sein als der Wert von heute."))
    if goal.sammler and goal.sammler not in COUNTED:
        raise WrongStateError(_("Diese Kennzahl zählt die Software nicht. Bitte wählen Sie eine andere."))
    known = {kuerzel for kuerzel, _name in register.known_entries(actor.mandant)}
    if not set(goal.eintraege) <= known or not set(goal.bausteine) <= blocks().keys():
        raise WrongStateError(_("Einen Eintrag oder Baustein, den das Ziel nennt, gibt es nicht."))


def add_value(*, actor: Actor, goal_id: int, day: date, value: Decimal, source: str) -> Messwert:
    """Enter what was measured on a day; a second value of the same day replaces the first.

    Raises:
        NotPermittedError: `actor` may not.
        Ziel.DoesNotExist: there is no such goal here.
        WrongStateError: it is closed or counted by the house, the day is in the future, or no source is named.
    """
    actor.require("leitlinie.steer")
    with transaction.atomic():
        goal = _open(actor, goal_id)
        if goal.sammler:
            raise WrongStateError(_("Diese Kennzahl zählt die Software selbst."))
        if day > timezone.localdate() or not source.strip():
            raise WrongStateError(_("Bitte nennen Sie einen vergangenen Tag und woher der Wert stammt."))
        require_sensible(day, _("Gemessen am"))
        row, _made = Messwert.objects.for_mandant(actor.mandant).update_or_create(
            ziel=goal, am=day,
            defaults={"mandant": actor.mandant, "wert": value, "quelle": source.strip(), "person": actor.person},
        )  # fmt: skip
        data = {"am": day.isoformat(), "wert": str(value)}
        record("leitlinie.messwert_eingetragen", mandant=actor.mandant, actor=actor, subject=row, data=data)
    return row


def close_goal(*, actor: Actor, goal_id: int, state: Zielstand, reason: str) -> Ziel:
    """Say that a goal is reached or given up, and why; that ends it.

    Raises:
        NotPermittedError: `actor` may not.
        Ziel.DoesNotExist: there is no such goal here.
        WrongStateError: it is closed already, or no reason is given.
    """
    actor.require("leitlinie.steer")
    with transaction.atomic():
        row = _open(actor, goal_id)
        if state is Zielstand.OFFEN or not reason.strip():
            raise WrongStateError(_("Bitte schreiben Sie, warum das Ziel erreicht oder aufgegeben ist."))
        row.stand, row.stand_grund = state, reason.strip()
        row.save(update_fields=["stand", "stand_grund"])
        data = {"stand": state.value}
        record("leitlinie.ziel_abgeschlossen", mandant=actor.mandant, actor=actor, subject=row, data=data)
    return row


def _open(actor: Actor, goal_id: int) -> Ziel:
    row = Ziel.objects.for_mandant(actor.mandant).select_for_update().get(pk=goal_id)
    if row.stand != Zielstand.OFFEN:
        raise WrongStateError(_("Dieses Ziel ist abgeschlossen. Dabei geht das nicht."))
    return row

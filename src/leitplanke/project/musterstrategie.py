"""Leitbild, goals and self-assessment of the demo town from `content/musterstadt/strategie.yaml`, through the verbs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone, translation

from leitplanke.apps.leitlinie.assessing import Shown, show_proof, take_snapshot
from leitplanke.apps.leitlinie.goals import Goal, add_value, save_goal, save_mission
from leitplanke.apps.leitlinie.models import Leitbild
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mitgliedschaft

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

WORDS = ("titel", "warum", "kennzahl", "einheit", "zustaendig")


def load_strategie(mandant: Mandant, data: Mapping[str, Any]) -> bool:
    """Write down Leitbild and goals, and keep two self-assessments, unless there are some; tell whether it was done."""
    if Leitbild.objects.for_mandant(mandant).exists():
        return False
    rows = Mitgliedschaft.objects.for_mandant(mandant).filter(person__email=data["person"]).select_related("person")
    membership = rows.earliest("pk")
    actor = Actor(mandant, membership.person, (membership,))
    with translation.override("de"), transaction.atomic():
        save_mission(actor=actor, text=data["leitbild"])
        for row in data["ziele"]:
            _add_goal(actor, row)
        for count, row in enumerate(data["nachweise"]):
            if count == int(data["erster_stand_nach"]):
                take_snapshot(actor=actor)
            day = timezone.localdate() - timedelta(days=int(row["vor_tagen"]))
            show_proof(actor=actor, shown=Shown(row["punkt"], row["text"], row["url"], day))
        take_snapshot(actor=actor)
    return True


def _add_goal(actor: Actor, row: Mapping[str, Any]) -> None:
    today, start, target = timezone.localdate(), Decimal(row["anfang"]), Decimal(row["zielwert"])
    goal = Goal(
        **{name: row[name] for name in WORDS},
        sammler=row.get("sammler", ""),
        anfang=start,
        zielwert=target,
        fallend=target < start,
        bis=today + timedelta(days=int(row["in_tagen"])),
        eintraege=tuple(row["eintraege"]),
        bausteine=tuple(row["bausteine"]),
        beteiligung=row.get("beteiligung", ""),
    )
    saved = save_goal(actor=actor, goal=goal)
    for value in row.get("werte", ()):
        day = today - timedelta(days=int(value["vor_tagen"]))
        add_value(actor=actor, goal_id=saved.pk, day=day, value=Decimal(value["wert"]), source=value["quelle"])

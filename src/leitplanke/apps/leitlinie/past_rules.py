"""What stood under a number of a rule in versions that held before: refusals recorded then still link to it."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Fassungsstand
from leitplanke.apps.leitlinie.queries import guideline_of, in_force, versions_of
from leitplanke.base.policy.active import shipped
from leitplanke.core.guideline import Audience, Numbered, numbered

if TYPE_CHECKING:
    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.base.accounts.models import Mandant


@dataclass(frozen=True, slots=True)
class PastRule:
    """A rule that a number meant before.

    Attributes:
        version: number of the last version that had it there; "" for the rules that ship.
        since, until: days between which that version held; `until` is the first day of the next one.
        now: number of the clause of what holds that belongs to the same building block; "" where none does.
    """

    title: str
    text: str
    version: str
    since: date | None
    until: date | None
    now: str
    now_title: str


def past_rules(mandant: Mandant, number: str, *, exists: bool) -> list[PastRule]:
    """Return what a number meant before and does not mean today, newest first, each building block once.

    `exists` tells whether it is a rule of what holds; a control of a clause may be gone though the clause is not.
    """
    current = in_force(mandant)
    if current is None:
        return []
    own = number.rstrip(string.ascii_letters)
    today = {one.block.id: one for one in numbered(guideline_of(current), blocks())}
    seen = {block for block, one in today.items() if exists and one.number == own}
    found, until = [], current.gilt_ab
    for version in _before(current):
        clause = next((one for one in numbered(guideline_of(version), blocks()) if one.number == own), None)
        if clause is not None and clause.block.id not in seen:
            seen.add(clause.block.id)
            found.append(_past(clause, version, until, today.get(clause.block.id)))
        until = version.gilt_ab
    return found or _shipped(number, until)


def _before(current: Leitlinienfassung) -> list[Leitlinienfassung]:
    rows = versions_of(current.mandant).filter(stand=Fassungsstand.BESCHLOSSEN, gilt_ab__lte=timezone.localdate())
    return list(rows.exclude(pk=current.pk).order_by("-gilt_ab").prefetch_related("klauseln"))


def _past(clause: Numbered, version: Leitlinienfassung, until: date | None, now: Numbered | None) -> PastRule:
    return PastRule(
        clause.block.title, clause.text(Audience.BESCHAEFTIGTE), str(version.nummer), version.gilt_ab, until,
        now.number if now else "", now.block.title if now else "",
    )  # fmt: skip


def _shipped(number: str, until: date | None) -> list[PastRule]:
    """Return the rule of Leitplanke itself that held until the first version did, if the number is one."""
    profile = shipped().profile
    if number == profile.table.number:
        return [PastRule(profile.table.title, profile.table.closed, "", None, until, "", "")]
    rules = (rule for rule in profile.clauses if rule.number == number)
    return [PastRule(rule.title, rule.sentence, "", None, until, "", "") for rule in rules]

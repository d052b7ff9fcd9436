"""The guideline of the demo town from `content/musterstadt/leitlinie.yaml`, through the verbs that people use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone, translation

from leitplanke.apps.leitlinie.acknowledging import acknowledge, record_training
from leitplanke.apps.leitlinie.adopting import Adoption, adopt_version
from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Herkunft, Leitlinienfassung, Stelle, Votum
from leitplanke.apps.leitlinie.submitting import sign_version, submit_version
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.roles import EMPLOYEES
from leitplanke.core.guideline import Choice, Example, example_guideline

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

SIGN_OFF_DAYS = 14
TRAINED_DAYS_AGO = 30
TRAINING_DAYS = 730


def load_leitlinie(mandant: Mandant, data: Mapping[str, Any]) -> bool:
    """Adopt the guideline of the demo town from today on, unless it has one; return whether that was done."""
    if Leitlinienfassung.objects.for_mandant(mandant).exists():
        return False
    people = people_of(mandant)
    with translation.override("de"), transaction.atomic():
        version = _adopted(data, people)
        for mail, actor in people.items():
            _make_ready(data, version, mail, actor, people[data["vorgelegt_von"]])
    return True


def people_of(mandant: Mandant) -> dict[str, Actor]:
    """Return everybody who works in the demo town by address."""
    rows = Mitgliedschaft.objects.for_mandant(mandant).valid_on(timezone.localdate()).select_related("person")
    return {row.person.email: Actor(mandant, row.person, (row,)) for row in rows}


def _adopted(data: Mapping[str, Any], people: Mapping[str, Actor]) -> Leitlinienfassung:
    today, author = timezone.localdate(), people[data["vorgelegt_von"]]
    example = Example(data["beispiel"])
    beginning = Beginning(
        data["titel"], Herkunft.BEISPIEL, origin_text=example.value, choices=_choices(data, example), looked_at=True
    )
    version = begin_version(actor=author, beginning=beginning)
    offices = [Stelle(row["stelle"]) for row in data["mitzeichnung"]]
    submit_version(actor=author, version_id=version.pk, offices=offices, until=today + timedelta(days=SIGN_OFF_DAYS))
    for row in data["mitzeichnung"]:
        sign_version(
            actor=people[row["person"]], version_id=version.pk, office=Stelle(row["stelle"]),
            verdict=Votum.ZUGESTIMMT, remark=row["bemerkung"],
        )  # fmt: skip
    adoption = Adoption(data["beschluss"]["durch"], today, today)
    return adopt_version(actor=people[data["beschluss"]["eingetragen_von"]], version_id=version.pk, adoption=adoption)


def _choices(data: Mapping[str, Any], example: Example) -> Iterator[Choice]:
    own = {row["baustein"]: row for row in data["klauseln"]}
    for choice in example_guideline(blocks(), example).choices:
        row = own.get(choice.block)
        yield choice if row is None else Choice(choice.block, row["option"], row.get("werte", {}), row["grund"])


def _make_ready(data: Mapping[str, Any], version: Leitlinienfassung, mail: str, actor: Actor, trainer: Actor) -> None:
    """Have somebody trained and have them read what holds, unless the demo shows what happens without."""
    if actor.person is None or not actor.roles & EMPLOYEES:
        return
    day = timezone.localdate() - timedelta(days=TRAINED_DAYS_AGO)
    if mail not in data["ohne_schulung"]:
        until = day + timedelta(days=TRAINING_DAYS)
        title = data["schulung"]["titel"]
        record_training(actor=trainer, person=actor.person, title=title, day=day, until=until)
    if mail not in data["ohne_kenntnisnahme"]:
        acknowledge(actor=actor, version_id=version.pk)

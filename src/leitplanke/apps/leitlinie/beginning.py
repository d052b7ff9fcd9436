"""Beginning a version of the guideline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from leitplanke.apps.leitlinie.clauses import put_first
from leitplanke.apps.leitlinie.doing import leave_evidence
from leitplanke.apps.leitlinie.models import Herkunft, Leitlinienfassung
from leitplanke.base.accounts.models import Mandant
from leitplanke.core.guideline import Choice

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a version begins with.

    Attributes:
        origin: what kind of thing that is, `origin_text` its name for people.
        choices: what is decided already; a person has looked at them where `looked_at`.
        core: only the questions that a small town is asked.
        before: the version that this one is to replace.
    """

    title: str
    origin: Herkunft
    origin_text: str = ""
    choices: Iterable[Choice] = ()
    looked_at: bool = False
    core: bool = False
    before: Leitlinienfassung | None = None


def begin_version(*, actor: Actor, beginning: Beginning) -> Leitlinienfassung:
    """Begin a version.

    Raises:
        NotPermittedError: `actor` may not.
        UnknownChoiceError: a choice names a block or an option that does not exist.
        UnusableChoiceError: a value is not possible.
    """
    actor.require("leitlinie.begin")
    with transaction.atomic():
        mandant = Mandant.objects.select_for_update().get(pk=actor.mandant.pk)
        last = Leitlinienfassung.objects.for_mandant(mandant).aggregate(Max("nummer"))["nummer__max"] or 0
        version = Leitlinienfassung.objects.create(
            mandant=mandant, nummer=last + 1, titel=beginning.title, herkunft=beginning.origin,
            herkunft_text=beginning.origin_text, vorgaenger=beginning.before, nur_kern=beginning.core,
            begonnen_von=actor.person,
        )  # fmt: skip
        put_first(version, beginning.choices, actor, looked_at=beginning.looked_at)
        leave_evidence(
            "leitlinie.begonnen", version, actor, actor.capacity("leitlinie.begin"), herkunft=beginning.origin.value
        )
    return version

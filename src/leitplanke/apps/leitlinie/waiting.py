"""What waits for somebody on the start page: to sign, to enter the adoption, to read what holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.models import Fassungsstand, Kenntnisnahme, Leitlinienfassung, Mitzeichnung, Votum
from leitplanke.apps.leitlinie.queries import in_force, versions_of
from leitplanke.apps.leitlinie.submitting import agrees
from leitplanke.base.accounts.roles import EMPLOYEES
from leitplanke.base.policy import active, as_stop, readiness_of
from leitplanke.core.policy import Effect
from leitplanke.core.policy.cases import quiet

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.policy import Stop


# An ordinary call of somebody who works here, and is not trained.
UNTRAINED = {
    "schritt": "modellaufruf", "fuer_beschaeftigte": True, "ausloeser": "person", "datenklasse": "intern",
    "schulung_vorhanden": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that waits for somebody: which, and what is to be done."""

    name: str
    url: str
    was: str


@dataclass(frozen=True, slots=True)
class ToRead:
    """What holds and what somebody has not read; `before` is the version that they read last, if any."""

    version: Leitlinienfassung
    before: Leitlinienfassung | None


def waiting_for(actor: Actor) -> list[Waiting]:
    """Return the versions that wait for a word of somebody."""
    if not (actor.may("leitlinie.sign") or actor.may("leitlinie.adopt")):
        return []
    rows = versions_of(actor.mandant).filter(stand=Fassungsstand.MITZEICHNUNG).prefetch_related("mitzeichnungen")
    found = []
    for version in rows:
        signs = list(version.mitzeichnungen.all())
        url = reverse("leitlinie:mitzeichnung", args=[version.nummer])
        if any(_asks(row, version, actor) for row in signs):
            found.append(Waiting(str(version), url, _("Mitzeichnen")))
        elif _ready(signs, version, actor):
            found.append(
                Waiting(str(version), url, _("Alle Stellen stimmen zu: Beschluss eintragen, sobald er gefasst ist"))
            )
    return found


def to_read(actor: Actor) -> ToRead | None:
    """Return what somebody who works here has yet to read; None where there is nothing."""
    if actor.person is None or not actor.roles & EMPLOYEES:
        return None
    version = in_force(actor.mandant)
    if version is None:
        return None
    last = last_read(actor)
    if last is not None and last.fassung_id == version.pk:
        return None
    return ToRead(version, last.fassung if last else None)


def to_train(actor: Actor) -> Stop | None:
    """Return the clause that asks somebody for a training before they use a model; None where none does."""
    if actor.person is None or not actor.roles & EMPLOYEES:
        return None
    holds = active(actor.mandant)
    if not holds.adopted or readiness_of(actor.mandant).is_trained(actor.person.pk):
        return None
    asked = holds.policy.decide(quiet() | UNTRAINED).first(Effect.REQUIRE_TRAINING)
    return as_stop(asked) if asked else None


def last_read(actor: Actor) -> Kenntnisnahme | None:
    """Return the version that somebody read last; None where they have read none."""
    rows = Kenntnisnahme.objects.for_mandant(actor.mandant).filter(person=actor.person).select_related("fassung")
    return rows.order_by("-fassung__gilt_ab", "-fassung__nummer").first()


def _asks(row: Mitzeichnung, version: Leitlinienfassung, actor: Actor) -> bool:
    own = row.stelle in {role.value for role in actor.roles} and actor.may("leitlinie.sign", version.stand)
    return own and (row.votum == Votum.OFFEN or row.aenderungszaehler != version.aenderungszaehler)


def _ready(signs: list[Mitzeichnung], version: Leitlinienfassung, actor: Actor) -> bool:
    second = actor.person is not None and version.vorgelegt_von_id != actor.person.pk
    return second and actor.may("leitlinie.adopt", version.stand) and all(agrees(row, version) for row in signs)

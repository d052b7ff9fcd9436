"""What other areas and the start page may use of Wissen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitplanke.apps.wissen.ai import stopped_for
from leitplanke.apps.wissen.models import Fassung, Stand
from leitplanke.apps.wissen.queries import spaces_for

if TYPE_CHECKING:
    from leitplanke.apps.register.public import Permit
    from leitplanke.base.accounts.access import Actor


@dataclass(frozen=True, slots=True)
class SpaceCard:
    """A space as a tile."""

    name: str
    kurz: str
    beschreibung: str
    beispielfragen: tuple[str, ...]
    quellen: int


@dataclass(frozen=True, slots=True)
class WaitingSource:
    """A version that waits for a second person."""

    pk: int
    titel: str
    raum: str


def open_spaces(actor: Actor) -> list[SpaceCard]:
    """Return the spaces in which `actor` may ask."""
    return [
        SpaceCard(raum.name, raum.kurz, raum.beschreibung, tuple(raum.beispielfragen), raum.freigegeben)
        for raum in spaces_for(actor)
    ]


def answers_stopped(actor: Actor) -> Permit | None:
    """Return what the register says where no AI answers `actor` now, None where it does."""
    return stopped_for(actor)


def waiting_for(actor: Actor, limit: int = 10) -> list[WaitingSource]:
    """Return versions that `actor` may release: added by somebody else."""
    if actor.person is None or not actor.may("wissen.release_source", Stand.ZU_PRUEFEN):
        return []
    waiting = (
        Fassung.objects.for_mandant(actor.mandant)
        .filter(stand=Stand.ZU_PRUEFEN)
        .exclude(angelegt_von=actor.person)
        .select_related("quelle__raum")
    )
    return [WaitingSource(fassung.pk, fassung.titel, fassung.quelle.raum.name) for fassung in waiting[:limit]]

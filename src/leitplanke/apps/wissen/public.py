"""What other areas and the start page may use of Wissen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from leitplanke.apps.wissen.ai import stopped_for
from leitplanke.apps.wissen.models import Fassung, Stand
from leitplanke.apps.wissen.queries import spaces_for
from leitplanke.apps.wissen.taking_in import LIVE, NameTakenError, OfferedSource, UnknownSpaceError, take_in

if TYPE_CHECKING:
    from collections.abc import Collection

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


@dataclass(frozen=True, slots=True)
class HeldSource:
    """The newest version of a source that another area gave, as far as it is in use or on its way.

    Attributes:
        datei: the name of its file, by which who gave it knows what it is.
        stand: how far it has come, in words for people; `kind` is the colour of that.
        url: where it is read, or released; "" where the person may not.
    """

    raum: str
    titel: str
    datei: str
    stand: str
    kind: str
    url: str


def spaces_to_fill(actor: Actor) -> list[tuple[str, str]]:
    """Return short name and name of the spaces to which `actor` may add sources."""
    if not actor.may("wissen.add_source"):
        return []
    return [(raum.kurz, raum.name) for raum in spaces_for(actor)]


def held_sources(actor: Actor, dokumente: Collection[str]) -> list[HeldSource]:
    """Return the newest version in use, or on its way, of the sources with these names in the spaces of `actor`."""
    rows = (
        Fassung.objects.for_mandant(actor.mandant)
        .filter(quelle__dokument__in=dokumente, quelle__raum__in=spaces_for(actor).values("pk"), stand__in=LIVE)
        .select_related("quelle__raum")
        .order_by("quelle__raum__name", "quelle_id", "-nummer")
    )
    newest: dict[int, Fassung] = {}
    for row in rows:
        newest.setdefault(row.quelle_id, row)
    return [
        HeldSource(
            row.quelle.raum.name, row.titel, row.dateiname, row.get_stand_display(), row.kind, _address(actor, row)
        )
        for row in newest.values()
    ]


def _address(actor: Actor, row: Fassung) -> str:
    """Return where `actor` reads a version, or looks at one that waits; "" where they may not."""
    if row.stand == Stand.FREIGEGEBEN:
        return reverse("wissen:fassung", args=[row.pk])
    return reverse("wissen:pruefen", args=[row.pk]) if actor.may("wissen.list_sources") else ""


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


__all__ = [
    "HeldSource",
    "NameTakenError",
    "OfferedSource",
    "SpaceCard",
    "UnknownSpaceError",
    "WaitingSource",
    "answers_stopped",
    "held_sources",
    "open_spaces",
    "spaces_to_fill",
    "take_in",
    "waiting_for",
]

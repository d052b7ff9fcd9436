"""What other areas and the start page may use of Regelwerke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitplanke.apps.regelwerk.library import UnknownRegelwerkError, book_for, library_of, texts_for
from leitplanke.apps.regelwerk.models import Aenderung, Aenderungsstand
from leitplanke.base.interview.wording import said
from leitplanke.core.rules.loading import LETTERS, PROCEDURE

__all__ = [
    "RegelwerkCard",
    "UnknownRegelwerkError",
    "WaitingChange",
    "engine_for",
    "layers_for",
    "procedure_texts",
    "usable_regelwerke",
    "waiting_changes",
]

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.rules import Engine


@dataclass(frozen=True, slots=True)
class RegelwerkCard:
    """A Regelwerk as a tile."""

    name: str
    titel: str
    beschreibung: str
    gesetz: str


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """A change that waits for a second person."""

    pk: int
    was: str
    regelwerk: str


def usable_regelwerke(mandant: Mandant) -> list[RegelwerkCard]:
    """Return the Regelwerke with which one can reckon here."""
    books = [book for book in library_of(mandant) if not book.findings]
    return [
        RegelwerkCard(book.name, said(book.regelwerk.titel), said(book.regelwerk.beschreibung), book.regelwerk.gesetz)
        for book in books
    ]


def engine_for(mandant: Mandant, name: str, ebene: str | None = None) -> Engine:
    """Return the engine of a Regelwerk as it holds for a Mandant, with its own layer unless another is named.

    Raises:
        UnknownRegelwerkError: there is no such Regelwerk or layer.
        RegelwerkError: it cannot be used.
    """
    book = book_for(mandant, name)
    return book.engine(book.usual_layer(mandant) if ebene is None else ebene)


def layers_for(mandant: Mandant, name: str) -> dict[str, str]:
    """Return the layers with which a Regelwerk can be used, by name with title; "" is the law above them alone.

    Raises:
        UnknownRegelwerkError: there is no such Regelwerk.
        RegelwerkError: it cannot be used.
    """
    book = book_for(mandant, name)
    return ({} if book.needs_layer and book.layers else {"": ""}) | book.layer_titles()


def procedure_texts(mandant: Mandant, name: str) -> dict[str, str]:
    """Return the files that make an application type of a Regelwerk, as they hold for a Mandant; empty for none.

    Raises:
        UnknownRegelwerkError: there is no such Regelwerk.
    """
    texts = texts_for(mandant, name)
    return {file: text for file, text in texts.items() if file == PROCEDURE or file.startswith(LETTERS)}


def waiting_changes(actor: Actor, limit: int = 10) -> list[WaitingChange]:
    """Return changes that `actor` may release: proposed by somebody else."""
    if actor.person is None or not actor.may("regelwerk.release", Aenderungsstand.VORGESCHLAGEN):
        return []
    waiting = (
        Aenderung.objects.for_mandant(actor.mandant)
        .filter(stand=Aenderungsstand.VORGESCHLAGEN)
        .exclude(vorgeschlagen_von=actor.person)
    )
    return [WaitingChange(row.pk, row.was, row.regelwerk) for row in waiting[:limit]]

"""Text blocks of the office for judgements: kept by the head of the unit that runs the procedure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.models import Textbaustein, Verfahrenseinstellung
from leitplanke.apps.antrag.queries import units_where
from leitplanke.apps.regelwerk.public import engine_for
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.base.accounts.access import Actor

ACTION = "antrag.textblocks"


class BlockError(ValueError):
    """A text block cannot be kept so; `field` says where."""

    def __init__(self, message: str, field: str) -> None:
        """Keep the field to which the message belongs."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Block:
    """What a text block is about and says."""

    verfahren: str
    urteil: str
    titel: str
    text: str


def procedures_of(actor: Actor) -> list[str]:
    """Return the procedures of the units whose text blocks `actor` may keep."""
    units = units_where(actor, ACTION)
    rows = Verfahrenseinstellung.objects.for_mandant(actor.mandant).filter(einheit__in=units)
    return list(rows.values_list("verfahren", flat=True))


def own_blocks(actor: Actor) -> QuerySet[Textbaustein]:
    """Return the text blocks of the procedures that `actor` is answerable for."""
    return Textbaustein.objects.for_mandant(actor.mandant).filter(verfahren__in=procedures_of(actor))


def blocks_for(antrag: Antrag, urteil: str) -> list[Textbaustein]:
    """Return the text blocks that may be used for a judgement in a case."""
    return list(Textbaustein.objects.for_mandant(antrag.mandant_id).filter(verfahren=antrag.verfahren, urteil=urteil))


def save_block(actor: Actor, block: Block, *, pk: int | None = None) -> Textbaustein:
    """Keep a new text block, or a changed one.

    Raises:
        NotPermittedError: somebody else is answerable for the procedure.
        BlockError: there is no such judgement, words are missing, or the title is taken.
    """
    actor.require(ACTION)
    if block.verfahren not in procedures_of(actor):
        raise NotPermittedError(ACTION)
    if block.urteil not in engine_for(actor.mandant, block.verfahren).regelwerk.ermessen:
        raise BlockError(_("Dieses Urteil gibt es in dem Verfahren nicht."), "urteil")
    if not block.text.strip() or not block.titel.strip():
        raise BlockError(_("Bitte geben Sie Titel und Text an."), "text")
    capacity = actor.capacity(ACTION)
    with transaction.atomic():
        row = own_blocks(actor).get(pk=pk) if pk is not None else Textbaustein(mandant=actor.mandant)
        row.verfahren, row.urteil = block.verfahren, block.urteil
        row.titel, row.text = block.titel.strip(), block.text.strip()
        row.geaendert_von, row.geaendert_am = capacity.membership if capacity else None, timezone.now()
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            raise BlockError(_("Diesen Titel gibt es für das Urteil schon."), "titel") from None
        _trace(actor, row, "geaendert")
    return row


def delete_block(actor: Actor, pk: int) -> None:
    """Take a text block out of use; judgements made with it keep its words.

    Raises:
        Textbaustein.DoesNotExist: it is none that `actor` is answerable for.
    """
    actor.require(ACTION)
    with transaction.atomic():
        row = own_blocks(actor).get(pk=pk)
        _trace(actor, row, "geloescht")
        row.delete()


def _trace(actor: Actor, row: Textbaustein, was: str) -> None:
    record(
        "antrag.textbaustein",
        mandant=actor.mandant,
        actor=actor.person,
        data={"verfahren": row.verfahren, "was": f"{was}: {row.urteil}, {row.titel}"[:400]},
    )

"""Wishes to be called back by a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from leitplanke.apps.antrag.intake import settings_for
from leitplanke.apps.antrag.models import Rueckruf
from leitplanke.apps.antrag.queries import units_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants to be called, when, and about what."""

    name: str
    telefon: str
    wann: str = ""
    worum: str = ""


def ask_for_call(mandant: Mandant, verfahren: str, wish: Wish) -> Rueckruf:
    """Note that somebody wants to talk to a person of the responsible unit.

    Raises:
        NotOfferedError: the Mandant does not offer that procedure.
    """
    einheit = settings_for(mandant, verfahren).einheit
    return Rueckruf.objects.create(
        mandant=mandant, einheit=einheit, verfahren=verfahren, name=wish.name, telefon=wish.telefon, wann=wish.wann,
        worum=wish.worum,
    )  # fmt: skip


def open_calls(actor: Actor) -> QuerySet[Rueckruf]:
    """Return who waits for a call by one of the actor's units, the longest first."""
    waiting = Rueckruf.objects.for_mandant(actor.mandant).filter(einheit__in=units_of(actor), erledigt_am__isnull=True)
    return waiting.select_related("einheit")


def mark_called(actor: Actor, pk: int) -> None:
    """Note that the person was called.

    Raises:
        Rueckruf.DoesNotExist: it is another unit's, or was done already.
    """
    row = open_calls(actor).get(pk=pk)
    own = next((m for m in (*actor.memberships, *actor.acting_for) if m.einheit_id == row.einheit_id), None)
    row.erledigt_am, row.erledigt_von = timezone.now(), own
    row.save(update_fields=["erledigt_am", "erledigt_von"])

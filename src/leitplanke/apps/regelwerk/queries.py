"""Reads of Regelwerke, each within one Mandant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leitplanke.apps.regelwerk.library import shipped
from leitplanke.apps.regelwerk.models import Aenderung, Aenderungsstand

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant


def changes_of(mandant: Mandant, name: str) -> QuerySet[Aenderung]:
    """Return the changes of a Regelwerk, newest first."""
    return (
        Aenderung.objects.for_mandant(mandant)
        .filter(regelwerk=name)
        .defer("text", "vorher")
        .select_related("vorgeschlagen_von", "freigegeben_von")
    )


def change_for(actor: Actor, pk: int) -> Aenderung:
    """Return one change.

    Raises:
        Aenderung.DoesNotExist: no such change here.
    """
    return (
        Aenderung.objects.for_mandant(actor.mandant)
        .select_related("mandant", "vorgeschlagen_von", "freigegeben_von")
        .get(pk=pk)
    )


def outdated(mandant: Mandant, name: str) -> list[str]:
    """Return the files that were changed here and have been delivered anew since."""
    found = shipped().get(name)
    released = Aenderung.objects.for_mandant(mandant).filter(regelwerk=name, stand=Aenderungsstand.FREIGEGEBEN)
    rows = released.values_list("datei", "ausgeliefert_sha256")
    return sorted(datei for datei, before in rows if found is None or found.digest(datei) != before)

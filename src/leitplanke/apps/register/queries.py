"""Reads of the register, each within one Mandant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leitplanke.apps.register.doing import may
from leitplanke.apps.register.models import PUBLIC_STATES, Eintrag
from leitplanke.core.register.fields import Sicht

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant


def all_entries(mandant: Mandant) -> QuerySet[Eintrag]:
    """Return all entries for staff."""
    return Eintrag.objects.for_mandant(mandant).select_related("einheit", "verantwortlich__person", "bearbeitung")


def public_entries(mandant: Mandant) -> QuerySet[Eintrag]:
    """Return the entries that everybody may read, with the version that is shown."""
    rows = Eintrag.objects.for_mandant(mandant).filter(stand__in=PUBLIC_STATES)
    return rows.select_related("einheit", "gueltig", "bearbeitung")


def entry_for(mandant: Mandant, kuerzel: str) -> Eintrag:
    """Return an entry for staff.

    Raises:
        Eintrag.DoesNotExist: there is none here.
    """
    return all_entries(mandant).select_related("gueltig", "mandant", "beantragt_von").get(kuerzel=kuerzel)


def view_of(actor: Actor, eintrag: Eintrag) -> Sicht:
    """Return which statements somebody may see: the confidential ones only who works on the entry or oversees it."""
    members = (*actor.memberships, *actor.acting_for)
    if any(may(one, "register.view_restricted", eintrag) for one in members):
        return Sicht.VERTRAULICH
    return Sicht.INTERN if actor.may("register.view") else Sicht.OEFFENTLICH

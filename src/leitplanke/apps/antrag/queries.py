"""Reading cases: what a unit may see, and what is a citizen's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from leitplanke.apps.antrag.models import Antrag
from leitplanke.apps.antrag.permissions import PROCESSORS
from leitplanke.base.accounts.permissions import TABLE
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.verfahren.acts import Stand

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor


def units_of(actor: Actor) -> set[int]:
    """Return the units whose cases `actor` works on, by own roles and those stood in for."""
    memberships = (*actor.memberships, *actor.acting_for)
    return {m.einheit_id for m in memberships if m.einheit_id is not None and Rolle(m.rolle) in PROCESSORS}


def units_where(actor: Actor, action: str) -> set[int]:
    """Return the units in which `actor` may do `action`: whoever leads one office is no head of another."""
    memberships = (*actor.memberships, *actor.acting_for)
    return {m.einheit_id for m in memberships if m.einheit_id and TABLE.allows([Rolle(m.rolle)], action)}


def visible_cases(actor: Actor) -> QuerySet[Antrag]:
    """Return the cases of the units that `actor` belongs to; what is still prepared is nobody's business."""
    return (
        Antrag.objects.for_mandant(actor.mandant).filter(einheit__in=units_of(actor)).exclude(stand=Stand.ENTWURF.value)
    )


def own_applications(actor: Actor, opened: Iterable[UUID] = ()) -> QuerySet[Antrag]:
    """Return the applications of the signed-in person, and those opened by access code in this session."""
    mine = Q(kennung__in=list(opened))
    if actor.person is not None:
        mine |= Q(konto=actor.person)
    return Antrag.objects.for_mandant(actor.mandant).filter(mine)

"""Reads of simulations, each within one Mandant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from leitplanke.apps.simulation.models import Bevoelkerung, Simulationslauf

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor


def own_people(actor: Actor) -> set[int]:
    """Return for whom somebody acts: themselves, and the absent people they stand in for."""
    own = {actor.person.pk} if actor.person else set()
    return own | {membership.person_id for membership in actor.acting_for}


def runs_for(actor: Actor) -> QuerySet[Simulationslauf]:
    """Return the simulations that `actor` may see: of made-up people all, of uploaded tables their own."""
    visible = Q(pk__in=[])
    if actor.may("simulation.view", Bevoelkerung.ERFUNDEN):
        visible |= Q(bevoelkerung=Bevoelkerung.ERFUNDEN)
    if actor.may("simulation.view", Bevoelkerung.HOCHGELADEN):
        visible |= Q(bevoelkerung=Bevoelkerung.HOCHGELADEN, angelegt_von__in=own_people(actor))
    return Simulationslauf.objects.for_mandant(actor.mandant).filter(visible).select_related("angelegt_von", "mandant")


def run_for(actor: Actor, kennung: UUID) -> Simulationslauf:
    """Return one simulation.

    Raises:
        Simulationslauf.DoesNotExist: no such simulation here, or not for this actor.
    """
    return runs_for(actor).get(kennung=kennung)


def may_stop(actor: Actor, lauf: Simulationslauf) -> bool:
    """Tell whether `actor` may cancel and delete a simulation."""
    if lauf.angelegt_von_id in own_people(actor):
        return actor.may("simulation.stop")
    return lauf.bevoelkerung == Bevoelkerung.ERFUNDEN and actor.may("simulation.stop_any", lauf.bevoelkerung)

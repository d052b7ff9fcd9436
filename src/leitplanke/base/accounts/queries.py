"""What the pages of accounts read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from leitplanke.base.accounts.models import Mitgliedschaft, Person, Vertretung

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant, MitgliedschaftQuerySet, VertretungQuerySet


def memberships_found(mandant: Mandant, text: str = "", *, ended: bool = False) -> MitgliedschaftQuerySet:
    """Return the memberships of a Mandant by name, address, role or office; ended ones only with `ended`."""
    found = Mitgliedschaft.objects.for_mandant(mandant).select_related("person", "einheit")
    if not ended:
        found = found.valid_on(timezone.localdate())
    for word in text.split():
        matching = Q(person__vorname__icontains=word) | Q(person__nachname__icontains=word)
        matching |= Q(person__email__icontains=word) | Q(einheit__name__icontains=word) | Q(rolle__icontains=word)
        found = found.filter(matching)
    return found.order_by("person__nachname", "person__vorname", "person__email", "pk")


def colleagues(membership: Mitgliedschaft) -> MitgliedschaftQuerySet:
    """Return who may stand in for `membership`: people of the same Mandant and role."""
    return (
        Mitgliedschaft.objects.for_mandant(membership.mandant_id)
        .valid_on(timezone.localdate())
        .filter(rolle=membership.rolle, person__is_active=True)
        .exclude(person=membership.person_id)
        .select_related("person", "einheit")
        .order_by("person__nachname", "person__vorname", "pk")
    )


def open_deputies(actor: Actor) -> VertretungQuerySet:
    """Return the present and coming deputies of the acting person."""
    return _open(actor).filter(vertretene__person=actor.person)


def open_duties(actor: Actor) -> VertretungQuerySet:
    """Return for whom the acting person stands in now or later."""
    return _open(actor).filter(vertretung__person=actor.person)


def _open(actor: Actor) -> VertretungQuerySet:
    return (
        Vertretung.objects.for_mandant(actor.mandant)
        .filter(bis__gte=timezone.localdate(), beendet_am__isnull=True)
        .select_related("vertretene__person", "vertretene__einheit", "vertretung__person", "vertretung__einheit")
    )


def demo_possible(mandant: Mandant) -> bool:
    """Tell whether people may sign in as made-up people here: demo mode, and a town of made-up data."""
    return bool(settings.DEMO) and mandant.musterdaten


def demo_people(mandant: Mandant) -> QuerySet[Person]:
    """Return the made-up people one may sign in as; none where that is not possible."""
    if not demo_possible(mandant):
        return Person.objects.none()
    return Person.objects.filter(musterperson_von=mandant, is_active=True).order_by("pk")


def demo_memberships(mandant: Mandant) -> dict[int, Mitgliedschaft]:
    """Return a membership for each made-up person who has one, by the person's key."""
    found = (
        Mitgliedschaft.objects.for_mandant(mandant)
        .valid_on(timezone.localdate())
        .filter(person__musterperson_von=mandant)
        .select_related("einheit")
    )
    return {membership.person_id: membership for membership in found}

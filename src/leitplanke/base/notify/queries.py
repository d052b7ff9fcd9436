"""Whose mail somebody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from leitplanke.base.notify.categories import all_categories, category_for
from leitplanke.base.notify.models import Abbestellung, Nachricht

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Person
    from leitplanke.base.accounts.scoping import ScopedQuerySet
    from leitplanke.base.notify.categories import Category


def outbox_for(actor: Actor) -> ScopedQuerySet[Nachricht]:
    """Return one's own mail, and all of the Mandant for those who look after it."""
    if actor.may("notify.view_all"):
        return Nachricht.objects.for_mandant(actor.mandant)
    here = Q(mandant=actor.mandant) | Q(mandant=None)
    return Nachricht.objects.unscoped("Eigene Post, auch die zum Konto").filter(here, person=actor.person)


def may_read_text(actor: Actor, nachricht: Nachricht) -> bool:
    """Tell whether `actor` may read the text: the recipient, unless it opens the account; in the demo everybody."""
    if settings.DEMO and actor.mandant.musterdaten:
        return True
    own = actor.person is not None and nachricht.person_id == actor.person.pk
    return own and not category_for(nachricht.kategorie).secret


def choices_of(person: Person) -> list[tuple[Category, bool]]:
    """Return each category and whether `person` gets mail of it."""
    unwanted = set(Abbestellung.objects.filter(person=person).values_list("kategorie", flat=True))
    return [(kind, kind.mandatory or kind.code not in unwanted) for kind in all_categories()]

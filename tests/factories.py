"""Makers of people and towns, without surprises."""

from __future__ import annotations

from itertools import count

from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mandant, MandantHost, Mitgliedschaft, Organisationseinheit, Person
from leitplanke.base.accounts.roles import Rolle

_numbers = count(1)


def make_mandant(kurz: str, *, host: str) -> Mandant:
    """Create a Mandant with one host name and one office."""
    mandant = Mandant.objects.create(
        name=kurz.title(), kurz=kurz, telefon="(0 30) 23125 100", email=f"rathaus@{kurz}.example"
    )
    MandantHost.objects.create(mandant=mandant, host=host)
    Organisationseinheit.objects.create(mandant=mandant, kuerzel="amt", name="Amt", telefon="(0 30) 23125 101")
    return mandant


def make_person(email: str = "") -> Person:
    """Create a person without a password."""
    return Person.objects.create_user(email or f"person{next(_numbers)}@example.org", vorname="Kim", nachname="Muster")


def make_membership(mandant: Mandant, rolle: Rolle, person: Person | None = None) -> Mitgliedschaft:
    """Give somebody a role at the Mandant's office."""
    einheit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    return Mitgliedschaft.objects.create(mandant=mandant, person=person or make_person(), einheit=einheit, rolle=rolle)


def make_actor(mandant: Mandant, rolle: Rolle) -> Actor:
    """Return somebody who acts with `rolle`."""
    if rolle == Rolle.OEFFENTLICHKEIT:
        return Actor(mandant)
    if rolle == Rolle.ANTRAGSTELLENDE_PERSON:
        return Actor(mandant, make_person())
    membership = make_membership(mandant, rolle)
    return Actor(mandant, membership.person, (membership,))

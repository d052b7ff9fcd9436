"""The first Administration of a Mandant: everybody else is invited by her or him."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from leitplanke.base.accounts import ports
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mandant, MandantHost, Mitgliedschaft, Organisationseinheit, Person
from leitplanke.base.accounts.roles import Rolle

UNIT = "verwaltung"


class FoundingError(ValueError):
    """The Mandant cannot be founded like this; the message says why."""


@dataclass(frozen=True, slots=True)
class Founding:
    """What is needed to begin: the Mandant, its host name, and the person who administers it."""

    name: str
    kurz: str
    host: str
    email: str
    vorname: str
    nachname: str
    password: str


def found_mandant(founding: Founding) -> Mandant:
    """Create a Mandant with one office and its first Administration.

    Raises:
        FoundingError: short name or host name are taken.
        ValidationError: the password is too weak.
    """
    host, email = founding.host.lower(), founding.email.lower()
    if Mandant.objects.filter(kurz=founding.kurz).exists():
        raise FoundingError(f"Den Kurznamen „{founding.kurz}“ gibt es schon.")
    if MandantHost.objects.filter(host=host).exists():
        raise FoundingError(f"Unter {host} ist schon eine Kommune eingerichtet.")
    with transaction.atomic():
        mandant = Mandant.objects.create(name=founding.name, kurz=founding.kurz)
        MandantHost.objects.create(mandant=mandant, host=host)
        unit = Organisationseinheit.objects.create(mandant=mandant, kuerzel=UNIT, name="Verwaltung")
        membership = Mitgliedschaft.objects.create(
            mandant=mandant, person=_person(founding, email), einheit=unit, rolle=Rolle.ADMINISTRATION
        )
        ports.record_evidence(
            "account.mandant_founded",
            actor=Actor(mandant, membership.person, (membership,)),
            subject=membership,
            data={"kommune": mandant.kurz},
            personal={"person": email},
        )
        ports.tell_of_change()
    return mandant


def _person(founding: Founding, email: str) -> Person:
    known = Person.objects.filter(email=email).first()
    if known is not None:
        return known
    person = Person(email=email, vorname=founding.vorname, nachname=founding.nachname)
    validate_password(founding.password, person)
    person.set_password(founding.password)
    person.save()
    # Whoever runs this command on the server vouches for the address.
    EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
    return person

"""Musterstadt: its offices and people, from data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db import transaction

from leitplanke.base.accounts import ports
from leitplanke.base.accounts.models import Mandant, MandantHost, Mitgliedschaft, Organisationseinheit, Person
from leitplanke.base.accounts.roles import Rolle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def load_mandant(data: Mapping[str, Any]) -> Mandant:
    """Create or refresh a town with made-up people, as `content/musterstadt/mandant.yaml` describes it.

    Calling it again changes nothing but what the file changed; nobody gets a usable password.

    Raises:
        ValueError: the town exists and is a real one.
    """
    contact = data["kontakt"]
    with transaction.atomic():
        if Mandant.objects.filter(kurz=data["kurz"], musterdaten=False).exists():
            raise ValueError(f"{data['kurz']}: Diese Kommune gibt es schon, und sie ist kein Muster.")
        mandant, _created = Mandant.objects.update_or_create(
            kurz=data["kurz"],
            defaults={
                "name": data["name"],
                "anschrift": contact["anschrift"],
                "telefon": contact["telefon"],
                "email": contact["email"],
                "zeiten": contact["zeiten"],
                "musterdaten": True,
            },
        )
        for host in data["hosts"]:
            MandantHost.objects.update_or_create(host=host.lower(), defaults={"mandant": mandant})
        units = _load_units(mandant, data["organisationseinheiten"])
        for person in data["personen"]:
            _load_person(mandant, units, person)
        ports.tell_of_change()
    return mandant


def _load_units(mandant: Mandant, rows: Iterable[Mapping[str, str]]) -> dict[str, Organisationseinheit]:
    return {
        row["kuerzel"]: Organisationseinheit.objects.for_mandant(mandant).update_or_create(
            mandant=mandant,
            kuerzel=row["kuerzel"],
            defaults={"name": row["name"], "telefon": row.get("telefon", "")},
        )[0]
        for row in rows
    }


def _load_person(mandant: Mandant, units: Mapping[str, Organisationseinheit], row: Mapping[str, Any]) -> None:
    email = row["email"].lower()
    names = {"vorname": row["vorname"], "nachname": row["nachname"]}
    person = Person.objects.filter(email=email, musterperson_von=mandant).first()
    if person is None:
        person = Person.objects.create_user(email, **names, musterperson_von=mandant)
    else:
        Person.objects.filter(pk=person.pk).update(**names)
    EmailAddress.objects.update_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
    rolle = Rolle(row["rolle"])
    if rolle != Rolle.ANTRAGSTELLENDE_PERSON:
        Mitgliedschaft.objects.for_mandant(mandant).update_or_create(
            mandant=mandant, person=person, einheit=units[row["einheit"]], rolle=rolle,
            defaults={"vorsitz": row.get("vorsitz", False)},
        )  # fmt: skip

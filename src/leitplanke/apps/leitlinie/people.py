"""Who works in a town, by role and office, and how many of them have read what holds. Never who has not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from leitplanke.apps.leitlinie.models import Kenntnisnahme, Leitlinienfassung
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.roles import EMPLOYEES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from leitplanke.base.accounts.models import Mandant, Person

# In a smaller office a number would say who it is.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class OfficeCount:
    """How many people of an office have read; `read` is None where the office is too small to say so."""

    name: str
    people: int
    read: int | None


def employees_of(mandant: Mandant) -> list[Person]:
    """Return everybody who works in a town today, each once."""
    return _people(_memberships(mandant).filter(rolle__in=EMPLOYEES))


def holders_of(mandant: Mandant, role: str) -> list[Person]:
    """Return the people who hold a role today."""
    return _people(_memberships(mandant).filter(rolle=role))


def readers_of(version: Leitlinienfassung) -> frozenset[int]:
    """Return the keys of the people who have read a version."""
    read = Kenntnisnahme.objects.for_mandant(version.mandant_id).filter(fassung=version)
    return frozenset(read.values_list("person_id", flat=True))


def counts_by_office(version: Leitlinienfassung) -> list[OfficeCount]:
    """Return how many employees of each office have read a version; of small offices only how many there are."""
    read = readers_of(version)
    offices: dict[str, set[int]] = {}
    for row in _memberships(version.mandant).filter(rolle__in=EMPLOYEES).select_related("einheit"):
        if row.einheit is not None:
            offices.setdefault(row.einheit.name, set()).add(row.person_id)
    return [
        OfficeCount(name, len(people), len(people & read) if len(people) >= FEWEST else None)
        for name, people in sorted(offices.items())
    ]


def _memberships(mandant: Mandant) -> QuerySet[Mitgliedschaft]:
    rows = Mitgliedschaft.objects.for_mandant(mandant).valid_on(timezone.localdate())
    return rows.filter(person__is_active=True).select_related("person").order_by("pk")


def _people(rows: Iterable[Mitgliedschaft]) -> list[Person]:
    return list({row.person_id: row.person for row in rows}.values())

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
    """How many people of an office have read; `read` is None where that would say who."""

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
    """Return how many employees of each office have read a version, by name; of some only how many work there.

    Each person counts at one office, that of their first membership, so that no difference of two offices is a person.
    """
    read = readers_of(version)
    offices, nowhere = _offices(version.mandant)
    shown = _shown({name: len(people) for name, people in offices.items()}, nowhere)
    return [
        OfficeCount(name, len(people), len(people & read) if name in shown else None)
        for name, people in sorted(offices.items())
    ]


def _offices(mandant: Mandant) -> tuple[dict[str, set[int]], int]:
    """Return the employees by office, each once, and how many belong to none."""
    first: dict[int, str] = {}
    for row in _memberships(mandant).filter(rolle__in=EMPLOYEES).select_related("einheit"):
        name = row.einheit.name if row.einheit is not None else ""
        first[row.person_id] = first.get(row.person_id) or name
    offices: dict[str, set[int]] = {}
    for person, name in first.items():
        offices.setdefault(name, set()).add(person)
    return offices, len(offices.pop("", ()))


def _shown(sizes: dict[str, int], nowhere: int) -> frozenset[str]:
    """Return the offices whose number may be shown beside the total.

    Total less what is shown is the number of everybody else: they, too, have to be `FEWEST` or nobody. So next to
    offices that are too small the smallest others are left out until that is so (complementary suppression).
    """
    rising = sorted(sizes, key=lambda name: (sizes[name], name))
    rest = nowhere
    for place, name in enumerate(rising):
        if sizes[name] >= FEWEST and (rest == 0 or rest >= FEWEST):
            return frozenset(rising[place:])
        rest += sizes[name]
    return frozenset()


def _memberships(mandant: Mandant) -> QuerySet[Mitgliedschaft]:
    rows = Mitgliedschaft.objects.for_mandant(mandant).valid_on(timezone.localdate())
    return rows.filter(person__is_active=True).select_related("person").order_by("pk")


def _people(rows: Iterable[Mitgliedschaft]) -> list[Person]:
    return list({row.person_id: row.person for row in rows}.values())

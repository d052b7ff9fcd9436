"""Own parts: registered when a town is founded and whenever a procedure is new, for people to check and sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from leitplanke.apps.register.doing import machine
from leitplanke.apps.register.entries import create_entry
from leitplanke.apps.register.models import Eintrag
from leitplanke.apps.register.papers import begin_papers
from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.register.lifecycle import Stand
from leitplanke.core.register.parts import Part, own_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.register.parts import Procedure


@dataclass(slots=True)
class Source:
    """Where procedures come from; bound by `project`, since the register knows no other area."""

    procedures: Callable[[Mandant], Iterable[Procedure]]
    units: Callable[[Mandant], Mapping[str, Organisationseinheit]]


SOURCE = Source(lambda _mandant: (), lambda _mandant: {})


def bind(
    *,
    procedures: Callable[[Mandant], Iterable[Procedure]],
    units: Callable[[Mandant], Mapping[str, Organisationseinheit]],
) -> None:
    """Say which procedures a town can run, and by name which unit runs one."""
    SOURCE.procedures, SOURCE.units = procedures, units


def parts_of(mandant: Mandant) -> tuple[Part, ...]:
    """Return the own parts of a town as prepared."""
    return own_parts(SOURCE.procedures(mandant), email=mandant.email)


def part_of(eintrag: Eintrag) -> Part | None:
    """Return how an entry was prepared: proposed facts, doubts, answers for documents; None for any other entry."""
    if not eintrag.schluessel:
        return None
    return next((part for part in parts_of(eintrag.mandant) if part.schluessel == eintrag.schluessel), None)


def register_own_parts(mandant: Mandant) -> list[Eintrag]:
    """Register the own parts that are not registered yet, for examination; what people made of others stays.

    Returns:
        The new entries.
    """
    parts = parts_of(mandant)
    with transaction.atomic():
        known = set(Eintrag.objects.for_mandant(mandant).exclude(schluessel="").values_list("schluessel", flat=True))
        new = [part for part in parts if part.schluessel not in known]
        usual = _usual_unit(mandant) if new else None
        if usual is None:
            return []
        units = SOURCE.units(mandant)
        return [_register(mandant, part, units.get(part.verfahren, usual)) for part in new]


def _register(mandant: Mandant, part: Part, einheit: Organisationseinheit) -> Eintrag:
    eintrag = create_entry(
        by=machine(mandant), name=part.name, einheit=einheit, angaben=part.angaben, schluessel=part.schluessel,
        kuerzel=part.schluessel.replace(".", "-"), stand=Stand.PRUEFUNG,
    )  # fmt: skip
    begin_papers(eintrag, part.antworten)
    return eintrag


def _usual_unit(mandant: Mandant) -> Organisationseinheit | None:
    """Return the unit of whoever looks after AI, else the first one."""
    rows = Mitgliedschaft.objects.for_mandant(mandant).filter(rolle=Rolle.KI_BEAUFTRAGTE, einheit__isnull=False)
    found = rows.select_related("einheit").first()
    return found.einheit if found else Organisationseinheit.objects.for_mandant(mandant).order_by("pk").first()

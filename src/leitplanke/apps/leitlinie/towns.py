"""What the documents say about the town: stated once per Mandant, with the usual words for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from leitplanke.apps.leitlinie.models import Kommunenangaben
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.evidence.services import record
from leitplanke.core.guideline.writing import Municipality, Offices, Town

if TYPE_CHECKING:
    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.base.accounts.access import Actor

OFFICES = tuple(field.name for field in fields(Offices))


# How names of administrations begin, and what kind of body that tells.
BEGINNINGS = {
    "Landkreis ": Municipality.KREIS,
    "Kreis ": Municipality.KREIS,
    "Gemeinde ": Municipality.GEMEINDE,
    "Stadtwerke ": Municipality.STADTWERK,
    "Stadt ": Municipality.STADT,
}


def told_by_name(name: str) -> tuple[Municipality, str]:
    """Return what kind of body a name tells, and the name without it: "Stadt Musterstadt" is a town, Musterstadt."""
    for beginning, kind in BEGINNINGS.items():
        if name.startswith(beginning):
            return kind, name.removeprefix(beginning)
    return Municipality.STADT, name


def statements_of(mandant: Mandant) -> Kommunenangaben:
    """Return what a town stated; unsaved, with what its name tells, where it has stated nothing."""
    found = Kommunenangaben.objects.for_mandant(mandant).first()
    kind, name = told_by_name(mandant.name)
    return found or Kommunenangaben(mandant=mandant, art=kind.value, name=name)


def frozen(mandant: Mandant) -> dict[str, str]:
    """Return what a town states today, to be kept with a version that is adopted."""
    stated = statements_of(mandant)
    name = stated.name or told_by_name(mandant.name)[1]
    offices = {office: getattr(stated, office) for office in OFFICES}
    return {
        **offices, "art": stated.art, "name": name, "beschluss": stated.beschluss,
        "kontakt": stated.kontakt or _contact(mandant),
    }  # fmt: skip


def town_of(version: Leitlinienfassung) -> Town:
    """Return the town as the documents of a version name it: once adopted, as it called itself then."""
    stated = Kommunenangaben(**version.kommune) if version.kommune else statements_of(version.mandant)
    offices = {name: value for name in OFFICES if (value := getattr(stated, name))}
    offices.setdefault("kontakt", _contact(version.mandant))
    return Town(
        stated.name or told_by_name(version.mandant.name)[1], Municipality(stated.art),
        version.beschlossen_am or timezone.localdate(),
        body=version.beschlossen_durch or stated.beschluss, valid_from=version.gilt_ab, offices=Offices(**offices),
    )  # fmt: skip


def _contact(mandant: Mandant) -> str:
    ways = (f"Telefon {mandant.telefon}" if mandant.telefon else "", mandant.email)
    return ", ".join(way for way in ways if way)


def state_town(*, actor: Actor, stated: Mapping[str, str]) -> Kommunenangaben:
    """Keep what a town says about itself.

    Raises:
        NotPermittedError: `actor` may not.
    """
    actor.require("leitlinie.town")
    capacity = actor.capacity("leitlinie.town")
    with transaction.atomic():
        mandant = Mandant.objects.select_for_update().get(pk=actor.mandant.pk)
        row, _made = Kommunenangaben.objects.for_mandant(mandant).update_or_create(mandant=mandant, defaults=stated)
        record(
            "leitlinie.kommune", mandant=mandant, actor=actor, subject=row,
            data={
                "rolle": capacity.rolle.value if capacity else "",
                "in_vertretung": "ja" if capacity and capacity.deputises else "nein",
            },
        )  # fmt: skip
    return row

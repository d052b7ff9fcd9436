"""Objects for the addresses of goals and the self-assessment."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.apps.leitlinie.assessing import hash_of
from leitplanke.apps.leitlinie.models import Selbstbewertung, Selbstnachweis, Ziel

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.models import Mandant


def goal(mandant: Mandant) -> dict[str, Any]:
    row = Ziel.objects.create(
        mandant=mandant, titel="Alle geschult", warum="Pflicht", kennzahl="Anteil", anfang=Decimal(0),
        zielwert=Decimal(100), bis=date(2027, 6, 30), zustaendig="Amt",
    )  # fmt: skip
    return {"ziel": row.pk}


def proof(mandant: Mandant) -> dict[str, Any]:
    today = timezone.localdate()
    row = Selbstnachweis.objects.create(
        mandant=mandant, punkt="barrierefrei", text="Bericht", url="https://stadt.example/bericht", am=today,
        gueltig_bis=today + timedelta(days=30),
    )  # fmt: skip
    return {"nachweis": row.pk}


def kept(mandant: Mandant) -> dict[str, Any]:
    number = Selbstbewertung.objects.for_mandant(mandant).count() + 1
    Selbstbewertung.objects.create(mandant=mandant, nummer=number, ergebnis=[], ergebnis_sha256=hash_of([]))
    return {"nummer": number}


def report(mandant: Mandant) -> dict[str, Any]:
    return {**kept(mandant), "form": "pdf"}


# The points are the same in every town; a number exists in each that has kept as many.
SHARED = {"leitlinie:selbst_punkt"}
EXAMPLES: dict[str, Callable[[Mandant], dict[str, Any]]] = {
    "leitlinie:selbst_punkt": lambda _mandant: {"punkt": "barrierefrei"},
    "leitlinie:selbst_zurueckziehen": proof,
    "leitlinie:selbst_stand": kept,
    "leitlinie:selbst_bericht": report,
    "leitlinie:ziel": goal,
    "leitlinie:ziel_aendern": goal,
}

"""An entry for every public address of the register."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from leitplanke.apps.register.doing import machine
from leitplanke.apps.register.entries import create_entry, publish_version
from leitplanke.apps.register.models import Eintrag, Uebernahme
from leitplanke.base.accounts.models import Mandant, Organisationseinheit
from leitplanke.core.register.lifecycle import Stand


def public_entry(mandant: Mandant, name: str = "Stadtassistent", **angaben: Any) -> Eintrag:
    """Return a released entry."""
    unit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    told = {"zweck": "Beantwortet Fragen.", "betroffene": "Alle, die fragen.", **angaben}
    eintrag = create_entry(by=machine(mandant), name=name, einheit=unit, angaben=told)
    publish_version(eintrag)
    eintrag.stand, eintrag.freigegeben_am = Stand.FREIGEGEBEN.value, timezone.now()
    eintrag.save()
    return eintrag


def by_entry(mandant: Mandant) -> dict[str, Any]:
    """Name an entry that everybody may read."""
    return {"kuerzel": public_entry(mandant).kuerzel}


def by_import(mandant: Mandant) -> dict[str, Any]:
    """Name a file that is being taken over."""
    unit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    row = Uebernahme.objects.create(
        mandant=mandant, datei="liste.csv", sha256="0" * 64, einheit=unit, tabelle=[["Name"], ["Chatbot"]],
        zuordnung={"0": "name"},
    )  # fmt: skip
    return {"kennung": row.public_id}


NAMES = (
    "eintrag", "einfach", "verlauf_oeffentlich", "qr", "aushang", "api_eintrag", "api_fassungen",
    "api_niederlande_eintrag", "api_schema_org",
)  # fmt: skip
# The schema is the same for every town.
SHARED = {"register:api_schema"}
EXAMPLES = {
    **{f"register:{name}": by_entry for name in NAMES},
    "register:fassung_oeffentlich": lambda mandant: by_entry(mandant) | {"nummer": 1},
    "register:uebernahme": by_import,
    "register:api_schema": lambda _mandant: {"version": "1.1.0"},
}

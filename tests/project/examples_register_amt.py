"""An object for every address of the office side of the register."""

from __future__ import annotations

from typing import Any

from leitplanke.apps.register.doing import machine
from leitplanke.apps.register.entries import create_entry
from leitplanke.apps.register.models import Eintrag
from leitplanke.base.accounts.models import Mandant, Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.roles import Rolle


def entry(mandant: Mandant) -> Eintrag:
    """Return an idea of the walkers' office; where the Leitung walks, it is named as responsible."""
    einheit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    named = Mitgliedschaft.objects.for_mandant(mandant).filter(rolle=Rolle.LEITUNG).first()
    angaben = {"zweck": "Beantwortet Fragen.", "personenbezug": "ja"}
    return create_entry(
        by=machine(mandant), name="Stadtassistent", einheit=einheit, angaben=angaben, verantwortlich=named
    )


def by_entry(mandant: Mandant) -> dict[str, Any]:
    """Name an entry."""
    return {"kuerzel": entry(mandant).kuerzel}


EXAMPLES = {
    **dict.fromkeys(
        (
            f"register:amt_{name}"
            for name in (
                "eintrag",
                "kopf",
                "angaben",
                "einstufung",
                "einstufen",
                "erklaerungen",
                "pflichten",
                "verlauf",
            )
        ),
        by_entry,
    ),
    "register:amt_gruppe": lambda mandant: by_entry(mandant) | {"gruppe": "zweck"},
    "register:amt_erklaeren": lambda mandant: by_entry(mandant) | {"art": "verantwortung"},
    "register:amt_schritt": lambda mandant: by_entry(mandant) | {"act": "pruefen"},
}

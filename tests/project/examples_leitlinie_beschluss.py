"""Objects for the addresses of sign-off, adoption and training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.apps.leitlinie.models import Fassungsstand, Herkunft, Leitlinienfassung, Schulungsnachweis
from tests.factories import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.models import Mandant


def version(mandant: Mandant) -> dict[str, Any]:
    rows = Leitlinienfassung.objects.for_mandant(mandant)
    found, _made = rows.get_or_create(
        nummer=1, defaults={"mandant": mandant, "titel": "Leitlinie", "herkunft": Herkunft.FRAGEN}
    )
    return {"nummer": found.nummer}


def document(mandant: Mandant) -> dict[str, Any]:
    today = timezone.localdate()
    values = {
        "mandant": mandant, "titel": "Leitlinie", "herkunft": Herkunft.FRAGEN, "stand": Fassungsstand.BESCHLOSSEN,
        "beschlossen_am": today, "gilt_ab": today, "profil_sha256": "0" * 64,
    }  # fmt: skip
    found, _made = Leitlinienfassung.objects.for_mandant(mandant).get_or_create(nummer=2, defaults=values)
    return {"nummer": found.nummer, "art": "merkblatt", "form": "docx"}


def proof(mandant: Mandant) -> dict[str, Any]:
    rows = Schulungsnachweis.objects.for_mandant(mandant)
    found = rows.first() or rows.create(
        mandant=mandant, person=make_person(), titel="Grundlagen", am=timezone.localdate()
    )
    return {"nachweis": found.pk}


OF_VERSION = (
    "mitzeichnung", "vorlegen", "zeichnen", "zurueckholen", "verwerfen", "beschliessen", "zuruecknehmen", "probelauf",
)  # fmt: skip
EXAMPLES: dict[str, Callable[[Mandant], dict[str, Any]]] = {
    **{f"leitlinie:{name}": version for name in OF_VERSION},
    "leitlinie:dokument": document,
    "leitlinie:schulung_loeschen": proof,
}

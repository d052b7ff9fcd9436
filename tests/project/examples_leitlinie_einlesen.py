"""Objects for the addresses of reading an existing guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leitplanke.apps.leitlinie.models import Einlesung, Lesestand
from leitplanke.base.documents.services import store_file
from tests.project.examples_leitlinie_werkstatt import version

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.models import Mandant


def reading(mandant: Mandant) -> dict[str, Any]:
    file = store_file(mandant, "da.txt", b"Ein Mensch entscheidet.", None)
    row = {"baustein": "BB11", "option": "alle", "zitat": "Ein Mensch entscheidet.", "seite": 1, "sicherheit": 0.9}
    made = Einlesung.objects.create(
        mandant=mandant, datei=file, titel="Dienstanweisung", dateiname="da.txt", stand=Lesestand.GELESEN,
        treffer=[row | {"woran": []}],
    )  # fmt: skip
    return {"kennung": made.pk}


EXAMPLES: dict[str, Callable[[Mandant], dict[str, Any]]] = {
    "leitlinie:export": version,
    "leitlinie:einlesung": reading,
    "leitlinie:einlesung_stand": reading,
    "leitlinie:einlesung_original": reading,
    "leitlinie:einlesung_loeschen": reading,
}

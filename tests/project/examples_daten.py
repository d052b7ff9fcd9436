"""Objects for the addresses of exports, one's own data and deletion."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from leitplanke.apps.antrag.models import Antrag
from leitplanke.base.accounts.models import Mandant, Organisationseinheit

if TYPE_CHECKING:
    from collections.abc import Callable


def ended(mandant: Mandant) -> dict[str, Any]:
    """A case that is over and will be deleted one day."""
    row = Antrag.objects.create(
        mandant=mandant, verfahren="wohngeld", nummer="WG-2020-0001", stand="zurueckgenommen", name="Kim Muster",
        eingang_am=date(2020, 3, 1), stichtag=date(2020, 3, 1), beendet_am=date(2020, 5, 1),
        loeschen_ab=date(2031, 1, 1), einheit=Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt"),
    )  # fmt: skip
    return {"kennung": row.kennung}


def disclosure(mandant: Mandant) -> dict[str, Any]:
    """The disclosure about such a case."""
    return {**ended(mandant), "form": "json"}


EXAMPLES: dict[str, Callable[[Mandant], dict[str, Any]]] = {
    **dict.fromkeys(
        (
            f"antrag:{name}"
            for name in (
                "loeschsperre", "loeschsperre_aufheben", "faelligen_loeschen", "ausgeben", "akte_zip", "vermerk",
                "berichtigungen",
            )
        ),
        ended,
    ),
    "antrag:auskunft": disclosure,
}  # fmt: skip

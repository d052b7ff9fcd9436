"""What other areas may use of applications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitplanke.apps.antrag.models import Verfahrenseinstellung
from leitplanke.apps.antrag.procedures import verfahren_for
from leitplanke.apps.regelwerk.public import usable_regelwerke
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leitplanke.base.accounts.models import Mandant, Organisationseinheit


@dataclass(frozen=True, slots=True)
class ProcedureFacts:
    """An application procedure in German words, for those who describe it."""

    name: str
    titel: str
    stelle: str
    verfahrensrecht: str
    rechtsgrundlagen: tuple[str, ...]
    unterlagen: tuple[str, ...]
    aufbewahrung: str


def procedures_there(mandant: Mandant) -> list[ProcedureFacts]:
    """Return every procedure that the content folders hold, offered or not; what cannot be used is left out."""
    return list(_found(mandant))


def _found(mandant: Mandant) -> Iterator[ProcedureFacts]:
    for card in usable_regelwerke(mandant):
        try:
            verfahren = verfahren_for(mandant, card.name)
        except (RulesError, LookupError):  # a Regelwerk without application is none
            continue
        frist = verfahren.aufbewahrung
        yield ProcedureFacts(
            verfahren.name,
            verfahren.titel.de,
            verfahren.stelle.de,
            verfahren.verfahrensrecht,
            verfahren.rechtsgrundlagen,
            tuple(dict.fromkeys(unterlage.titel.de for unterlage in verfahren.unterlagen)),
            f"{frist.jahre} Jahre nach dem Ende des Jahres, in dem der Vorgang abgeschlossen wurde ({frist.norm}).",
        )


def units_running(mandant: Mandant) -> dict[str, Organisationseinheit]:
    """Return by procedure the unit that runs it."""
    rows = Verfahrenseinstellung.objects.for_mandant(mandant).select_related("einheit")
    return {row.verfahren: row.einheit for row in rows}

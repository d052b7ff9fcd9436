"""What has been declared on an entry, and what of it still holds for the system as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from leitplanke.apps.register.models import Erklaerung, Erklaerungsart, Registereinstellung
from leitplanke.apps.register.time_limits import settings_of, time_limit_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.apps.register.models import Eintrag


# Where the staff representation stands when nothing more is needed of it.
SETTLED = frozenset({"nicht_noetig", "zugestimmt", "fiktion", "einigungsstelle"})


@dataclass(frozen=True, slots=True)
class Declared:
    """The newest declaration of each kind, and of each duty."""

    newest: Mapping[tuple[str, str], Erklaerung]
    wesentlich: str
    verantwortlich: int | None
    einstellung: Registereinstellung
    today: date

    @classmethod
    def of(cls, eintrag: Eintrag, today: date) -> Declared:
        """Read what was declared on an entry, in one query."""
        newest: dict[tuple[str, str], Erklaerung] = {}
        for row in eintrag.erklaerungen.select_related("von__person").order_by("id"):
            newest[(row.art, row.schluessel)] = row
        version = eintrag.bearbeitung
        wesentlich = version.wesentlich_sha256 if version else ""
        return cls(newest, wesentlich, eintrag.verantwortlich_id, settings_of(eintrag.mandant), today)

    def get(self, art: Erklaerungsart, schluessel: str = "") -> Erklaerung | None:
        """Return the newest declaration of a kind."""
        return self.newest.get((art.value, schluessel))

    def holds(self, erklaerung: Erklaerung | None) -> bool:
        """Tell whether a declaration was made for the system as it is."""
        return erklaerung is not None and erklaerung.wesentlich_sha256 == self.wesentlich

    def state(self, art: Erklaerungsart, schluessel: str = "") -> str:
        """Return `aktuell`, `veraltet` or `fehlt`."""
        found = self.get(art, schluessel)
        if found is None:
            return "fehlt"
        return "aktuell" if self.holds(found) else "veraltet"

    @property
    def by_named_person(self) -> bool:
        """Whether the person who is named now has accepted the responsibility."""
        found = self.get(Erklaerungsart.VERANTWORTUNG)
        return found is not None and found.von_id == self.verantwortlich

    def staff(self, affected: str | None) -> str:
        """Return where the staff representation stands, as the gates name it.

        Only its own no, or a conciliation board, settles it against the will of one side. Silence counts as consent
        only after the time limit that runs from complete information, and never where it said that it was incomplete.
        """
        if affected == "nein":
            return "nicht_noetig"
        decided, board = self._held(Erklaerungsart.MITBESTIMMUNG), self._held(Erklaerungsart.EINIGUNG)
        if board is not None and (decided is None or board.pk > decided.pk):
            return "einigungsstelle" if board.ergebnis == "ersetzt" else "abgelehnt"
        if decided is not None and decided.ergebnis in {"zugestimmt", "abgelehnt"}:
            return decided.ergebnis
        return self._undecided(decided)

    def _undecided(self, decided: Erklaerung | None) -> str:
        informed = self._held(Erklaerungsart.UNTERRICHTUNG)
        if informed is None:
            return "veraltet" if self.get(Erklaerungsart.MITBESTIMMUNG) else "unterrichtung_fehlt"
        if decided is not None and decided.pk > informed.pk:
            return "unterrichtung_fehlt"
        limit = time_limit_of(informed, self.einstellung)
        return "fiktion" if limit is not None and self.today > limit else "offen"

    def _held(self, art: Erklaerungsart) -> Erklaerung | None:
        found = self.get(art)
        return found if self.holds(found) else None

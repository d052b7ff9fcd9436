"""What the documents say about the town besides its decisions."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date


class Municipality(enum.StrEnum):
    """What kind of body the guideline is for."""

    STADT = "stadt"
    GEMEINDE = "gemeinde"
    KREIS = "kreis"
    STADTWERK = "stadtwerk"


# Name in full, in the genitive, dative and accusative, and who adopts.
_WORDS = {
    Municipality.STADT: ("Stadt {}", "der Stadt {}", "der Stadt {}", "die Stadt {}", "Rat der Stadt {}"),
    Municipality.GEMEINDE: (
        "Gemeinde {}", "der Gemeinde {}", "der Gemeinde {}", "die Gemeinde {}", "Rat der Gemeinde {}",
    ),
    Municipality.KREIS: ("Kreis {}", "des Kreises {}", "dem Kreis {}", "den Kreis {}", "Kreistag des Kreises {}"),
    Municipality.STADTWERK: (
        "Stadtwerke {}", "der Stadtwerke {}", "den Stadtwerken {}", "die Stadtwerke {}",
        "Aufsichtsrat der Stadtwerke {}",
    ),
}  # fmt: skip
_HEADS = {
    Municipality.STADT: "die Bürgermeisterin oder der Bürgermeister",
    Municipality.GEMEINDE: "die Bürgermeisterin oder der Bürgermeister",
    Municipality.KREIS: "die Landrätin oder der Landrat",
    Municipality.STADTWERK: "die Geschäftsführung",
}


@dataclass(frozen=True, slots=True)
class Offices:
    """Who does what, as the town calls them; `leitung` is by kind of town where it is empty.

    Attributes:
        kontakt: how people reach somebody with questions; may be empty.
    """

    leitung: str = ""
    ki: str = "die oder der KI-Beauftragte"
    datenschutz: str = "die oder der Datenschutzbeauftragte"
    it: str = "die IT-Abteilung"
    personal: str = "das Personalamt"
    personalvertretung: str = "der Personalrat"
    fachamt: str = "das zuständige Fachamt"
    kontakt: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """A town.

    Attributes:
        name: without the kind ("Musterstadt").
        day: of the documents.
        body: who adopts; by kind of town where it is empty.
        valid_from: when the guideline begins to hold; None while that is open.
    """

    name: str
    kind: Municipality
    day: date
    body: str = ""
    valid_from: date | None = None
    offices: Offices = field(default_factory=Offices)

    @property
    def full(self) -> str:
        """The name in full: "Stadt Musterstadt"."""
        return _WORDS[self.kind][0].format(self.name)

    @property
    def genitive(self) -> str:
        """The name in full in the genitive: "der Stadt Musterstadt"."""
        return _WORDS[self.kind][1].format(self.name)

    @property
    def dative(self) -> str:
        """The name in full in the dative: "der Stadt Musterstadt"."""
        return _WORDS[self.kind][2].format(self.name)

    @property
    def accusative(self) -> str:
        """The name in full in the accusative: "die Stadt Musterstadt"."""
        return _WORDS[self.kind][3].format(self.name)

    @property
    def adopts(self) -> str:
        """Who adopts: "Rat der Stadt Musterstadt"."""
        return self.body or _WORDS[self.kind][4].format(self.name)

    @property
    def head(self) -> str:
        """Who leads the administration."""
        return self.offices.leitung or _HEADS[self.kind]


_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember",
)  # fmt: skip


def long_day(day: date) -> str:
    """Return `28. November 2026`."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"

"""Where a statement comes from: sources, their validity and scope, and exact citations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Ebene(StrEnum):
    """The level of state that issued a text."""

    EU = "eu"
    BUND = "bund"
    LAND = "land"
    KOMMUNE = "kommune"
    SONSTIGE = "sonstige"


@dataclass(frozen=True, slots=True)
class Geltungsbereich:
    """Where a text applies and whom it binds.

    `bindet` is a short German phrase for display ("Behörden des Bundes"), empty where unknown.
    `gebiet` names the town or Land where it applies, empty where it applies everywhere.
    """

    ebene: Ebene = Ebene.SONSTIGE
    bindet: str = ""
    gebiet: str = ""


@dataclass(frozen=True, slots=True)
class Geltung:
    """From when to when a text is valid, both days included, and the day its wording was taken.

    A missing bound is open. `stand` says as of which day the wording is known.
    """

    von: date | None = None
    bis: date | None = None
    stand: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the text is valid on `day`."""
        return (self.von is None or self.von <= day) and (self.bis is None or day <= self.bis)


@dataclass(frozen=True, slots=True)
class Source:
    """A document: what citations call it, and what a reader must know to judge it.

    `document` is the name used in citations: the file name, or the common abbreviation of a statute ("SGB VIII").
    `stand_text` is the source's own words on its state ("Zuletzt geändert durch ..."). `aliases` are other names the
    document gives itself ("Mutterschutzgesetz").
    """

    document: str
    title: str
    url: str = ""
    licence: str = ""
    stand_text: str = ""
    geltung: Geltung = Geltung()
    bereich: Geltungsbereich = Geltungsbereich()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: `quote == text[start:end]` of the extracted text of `document`, in Unicode code points."""

    document: str
    section: str
    quote: str
    start: int
    end: int

"""Which documents a case needs, which are there, and which facts are still missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitplanke.base.interview.wording import said
from leitplanke.core.rules.interview import Interview
from leitplanke.core.rules.reckoning import Reckoner

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag, Beleg
    from leitplanke.core.rules import Result
    from leitplanke.core.verfahren.model import Unterlage, Verfahren


@dataclass(frozen=True, slots=True)
class Needed:
    """A kind of document that the office asks for.

    Attributes:
        certain: whether it is needed for sure; otherwise that depends on facts that are still open.
        belege: what was handed in for it, also in its place.
        spaeter: whether the person said that it will follow.
    """

    unterlage: Unterlage
    certain: bool
    belege: tuple[Beleg, ...]
    spaeter: bool

    @property
    def titel(self) -> str:
        """What it is called, in the language of the page."""
        return said(self.unterlage.titel)

    @property
    def missing(self) -> bool:
        """Whether it is needed and nothing was handed in."""
        return self.certain and not self.belege


def needed_documents(antrag: Antrag, verfahren: Verfahren, result: Result | None) -> list[Needed]:
    """Return the documents that are or may be needed, in the order of the procedure.

    One that only stands in for another is not asked for itself; handed in, it counts for that other.
    """
    belege = list(antrag.belege.select_related("datei"))
    return list(_needed(antrag, verfahren, result, belege))


def _needed(antrag: Antrag, verfahren: Verfahren, result: Result | None, belege: list[Beleg]) -> Iterator[Needed]:
    for item in verfahren.unterlagen:
        holds = True if item.wenn is None else Reckoner(result).of(item.wenn) if result is not None else None
        if holds is False or item.statt:
            continue
        arten = {item.art, *(other.art for other in verfahren.unterlagen if other.statt == item.art)}
        there = tuple(beleg for beleg in belege if beleg.art in arten)
        yield Needed(item, holds is True, there, item.art in antrag.nachreichen)


def other_documents(antrag: Antrag, needed: list[Needed]) -> list[Beleg]:
    """Return what was handed in beyond the documents that were asked for."""
    counted = {beleg.pk for item in needed for beleg in item.belege}
    return [beleg for beleg in antrag.belege.select_related("datei") if beleg.pk not in counted]


def open_questions(antrag: Antrag, result: Result) -> list[str]:
    """Return the names of the facts that were not stated and still matter, the most useful first."""
    return [question.name for question in Interview(result, antrag.fakten).pending]

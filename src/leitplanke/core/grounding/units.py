"""Units of evidence: the sentences, list items and short lines of found passages, each with its surroundings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from leitplanke.core.provenance import Citation
from leitplanke.core.retrieval.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leitplanke.core.retrieval.passages import Passage

_BULLET = re.compile(r"[•·▪■◦‣●○–—*+-]\s+$|^[•·▪■◦‣●○–—*+-]\s+")
_NUMBERED = re.compile(
    r"^(?:\d{1,2}|[a-z])[.)]\s+(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|"
    r"Dezember)\b)"
)
_END = re.compile(r"[.!?:;…][“”»«\"'’‘)\]*]*$")
_BACKWARD = re.compile(
    r"^(?:(?:Er|Sie|Es|Diese[rsmn]?|Jene[rsmn]?|Dabei|Dafür|Damit|Dazu|Daran|Darin|Daraus|Darüber hinaus|Davon|"
    r"Dies|Das (?:gilt|heißt|bedeutet|soll|Beispiel|ist)|Dadurch|Hier|Hierzu|Hierfür|"
    r"Solche[rsmn]?|Ein solche[rsmn]?|Eine solche|Beide|Danach|Deshalb|Daher|Deswegen|Nur so|"
    r"Ein Beispiel hierfür|In diesen? Fäll|In diesem|In dieser|Bis dahin|Zudem|Außerdem|Gleichzeitig|Zugleich|"
    r"Beispiele? für diese|Auch|Weiter)\b)|\b(?:dazu|hierfür|hierzu|dafür)\b"
)


class Kind(StrEnum):
    """What a unit is to its reader."""

    SENTENCE = "sentence"
    ITEM = "item"
    LEAD = "lead"
    QUESTION = "question"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Unit:
    """`text` is the verbatim piece `[start:end]` of its document.

    Attributes:
        before: the text just before it in the passage, "" at the beginning.
        after: the text just behind it.
        lead: for list items the sentence that leads into the list, else "".
        heading: title of the document and path of headings.
        rank: place of the passage among those found, from 0.
        place: place of the unit in its passage, from 0.
    """

    passage: Passage
    start: int
    end: int
    text: str
    kind: Kind
    before: str
    after: str
    lead: str
    rank: int
    place: int

    @property
    def key(self) -> tuple[str, int, int]:
        """Identify the unit among all documents."""
        return self.passage.source.document, self.start, self.end

    @property
    def heading(self) -> str:
        """The headings above the unit, the nearest last."""
        passage = self.passage
        parts = [*passage.headings, passage.section, passage.title]
        return " – ".join(part for part in parts if part)

    @property
    def leans_back(self) -> bool:
        """Tell whether the unit can hardly be understood without the sentence before it."""
        return leans_back(self.text)

    @property
    def citation(self) -> Citation:
        """The unit as a verbatim quote."""
        return cite(self.passage, self.start, self.end)


def cite(passage: Passage, start: int, end: int) -> Citation:
    """Quote `[start:end]` of the document, which must lie within the passage."""
    quote = passage.text[start - passage.start : end - passage.start]
    return Citation(passage.source.document, passage.section, quote, start, end)


def leans_back(sentence: str) -> bool:
    """Tell whether a sentence points to the one before it."""
    return _BACKWARD.search(sentence) is not None


def units_of(passages: Sequence[Passage]) -> list[Unit]:
    """Return the units of all passages, in the order of the passages."""
    return [unit for rank, passage in enumerate(passages) for unit in _passage_units(passage, rank)]


def _passage_units(passage: Passage, rank: int) -> list[Unit]:
    text = passage.text
    spans = sentences(text)
    units: list[Unit] = []
    lead = ""
    for place, (start, end) in enumerate(spans):
        piece = text[start:end]
        kind = _kind(text, start, piece)
        if kind is not Kind.ITEM:
            lead = ""
        before = text[slice(*spans[place - 1])] if place else ""
        after = text[slice(*spans[place + 1])] if place + 1 < len(spans) else ""
        if kind is Kind.ITEM and not lead:
            lead = before if place and units[-1].kind is not Kind.ITEM else ""
        units.append(
            Unit(passage, passage.start + start, passage.start + end, piece, kind, before, after, lead, rank, place)
        )
    return units


def _kind(text: str, start: int, piece: str) -> Kind:
    line = text.rfind("\n", 0, start) + 1
    if _BULLET.search(text[line:start]) or (_NUMBERED.match(piece) and start == line):
        return Kind.ITEM
    if piece.endswith(":"):
        return Kind.LEAD
    if piece.endswith("?"):
        return Kind.QUESTION
    return Kind.SENTENCE if _END.search(piece) else Kind.LINE

"""Documents of a case: the list, and the one that is looked at with the passage a value came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from leitplanke.apps.antrag.models import Beleg, Belegstand
from leitplanke.apps.antrag.proposing import kinds
from leitplanke.base.documents.turning import PageTurning
from leitplanke.base.interview.wording import said
from leitplanke.core.extraction import Box, PlacedWord, boxes_for

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Vorschlag

_PASSAGES = re.compile(r"\d{1,7}-\d{1,7}(?:,\d{1,7}-\d{1,7}){0,9}")
MOST_PASSAGES = 10
Passages = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as a line of the list."""

    key: str
    name: str
    kind: str
    when: Any
    state: str
    findings: int
    proposals: int
    checked: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text, marked where a value came from."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Viewer(PageTurning):
    """The document that is looked at."""

    beleg: Beleg
    kind: str
    page: int
    pages: int
    passages: str
    segments: tuple[Segment, ...]
    findings: tuple[str, ...]


def kind_title(art: str) -> str:
    """Return what people call a kind of document; empty where it is none."""
    found = kinds().get(art)
    return said(found.titel) if found else ""


def _state(stand: Belegstand, *, by_hand: bool) -> str:
    if stand is Belegstand.GELESEN:
        return ""
    return str((Belegstand.UNLESBAR if by_hand else stand).label)


def documents_of(belege: Iterable[Beleg], current: UUID | None, *, by_hand: bool = False) -> tuple[DocumentRow, ...]:
    """Return the documents as the list shows them; without AI nothing is being read, people read themselves."""
    return tuple(
        DocumentRow(
            key=str(beleg.kennung),
            name=beleg.name,
            kind=kind_title(beleg.art),
            when=beleg.eingang_am,
            state=_state(Belegstand(beleg.stand), by_hand=by_hand),
            findings=len(beleg.befunde),
            proposals=getattr(beleg, "offene", 0),
            checked=beleg.geprueft_am is not None,
            current=beleg.kennung == current,
        )
        for beleg in belege
    )


def chosen(belege: Sequence[Beleg], wanted: str, vorschlaege: Iterable[Vorschlag]) -> UUID | None:
    """Return which document to show: the one asked for, else the first with something to do, else the first."""
    named = next((beleg for beleg in belege if str(beleg.kennung) == wanted), None)
    waiting = {vorschlag.beleg_id for vorschlag in vorschlaege}
    found = named or next((beleg for beleg in belege if beleg.pk in waiting), None) or next(iter(belege), None)
    return found.kennung if found else None


def passages_from(text: str) -> Passages:
    """Return the passages that an address names; none where it is malformed."""
    if not _PASSAGES.fullmatch(text):
        return ()
    pairs = (tuple(map(int, part.split("-"))) for part in text.split(","))
    return tuple((start, end) for start, end in pairs if start < end)[:MOST_PASSAGES]


def passages_of(vorschlaege: Iterable[Vorschlag], beleg: Beleg) -> Passages:
    """Return the passages that the open proposals of a document stand on."""
    found = [stelle for one in vorschlaege if one.beleg_id == beleg.pk for stelle in one.stellen]
    return tuple((start, end) for start, end in found)[:MOST_PASSAGES]


def viewer_of(beleg: Beleg, passages: Passages, page: int = 0) -> Viewer:
    """Return a document for looking at, on the page of the first passage unless another is wanted."""
    found = boxes_on_pages(beleg, passages)
    shown = page or next(iter(found), 1)
    return Viewer(
        beleg=beleg,
        kind=kind_title(beleg.art),
        page=min(max(shown, 1), beleg.seiten) if beleg.seiten else 0,
        pages=beleg.seiten,
        passages=",".join(f"{start}-{end}" for start, end in passages),
        segments=segments_of(beleg.text, passages),
        findings=tuple(beleg.befunde),
    )


def boxes_on_pages(beleg: Beleg, passages: Passages) -> dict[int, list[Box]]:
    """Return by page the places of passages, the page of the first passage first."""
    words = [PlacedWord(start, end, page, Box(*edges)) for start, end, page, *edges in beleg.boxen]
    found: dict[int, list[Box]] = {}
    for start, end in passages:
        for page, box in boxes_for(words, start, end):
            found.setdefault(page, []).append(box)
    return found


def segments_of(text: str, passages: Passages) -> tuple[Segment, ...]:
    """Return a text in runs, the passages marked."""
    segments: list[Segment] = []
    position = 0
    for start, end in sorted(passages):
        first, last = max(start, position), min(end, len(text))
        if first >= last:
            continue
        segments += [Segment(text[position:first], marked=False), Segment(text[first:last], marked=True)]
        position = last
    segments.append(Segment(text[position:], marked=False))
    return tuple(segment for segment in segments if segment.text)

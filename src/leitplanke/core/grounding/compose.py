"""From the best unit to claims: neighbours are quoted with it, repetitions merged, contradictions shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitplanke.core.grounding import values, wording
from leitplanke.core.grounding.answer import Claim
from leitplanke.core.grounding.polarity import opposed
from leitplanke.core.grounding.question import Question, Wanted
from leitplanke.core.grounding.units import Kind, Unit, cite, leans_back, units_of
from leitplanke.core.grounding.words import likeness, stems_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leitplanke.core.grounding.evidence import EvidenceModel, Ranked

_LONGEST = 700  # characters of one quote
_MOST_SENTENCES = 3
_SAME = 0.75  # share of words two statements have in common when they say the same
_CLOSE = 1.2  # how far behind the best a unit of another passage may be to stand beside it
_NEIGHBOUR = 3.0  # how far behind the best a neighbouring sentence may be to be quoted with it
_COMPARABLE = 0.7  # share of common words from which two statements can contradict each other
_IN_SIGHT = 3.0  # how far behind the best a unit may be to say the same or the contrary
_MOST_CLAIMS = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring units of one passage that are quoted as one piece."""

    units: tuple[Unit, ...]

    @property
    def text(self) -> str:
        """The verbatim piece from the first to the last unit."""
        return cite(self.units[0].passage, self.units[0].start, self.units[-1].end).quote

    def claim(self, same: Sequence[Span] = (), *, conflicting: bool = False) -> Claim:
        """Return the claim that quotes this span, and those that say the same."""
        spans = (self, *same)
        citations = (cite(span.units[0].passage, span.units[0].start, span.units[-1].end) for span in spans)
        return Claim(wording.statement(self.units), tuple(citations), conflicting)


def span_of(unit: Unit, ranked: Ranked, question: Question) -> Span:
    """Return the unit with what a reader needs beside it: its lead and list, what it points back to, what goes on."""
    row = units_of([unit.passage])
    place = unit.place
    if unit.kind in {Kind.ITEM, Kind.LEAD}:
        return Span(tuple(_list(row, place, whole=unit.kind is Kind.LEAD or question.wanted is Wanted.LIST)))
    scores = {c.unit.key: s for c, s in zip(ranked.candidates, ranked.scores, strict=True)}
    best = scores.get(unit.key, ranked.scores[0])
    first = last = place
    if last + 1 < len(row) and row[last + 1].kind is Kind.LEAD and leans_back(row[last + 1].text):
        return Span(tuple(_list(row, last + 1, whole=True)))
    if unit.leans_back and place and row[place - 1].kind is not Kind.ITEM:
        first -= 1
    if last + 1 < len(row) and _goes_on(row[last + 1], scores, best):
        last += 1
        if row[last].kind is Kind.LEAD:
            return Span(tuple(row[first:last]) + tuple(_list(row, last, whole=True)))
    if first == place and place and scores.get(row[place - 1].key, -99.0) > best - _NEIGHBOUR and last == place:
        first -= 1
    return Span(tuple(_shortened(row, first, last, place)))


def _goes_on(following: Unit, scores: dict[tuple[str, int, int], float], best: float) -> bool:
    if following.kind in {Kind.ITEM, Kind.LINE, Kind.QUESTION}:
        return False
    near = scores.get(following.key, -99.0) > best - _NEIGHBOUR
    return near or (leans_back(following.text) and scores.get(following.key, -99.0) > best - 2 * _NEIGHBOUR)


def _list(row: Sequence[Unit], place: int, *, whole: bool) -> list[Unit]:
    """Return the list around `place` with its lead, or only the item."""
    if not whole and row[place].kind is Kind.ITEM:
        return [row[place]]
    first = last = place
    while first > 0 and row[first].kind is Kind.ITEM:
        first -= 1
    while last + 1 < len(row) and row[last + 1].kind is Kind.ITEM:
        last += 1
    if row[first].kind is Kind.LEAD and leans_back(row[first].text) and first:
        first -= 1
    return list(row[first : last + 1])


def _shortened(row: Sequence[Unit], first: int, last: int, place: int) -> Sequence[Unit]:
    """Keep a quote short; the unit itself always stays."""
    while last - first >= _MOST_SENTENCES or (last > first and row[last].end - row[first].start > _LONGEST):
        if last > place:
            last -= 1
        else:
            first += 1
    return row[first : last + 1]


def claims_for(question: Question, ranked: Ranked, model: EvidenceModel) -> tuple[Claim, ...]:
    """Return the claims of an answer, the direct one first."""
    main = span_of(ranked.best.unit, ranked, question)
    same: list[Span] = []
    contrary: list[Span] = []
    beside: list[Span] = []
    for place, span in _others(ranked, main):
        likeness_to_main = _likeness(main.text, span.text)
        if _contradicts(question, main, span, likeness_to_main):
            contrary.append(span)
        elif likeness_to_main >= _SAME:
            same.append(span)
        elif _stands_alone(ranked, place, model) and not any(_likeness(b.text, span.text) >= _SAME for b in beside):
            beside.append(span_of(span.units[0], ranked, question))
    if contrary:
        return (main.claim(same[:2], conflicting=True), *(span.claim(conflicting=True) for span in contrary[:2]))
    return (main.claim(same[:2]), *(span.claim() for span in beside[: _MOST_CLAIMS - 1]))


def _others(ranked: Ranked, main: Span) -> Iterator[tuple[int, Span]]:
    """Yield what came close behind the best unit in other sections, with its place."""
    own = {unit.key for unit in main.units}
    for place, (candidate, score) in enumerate(zip(ranked.candidates, ranked.scores, strict=True)):
        if score < ranked.scores[0] - _IN_SIGHT:
            return
        if candidate.unit.key not in own and not _same_place(candidate.unit, main.units[0]):
            yield place, Span((candidate.unit,))


def _stands_alone(ranked: Ranked, place: int, model: EvidenceModel) -> bool:
    """Tell whether a further unit is close to the best one and sure enough to be shown beside it."""
    return ranked.scores[place] > ranked.scores[0] - _CLOSE and model.confidence(ranked, place) >= model.support


def _same_place(one: Unit, other: Unit) -> bool:
    return (one.passage.source.document, one.passage.section) == (other.passage.source.document, other.passage.section)


def _likeness(one: str, other: str) -> float:
    """Return how many words two statements share, seen from the shorter one."""
    mine, theirs = sorted((stems_of(one), stems_of(other)), key=len)
    if not mine:
        return 0.0
    return sum(any(likeness(a, b) >= 0.8 for b in theirs) for a in mine) / len(mine)


def _contradicts(question: Question, main: Span, span: Span, alike: float) -> bool:
    """Tell whether another document gives a different value for, or denies, nearly the same statement."""
    if alike < _COMPARABLE or span.units[0].passage.source.document == main.units[0].passage.source.document:
        return False
    if values.strict(question.wanted):
        mine, theirs = values.numbers_in(main.text), values.numbers_in(span.text)
        return bool(mine and theirs) and not mine & theirs and values.holds(question.wanted, span.text)
    return opposed(main.text, span.text)

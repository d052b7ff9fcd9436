"""Spans of what the two looks take for names, joined to what the rules have found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from leitplanke.core.privacy.learned.looks import CERTAIN, first_look, second_look
from leitplanke.core.privacy.lexicon import BEFORE_PLACE
from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.tokens import Token

# Log odds from which a word is masked, and below which a name of the rules is none unless they are certain of it.
# `benchmarks/privacy/lernen.py --probe` shows what other bounds would do.
SURE, NO_NAME = 1.2, -1.5
_DOUBT = 2.0  # added to the bound where a place is likelier
_JOINTS = frozenset({"", " ", "-"})
# Below every rule: it fills what nothing else claims.
SCORE = 0.3


def reconsider(text: str, tokens: Sequence[Token], found: Sequence[Span]) -> tuple[list[Span], set[Span]]:
    """Return the names that the rules left, and those of theirs that are none.

    A name that touches one of the rules is that name made longer.

    Args:
        text: the text.
        tokens: its tokens.
        found: what the rules found, in order, without overlaps.
    """
    first = first_look(tokens)
    return judge(text, tokens, found, {**first, **second_look(tokens, first, sureness(tokens, found))})


def judge(
    text: str,
    tokens: Sequence[Token],
    found: Sequence[Span],
    odds: Mapping[int, float],
    bounds: tuple[float, float] = (SURE, NO_NAME),
) -> tuple[list[Span], set[Span]]:
    """Return the same by log odds that are known: from the first of `bounds` a name, below the second none."""
    sure, no_name = bounds
    best: dict[Span, float] = {}
    taken = set()
    for place, span in _inside(tokens, found):
        taken.add(place)
        whole = span.start <= tokens[place].start and tokens[place].end <= span.end
        if whole and place in odds and span.label is Label.PERSON and span.score < CERTAIN:
            best[span] = max(best.get(span, odds[place]), odds[place])
    wrong = {span for span, most in best.items() if most < no_name}
    names = [span for span in found if span.label is Label.PERSON and span not in wrong]
    before, behind = {name.end: name for name in names}, {name.start: name for name in names}
    places = [
        place
        for place in sorted(odds)
        if odds[place] > sure + (_DOUBT if _after_place_word(tokens, place) else 0.0) and place not in taken
    ]
    return [_joined(text, start, end, before, behind) for start, end in _runs(text, tokens, places)], wrong


def _after_place_word(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a place is likelier: `aus Werl`."""
    return place > 0 and bool(tokens[place - 1].bits & BEFORE_PLACE)


def sureness(tokens: Sequence[Token], found: Iterable[Span]) -> dict[int, float]:
    """Return the places inside names of the rules with how sure the rules are of them."""
    return {place: span.score for place, span in _inside(tokens, found) if span.label is Label.PERSON}


def _inside(tokens: Sequence[Token], found: Iterable[Span]) -> Iterator[tuple[int, Span]]:
    """Yield the places inside findings, with the finding."""
    place = 0
    for span in found:
        while place < len(tokens) and tokens[place].end <= span.start:
            place += 1
        at = place
        while at < len(tokens) and tokens[at].start < span.end:
            yield at, span
            at += 1


def _runs(text: str, tokens: Sequence[Token], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield from where to where words stand that belong together, with an initial before them."""
    start = end = -1
    for place in places:
        begins = _with_initial(tokens, place)
        if end >= 0 and _only_joint(text, end, begins):
            end = tokens[place].end
            continue
        if end >= 0:
            yield start, end
        start, end = begins, tokens[place].end
    if end >= 0:
        yield start, end


def _with_initial(tokens: Sequence[Token], place: int) -> int:
    """Return where a name begins: at an initial before it (`A. Nothelfer`), else at the word."""
    if place > 1 and tokens[place - 1].text == "." and tokens[place - 2].initial:
        return tokens[place - 2].start
    if place and tokens[place - 1].initial:
        return tokens[place - 1].start
    return tokens[place].start


def _only_joint(text: str, end: int, start: int) -> bool:
    """Tell whether nothing but a blank, a dot or a hyphen stands between two words."""
    return start <= end or (start - end <= 2 and not text[end:start].strip(" -."))


def _joined(text: str, start: int, end: int, before: Mapping[int, Span], behind: Mapping[int, Span]) -> Span:
    """Return the name from `start` to `end`, with those of the rules that it touches, by their ends and beginnings."""
    score = SCORE
    left = next((before[at] for at in range(start, start - 2, -1) if at in before), None)
    right = next((behind[at] for at in range(end, end + 2) if at in behind), None)
    if left is not None and text[left.end : start] in _JOINTS:
        start, score = left.start, max(score, left.score)
    if right is not None and text[end : right.start] in _JOINTS:
        end, score = right.end, max(score, right.score)
    return Span(start, end, Label.PERSON, score)

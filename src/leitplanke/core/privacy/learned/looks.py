"""Two looks at the words of a text, each a logistic regression.

The first sees a word and its neighbours. The second sees what the first said of the word, of those beside it and of the
same word elsewhere, and where the rules have found a name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from leitplanke.core.privacy.learned.features import (
    EDGE,
    around,
    core,
    is_candidate,
    kind,
    manner,
    of_kinds,
    of_word,
    of_words,
    written_word,
)
from leitplanke.core.privacy.learned.weights import BIAS, FIRST, SECOND, total, weights
from leitplanke.core.privacy.tokens import Token

# Below these log odds of the first look the second changes nothing, nor do the words around below the others.
HOPELESS = -3.0
_LOST = -6.0
# From here on the rules have more than a known name to go by: a salutation, a word that leads to it, a list.
CERTAIN = 0.61
_LIKELY = 1.5
_MOST_LIKELY = 4


class _Traits(NamedTuple):
    """What the first look needs of a word whatever stands beside it."""

    kind: str
    word: str
    candidate: bool
    core: str
    odds: float  # bias included


@lru_cache(maxsize=32768)
def _traits(text: str, folded: str, bits: int, *, capital: bool) -> _Traits:
    candidate = is_candidate(text, folded, bits, capital=capital)
    known = weights(FIRST)
    odds = known.get(BIAS, 0.0) + total(known, of_word(text, folded, bits)) if candidate else 0.0
    return _Traits(kind(text, bits), written_word(text, folded), candidate, core(text, bits) if candidate else "", odds)


@lru_cache(maxsize=65536)
def _by_kinds(own: str, kinds: tuple[str, str, str, str], written: str) -> float:
    return total(weights(FIRST), of_kinds(own, kinds, written))


def first_look(tokens: Sequence[Token]) -> dict[int, float]:
    """Return the place of each candidate among `tokens` with the log odds that it is part of a name."""
    known = weights(FIRST)
    traits = [_traits(token.text, token.folded, token.bits, capital=token.capital) for token in tokens]
    kinds = around([one.kind for one in traits])
    words = [EDGE, *(one.word for one in traits), EDGE]
    written = manner(tokens)
    found = {}
    for place, (own, near) in enumerate(zip(traits, kinds, strict=True)):
        if own.candidate:
            odds = own.odds + _by_kinds(own.core, near, written)
            if odds > _LOST:
                odds += total(known, of_words(own.core, words[place], words[place + 2], near[2]))
            found[place] = odds
    return found


def second_look(tokens: Sequence[Token], first: Mapping[int, float], ruled: Mapping[int, float]) -> dict[int, float]:
    """Return the log odds after the second look; `ruled` says how sure the rules are of a place, where they are."""
    known = weights(SECOND)
    bias = known.get(BIAS, 0.0)
    return {place: bias + total(known, found) for place, found in second_features(tokens, first, ruled)}


def second_features(
    tokens: Sequence[Token], first: Mapping[int, float], ruled: Mapping[int, float]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the places worth a second look with their features."""
    same: dict[str, list[float]] = defaultdict(list)
    ruled_words = Counter(tokens[place].folded for place in ruled)
    for place, odds in first.items():
        same[tokens[place].folded].append(odds)
    highest = {word: [*sorted(all_odds, reverse=True), 0.0][:2] for word, all_odds in same.items()}
    many = min(_MOST_LIKELY, sum(odds > _LIKELY for odds in first.values()))
    for place, odds in first.items():
        if odds < HOPELESS or ruled.get(place, 0.0) >= CERTAIN:
            continue
        token = tokens[place]
        most, next_most = highest[token.folded]
        alone = len(same[token.folded]) == 1
        elsewhere = "-" if alone else f"{_step(next_most if odds == most else most, 1, 4)}"
        elsewhere += "r" if ruled_words[token.folded] > (place in ruled) else ""
        left, right = _beside(tokens, first, ruled, place, -1), _beside(tokens, first, ruled, place, 1)
        sure, rough = round(ruled.get(place, 0) * 10), _step(odds, 1, 5)
        own = core(token.text, token.bits)
        yield place, [
            f"z{_step(odds, 1.5, 8)}", f"r{sure}", f"rz{sure > 0:d} {rough}",
            f"L{left}", f"R{right}", f"LR{left} {right}", f"Lz{left} {rough}", f"Rz{right} {rough}",
            f"e{elsewhere}", f"ez{elsewhere} {rough}", f"c{own}", f"cr{own}{sure > 0:d}",
            f"h{many}", f"hz{many} {rough}",
        ]  # fmt: skip


def _step(odds: float, per_step: float, most: int) -> int:
    return max(-most, min(most, round(odds * per_step)))


def _beside(
    tokens: Sequence[Token], first: Mapping[int, float], ruled: Mapping[int, float], place: int, step: int
) -> str:
    """Return what the first look and the rules say of a neighbour, or else its kind; the dot of an initial is none."""
    at = place + step
    if 0 <= at < len(tokens) and tokens[at].text in ".-" and tokens[place].end - tokens[place].start == 1:
        at += step
    if not 0 <= at < len(tokens):
        return EDGE
    if at in first:
        return f"z{_step(first[at], 1, 4)}" + ("r" if at in ruled else "")
    return kind(tokens[at].text, tokens[at].bits)

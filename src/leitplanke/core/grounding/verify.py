"""Deterministic checks between question, claim and quote: numbers, dates, negation, named towns and laws must agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leitplanke.core.grounding.names import named_things
from leitplanke.core.grounding.polarity import negations
from leitplanke.core.grounding.values import numbers_in
from leitplanke.core.grounding.words import content_words, fold, likeness, stems_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leitplanke.core.grounding.units import Unit

_STRICT_KINDS = frozenset({"place", "norm", "name", "person", "year"})
_WORDS_FROM_EVIDENCE = (
    0.7  # share of the words that carry matter which a rewritten sentence must take from its evidence
)
_WORDS_KEPT = 0.5  # share of the words that carry matter which other words for a statement must keep
_MARKUP = re.compile(r"https?://|www\.|!\[|\]\(|<[a-zA-Z/]")


def agrees(sentence: str, evidence: Sequence[str]) -> bool:
    """Tell whether a sentence says nothing that its evidence does not say.

    Every number, date, town, law and proper name of the sentence stands in the evidence, negations occur in one that
    matches, and most of its words are the evidence's own. A link that the evidence does not hold fails as well.
    """
    whole = " ".join(evidence)
    if not numbers_in(sentence) <= numbers_in(whole):
        return False
    folded = fold(whole)
    if not all(thing.within(folded) for thing in named_things(sentence) if thing.kind in _STRICT_KINDS):
        return False
    if _MARKUP.search(sentence):
        return False
    best = max(evidence, key=lambda text: _shared(sentence, text), default="")
    if (negations(sentence) > 0) != (negations(best) > 0):
        return False
    return _shared(sentence, whole) >= _WORDS_FROM_EVIDENCE


def covers(worded: str, statement: str) -> bool:
    """Tell whether other words for a statement leave nothing of weight out: its numbers, negations, most words."""
    return (
        numbers_in(statement) <= numbers_in(worded)
        and (negations(statement) > 0) == (negations(worded) > 0)
        and _shared(statement, worded) >= _WORDS_KEPT
    )


def _shared(sentence: str, evidence: str) -> float:
    """Return the share of a sentence's words that the evidence holds, in any inflection."""
    asked = [word for word in content_words(sentence) if not numbers_in(word.text)]
    found = stems_of(evidence)
    if not asked:
        return 0.0
    return sum(any(likeness(word.stem, stem) >= 0.8 for stem in found) for word in asked) / len(asked)


def quotes_exactly(unit: Unit) -> bool:
    """Tell whether the unit is what stands at its place in the document."""
    start = unit.start - unit.passage.start
    return unit.passage.text[start : start + len(unit.text)] == unit.text and unit.end - unit.start == len(unit.text)

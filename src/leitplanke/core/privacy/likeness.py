"""How much a word looks like a name: letter triples of names against those of the words of an office."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_SMOOTHING = 0.5
_TRIPLES = 8000
_UNSEEN = 0.2  # letters that neither list knows are rather a name from far away


class Likeness:
    """Compares words with two lists. Above 0 a word looks like a name, below 0 like a German word."""

    def __init__(self, names: Iterable[str], words: Iterable[str]) -> None:
        """Learn from folded names and folded words."""
        ours, theirs = _count(names), _count(words)
        total, rest = sum(ours.values()), sum(theirs.values())
        balance = math.log((rest + _SMOOTHING * _TRIPLES) / (total + _SMOOTHING * _TRIPLES))
        self._odds = {
            triple: math.log((ours[triple] + _SMOOTHING) / (theirs[triple] + _SMOOTHING)) + balance
            for triple in ours.keys() | theirs.keys()
        }
        # The words of an office come again and again.
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, word: str) -> float:
        """Return the mean log odds of the triples of a folded word."""
        marked = f"^{word}$"
        count = len(marked) - 2
        odds = self._odds
        return sum(odds.get(marked[place : place + 3], _UNSEEN) for place in range(count)) / max(count, 1)


def _count(words: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word in words:
        marked = f"^{word}$"
        counts.update(marked[place : place + 3] for place in range(len(marked) - 2))
    return counts

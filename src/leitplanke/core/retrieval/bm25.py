"""BM25 over postings that live in memory-mapped arrays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from math import log1p
from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.retrieval.arrays import load_array, save_array

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Tokenizer = Callable[[str], Iterable[int]]

_K1 = 0.9
_B = 0.3
_COMMON = 0.25  # a term in more than a quarter of all texts tells nothing and costs the most
_ALWAYS = 10  # ... unless there are few texts


@dataclass(frozen=True, slots=True)
class Postings:
    """An inverted file: for term `terms[i]`, `docs[starts[i]:starts[i + 1]]` and the counts beside them.

    `lengths` holds the number of terms of each text; it fixes how many texts there are.
    """

    terms: NDArray[np.uint64]
    starts: NDArray[np.int64]
    docs: NDArray[np.int32]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.int32]

    @classmethod
    def build(cls, texts: Iterable[str], tokenizer: Tokenizer) -> Postings:
        """Count the terms of `texts` and invert them."""
        terms: list[int] = []
        counts: list[int] = []
        widths: list[int] = []
        lengths: list[int] = []
        for text in texts:
            found = Counter(tokenizer(text))
            terms.extend(found)
            counts.extend(found.values())
            widths.append(len(found))
            lengths.append(found.total())
        docs = np.repeat(np.arange(len(widths), dtype=np.int32), widths)
        flat = np.minimum(np.array(counts, dtype=np.int64), 255).astype(np.uint8)
        return cls._invert(np.array(terms, dtype=np.uint64), docs, flat, np.array(lengths, dtype=np.int32))

    @classmethod
    def _invert(
        cls,
        terms: NDArray[np.uint64],
        docs: NDArray[np.int32],
        counts: NDArray[np.uint8],
        lengths: NDArray[np.int32],
    ) -> Postings:
        order = np.lexsort((docs, terms))
        distinct, first = np.unique(terms[order], return_index=True)
        starts = np.append(first, len(terms)).astype(np.int64)
        return cls(distinct, starts, docs[order], counts[order], lengths)

    def merged(self, kept: NDArray[np.int64], fresh: Postings) -> Postings:
        """Return the postings of the texts `kept` (their numbers here, in the new order) followed by `fresh`."""
        place = np.full(len(self.lengths), -1, dtype=np.int32)
        place[kept] = np.arange(len(kept), dtype=np.int32)
        docs = place[self.docs]
        stays = docs >= 0
        return self._invert(
            np.concatenate([np.repeat(self.terms, np.diff(self.starts))[stays], fresh.flat_terms()]),
            np.concatenate([docs[stays], fresh.docs + np.int32(len(kept))]),
            np.concatenate([self.counts[stays], fresh.counts]),
            np.concatenate([self.lengths[kept], fresh.lengths]),
        )

    def grouped(self, groups: NDArray[np.int32], total: int) -> Postings:
        """Return the postings of larger texts: text `i` here is a part of text `groups[i]` of `total`."""
        terms, docs = self.flat_terms(), groups[self.docs]
        order = np.lexsort((docs, terms))
        terms, docs, counts = terms[order], docs[order], self.counts[order].astype(np.int64)
        fresh = np.append(True, (np.diff(docs) != 0) | (terms[1:] != terms[:-1]))[: len(terms)]
        first = np.flatnonzero(fresh)
        sums = np.minimum(np.add.reduceat(counts, first), 255) if len(first) else counts
        lengths = np.bincount(groups, weights=self.lengths, minlength=total).astype(np.int32)
        return self._invert(terms[first], docs[first], sums.astype(np.uint8), lengths)

    def combined(self, other: Postings) -> Postings:
        """Return the postings of the same texts with the words of `other` added to them."""
        same = np.arange(len(self.lengths), dtype=np.int32)
        return self.merged(same.astype(np.int64), other).grouped(np.concatenate([same, same]), len(same))

    def find(self, numbers: NDArray[np.uint64]) -> list[slice]:
        """Return where the postings of each term lie, an empty slice for unknown ones."""
        if not len(self.terms):
            return [slice(0, 0)] * len(numbers)
        places = np.minimum(np.searchsorted(self.terms, numbers), len(self.terms) - 1)
        known = self.terms[places] == numbers
        return [
            slice(int(self.starts[place]), int(self.starts[place + 1])) if hit else slice(0, 0)
            for place, hit in zip(places.tolist(), known.tolist(), strict=True)
        ]

    def count(self, term: int) -> int:
        """Return how many texts hold a term."""
        place = int(np.searchsorted(self.terms, np.uint64(term)))
        if place >= len(self.terms) or int(self.terms[place]) != term:
            return 0
        return int(self.starts[place + 1] - self.starts[place])

    def flat_terms(self) -> NDArray[np.uint64]:
        """Return the term of each posting."""
        return np.repeat(self.terms, np.diff(self.starts))

    def save(self, directory: Path) -> None:
        """Write the arrays into `directory`."""
        for field in fields(self):
            save_array(directory / f"{field.name}.npy", getattr(self, field.name))

    @classmethod
    def load(cls, directory: Path) -> Postings:
        """Map the arrays written by `save` into memory."""
        return cls(**{field.name: load_array(directory / f"{field.name}.npy") for field in fields(cls)})


class Bm25:
    """Scores the texts of an inverted file against a weighted bag of terms."""

    def __init__(self, postings: Postings) -> None:
        """Prepare the length norms of `postings`."""
        self._postings = postings
        self._total = len(postings.lengths)
        lengths = np.asarray(postings.lengths, dtype=np.float32)
        mean = float(lengths.mean()) if self._total else 1.0
        self._norms = (_K1 * (1 - _B + _B * lengths / max(mean, 1.0))).astype(np.float32)

    def scores(self, terms: Mapping[int, float]) -> NDArray[np.float32]:
        """Return the score of every text for `terms` given with their weights."""
        result = np.zeros(self._total, dtype=np.float32)
        for span, weight in zip(self._spans(terms), terms.values(), strict=True):
            frequency = span.stop - span.start
            if not frequency or frequency > max(_COMMON * self._total, _ALWAYS):
                continue
            docs, counts = self._postings.docs[span], self._postings.counts[span].astype(np.float32)
            result[docs] += self._rarity(frequency, weight) * counts / (counts + self._norms[docs])
        return result

    def ceiling(self, terms: Mapping[int, float]) -> float:
        """Return the score that a text with every term countless times would have."""
        spans = zip(self._spans(terms), terms.values(), strict=True)
        return (
            float(sum(self._rarity(span.stop - span.start, weight) for span, weight in spans)) if self._total else 0.0
        )

    def _spans(self, terms: Mapping[int, float]) -> list[slice]:
        return self._postings.find(np.fromiter(terms, dtype=np.uint64, count=len(terms)))

    def _rarity(self, frequency: int, weight: float) -> np.float32:
        """Return the weight of a term that `frequency` texts hold."""
        return np.float32(weight * (_K1 + 1) * log1p((self._total - frequency + 0.5) / (frequency + 0.5)))

"""A question as the search reads it: its terms, and the sentences that are compared by meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.retrieval.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from leitplanke.core.retrieval.embedder import Embedder, Vectors

_SHORTEST = 10  # characters; "Darf ich?" says nothing alone
# Characters embedded per question: more costs time and found no more (docs/explanation/messwerte-suche.md).
_BUDGET = 160
_REST = 20  # a budget too small for another sentence


@dataclass(frozen=True, slots=True)
class Meaning:
    """The vectors of a question's sentences, and how much each counts.

    A section that answers fits the story and the question at its end, so sentences are compared one by one and the
    similarities averaged; one vector for a long story would blur both.
    """

    vectors: Vectors
    weights: NDArray[np.float32]

    def similarities(self, vectors: Vectors) -> Vectors:
        """Return the cosine of each sentence (rows) with each of `vectors` (columns)."""
        return np.stack([vectors @ vector for vector in self.vectors])  # five times faster than one narrow product

    def average(self, similarities: Vectors) -> NDArray[np.float32]:
        """Return the weighted mean over the sentences."""
        return self.weights @ similarities


def parts(question: str) -> list[str]:
    """Return the sentences of a question that say something, those that ask first, the longest next; never none."""
    found = [question[start:end].strip() for start, end in sentences(question)]
    telling = [sentence for sentence in found if len(sentence) > _SHORTEST] or [question.strip()]
    chosen: list[str] = []
    left = _BUDGET
    for sentence in sorted(telling, key=lambda sentence: ("?" not in sentence, -len(sentence))):
        if chosen and left < _REST:
            break
        chosen.append(sentence if len(sentence) <= left else sentence[:left].rsplit(" ", 1)[0])
        left -= len(chosen[-1])
    return chosen


def meaning(question: str, embedder: Embedder) -> Meaning:
    """Embed the sentences of a question."""
    texts: Sequence[str] = parts(question)
    weights = np.sqrt(np.array([max(len(text), 1) for text in texts], dtype=np.float32))
    return Meaning(embedder.embed_queries(texts), weights / weights.sum())

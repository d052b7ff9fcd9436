"""What answering asks of a search, and a small one over a list of passages."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Protocol

from leitplanke.core.grounding.words import stems_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leitplanke.core.retrieval.hits import Filter
    from leitplanke.core.retrieval.index import Index
    from leitplanke.core.retrieval.passages import Passage


class Corpus(Protocol):
    """The texts of a space: passages found for a question, and how common a word is among them."""

    def search(self, question: str, top: int) -> Sequence[Passage]:
        """Return the best passages for a question, best first."""
        ...

    def share(self, stem: str) -> float:
        """Return the share of passages, 0 to 1, that hold a word with this stem."""
        ...


class ListCorpus:
    """A handful of passages in memory, ranked by the rarity of the words they share with the question."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Take the passages in reading order."""
        self._passages = tuple(passages)
        self._stems = [stems_of(f"{' '.join(p.headings)} {p.section} {p.title} {p.text}") for p in self._passages]
        self._counts = Counter(stem for stems in self._stems for stem in stems)

    def search(self, question: str, top: int) -> Sequence[Passage]:
        """Return the passages that share the rarest words with the question."""
        asked = stems_of(question)
        scores = [sum(-math.log(self.share(stem)) + 0.01 for stem in asked & stems) for stems in self._stems]
        order = sorted(range(len(scores)), key=lambda number: -scores[number])
        return [self._passages[number] for number in order[:top]]

    def share(self, stem: str) -> float:
        """Return the share of passages that hold a word with this stem."""
        return self._counts[stem] / max(len(self._passages), 1)


class IndexCorpus:
    """An index, seen through the filter of a space."""

    def __init__(self, index: Index, only: Filter | None = None) -> None:
        """Search `index`; `only` says which documents belong to the space."""
        self._index = index
        self._only = only

    def search(self, question: str, top: int) -> Sequence[Passage]:
        """Return the best passages for a question, best first."""
        return [hit.passage for hit in self._index.search(question, top=top, only=self._only)]

    def share(self, stem: str) -> float:
        """Return the share of passages that hold a word with this stem."""
        return self._index.share(stem)

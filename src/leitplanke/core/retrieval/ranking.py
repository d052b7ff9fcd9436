"""From a question to ranked sections and passages: channels score, ranks are fused, explicit references come first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.retrieval.bm25 import Bm25F, Postings
from leitplanke.core.retrieval.fusion import fuse, ranks
from leitplanke.core.retrieval.hits import Filter, Hit, Mode
from leitplanke.core.retrieval.references import Names, section_key
from leitplanke.core.retrieval.tokens import terms
from leitplanke.core.retrieval.vocabulary_index import VocabularyIndex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from leitplanke.core.retrieval.store import PassageStore
    from leitplanke.core.retrieval.vocabulary import Vocabulary

    Scores = NDArray[np.float32]

# Measured on the open half of benchmarks/daten/gesetze; see docs/explanation/messwerte-suche.md.
_HEAD_WEIGHT = 1.0
_VOCABULARY_WEIGHT = 1.0
_EXPANSION_WEIGHT = 0.3
_EXPANSION_LEAST = 0.5
_PASSAGE_LEAD = np.float32(0.03)  # questions lie closer to phrases, which are questions too, than to passages
_NAMED_FACTOR = 1.5
_WEIGHTS = {"lexical": 1.0, "dense": 1.0}


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the channels need it; `similarity` is the cosine of each passage, and of each phrase, or None."""

    text: str
    passages: Scores | None = None
    phrases: Scores | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """What the channels say: the score of each section in the order of rank, and how well each passage fits."""

    sections: dict[int, float]
    channels: Mapping[str, Mapping[int, int]]
    passages: Scores


class Ranker:
    """Ranks one generation; it reads files and keeps no state between questions."""

    def __init__(self, store: PassageStore, directory: Path, vocabulary: Vocabulary) -> None:
        """Open the postings in `directory`."""
        self._store = store
        self._total = len(store.sections)
        self._document_of_section = np.array([document for document, _ in store.sections], dtype=np.int32)
        self._names = _names(store, vocabulary)
        self._first = _section_numbers(store)
        self.vocabulary = VocabularyIndex.open(directory, vocabulary, self._total, self._resolve)
        self._passages = Bm25F([(Postings.load(directory / "passages"), 1.0)])
        self._sections = Bm25F(
            [
                (Postings.load(directory / "sections"), 1.0),
                (Postings.load(directory / "heads"), _HEAD_WEIGHT),
                (self.vocabulary.sections, _VOCABULARY_WEIGHT),
            ]
        )

    def passages(self, query: Query, *, top: int, mode: Mode, only: Filter) -> list[Hit]:
        """Return the best passages, several of one section where they fit best."""
        found = self._find(query, mode, only)
        return self._hits(query, found, only, top, each_section=False)

    def sections(self, query: Query, *, top: int, mode: Mode, only: Filter) -> list[Hit]:
        """Return the best passage of each of the best sections."""
        found = self._find(query, mode, only)
        return self._hits(query, found, only, top, each_section=True)

    def _resolve(self, reference: str) -> list[int]:
        """Return the sections that a written reference ("UVG § 1") names."""
        return [self._first[target.document, target.section] for target in self._names.targets(reference)]

    def _find(self, query: Query, mode: Mode, only: Filter) -> _Found:
        allowed = self._allowed_sections(only)
        bag = self._bag(query.text)
        channels: dict[str, Mapping[int, int]] = {}
        lexical = self._passages.scores(bag)
        fit = lexical / max(float(lexical.max(initial=0.0)), 1e-6)
        if mode is not Mode.DENSE:
            channels["lexical"] = ranks(self._sections.scores(bag), allowed)
        if mode is not Mode.LEXICAL and query.passages is not None:
            channels["dense"] = ranks(self._dense(query), allowed)
            fit = fit + np.exp(20 * (query.passages - query.passages.max(initial=-1.0)))
        scores = fuse(channels, _WEIGHTS)
        for document in self._names.mentioned(query.text):
            scores = {
                n: s * (_NAMED_FACTOR if self._document_of_section[n] == document else 1) for n, s in scores.items()
            }
        return _Found(dict(sorted(scores.items(), key=lambda item: -item[1])), channels, fit)

    def _bag(self, text: str) -> dict[int, float]:
        """Return the terms of a question with their weights, widened by official words at a lower weight."""
        bag: dict[int, float] = {term: float(count) for term, count in Counter(terms(text)).items()}
        for term, weight in self.vocabulary.expansions(bag, _EXPANSION_LEAST).items():
            bag.setdefault(term, weight * _EXPANSION_WEIGHT)
        return bag

    def _dense(self, query: Query) -> Scores:
        """Return for each section how similar its best passage or its best phrase of the vocabulary is."""
        result = np.full(self._total, -1, dtype=np.float32)
        if query.passages is not None:
            np.maximum.at(result, self._store.section_of, query.passages + _PASSAGE_LEAD)
        if query.phrases is not None:
            np.maximum(result, self.vocabulary.similarity(query.phrases, self._total), out=result)
        return result

    def _allowed_documents(self, only: Filter) -> NDArray[np.bool_]:
        return np.array(
            [only.admits(document.id, document.source) for document in self._store.documents], dtype=np.bool_
        )

    def _allowed_sections(self, only: Filter) -> NDArray[np.bool_]:
        documents = self._allowed_documents(only)
        if not len(documents):
            return np.zeros(0, dtype=np.bool_)
        passages = documents[self._store.document_of] & (only.annexes | ~self._store.annex)
        allowed = np.zeros(self._total, dtype=np.bool_)
        allowed[self._store.section_of[passages]] = True
        return allowed

    def _hits(self, query: Query, found: _Found, only: Filter, top: int, *, each_section: bool) -> list[Hit]:
        named = self._named_sections(query.text, only)
        ordered = {**dict.fromkeys(named, 2.0), **{n: s for n, s in found.sections.items() if n not in named}}
        hits: list[tuple[float, int, int]] = []
        for place, (section, score) in enumerate(ordered.items()):
            if place >= top:
                break
            numbers = np.flatnonzero(self._store.section_of == section)
            fit = self._fit(numbers, found.passages, named.get(section, ""))
            best = np.argsort(-fit, kind="stable")[: 1 if each_section else top]
            hits += [
                (score * float(fit[i] / fit[best[0]]) if i != best[0] else score, section, int(numbers[i]))
                for i in best
            ]
        if not each_section:
            hits.sort(key=lambda hit: -hit[0])
        return [self._hit(found, named, *hit) for hit in hits[:top]]

    def _fit(self, numbers: NDArray[np.int64], fit: Scores, absatz: str) -> Scores:
        """Return how well the passages of a section fit, the Absatz that was asked for first."""
        result = fit[numbers] + np.float32(1e-3)
        if absatz:
            result = result + np.array(
                [4.0 * (absatz in self._store[int(n)].absatz.split()) for n in numbers], dtype=np.float32
            )
        return result

    def _named_sections(self, question: str, only: Filter) -> dict[int, str]:
        """Return the sections a question names explicitly and may see, with the Absatz it asks for."""
        documents = self._allowed_documents(only)
        named: dict[int, str] = {}
        for target in self._names.targets(question):
            if documents[target.document]:
                named.setdefault(self._first[target.document, target.section], target.absatz)
        return named

    def _hit(self, found: _Found, named: Mapping[int, str], score: float, section: int, number: int) -> Hit:
        placed = {name: order[section] for name, order in found.channels.items() if section in order}
        if section in named:
            placed["reference"] = 1 + list(named).index(section)
        document = self._store.documents[int(self._store.document_of[number])]
        return Hit(self._store[number], document.id, score, placed)


def _names(store: PassageStore, vocabulary: Vocabulary) -> Names:
    sections: list[dict[str, int]] = [{} for _ in store.documents]
    for number, (document, section) in enumerate(store.sections):
        sections[document].setdefault(section_key(section), number)
    more = {entry.dokument: entry.namen for entry in vocabulary.namen}
    names = [
        (name, number)
        for number, document in enumerate(store.documents)
        for name in (
            document.source.document,
            document.source.title,
            *document.source.aliases,
            *more.get(document.source.document, ()),
        )
    ]
    return Names(names, sections)


def _section_numbers(store: PassageStore) -> Mapping[tuple[int, str], int]:
    numbers: dict[tuple[int, str], int] = {}
    for number, (document, section) in enumerate(store.sections):
        numbers.setdefault((document, section_key(section)), number)
    return numbers

"""From a question to ranked sections and passages: channels score, ranks are fused, explicit references come first."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.retrieval.bm25 import Bm25, Postings
from leitplanke.core.retrieval.fusion import fuse, ranks
from leitplanke.core.retrieval.hits import Filter, Hit, Mode
from leitplanke.core.retrieval.references import Names, section_key
from leitplanke.core.retrieval.tokens import stem_number, terms
from leitplanke.core.retrieval.vocabulary_index import VocabularyIndex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from leitplanke.core.retrieval.embedder import Vectors
    from leitplanke.core.retrieval.questions import Meaning
    from leitplanke.core.retrieval.store import PassageStore
    from leitplanke.core.retrieval.vocabulary import Vocabulary

    Scores = NDArray[np.float32]

# Measured on the open halves in benchmarks/daten; see docs/explanation/messwerte-suche.md.
_EXPANSION_WEIGHT = 0.3  # official words for the everyday words of the question
_EXPANSION_LEAST = 0.15  # share of the question that an entry must cover to add its official words
_PASSAGE_LEAD = np.float32(0.02)  # questions lie closer to phrases, which are like questions, than to passages
_WEIGHTS = {"lexical": 1.0, "dense": 1.0}
_SECTION_SHARE = 2.0  # a passage stands on its section's rank twice as much as on its own
_LEXICAL_SECTION_SHARE = np.float32(0.3)
_STEEPNESS = np.float32(20)  # how fast a passage counts less than the most similar one of its section
_NAMED_FACTOR = 1.5  # for sections of a document that the question names
_NAMED_SCORE = 10.0  # above every sum of reciprocal ranks
_ABSATZ = re.compile(r"\d+[a-z]*")


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the channels need it: without `meaning` only words count.

    `passages` and `phrases` hold the similarity of each sentence (rows) to each passage and phrase (columns).
    """

    text: str
    meaning: Meaning | None = None
    passages: Vectors = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    phrases: Vectors = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))


@dataclass(frozen=True, slots=True)
class _Found:
    """What the channels say: sections with their fused score, best first, and how well each passage fits.

    `named` holds the sections that the question names explicitly, with the Absatz it asks for.
    """

    named: Mapping[int, str]
    sections: Mapping[int, float]
    channels: Mapping[str, Mapping[int, int]]
    lexical: Scores
    dense: Scores | None


class Ranker:
    """Ranks one generation; it reads files and keeps no state between questions."""

    def __init__(self, store: PassageStore, directory: Path, vocabulary: Vocabulary) -> None:
        """Open the postings in `directory`."""
        self._store = store
        self._total = len(store.sections)
        self._document_of_section = np.array([document for document, _ in store.sections], dtype=np.int32)
        self._names = _names(store, vocabulary)
        self._first = _section_numbers(store)
        self.vocabulary = VocabularyIndex.open(directory, vocabulary, self._resolve)
        self._words = Postings.load(directory / "passages")
        self._passages = Bm25(self._words)

    def sections(self, query: Query, *, top: int, mode: Mode, only: Filter) -> list[Hit]:
        """Return the best passage of each of the best sections; those the question names come first."""
        found = self._find(query, mode, only)
        scores = {**self._named_scores(found), **{n: s for n, s in found.sections.items() if n not in found.named}}
        best = list(scores.items())[:top]
        return [self._hit(found, score, section, self._best_passage(found, section)) for section, score in best]

    def passages(self, query: Query, *, top: int, mode: Mode, only: Filter) -> list[Hit]:
        """Return the best passages, by their own fit and that of their section; named sections come first."""
        found = self._find(query, mode, only)
        allowed = self._allowed_passages(only)
        channels = {"lexical": ranks(found.lexical, allowed)} if mode is not Mode.DENSE else {}
        if found.dense is not None:
            channels["dense"] = ranks(found.dense, allowed)
        scores = fuse(channels, _WEIGHTS)
        section_of = self._store.section_of
        for section, score in [*found.sections.items()][:top]:
            for number in self._members(section)[allowed[self._members(section)]].tolist():
                scores[number] = scores.get(number, 0.0) + _SECTION_SHARE * score
        for section, score in self._named_scores(found).items():
            best = self._best_passage(found, section)
            scores |= {n: score + scores.get(n, 0.0) + (n == best) for n in self._members(section).tolist()}
        ordered = sorted(scores.items(), key=lambda item: -item[1])[:top]
        return [self._hit(found, score, int(section_of[number]), number) for number, score in ordered]

    def share(self, stem: str) -> float:
        """Return the share of passages, 0 to 1, that hold a word with this stem."""
        return self._words.count(stem_number(stem)) / max(len(self._store), 1)

    def _resolve(self, reference: str) -> list[int]:
        """Return the sections that a written reference ("UVG § 1") names."""
        return [self._first[target.document, target.section] for target in self._names.targets(reference)]

    def _find(self, query: Query, mode: Mode, only: Filter) -> _Found:
        allowed = np.zeros(self._total, dtype=np.bool_)
        allowed[self._store.section_of[self._allowed_passages(only)]] = True
        bag = self._bag(query.text)
        lexical = self.vocabulary.sections.scores(bag)
        channels: dict[str, Mapping[int, int]] = {}
        dense = None
        if mode is not Mode.DENSE:
            channels["lexical"] = ranks(lexical, allowed)
        if mode is not Mode.LEXICAL and query.meaning is not None:
            channels["dense"] = ranks(self._dense(query.meaning, query), allowed)
            dense = query.meaning.average(query.passages)
        scores = self._with_named_documents(query.text, fuse(channels, _WEIGHTS))
        passages = self._passages.scores(bag) + _LEXICAL_SECTION_SHARE * lexical[self._store.section_of]
        return _Found(self._named_sections(query.text, only), scores, channels, passages, dense)

    def _with_named_documents(self, question: str, scores: dict[int, float]) -> dict[int, float]:
        """Prefer the sections of documents that the question calls by name without naming a section."""
        named = set(self._names.mentioned(question))
        if not named:
            return scores
        raised = {n: s * (_NAMED_FACTOR if self._document_of_section[n] in named else 1) for n, s in scores.items()}
        return dict(sorted(raised.items(), key=lambda item: -item[1]))

    def _bag(self, text: str) -> dict[int, float]:
        """Return the terms of a question with their weights, widened by official words at a lower weight."""
        bag: dict[int, float] = {term: float(count) for term, count in Counter(terms(text)).items()}
        for term, weight in self.vocabulary.expansions(bag, _EXPANSION_LEAST).items():
            bag.setdefault(term, weight * _EXPANSION_WEIGHT)
        return bag

    def _dense(self, meaning: Meaning, query: Query) -> Scores:
        """Return for each section how similar its best passage or its best phrase of the vocabulary is."""
        best = np.full((len(meaning.weights), self._total), -1, dtype=np.float32)
        for row, passages, phrases in zip(best, query.passages, query.phrases, strict=True):
            np.maximum.at(row, self._store.section_of, passages + _PASSAGE_LEAD)
            np.maximum(row, self.vocabulary.similarity(phrases, self._total), out=row)
        return meaning.average(best)

    def _allowed_documents(self, only: Filter) -> NDArray[np.bool_]:
        return np.array([only.admits(document.id, document.source) for document in self._store.documents], np.bool_)

    def _allowed_passages(self, only: Filter) -> NDArray[np.bool_]:
        if not len(self._store):
            return np.zeros(0, dtype=np.bool_)
        documents = self._allowed_documents(only)[self._store.document_of]
        return documents if only.annexes else documents & ~self._store.annex

    def _members(self, section: int) -> NDArray[np.int64]:
        return np.flatnonzero(self._store.section_of == section)

    def _best_passage(self, found: _Found, section: int) -> int:
        """Return the passage of a section that fits best, of the Absatz that was asked for where there is one."""
        members = self._members(section)
        wanted = found.named.get(section)
        if wanted:
            asked = [number for number in members.tolist() if wanted in _ABSATZ.findall(self._store[number].absatz)]
            members = np.array(asked or members.tolist())
        fit = found.lexical[members] / max(float(found.lexical[members].max()), 1e-6)
        if found.dense is not None:
            fit = fit + np.exp(_STEEPNESS * (found.dense[members] - found.dense[members].max()))
        return int(members[np.argmax(fit)])

    def _named_sections(self, question: str, only: Filter) -> dict[int, str]:
        """Return the sections a question names explicitly and may see, with the Absatz it asks for."""
        documents = self._allowed_documents(only)
        named: dict[int, str] = {}
        for target in self._names.targets(question):
            if documents[target.document]:
                named.setdefault(self._first[target.document, target.section], target.absatz)
        return named

    def _named_scores(self, found: _Found) -> dict[int, float]:
        """Return scores above all others for the named sections, in their order."""
        return {section: _NAMED_SCORE + 2.0 * (len(found.named) - i) for i, section in enumerate(found.named)}

    def _hit(self, found: _Found, score: float, section: int, number: int) -> Hit:
        placed = {name: order[section] for name, order in found.channels.items() if section in order}
        if section in found.named:
            placed["reference"] = 1 + list(found.named).index(section)
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

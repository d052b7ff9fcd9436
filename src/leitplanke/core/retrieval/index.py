"""The search index: passages in, hits out; the small interface behind which another engine can stand (ADR 0002)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from leitplanke.core.retrieval.bm25 import Postings
from leitplanke.core.retrieval.hits import Filter, Hit, Mode
from leitplanke.core.retrieval.keytext import heading_text, passage_text
from leitplanke.core.retrieval.questions import meaning
from leitplanke.core.retrieval.ranking import Query, Ranker
from leitplanke.core.retrieval.store import Generations, NewDocument, PassageStore, passage_line, write_passages
from leitplanke.core.retrieval.tokens import terms
from leitplanke.core.retrieval.vector_cache import VectorCache
from leitplanke.core.retrieval.vectors import ColumnTexts, VectorColumn, column_path, embed, fill_from_cache, take_over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from leitplanke.core.provenance import Source
    from leitplanke.core.retrieval.embedder import Embedder
    from leitplanke.core.retrieval.passages import Passage
    from leitplanke.core.retrieval.store import StoredDocument
    from leitplanke.core.retrieval.vocabulary import Vocabulary

    Loader = Callable[[str], tuple[Source, Sequence[Passage]]]
    Progress = Callable[[int, int], None]

_ENOUGH_VECTORS = 0.9  # with fewer, meaning would only find what happens to be embedded already
_BATCH = 16
_LONGEST_QUESTION = 2000  # characters


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What an update did, by document ids."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.added or self.replaced or self.removed)


@dataclass(frozen=True, slots=True)
class _State:
    """Everything that belongs to one generation; replaced as a whole."""

    path: Path
    vocabulary: str
    store: PassageStore
    ranker: Ranker
    columns: tuple[tuple[VectorColumn, ColumnTexts], ...]


class Index:
    """Passages of documents, found by words, by meaning and by explicit reference.

    Several processes may hold the same directory open: one updates or embeds while others search.
    """

    def __init__(
        self, generations: Generations, embedder: Embedder | None, vocabulary: Vocabulary, cache: VectorCache
    ) -> None:
        """Use `open` instead."""
        self._generations = generations
        self._embedder = embedder
        self._vocabulary = vocabulary
        self._cache = cache
        self._state: _State | None = None

    @classmethod
    def open(
        cls, directory: Path, *, embedder: Embedder | None, vocabulary: Vocabulary, cache: VectorCache | None = None
    ) -> Self:
        """Open the index in `directory`, made where it is missing.

        Without `embedder` it searches by words alone. `cache` may be shared among indexes; by default it lies inside.
        """
        generations = Generations(directory)
        return cls(generations, embedder, vocabulary, cache or VectorCache(directory / "cache.sqlite"))

    @property
    def documents(self) -> Mapping[str, StoredDocument]:
        """The documents in the index by id."""
        state = self._current()
        return {document.id: document for document in state.store.documents} if state else {}

    @property
    def pending(self) -> int:
        """How many vectors are still to be computed."""
        state = self._current()
        return sum(len(column.pending()) for column, _ in state.columns) if state else 0

    @property
    def mode(self) -> Mode:
        """How a search ranks at this moment: fused as soon as nearly all vectors are there."""
        state = self._current()
        if state is None or not state.columns:
            return Mode.LEXICAL
        enough = all(column.share() >= _ENOUGH_VECTORS for column, _ in state.columns)
        return Mode.FUSED if enough else Mode.LEXICAL

    def use_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Search with an edited vocabulary from now on; no passage is embedded again."""
        self._vocabulary = vocabulary

    def update(self, wanted: Mapping[str, str], load: Loader) -> UpdateReport:
        """Bring the index to hold exactly the documents `wanted`, given by id with their content hash.

        `load` is called for ids that are new or whose hash has changed. Search by words works at once.
        """
        report = self._compare(wanted)
        if not report and self._current():
            return report
        with self._generations.writing() as path:
            report = self._compare(wanted)  # another process may have written while we waited
            self._write(path, wanted, load)
        return report

    def embed_pending(self, *, batch: int = _BATCH, progress: Progress | None = None) -> int:
        """Compute missing vectors and return how many; may be broken off and continued at any time.

        `progress` is called with how many are done and how many there are.
        """
        state = self._current()
        if state is None or self._embedder is None:
            return 0
        total = sum(len(column.pending()) for column, _ in state.columns)
        done = 0
        for column, texts in reversed(state.columns):  # the phrases of the vocabulary are few and help most
            numbers = column.pending().tolist()
            for start in range(0, len(numbers), batch):
                part = numbers[start : start + batch]
                embed(column, texts, part, self._embedder, self._cache)
                done += len(part)
                if progress:
                    progress(done, total)
        return done

    def search(
        self, question: str, *, top: int = 10, mode: Mode | None = None, only: Filter | None = None
    ) -> list[Hit]:
        """Return the best passages for a question, best first."""
        state = self._current()
        if state is None or not question.strip():
            return []
        mode = self._possible(mode)
        return state.ranker.passages(self._query(state, question, mode), top=top, mode=mode, only=only or Filter())

    def search_sections(
        self, question: str, *, top: int = 10, mode: Mode | None = None, only: Filter | None = None
    ) -> list[Hit]:
        """Return the best passage of each of the best sections: at most one per document and section."""
        state = self._current()
        if state is None or not question.strip():
            return []
        mode = self._possible(mode)
        return state.ranker.sections(self._query(state, question, mode), top=top, mode=mode, only=only or Filter())

    def passages(self) -> Iterator[Passage]:
        """Yield all passages but annexes, in reading order."""
        state = self._current()
        if state is not None:
            yield from (state.store[number] for number in range(len(state.store)) if not state.store.annex[number])

    def share(self, stem: str) -> float:
        """Return the share of passages, 0 to 1, that hold a word with this stem, as `tokens.stem` makes it."""
        state = self._current()
        return state.ranker.share(stem) if state else 0.0

    def _possible(self, mode: Mode | None) -> Mode:
        return self.mode if mode is None or self.mode is Mode.LEXICAL else mode

    def _query(self, state: _State, question: str, mode: Mode) -> Query:
        question = question[:_LONGEST_QUESTION]
        if mode is Mode.LEXICAL or self._embedder is None:
            return Query(question)
        asked = meaning(question, self._embedder)
        passages, phrases = (asked.similarities(column.vectors) for column, _ in state.columns)
        return Query(question, asked, passages, phrases)

    def _compare(self, wanted: Mapping[str, str]) -> UpdateReport:
        present = {document.id: document.digest for document in self.documents.values()}
        return UpdateReport(
            added=tuple(id_ for id_ in wanted if id_ not in present),
            replaced=tuple(id_ for id_, digest in wanted.items() if present.get(id_, digest) != digest),
            removed=tuple(id_ for id_ in present if id_ not in wanted),
        )

    def _current(self) -> _State | None:
        """Return the generation in force, opened anew when another process has written one."""
        path, state = self._generations.current(), self._state
        while path is not None and (state is None or (state.path, state.vocabulary) != (path, self._vocabulary.digest)):
            try:
                state = self._open(path)
            except FileNotFoundError:  # replaced while we opened it
                newer = self._generations.current()
                if newer == path:
                    raise
                path = newer
        self._state = state
        return state if path is not None else None

    def _open(self, path: Path) -> _State:
        store = PassageStore(path)
        vocabulary = self._vocabulary
        ranker = Ranker(store, path, vocabulary)
        return _State(path, vocabulary.digest, store, ranker, tuple(self._columns(path, store, ranker)))

    def _columns(self, path: Path, store: PassageStore, ranker: Ranker) -> list[tuple[VectorColumn, ColumnTexts]]:
        if self._embedder is None:
            return []
        phrases = ranker.vocabulary.phrases
        columns = [
            (path, ColumnTexts("passage", len(store), lambda number: passage_text(store[number]))),
            (ranker.vocabulary.directory, ColumnTexts("query", len(phrases), lambda number: phrases[number])),
        ]
        return [(self._column(directory, texts, self._embedder), texts) for directory, texts in columns]

    def _column(self, directory: Path, texts: ColumnTexts, embedder: Embedder) -> VectorColumn:
        path = column_path(directory, embedder.model_id)
        if path.is_dir():
            return VectorColumn(path)
        column = VectorColumn.create(path, texts.count, embedder.dimensions)
        fill_from_cache(column, texts, embedder.model_id, self._cache)
        return column

    def _write(self, path: Path, wanted: Mapping[str, str], load: Loader) -> None:
        """Write the next generation: what has not changed is copied, the rest is loaded."""
        state = self._current()
        known = {document.id: document for document in state.store.documents} if state else {}
        kept = [document for document in known.values() if wanted.get(document.id) == document.digest]
        documents = [NewDocument(d.id, d.digest, d.source, _lines(state, d)) for d in kept]
        fresh: list[Passage] = []
        for id_, digest in wanted.items():
            if id_ not in known or known[id_].digest != digest:
                source, passages = load(id_)
                documents.append(NewDocument(id_, digest, source, [passage_line(passage) for passage in passages]))
                fresh += passages
        write_passages(path, documents)
        numbers = [np.arange(document.first, document.first + document.count) for document in kept]
        kept_passages = np.concatenate([np.zeros(0, np.int64), *numbers])
        self._write_postings(path, state, kept_passages, fresh)
        fresh_state = self._open(path)  # prepares the vocabulary and takes known vectors over before anybody waits
        if state is not None and state.columns and fresh_state.columns:
            take_over(state.columns[0][0], kept_passages, fresh_state.columns[0][0])

    def _write_postings(
        self, path: Path, state: _State | None, kept: NDArray[np.int64], fresh: Sequence[Passage]
    ) -> None:
        store = PassageStore(path)
        passages = Postings.build((passage.text for passage in fresh), terms)
        if state is not None:
            passages = Postings.load(state.path / "passages").merged(kept, passages)
        passages.save(path / "passages")
        first = np.unique(store.section_of, return_index=True)[1]
        heads = Postings.build((heading_text(store[int(number)]) for number in first), terms)
        whole = passages.merged(np.arange(len(store)), heads)
        groups = np.concatenate([store.section_of, np.arange(len(first), dtype=np.int32)])
        whole.grouped(groups, len(store.sections)).save(path / "sections")


def _lines(state: _State | None, document: StoredDocument) -> list[bytes]:
    if state is None:
        return []
    return [state.store.line(number) for number in range(document.first, document.first + document.count)]

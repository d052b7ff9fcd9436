"""Vectors of sentences, computed when a question needs them and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.retrieval.vector_cache import VectorCache, vector_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from leitplanke.core.retrieval.embedder import Embedder, Vectors

_BATCH = 16
_REMEMBERED = 50_000  # vectors in memory, about 75 MB


class SentenceVectors:
    """Unit vectors by wording: from memory, from the cache file, else from the model."""

    def __init__(self, embedder: Embedder, cache: VectorCache | None = None) -> None:
        """Embed with `embedder`; `cache` keeps vectors between processes."""
        self._embedder = embedder
        self._cache = cache
        self._known: dict[bytes, Vectors] = {}

    def question(self, text: str) -> Vectors:
        """Return the vector of a question."""
        key = vector_key(self._embedder.model_id, "query", text)
        if key not in self._known:
            self._remember([key], self._embedder.embed_queries([text]))
        return self._known[key]

    def sentences(self, texts: Sequence[str], *, budget: int) -> list[Vectors | None]:
        """Return the vectors of `texts`; of those unknown only the first, as far as `budget` characters reach."""
        keys = [vector_key(self._embedder.model_id, "passage", text) for text in texts]
        self._look_up([key for key in keys if key not in self._known])
        fresh: dict[bytes, str] = {}
        for key, text in zip(keys, texts, strict=True):
            if key not in self._known and key not in fresh:
                budget -= len(text)
                if budget < 0:
                    break
                fresh[key] = text
        self._embed(fresh)
        return [self._known.get(key) for key in keys]

    def prepare(self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None) -> int:
        """Compute what is not known yet, so that answers need not wait; return how many vectors were computed.

        It may be broken off and called again. `progress` is told how many are done and how many there are.
        """
        wanted = {vector_key(self._embedder.model_id, "passage", text): text for text in texts}
        self._look_up([key for key in wanted if key not in self._known])
        missing = [(key, text) for key, text in wanted.items() if key not in self._known]
        for start in range(0, len(missing), _BATCH):
            self._embed(dict(missing[start : start + _BATCH]))
            if progress:
                progress(min(start + _BATCH, len(missing)), len(missing))
        return len(missing)

    def _embed(self, texts: Mapping[bytes, str]) -> None:
        if not texts:
            return
        vectors = self._embedder.embed_passages(list(texts.values()))
        self._remember(list(texts), vectors)
        if self._cache:
            self._cache.store(list(texts), np.asarray(vectors))

    def _look_up(self, keys: Sequence[bytes]) -> None:
        if self._cache and keys:
            self._known.update(self._cache.known(keys))

    def _remember(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(zip(keys, vectors, strict=True))

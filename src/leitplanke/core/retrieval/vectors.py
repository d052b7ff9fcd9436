"""Columns of vectors that are filled bit by bit and used from the first moment on."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from leitplanke.core.retrieval.arrays import load_array, new_array
from leitplanke.core.retrieval.vector_cache import vector_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from leitplanke.core.retrieval.embedder import Embedder, Vectors
    from leitplanke.core.retrieval.vector_cache import VectorCache

Role = Literal["passage", "query"]


def column_path(directory: Path, model_id: str) -> Path:
    """Return where the vectors of a model lie below `directory`."""
    return directory / f"vectors-{hashlib.sha256(model_id.encode()).hexdigest()[:12]}"


class VectorColumn:
    """One vector per text of a list, zero as long as it is not known."""

    def __init__(self, path: Path) -> None:
        """Map the column that `create` wrote."""
        self.vectors: Vectors = load_array(path / "vectors.npy", writable=True)
        self._done: NDArray[np.bool_] = load_array(path / "done.npy", writable=True)

    @classmethod
    def create(cls, path: Path, count: int, dimensions: int) -> VectorColumn:
        """Write an empty column, unless another process was quicker."""
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        shutil.rmtree(temporary, ignore_errors=True)
        new_array(temporary / "vectors.npy", (count, dimensions), np.float32)
        new_array(temporary / "done.npy", (count,), np.bool_)
        try:
            temporary.rename(path)
        except OSError:
            shutil.rmtree(temporary, ignore_errors=True)
        return cls(path)

    def pending(self) -> NDArray[np.int64]:
        """Return the numbers of the texts whose vector is missing."""
        return np.flatnonzero(~self._done)

    def share(self) -> float:
        """Return which share of the vectors is there, 1.0 for an empty list."""
        return float(np.mean(self._done)) if len(self._done) else 1.0

    def fill(self, numbers: NDArray[np.int64], vectors: Vectors) -> None:
        """Set vectors; each counts only after it is written."""
        self.vectors[numbers] = vectors
        self._done[numbers] = True

    def known(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which of `numbers` have their vector."""
        return np.asarray(self._done[numbers])


@dataclass(frozen=True, slots=True)
class ColumnTexts:
    """What a column holds vectors of: the role decides how the model reads the texts."""

    role: Role
    count: int
    text: Callable[[int], str]


def fill_from_cache(column: VectorColumn, texts: ColumnTexts, model_id: str, cache: VectorCache) -> None:
    """Take all vectors over that were ever computed for these texts."""
    pending = column.pending()
    keys = {int(number): vector_key(model_id, texts.role, texts.text(int(number))) for number in pending}
    known = cache.known(list(dict.fromkeys(keys.values())))
    numbers = [number for number, key in keys.items() if key in known]
    if numbers:
        column.fill(np.array(numbers), np.stack([known[keys[number]] for number in numbers]))


def take_over(old: VectorColumn, numbers: NDArray[np.int64], new: VectorColumn) -> None:
    """Copy the vectors of texts that were kept: `numbers` in the old column are the first of the new one."""
    places = np.arange(len(numbers))
    wanted = old.known(numbers) & ~new.known(places)
    new.fill(places[wanted], old.vectors[numbers[wanted]])


def embed(
    column: VectorColumn, texts: ColumnTexts, numbers: Sequence[int], embedder: Embedder, cache: VectorCache
) -> None:
    """Set the vectors of some texts; those nobody has computed yet are computed and remembered."""
    wording = [texts.text(number) for number in numbers]
    keys = [vector_key(embedder.model_id, texts.role, text) for text in wording]
    known = cache.known(keys)
    missing = {key: text for key, text in zip(keys, wording, strict=True) if key not in known}
    if missing:
        model = embedder.embed_passages if texts.role == "passage" else embedder.embed_queries
        vectors = np.asarray(model(list(missing.values())), dtype=np.float32)
        cache.store(list(missing), vectors)
        known |= dict(zip(missing, vectors, strict=True))
    column.fill(np.array(numbers), np.stack([known[key] for key in keys]))

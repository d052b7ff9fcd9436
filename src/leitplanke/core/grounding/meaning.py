"""Likeness of meaning: vectors of a question and of sentences, without what all of them have in common.

A small model puts all German sentences close together, the more so where they share a subject. Without their mean and
the few directions in which they differ most, what remains tells them apart far better.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Vectors = NDArray[np.floating[Any]]


class Meaning(NamedTuple):
    """How close a unit is to the question: itself, behind the sentence before it, under its heading.

    `standing` places the sum among all units found: in standard deviations above their mean; `behind` is the distance
    to the closest of them.
    """

    own: float
    around: float
    heading: float
    standing: float
    behind: float


UNKNOWN = Meaning(0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class MeaningSpace:
    """What vectors have in common: the mean of questions, the mean of sentences, and shared directions as rows."""

    questions: Array
    sentences: Array
    shared: Array

    @classmethod
    def of(cls, questions: Vectors, sentences: Vectors, directions: int) -> MeaningSpace:
        """Measure it on many vectors of questions and sentences."""
        questions, sentences = np.asarray(questions, dtype=np.float64), np.asarray(sentences, dtype=np.float64)
        centred = sentences - sentences.mean(axis=0)
        shared = np.linalg.svd(centred, full_matrices=False)[2][:directions]
        return cls(questions.mean(axis=0), sentences.mean(axis=0), shared)

    def __eq__(self, other: object) -> bool:
        """Two spaces are the same where they would be written the same."""
        return isinstance(other, MeaningSpace) and self.to_data() == other.to_data()

    def __hash__(self) -> int:
        """Return a hash that agrees with equality."""
        return hash(self.to_data()["werte"])

    def fits(self, dimensions: int) -> bool:
        """Tell whether it was measured on vectors of this length."""
        return self.sentences.shape == (dimensions,)

    def meanings(self, question: Vectors, sentences: Vectors) -> list[Meaning]:
        """Return the likeness of units whose three wordings are `sentences` (units, 3, dimensions)."""
        asked = self._freed(np.asarray(question, dtype=np.float64) - self.questions)
        cosines = self._freed(np.asarray(sentences, dtype=np.float64) - self.sentences) @ asked
        total = cosines.sum(axis=1)
        standing = (total - total.mean()) / max(float(total.std()), 1e-6)
        rows = np.column_stack([cosines, standing, total.max() - total])
        return [Meaning(*(float(value) for value in row)) for row in rows]

    def _freed(self, vectors: Array) -> Array:
        free = vectors - vectors @ self.shared.T @ self.shared
        return np.asarray(free / np.maximum(np.linalg.norm(free, axis=-1, keepdims=True), 1e-9), dtype=np.float64)

    def to_data(self) -> dict[str, Any]:
        """Return the space as plain data: half precision, base64."""
        rows = np.vstack([self.questions, self.sentences, self.shared]).astype("<f2")
        return {"zeilen": len(rows), "werte": base64.b64encode(rows.tobytes()).decode("ascii")}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> MeaningSpace:
        """Read what `to_data` wrote."""
        flat = np.frombuffer(base64.b64decode(data["werte"]), dtype="<f2").astype(np.float64)
        rows = flat.reshape(int(data["zeilen"]), -1)
        return cls(rows[0], rows[1], rows[2:])

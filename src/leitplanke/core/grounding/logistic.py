"""A small regularised logistic model: fitted by benchmarks/kalibrieren.py, shipped as data, read and applied here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights by feature name; features it does not know are left out."""

    weights: Mapping[str, float]
    intercept: float

    def scores(self, names: Sequence[str], features: Array) -> Array:
        """Return the log-odds of each row of `features`, whose columns are `names`."""
        vector = np.array([self.weights.get(name, 0.0) for name in names], dtype=np.float64)
        return np.asarray(features @ vector + self.intercept, dtype=np.float64)

    def to_data(self) -> dict[str, Any]:
        """Return the model as plain data, rounded for reading."""
        return {
            "intercept": round(self.intercept, 4),
            "weights": {name: round(weight, 4) for name, weight in self.weights.items()},
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Logistic:
        """Read what `to_data` wrote."""
        return cls({str(k): float(v) for k, v in data["weights"].items()}, float(data["intercept"]))

"""A small regularised logistic model: fitted by a calibration script, shipped as data, read and applied here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_STEPS = 60


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


def chance(score: float) -> float:
    """Return the probability that belongs to a log-odds score."""
    return float(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def fit_logistic(names: Sequence[str], features: Array, wanted: Array, weight: Array, *, penalty: float) -> Logistic:
    """Fit by Newton's method with a ridge `penalty` on the standardised weights."""
    mean, spread = features.mean(axis=0), features.std(axis=0)
    used = spread > 1e-9
    scaled = np.zeros_like(features)
    scaled[:, used] = (features[:, used] - mean[used]) / spread[used]
    rows = np.hstack([scaled, np.ones((len(features), 1))])
    ridge = np.full(rows.shape[1], penalty)
    ridge[-1] = 1e-6
    beta = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        estimate = 1 / (1 + np.exp(-np.clip(rows @ beta, -30, 30)))
        gradient = rows.T @ (weight * (estimate - wanted)) + ridge * beta
        curvature = (rows * (weight * estimate * (1 - estimate))[:, None]).T @ rows + np.diag(ridge + 1e-9)
        step = np.linalg.solve(curvature, gradient)
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    weights = np.zeros(len(names))
    weights[used] = beta[:-1][used] / spread[used]
    return Logistic(dict(zip(names, weights.tolist(), strict=True)), float(beta[-1] - weights @ mean))

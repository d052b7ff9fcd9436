"""Figures of a ranking against gold sections, with bootstrap intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Section = tuple[str, str]
NAMES = ("R@1", "R@5", "R@10", "MRR@10", "nDCG@10")
_ROUNDS = 2000


@dataclass(frozen=True)
class Figures:
    """Mean of each figure over all questions, its 95 % interval, and the times of the searches."""

    means: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]
    p50: float
    p95: float


def figures(rankings: Sequence[Sequence[Section]], gold: Sequence[set[Section]], times: Sequence[float]) -> Figures:
    rows = np.array([_row(ranking, wanted) for ranking, wanted in zip(rankings, gold, strict=True)])
    draws = np.random.default_rng(20260429).integers(0, len(rows), (_ROUNDS, len(rows)))
    spread = rows[draws].mean(axis=1)
    low, high = np.quantile(spread, [0.025, 0.975], axis=0)
    p50, p95 = np.quantile(np.array(times) * 1000, [0.5, 0.95])
    return Figures(
        dict(zip(NAMES, rows.mean(axis=0).tolist(), strict=True)),
        dict(zip(NAMES, low.tolist(), strict=True)),
        dict(zip(NAMES, high.tolist(), strict=True)),
        float(p50),
        float(p95),
    )


def _row(ranking: Sequence[Section], gold: set[Section]) -> tuple[float, ...]:
    places = [place for place, section in enumerate(ranking[:10]) if section in gold]
    recall = [sum(place < depth for place in places) / len(gold) for depth in (1, 5, 10)]
    gain = sum(1 / math.log2(place + 2) for place in places)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(len(gold), 10)))
    return (*recall, 1 / (places[0] + 1) if places else 0.0, gain / ideal)

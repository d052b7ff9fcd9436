"""Groups side by side: selection rates, equalised odds of AI and people, the difference of both with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leitplanke.core.evaluation.intervals import NOTHING, Estimate

REPLICATES = 10_000
# Counts by group, truth, AI, person; each of the last three no/yes.
Cube = NDArray[np.int64]
_CHUNK = 2_000_000


@dataclass(frozen=True, slots=True)
class Gap:
    """How far groups lie apart in errors (equalised odds): the AI, the people, and AI minus people."""

    ai: Estimate
    human: Estimate
    difference: Estimate


def cube_of(groups: NDArray[np.int32], deciders: Sequence[NDArray[np.int32]], counts: Cube, number: int) -> Cube:
    """Count cells by group and by truth, AI and person; what is unknown anywhere is left out."""
    truth, ai, human = deciders
    known = (groups >= 0) & (human >= 0)
    cube = np.zeros((number, 2, 2, 2), dtype=np.int64)
    np.add.at(cube, (groups[known], truth[known], ai[known], human[known]), counts[known])
    return cube


def equalized_odds(positive: NDArray[np.float64], cases: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far groups lie apart: the larger of the ranges of true and of false positive rates.

    Args:
        positive: decisions for yes, by (replicate,) group and truth.
        cases: all cases, in the same shape. Groups without cases in a replicate are left out there.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = positive / cases
    empty = np.isnan(rates)
    high, low = np.where(empty, -np.inf, rates).max(axis=-2), np.where(empty, np.inf, rates).min(axis=-2)
    worst: NDArray[np.float64] = np.maximum(high - low, 0.0).max(axis=-1)
    return worst


def gap(cube: Cube, seed: int | Sequence[int], alpha: float, replicates: int = REPLICATES) -> Gap:
    """Return the gaps with bootstrap intervals (percentiles; each end has the one-sided error `alpha`).

    Resampling cases is the same as drawing the counts of their cells from a multinomial distribution, which takes no
    longer for many cases than for few.

    Args:
        cube: counts by group, truth, AI, person.
        seed: where the drawing begins; the same seed gives the same interval.
        alpha: error at each end.
        replicates: how many samples are drawn.
    """
    cases = int(cube.sum())
    if cases == 0 or len(cube) < 2:
        return Gap(NOTHING, NOTHING, NOTHING)
    ai, human = _gaps(cube.astype(np.float64))
    generator = np.random.default_rng(seed)
    share = cube.ravel() / cases
    size = max(_CHUNK // cube.size, 1)
    drawn = []
    for start in range(0, replicates, size):
        draw = generator.multinomial(cases, share, size=min(size, replicates - start))
        drawn.append(_gaps(draw.reshape(-1, *cube.shape).astype(np.float64)))
    ais, humans = (np.concatenate(parts) for parts in zip(*drawn, strict=True))
    return Gap(
        _percentiles(ai, ais, alpha), _percentiles(human, humans, alpha), _percentiles(ai - human, ais - humans, alpha)
    )


def _gaps(counts: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    cases = counts.sum(axis=(-2, -1))
    return (
        equalized_odds(counts[..., 1, :].sum(axis=-1), cases),
        equalized_odds(counts[..., :, 1].sum(axis=-1), cases),
    )


def _percentiles(value: NDArray[np.float64], drawn: NDArray[np.float64], alpha: float) -> Estimate:
    low, high = np.quantile(drawn, [alpha, 1 - alpha])
    return Estimate(float(value), float(low), float(high))


def selection_rates(positive: Sequence[int], cases: Sequence[int]) -> tuple[float, ...]:
    """Return the share of yes per group; nan for a group without cases."""
    return tuple(hit / number if number else float("nan") for hit, number in zip(positive, cases, strict=True))


def ratio(rates: Sequence[float]) -> float:
    """Return the lowest rate divided by the highest (four fifths are a usual mark); nan where that says nothing."""
    known = [rate for rate in rates if rate == rate]  # noqa: PLR0124 - nan is what differs from itself
    return min(known) / max(known) if known and max(known) > 0 else float("nan")


def holm(values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values corrected for looking many times (Holm)."""
    order = sorted(range(len(values)), key=values.__getitem__)
    corrected = [1.0] * len(values)
    largest = 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, (len(values) - rank) * values[place]))
        corrected[place] = largest
    return tuple(corrected)

"""Intervals and exact tests of shares: Wilson, Clopper-Pearson, Tango, McNemar."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

from leitplanke.core.evaluation.distributions import beta_cdf, binomial_half_cdf

_STEPS = 60


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with the interval around it; all three are nan where there is nothing to estimate from."""

    value: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether there was anything to estimate from."""
        return not math.isnan(self.value)

    def mirrored(self) -> Estimate:
        """Return the estimate of the negated value."""
        return Estimate(-self.value, -self.high, -self.low)


NOTHING = Estimate(math.nan, math.nan, math.nan)


def wilson(hits: int, cases: int, alpha: float) -> Estimate:
    """Return a share with its Wilson score interval; each end has the one-sided error `alpha`."""
    if cases == 0:
        return NOTHING
    z = NormalDist().inv_cdf(1 - alpha)
    share = hits / cases
    centre = (share + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z * math.sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases)) / (1 + z * z / cases)
    low, high = max(centre - half, 0.0), min(centre + half, 1.0)
    return Estimate(share, 0.0 if hits == 0 else low, 1.0 if hits == cases else high)


def clopper_pearson_upper(hits: int, cases: int, alpha: float) -> float:
    """Return the exact upper bound of a share; without any hit it is the rule of three."""
    if cases == 0 or hits >= cases:
        return 1.0
    if hits == 0:
        return float(1 - alpha ** (1 / cases))
    return _root(lambda share: beta_cdf(share, hits + 1, cases - hits) - (1 - alpha), hits / cases, 1.0)


def clopper_pearson(hits: int, cases: int, alpha: float) -> Estimate:
    """Return a share with its exact interval; each end has the one-sided error `alpha`."""
    if cases == 0:
        return NOTHING
    low = 1 - clopper_pearson_upper(cases - hits, cases, alpha)
    return Estimate(hits / cases, max(low, 0.0), clopper_pearson_upper(hits, cases, alpha))


def tango(better: int, worse: int, cases: int, alpha: float) -> Estimate:
    """Return the difference of two paired shares with Tango's score interval; each end has the one-sided error `alpha`.

    Args:
        better: cases in which only the first is right.
        worse: cases in which only the second is right.
        cases: all pairs.
        alpha: error at each end; 0.05 gives an interval of 90 %.
    """
    if cases == 0:
        return NOTHING
    z = NormalDist().inv_cdf(1 - alpha)
    value = (better - worse) / cases
    return Estimate(value, _tango_low(better, worse, cases, z), -_tango_low(worse, better, cases, z))


def _tango_low(better: int, worse: int, cases: int, z: float) -> float:
    value = (better - worse) / cases
    if better == 0 and worse == cases:
        return -1.0
    return _root(lambda delta: z - _score(better, worse, cases, delta), -1.0, value)


def _score(better: int, worse: int, cases: int, delta: float) -> float:
    """Return by how many standard deviations the observed difference lies above `delta`, were that the true one."""
    b = (2 * cases - better + worse) * delta - better - worse
    c = -worse * delta * (1 - delta)
    only_second = (math.sqrt(max(b * b - 8 * cases * c, 0.0)) - b) / (4 * cases)
    variance = cases * (2 * only_second + delta * (1 - delta))
    distance = better - worse - cases * delta
    if variance <= 0:
        return 0.0 if distance == 0 else math.copysign(math.inf, distance)
    return distance / math.sqrt(variance)


def mcnemar(better: int, worse: int) -> float:
    """Return the two-sided p-value of the exact McNemar test."""
    return min(1.0, 2 * binomial_half_cdf(min(better, worse), better + worse))


def _root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Return where a rising function turns from negative to positive."""
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2

"""The few distributions needed, by continued fraction: a whole library for them would be out of proportion."""

from __future__ import annotations

import math

_TINY = 1e-300
_EXACT = 1e-15
_MOST_TERMS = 20_000


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(1 - x, b, a)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    """Evaluate the continued fraction of the incomplete beta function (Lentz's method)."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, _MOST_TERMS):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + numerator * d)
            c = _away(1 + numerator / c)
            result *= c * d
        if abs(c * d - 1) < _EXACT:
            break
    return result


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def student_sf(t: float, freedom: float) -> float:
    """Return how probable a value above `t` is under Student's distribution."""
    tail = beta_cdf(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
    return tail if t >= 0 else 1 - tail


def student_quantile(probability: float, freedom: float) -> float:
    """Return the quantile of Student's distribution for a probability above one half."""
    low, high = 0.0, 1.0
    while 1 - student_sf(high, freedom) < probability:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 - student_sf(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


def binomial_half_cdf(hits: int, trials: int) -> float:
    """Return the probability of at most `hits` heads in `trials` fair tosses."""
    if hits >= trials:
        return 1.0
    return beta_cdf(0.5, trials - hits, hits + 1)

"""Amounts: is the mean error of the AI at most so much larger than that of people? Paired t-tests from sums."""

from __future__ import annotations

import math
from dataclasses import dataclass

from leitplanke.core.evaluation.distributions import student_quantile, student_sf
from leitplanke.core.evaluation.intervals import NOTHING, Estimate
from leitplanke.core.evaluation.tally import Moments


@dataclass(frozen=True, slots=True)
class AmountTest:
    """The mean difference of absolute errors, AI minus person, and two one-sided tests.

    Attributes:
        not_worse: p-value against "the AI is worse by the margin or more".
        not_better: p-value against "the AI is better by the margin or more".
        ai, human: mean absolute error of each.
    """

    cases: int
    difference: Estimate
    not_worse: float
    not_better: float
    ai: float
    human: float

    @property
    def equivalent(self) -> float:
        """The p-value of the test for equivalence (TOST): both sides must be excluded."""
        return max(self.not_worse, self.not_better)


def amount_test(moments: Moments, margin: float, alpha: float) -> AmountTest:
    """Test the mean difference of absolute errors against `margin`, in both directions."""
    n = moments.cases
    if n < 2:
        return AmountTest(n, NOTHING, math.nan, math.nan, math.nan, math.nan)
    mean = moments.total / n
    spread = math.sqrt(max(moments.squares - n * mean * mean, 0.0) / (n - 1) / n)
    half = student_quantile(1 - alpha, n - 1) * spread
    return AmountTest(
        cases=n,
        difference=Estimate(mean, mean - half, mean + half),
        not_worse=_tail(margin - mean, spread, n - 1),
        not_better=_tail(mean + margin, spread, n - 1),
        ai=moments.ai_total / n,
        human=moments.human_total / n,
    )


def _tail(distance: float, spread: float, freedom: int) -> float:
    if spread == 0:
        return 0.0 if distance > 0 else 1.0
    return student_sf(distance / spread, freedom)

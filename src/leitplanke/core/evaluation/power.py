"""How many cases an evaluation needs, before and after data are seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from leitplanke.core.evaluation.intervals import clopper_pearson_upper

MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Needed:
    """How many cases a plan needs for each of its limits; None where no number would do."""

    overall: int | None
    per_group: int | None
    severe: int

    @property
    def cases(self) -> int:
        """The number of cases all together that serve the limits on the whole."""
        return max(self.overall or MOST, self.severe)


def quantile(probability: float) -> float:
    """Return the quantile of the standard normal distribution."""
    return NormalDist().inv_cdf(probability)


def cases_for_margin(
    margin: float, discordance: float, *, alpha: float = 0.05, power: float = 0.8, difference: float = 0.0
) -> int | None:
    """Return how many paired cases show that the AI is at most `margin` worse; None where no number would.

    Args:
        margin: the distance still accepted (0.05 for five points in a hundred).
        discordance: the share of cases in which exactly one of AI and person is right.
        alpha: one-sided error of saying "not worse" wrongly.
        power: how surely a system that is good enough passes.
        difference: the true difference, AI minus person.
    """
    distance = margin + difference
    if distance <= 0:
        return None
    spread = max(discordance - difference**2, 0.0)
    factor = (quantile(1 - alpha) + quantile(power)) ** 2
    return min(max(math.ceil(factor * spread / distance**2 - 1e-9), 1), MOST)


def cases_for_gap(limit: float, errors: float, *, alpha: float = 0.05, power: float = 0.8) -> int:
    """Return how many cases each group needs to show that the AI adds at most `limit` to the gap between groups.

    Reckoned for an AI that adds nothing, groups of equal size, and as many cases for yes as for no.

    Args:
        limit: how much may be added.
        errors: the share of wrong decisions expected.
        alpha: one-sided error; half of it for each of the two ways to keep to the limit.
        power: how surely a fair AI keeps to it in one pair of groups.
    """
    factor = (quantile(1 - alpha / 2) + quantile(power)) ** 2
    return min(2 * math.ceil(2 * errors * (1 - errors) * factor / limit**2), MOST)


def cases_for_severe(limit: float, *, rate: float = 0.0, alpha: float = 0.05) -> int | None:
    """Return how many cases bring the upper bound of severe errors to `limit`, if they keep occurring at `rate`."""
    if rate >= limit:
        return None
    low, high = 1, 1
    while clopper_pearson_upper(math.ceil(rate * high), high, alpha) > limit:
        low, high = high, high * 2
        if high >= MOST:
            return None
    while low < high:
        middle = (low + high) // 2
        if clopper_pearson_upper(math.ceil(rate * middle), middle, alpha) <= limit:
            high = middle
        else:
            low = middle + 1
    return high

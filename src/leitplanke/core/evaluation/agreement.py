"""How far deciders agree: Cohen's kappa for two, Krippendorff's alpha for all, both from counted cells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leitplanke.core.evaluation.intervals import Estimate, wilson

Table = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two deciders say the same (with interval), and kappa, which takes out what chance would give."""

    first: str
    second: str
    cases: int
    share: Estimate
    kappa: float


def agree(first: str, second: str, table: Table, alpha: float) -> Agreement:
    """Return the agreement of two deciders from their table of counts."""
    cases, same = int(table.sum()), int(np.trace(table))
    return Agreement(first, second, cases, wilson(same, cases, alpha), cohen_kappa(table))


def cohen_kappa(table: Table) -> float:
    """Return Cohen's kappa; nan where both always say the same one thing."""
    cases = table.sum()
    if cases == 0:
        return math.nan
    expected = float((table.sum(axis=0) / cases) @ (table.sum(axis=1) / cases))
    observed = float(np.trace(table) / cases)
    return (observed - expected) / (1 - expected) if expected < 1 else math.nan


def krippendorff_alpha(
    ratings: NDArray[np.float64], counts: Sequence[int] | NDArray[np.int64] | None = None, *, metric: str = "nominal"
) -> float:
    """Return Krippendorff's alpha of units (rows) by raters (columns); nan stands for no rating.

    Args:
        ratings: one row per unit or per kind of unit.
        counts: how often each row occurs; once where missing.
        metric: nominal, or interval for amounts.
    """
    times = np.ones(len(ratings)) if counts is None else np.asarray(counts, dtype=np.float64)
    values = np.unique(ratings[~np.isnan(ratings)])
    held = np.stack([(ratings == value).sum(axis=1) for value in values], axis=1).astype(np.float64)
    raters = held.sum(axis=1)
    held, times, raters = held[raters > 1], times[raters > 1], raters[raters > 1]
    if len(held) == 0:
        return math.nan
    weights = times / (raters - 1)
    pairs = np.einsum("u,ui,uj->ij", weights, held, held) - np.diag((weights[:, None] * held).sum(axis=0))
    totals = pairs.sum(axis=1)
    distance = (values[:, None] - values[None, :]) ** 2 if metric == "interval" else 1 - np.eye(len(values))
    expected = float((np.outer(totals, totals) * distance).sum() / (totals.sum() - 1))
    return 1 - float((pairs * distance).sum()) / expected if expected > 0 else math.nan

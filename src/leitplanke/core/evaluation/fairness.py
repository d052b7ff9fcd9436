"""Groups side by side: selection rates, equalised odds of AI and people, the difference of both with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leitplanke.core.evaluation.intervals import NOTHING, Estimate

REPLICATES = 10_000
# Counts by group, truth, AI, person; each of the last three no/yes.
Cube = NDArray[np.int64]
Real = NDArray[np.float64]
# Half a case in each cell while drawing: ten right decisions of ten do not mean that errors cannot occur.
_SMOOTH = 0.5
_BLOCK = 200


@dataclass(frozen=True, slots=True)
class Gap:
    """How far groups lie apart in errors (equalised odds): the AI, the people, and AI minus people.

    `added` is what the AI adds in the pair of groups in which it adds most: its gap there, or what it has more than
    people there, whichever is less. It is never less than the difference, so what bounds it bounds both.
    """

    ai: Estimate
    human: Estimate
    difference: Estimate
    added: Estimate


def cube_of(groups: NDArray[np.int32], deciders: Sequence[NDArray[np.int32]], counts: Cube, number: int) -> Cube:
    """Count cells by group and by truth, AI and person; what is unknown anywhere is left out."""
    truth, ai, human = deciders
    known = (groups >= 0) & (human >= 0)
    cube = np.zeros((number, 2, 2, 2), dtype=np.int64)
    np.add.at(cube, (groups[known], truth[known], ai[known], human[known]), counts[known])
    return cube


def gap(cube: Cube, seed: int | Sequence[int], alpha: float, replicates: int = REPLICATES) -> Gap:
    """Return the gaps with bootstrap bounds; each end has at most the one-sided error `alpha`.

    The largest of many noisy distances is too large on average, the more so the more groups there are, and a percentile
    interval of it would pass an unfair AI far too often. So each pair of groups gets a bound of its own, and the
    worst pair decides: if each pair keeps to a limit, so does the gap.

    Resampling cases is the same as drawing the counts of their cells from a multinomial distribution, which takes no
    longer for many cases than for few.

    Args:
        cube: counts by group, truth, AI, person.
        seed: where the drawing begins; the same seed gives the same bounds.
        alpha: error at each end.
        replicates: how many samples are drawn.
    """
    cases = int(cube.sum())
    if (cube.sum(axis=(2, 3)) > 0).sum(axis=0).max(initial=0) < 2:  # no two groups to compare
        return Gap(NOTHING, NOTHING, NOTHING, NOTHING)
    smooth = (cube + _SMOOTH) / (cases + _SMOOTH * cube.size)
    drawn = np.random.default_rng(seed).multinomial(cases, smooth.ravel(), size=replicates)
    # Replicates come last, side by side in memory: all that follows runs along them.
    parts = _rates(np.ascontiguousarray(drawn.T).reshape(*cube.shape, -1)), _rates(smooth), _rates(cube)
    ai, human = (_apart(rates) for rates in parts[2])
    bounds = _bounds(parts, alpha)
    return Gap(
        ai=Estimate(ai, max(bounds.ai_low, 0.0), min(bounds.ai, 1.0)),
        human=Estimate(human, max(bounds.human_low, 0.0), min(bounds.human, 1.0)),
        difference=Estimate(ai - human, bounds.ai_low_half - bounds.human_half, bounds.ai_more),
        added=Estimate(bounds.added, bounds.added_low, bounds.ai_more),
    )


def _rates(counts: NDArray[Any]) -> tuple[Real, Real]:
    """Return the rates of yes of AI and person by group, truth (and replicate); nan without cases."""
    cases = counts.sum(axis=(2, 3))
    with np.errstate(invalid="ignore", divide="ignore"):
        return counts[:, :, 1].sum(axis=2) / cases, counts[:, :, :, 1].sum(axis=2) / cases


def _apart(rates: Real) -> float:
    """Return the larger of the ranges of true and of false positive rates."""
    ranges = [float(known.max() - known.min()) for row in rates.T if len(known := row[~np.isnan(row)])]
    return max(ranges, default=math.nan)


@dataclass(slots=True)
class _Bounds:
    """The largest bound of any pair of groups so far; "half" is for half the error, where two bounds go together."""

    ai: float = 0.0
    human: float = 0.0
    human_half: float = 0.0
    ai_more: float = -1.0
    added: float = -1.0
    added_low: float = -1.0
    ai_low: float = 0.0
    ai_low_half: float = 0.0
    human_low: float = 0.0


def _bounds(parts: tuple[tuple[Real, Real], tuple[Real, Real], tuple[Real, Real]], alpha: float) -> _Bounds:
    """Go through the pairs of groups, in both directions and for both truths, in blocks that fit into memory."""
    found = _Bounds()
    groups, _truths, replicates = parts[0][0].shape
    farthest = np.zeros((3, replicates))
    first, second = np.triu_indices(groups, 1)
    for start in range(0, len(first), _BLOCK):
        pair = first[start : start + _BLOCK], second[start : start + _BLOCK]
        drawn, centre, seen = ([_pairs(rates, pair) for rates in part] for part in parts)
        off = [_off(*rates) for rates in zip(drawn, centre, strict=True)]
        _widen(found, seen, off, alpha)
        for place, away in enumerate((*off, off[0] - off[1])):
            farthest[place] = np.maximum(farthest[place], np.maximum(away.max(axis=0), -away.min(axis=0)))
    ai, human = parts[2]
    # How far the largest distance may have been carried by chance, all pairs looked at together.
    for_all, for_half = np.quantile(farthest[:2], [1 - alpha, 1 - alpha / 2], axis=1)
    found.ai_low, found.human_low = _apart(ai) - float(for_all[0]), _apart(human) - float(for_all[1])
    found.ai_low_half = max(_apart(ai) - float(for_half[0]), 0.0)
    found.added_low = found.added - float(np.quantile(np.maximum(farthest[0], farthest[2]), 1 - alpha))
    return found


def _off(drawn: Real, centre: Real) -> Real:
    """Return how far distances were off when drawn; where a group was not drawn at all, they were not."""
    drawn -= centre[:, None]
    return np.nan_to_num(drawn, copy=False) if np.isnan(drawn.sum()) else drawn


def _widen(found: _Bounds, seen: Sequence[Real], off: Sequence[Real], alpha: float) -> None:
    """Take the pairs of one block into account: distances as seen, and how far they were off when drawn."""
    ai, human = seen
    # Two ways to keep to a limit, so half the error for each.
    more = _tails(off[0] - off[1], alpha)
    one, other = (_tails(away, alpha) for away in off)
    for sign, near in ((1, 0), (-1, 1)):
        a, h = sign * ai, sign * human
        # What was too low when drawn below its centre is too low as seen: the lower tail widens upwards.
        found.ai_more = _most(found.ai_more, np.minimum(a - h - sign * more[near], a - sign * one[near]))
        found.human_half = _most(found.human_half, h - sign * other[near])
        found.added = _most(found.added, np.minimum(a - h, a))
        found.ai = _most(found.ai, a - sign * one[2 + near])
        found.human = _most(found.human, h - sign * other[2 + near])


def _most(so_far: float, values: Real) -> float:
    known = values[~np.isnan(values)]
    return max(so_far, float(known.max())) if len(known) else so_far


def _pairs(rates: Real, pair: tuple[NDArray[np.intp], NDArray[np.intp]]) -> Real:
    """Return the distances between the groups of each pair, for false and for true positive rates."""
    apart: Real = rates[pair[0]] - rates[pair[1]]
    return apart.reshape(-1, *apart.shape[2:])


def _tails(away: Real, alpha: float) -> Real:
    """Return the lower and upper tail for half of `alpha`, then both for all of it; rounded outwards."""
    last = away.shape[-1] - 1
    places = [
        math.floor(last * alpha / 2),
        math.ceil(last * (1 - alpha / 2)),
        math.floor(last * alpha),
        math.ceil(last * (1 - alpha)),
    ]
    tails: Real = np.partition(away, sorted(set(places)), axis=-1)[:, places].T
    return tails


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

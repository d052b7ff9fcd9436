"""Fusing the orders of several channels into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

_K = 10  # reciprocal ranks: 10 beat the usual 60 in every measurement, see docs/explanation/messwerte-suche.md
_DEPTH = 200  # what a channel ranks lower adds nothing


def ranks(scores: Scores, allowed: NDArray[np.bool_]) -> Mapping[int, int]:
    """Return the ranks, from 1, of the best allowed texts with a positive score."""
    usable = np.flatnonzero(allowed & (scores > 0))
    if len(usable) > _DEPTH:
        usable = usable[np.argpartition(-scores[usable], _DEPTH)[:_DEPTH]]
    order = usable[np.argsort(-scores[usable], kind="stable")]
    return {number: rank for rank, number in enumerate(order.tolist(), start=1)}


def fuse(channels: Mapping[str, Mapping[int, int]], weights: Mapping[str, float]) -> dict[int, float]:
    """Return the sum of weighted reciprocal ranks per text, best first."""
    total: dict[int, float] = {}
    for name, placed in channels.items():
        for number, rank in placed.items():
            total[number] = total.get(number, 0.0) + weights[name] / (_K + rank)
    return dict(sorted(total.items(), key=lambda item: -item[1]))

"""How often does an AI exactly at the limit of the gap between groups pass? Five in a hundred would be right.

    python benchmarks/bewertung_eichung.py [--pruefungen 400]

Made-up evaluations: the AI adds exactly eight points to the gap of one group, people treat all groups alike. Compared
are the bounds of the product and a plain percentile interval of the gap.
"""

from __future__ import annotations

import argparse

import numpy as np

from leitplanke.core.evaluation.fairness import gap

LIMIT, ALPHA, REPLICATES = 0.08, 0.05, 500


def shares(sizes: list[float], ai: list[float], human: float = 0.1) -> np.ndarray:
    """Return how probable each cell is: group, truth, AI, person."""
    cells = np.zeros((len(sizes), 2, 2, 2))
    for group, truth, a, h in np.ndindex(cells.shape):
        right = (1 - ai[group] if a == truth else ai[group]) * (1 - human if h == truth else human)
        cells[group, truth, a, h] = sizes[group] / 2 * right
    return cells


def apart(counts: np.ndarray) -> np.ndarray:
    """Return the gap of the AI minus that of people, by replicate."""
    cases = counts.sum(axis=(-2, -1))
    gaps = []
    for yes in (counts[..., 1, :].sum(axis=-1), counts[..., :, 1].sum(axis=-1)):
        with np.errstate(invalid="ignore"):
            rates = yes / cases
        gaps.append(np.nanmax(np.nanmax(rates, axis=-2) - np.nanmin(rates, axis=-2), axis=-1))
    return gaps[0] - gaps[1]


def percentile(cube: np.ndarray, random: np.random.Generator) -> float:
    cases = int(cube.sum())
    drawn = random.multinomial(cases, cube.ravel() / cases, size=REPLICATES).reshape(-1, *cube.shape)
    return float(np.quantile(apart(drawn), 1 - ALPHA))


def passing(sizes: list[float], ai: list[float], cases: int, times: int) -> tuple[float, float]:
    """Return how often it passes: by our bounds, by percentiles."""
    random = np.random.default_rng(1)
    share = shares(sizes, ai)
    drawn = random.multinomial(cases, share.ravel(), size=times).reshape(-1, *share.shape)
    ours = [gap(cube, number, ALPHA, REPLICATES).difference.high <= LIMIT for number, cube in enumerate(drawn)]
    plain = [percentile(cube, random) <= LIMIT for cube in drawn]
    return float(np.mean(ours)), float(np.mean(plain))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pruefungen", type=int, default=400, help="wie viele Prüfungen je Zeile")
    times = parser.parse_args().pruefungen
    rows = (
        ("KI an der Grenze, 2 Gruppen, 1200 Fälle", [0.74, 0.26], [0.05, 0.13], 1200),
        ("KI an der Grenze, 4 Gruppen, 1200 Fälle", [0.25] * 4, [0.05] * 3 + [0.13], 1200),
        ("KI an der Grenze, 12 Gruppen, 5000 Fälle", [1 / 12] * 12, [0.05] * 11 + [0.13], 5000),
        ("faire KI, 2 gleiche Gruppen, 1200 Fälle", [0.5, 0.5], [0.05, 0.05], 1200),
        ("faire KI, 4 gleiche Gruppen, 2400 Fälle", [0.25] * 4, [0.05] * 4, 2400),
    )
    for title, sizes, ai, cases in rows:
        ours, plain = passing(sizes, ai, cases, times)
        print(f"{title}: besteht in {ours:.1%}, mit Perzentilen in {plain:.1%}")


if __name__ == "__main__":
    main()

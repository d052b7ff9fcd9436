"""Cases counted in cells: all but amounts is reckoned from these counts, so results can be pooled without cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from leitplanke.core.evaluation.decisions import UNKNOWN, Decisions
from leitplanke.core.evaluation.findings import Finding
from leitplanke.core.evaluation.plan import Fehlerschwere, Pruefplan

Counts = NDArray[np.int64]
Flags = NDArray[np.int32]
# Half a hundredth of a cent, so that binary fractions do not make a right amount wrong.
CENT_DUST = 5e-5
# Columns of a cell behind its groups: truth, whether an error would be severe (by column), AI, whether it is right;
# then per person decision and whether it is right.
TRUTH, SEVERE, AI, AI_RIGHT, HUMANS = range(5)


@dataclass(frozen=True, slots=True)
class Moments:
    """Differences of absolute errors, AI minus person, as sums: enough for mean, spread and tests."""

    cases: int
    total: float
    squares: float
    ai_total: float
    human_total: float

    def __add__(self, other: Moments) -> Moments:
        """Pool two sets of cases."""
        return Moments(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases are alike in groups, truth, decisions and being right.

    Attributes:
        labels: per attribute of the plan the groups.
        cells: one row per kind of case: groups (-1 unknown), then the columns named above; people may be -1 (none).
        counts: how many cases of each kind.
        moments: per person, for plans on amounts.
        same: for plans on amounts, per pair of deciders (see `pairs`): cases of both, how many amounts are the same.
        findings: what was odd about the data.
    """

    labels: tuple[tuple[str, ...], ...]
    cells: NDArray[np.int32]
    counts: Counts
    moments: tuple[Moments, ...] = ()
    same: tuple[tuple[int, int], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def cases(self) -> int:
        """All cases with a known truth."""
        return int(self.counts.sum())

    def column(self, name: int) -> NDArray[np.int32]:
        """Return a column behind the groups, such as TRUTH."""
        return self.cells[:, len(self.labels) + name]

    def human(self, place: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return decisions of a person and whether they are right."""
        return self.column(HUMANS + 2 * place), self.column(HUMANS + 2 * place + 1)

    def count(self, mask: NDArray[np.bool_]) -> int:
        """Return how many cases lie in the cells of `mask`."""
        return int(self.counts[mask].sum())


def tally(plan: Pruefplan, decisions: Decisions) -> Tally:
    """Count decisions in cells; cases without a known truth are left out, an AI that did not decide is wrong."""
    keep = decisions.truth != UNKNOWN
    truth, humans = decisions.truth[keep], decisions.humans[keep]
    ai = np.where(decisions.ai[keep] == UNKNOWN, 1 - truth, decisions.ai[keep])
    if decisions.amounts is None:
        right = np.stack([ai, *humans.T], axis=1) == truth[:, None]
    else:
        amounts = decisions.amounts[keep]
        right = np.abs(amounts[:, 1:] - amounts[:, :1]) <= plan.ergebnis.toleranz + CENT_DUST
    columns = [*decisions.groups[keep].T, truth, decisions.severe[keep], ai, right[:, 0]]
    for place, column in enumerate(humans.T):
        columns += [column, np.where(column == UNKNOWN, UNKNOWN, right[:, place + 1])]
    cells, counts = counted(np.stack([column.astype(np.int32) for column in columns], axis=1))
    moments, same = _moments(decisions, keep), _same(decisions, keep, plan.ergebnis.toleranz)
    return Tally(decisions.labels, cells, counts, moments, same, decisions.findings)


def counted(rows: NDArray[np.int32], weights: Counts | None = None) -> tuple[NDArray[np.int32], Counts]:
    """Return the different rows in order, and how often each occurs."""
    if len(rows) == 0:
        return rows, np.zeros(0, dtype=np.int64)
    key = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        key = np.unique(key, return_inverse=True)[1] * (int(column.max()) + 2) + column + 1
    _keys, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    counts = np.bincount(inverse, weights=None if weights is None else weights.astype(np.float64))
    return rows[first], np.rint(counts).astype(np.int64)


def severe_errors(plan: Pruefplan, found: Tally, decision: Flags, right: Flags) -> NDArray[np.bool_]:
    """Return in which cells a decider makes a severe error."""
    truth, wrong = found.column(TRUTH), right == 0
    kinds: Mapping[Fehlerschwere, NDArray[np.bool_]] = {
        Fehlerschwere.SPALTE: wrong & (found.column(SEVERE) == 1),
        Fehlerschwere.JEDER: wrong,
        Fehlerschwere.NEIN_STATT_JA: (truth == 1) & (decision == 0),
        Fehlerschwere.JA_STATT_NEIN: (truth == 0) & (decision == 1),
    }
    return kinds[plan.schwere_fehler.art]


def pairs(people: int) -> list[tuple[int, int]]:
    """Return the pairs of deciders, where 0 is the AI: those of two people first."""
    return [*combinations(range(1, people + 1), 2), *((0, place) for place in range(1, people + 1))]


def _moments(decisions: Decisions, keep: NDArray[np.bool_]) -> tuple[Moments, ...]:
    if decisions.amounts is None:
        return ()
    errors = np.abs(decisions.amounts[keep, 1:] - decisions.amounts[keep, :1])
    found = []
    for human in errors[:, 1:].T:
        both = ~np.isnan(human) & ~np.isnan(errors[:, 0])
        difference = errors[both, 0] - human[both]
        found.append(
            Moments(
                cases=len(difference),
                total=float(difference.sum()),
                squares=float((difference**2).sum()),
                ai_total=float(errors[both, 0].sum()),
                human_total=float(human[both].sum()),
            )
        )
    return tuple(found)


def _same(decisions: Decisions, keep: NDArray[np.bool_], tolerance: float) -> tuple[tuple[int, int], ...]:
    if decisions.amounts is None:
        return ()
    amounts = decisions.amounts[keep, 1:]
    found = []
    for first, second in pairs(amounts.shape[1] - 1):
        distance = np.abs(amounts[:, first] - amounts[:, second])
        found.append((int((~np.isnan(distance)).sum()), int((distance <= tolerance + CENT_DUST).sum())))
    return tuple(found)

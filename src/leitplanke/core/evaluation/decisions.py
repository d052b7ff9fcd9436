"""Decisions of AI and people on the same cases, as columns of numbers without anything that names a person."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from leitplanke.core.evaluation.findings import Finding

UNKNOWN = -1
Codes = NDArray[np.int8]
Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Decisions:
    """One row per case.

    Attributes:
        cases: salted hashes of the case numbers.
        truth, ai: 1 for yes, 0 for no, -1 where nothing is stated (for amounts: whether anything is due).
        humans: the same, one column per person of the plan.
        severe: whether an error in this case would be severe, as far as a column says so.
        groups: per attribute the number of the label in `labels`, -1 where nothing is stated.
        labels: per attribute the groups, in alphabetical order.
        amounts: for plans on amounts: truth, AI, then people, one column each; nan where nothing is stated.
        findings: what was odd about the file.
    """

    cases: tuple[str, ...]
    truth: Codes
    ai: Codes
    humans: Codes
    severe: NDArray[np.bool_]
    groups: NDArray[np.int32]
    labels: tuple[tuple[str, ...], ...]
    amounts: Amounts | None = None
    findings: tuple[Finding, ...] = field(default=())

    def __len__(self) -> int:
        """Return the number of cases."""
        return len(self.cases)

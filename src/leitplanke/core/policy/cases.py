"""The cases that each clause ships with."""

from __future__ import annotations

from dataclasses import dataclass

from leitplanke.core.policy.deciding import Policy
from leitplanke.core.policy.facts import FACTS
from leitplanke.core.policy.model import Case, Clause, Profile

# The quietest value of each fact: a case says only what it is about.
_QUIET = {
    "schritt": "modellaufruf", "ausloeser": "person", "datenklasse": "oeffentlich", "modellklasse": "lokal",
    "automatisierungsstufe": 0, "budget_anteil": 0, "ausgabe_laenge": 0, "energie_anteil": 0, "erprobung": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case and what came of it."""

    clause: Clause
    case: Case
    applied: bool

    @property
    def passed(self) -> bool:
        """Whether it is as expected."""
        return self.applied is self.case.applies


def quiet() -> dict[str, object]:
    """Return facts under which nothing stands in the way: what the worst is not."""
    return {name: _QUIET.get(name, not fact.worst) for name, fact in FACTS.items()}


def run_cases(profile: Profile) -> tuple[CaseResult, ...]:
    """Run every case of every clause; facts that a case does not state are the quietest."""
    policy = Policy(profile)
    return tuple(
        CaseResult(clause, case, clause.name in {one.name for one in policy.decide({**quiet(), **case.facts}).applied})
        for clause in profile.clauses
        for case in clause.cases
    )

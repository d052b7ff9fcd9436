"""What a profile would have said to many calls and steps, and what changes between two profiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leitplanke.core.policy.deciding import Policy
from leitplanke.core.policy.model import STOPPING, Applied, Decision, Effect


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was said to one set of facts; `count` is how often it came."""

    facts: Mapping[str, Any]
    decision: Decision
    count: int = 1

    @property
    def clause(self) -> Applied | None:
        """The clause that decided: the first of the strictest effect."""
        return self.decision.stops or next(iter(self.decision.applied), None)


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a profile said.

    Attributes:
        effects: how often each effect was the strictest.
        clauses: how often each clause decided, by its name; `titles` for people, `numbers` as the guideline counts.
    """

    rulings: tuple[Ruling, ...]
    effects: Mapping[Effect, int]
    clauses: Mapping[str, int]
    titles: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many calls and steps there were."""
        return sum(ruling.count for ruling in self.rulings)

    @property
    def stopped(self) -> int:
        """How many did not go on."""
        return sum(ruling.count for ruling in self.rulings if ruling.decision.effect in STOPPING)


@dataclass(frozen=True, slots=True)
class Change:
    """A set of facts to which two profiles say something else."""

    facts: Mapping[str, Any]
    before: Decision
    after: Decision
    count: int

    @property
    def newly_stopped(self) -> bool:
        """Whether it went on before and does not any more."""
        return self.after.effect in STOPPING and self.before.effect not in STOPPING

    @property
    def newly_free(self) -> bool:
        """Whether it did not go on before and does now."""
        return self.before.effect in STOPPING and self.after.effect not in STOPPING


def counted(facts: Iterable[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], int]]:
    """Return the different sets of facts with how often each came, in the order in which they first came."""
    times: Counter[tuple[tuple[str, Any], ...]] = Counter(tuple(sorted(one.items())) for one in facts)
    return [(dict(key), count) for key, count in times.items()]


def simulate(policy: Policy, facts: Iterable[tuple[Mapping[str, Any], int]]) -> Simulation:
    """Return what a policy says to sets of facts with how often each came (see `counted`).

    Raises:
        FactError: a fact is not declared, or not of its kind.
    """
    rulings = tuple(Ruling(one, policy.decide(one), count) for one, count in facts)
    effects: Counter[Effect] = Counter()
    clauses: Counter[str] = Counter()
    deciding: dict[str, Applied] = {}
    for ruling in rulings:
        effects[ruling.decision.effect] += ruling.count
        if (clause := ruling.clause) is not None:
            clauses[clause.name] += ruling.count
            deciding[clause.name] = clause
    return Simulation(
        rulings, effects, clauses, {name: one.title for name, one in deciding.items()},
        {name: one.number for name, one in deciding.items()},
    )  # fmt: skip


def against(before: Policy, after: Policy, facts: Iterable[tuple[Mapping[str, Any], int]]) -> tuple[Change, ...]:
    """Return where two policies say something else, the most frequent first.

    Raises:
        FactError: a fact is not declared, or not of its kind.
    """
    pairs = ((one, before.decide(one), after.decide(one), count) for one, count in facts)
    found = [Change(*pair) for pair in pairs if _said(pair[1]) != _said(pair[2])]
    return tuple(sorted(found, key=lambda change: -change.count))


def _said(decision: Decision) -> tuple[Effect, frozenset[str]]:
    """Return the effect and which clauses have it; a clause may have another number in another guideline."""
    return decision.effect, frozenset(one.name for one in decision.applied if one.effect is decision.effect)

"""A profile compiled: facts in, the strictest effect and its clauses out."""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leitplanke.core.policy.compiling import Test, as_test, names_in, parse_condition, with_known
from leitplanke.core.policy.facts import FACTS, STEPS, complaint
from leitplanke.core.policy.model import (
    Applied,
    Cell,
    Clause,
    DataClass,
    DataTable,
    Decision,
    Effect,
    ModelClass,
    Profile,
)
from leitplanke.core.rules import FactError
from leitplanke.core.rules.formula import Expr, Truth

TABLE = "tabelle"
_STEP, _CALL = "schritt", "modellaufruf"
# Most facts are true or false; those that are need no further look.
_TRUTHS = frozenset(name for name, fact in FACTS.items() if fact.kind == "ja_nein")


@dataclass(frozen=True, slots=True)
class _Compiled:
    test: Test
    names: dict[str, None]
    certain: Applied
    doubtful: Applied


class Policy:
    """Decides by one profile."""

    def __init__(self, profile: Profile) -> None:
        """Compile every clause, the strictest first; for each step only those that can apply to it."""
        self.profile = profile
        ordered = sorted(profile.clauses, key=lambda clause: clause.effect.strictness)
        trees = [(clause, parse_condition(clause.condition)) for clause in ordered]
        self._clauses: dict[str | None, tuple[_Compiled, ...]] = {None: _compiled(trees)}
        for step in STEPS:
            self._clauses[step] = _compiled([(clause, with_known(tree, _STEP, step)) for clause, tree in trees])
        self._table = _TableRule(profile.table)

    def decide(self, facts: Mapping[str, Any]) -> Decision:
        """Return what holds. An unknown fact (left out, or None) counts as the worse answer and is named as missing.

        Raises:
            FactError: a fact is not declared, or not of its kind.
        """
        for name, value in facts.items():
            if (type(value) is not bool or name not in _TRUTHS) and (problem := complaint(name, value)):
                raise FactError(problem)
        applied: list[Applied] = []
        asked: dict[str, None] = {}
        for one in self._clauses[facts.get(_STEP)]:
            value = one.test(facts)
            if value is None:
                applied.append(one.doubtful)
                asked.update(one.names)
            elif value:
                applied.append(one.certain)
        if (found := self._table.applied(facts, asked)) is not None:
            insort(applied, found, key=_strictness)
        effect = applied[0].effect if applied else Effect.ALLOW
        return Decision(effect, tuple(applied), tuple(name for name in asked if facts.get(name) is None))


def compile_profile(profile: Profile) -> Policy:
    """Return what decides by a profile."""
    return Policy(profile)


def _strictness(one: Applied) -> int:
    return one.effect.strictness


def _compiled(trees: list[tuple[Clause, Expr]]) -> tuple[_Compiled, ...]:
    return tuple(
        _Compiled(as_test(tree), dict.fromkeys(names_in(tree)), _applied(clause), _applied(clause, certain=False))
        for clause, tree in trees
        if tree != Truth(value=False)
    )


def _applied(clause: Clause, *, certain: bool = True) -> Applied:
    return Applied(
        clause.effect, clause.number, clause.name, clause.title, clause.sentence, clause.source, clause.parameters,
        certain,
    )  # fmt: skip


class _TableRule:
    """The table as a rule: what a closed or masked cell does to a call of a model."""

    def __init__(self, table: DataTable) -> None:
        self._effects: dict[tuple[str, str], Cell] = {
            (data.value, model.value): table.cell(data, model) for data in DataClass for model in ModelClass
        }
        self._table = table

    def applied(self, facts: Mapping[str, Any], asked: dict[str, None]) -> Applied | None:
        """Return the clause of the table where it does something; unknown classes are the worst ones."""
        step = facts.get(_STEP)
        if step is not None and step != _CALL:
            return None
        names = ("datenklasse", "modellklasse")
        unknown = [name for name in names if facts.get(name) is None]
        data, model = (facts.get(name) or FACTS[name].worst for name in names)
        cell = self._effects[data, model]
        if cell is Cell.OFFEN:
            return None
        asked.update(dict.fromkeys(unknown))
        if cell is Cell.GESPERRT:
            return self._said(Effect.BLOCK, self._table.closed, certain=not unknown)
        maskable = facts.get("pseudonymisierbar")
        if maskable is None:
            asked["pseudonymisierbar"] = None
        if not maskable:
            return self._said(Effect.BLOCK, self._table.masked, certain=maskable is False and not unknown)
        return self._said(Effect.PSEUDONYMISE, self._table.masked, certain=not unknown)

    def _said(self, effect: Effect, sentence: str, *, certain: bool) -> Applied:
        table = self._table
        return Applied(effect, table.number, TABLE, table.title, sentence, table.source, {}, certain)

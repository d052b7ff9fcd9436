"""A profile compiled: facts in, the strictest effect and its clauses out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leitplanke.core.policy.compiling import Test, compile_condition
from leitplanke.core.policy.facts import FACTS, complaint
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

TABLE = "tabelle"
_CALL = "modellaufruf"


@dataclass(frozen=True, slots=True)
class _Compiled:
    test: Test
    names: tuple[str, ...]
    certain: Applied
    doubtful: Applied


class Policy:
    """Decides by one profile."""

    def __init__(self, profile: Profile) -> None:
        """Compile every clause, the strictest first."""
        self.profile = profile
        ordered = sorted(profile.clauses, key=lambda clause: clause.effect.strictness)
        self._clauses = tuple(_compiled(clause) for clause in ordered)
        self._table = _TableRule(profile.table)

    def decide(self, facts: Mapping[str, Any]) -> Decision:
        """Return what holds. An unknown fact (left out, or None) counts as the worse answer and is named as missing.

        Raises:
            FactError: a fact is not declared, or not of its kind.
        """
        for name, value in facts.items():
            if problem := complaint(name, value):
                raise FactError(problem)
        applied: list[Applied] = []
        missing: list[str] = []
        for one in self._clauses:
            value = one.test(facts)
            if value is False:
                continue
            applied.append(one.certain if value else one.doubtful)
            if value is None:
                missing += [name for name in one.names if facts.get(name) is None]
        if (found := self._table.applied(facts, missing)) is not None:
            applied.append(found)
            applied.sort(key=lambda one: one.effect.strictness)
        effect = applied[0].effect if applied else Effect.ALLOW
        return Decision(effect, tuple(applied), tuple(dict.fromkeys(missing)))


def compile_profile(profile: Profile) -> Policy:
    """Return what decides by a profile."""
    return Policy(profile)


def _compiled(clause: Clause) -> _Compiled:
    test, names = compile_condition(clause.condition)
    certain, doubtful = (
        Applied(
            clause.effect,
            clause.number,
            clause.name,
            clause.title,
            clause.sentence,
            clause.source,
            clause.parameters,
            sure,
        )
        for sure in (True, False)
    )
    return _Compiled(test, names, certain, doubtful)


class _TableRule:
    """The table as a rule: what a closed or masked cell does to a call of a model."""

    def __init__(self, table: DataTable) -> None:
        self._effects: dict[tuple[str, str], Cell] = {
            (data.value, model.value): table.cell(data, model) for data in DataClass for model in ModelClass
        }
        self._table = table

    def applied(self, facts: Mapping[str, Any], missing: list[str]) -> Applied | None:
        """Return the clause of the table where it does something; unknown classes are the worst ones."""
        step = facts.get("schritt")
        if step is not None and step != _CALL:
            return None
        names = ("datenklasse", "modellklasse")
        unknown = [name for name in names if facts.get(name) is None]
        data, model = (facts.get(name) or FACTS[name].worst for name in names)
        cell = self._effects[data, model]
        if cell is Cell.OFFEN:
            return None
        missing += unknown
        if cell is Cell.GESPERRT:
            return self._said(Effect.BLOCK, self._table.closed, certain=not unknown)
        maskable = facts.get("pseudonymisierbar")
        if maskable is None:
            missing.append("pseudonymisierbar")
        if not maskable:
            return self._said(Effect.BLOCK, self._table.masked, certain=maskable is False and not unknown)
        return self._said(Effect.PSEUDONYMISE, self._table.masked, certain=not unknown)

    def _said(self, effect: Effect, sentence: str, *, certain: bool) -> Applied:
        table = self._table
        return Applied(effect, table.number, TABLE, table.title, sentence, table.source, {}, certain)

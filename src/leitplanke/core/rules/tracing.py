"""From a target back to what it stands on: every name, and in one case only the branches that were taken."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leitplanke.core.rules.formula import Aggregate, Expr, Field, Lookup, Name, Operation
from leitplanke.core.rules.model import Angabe, Regelwerk, in_force
from leitplanke.core.rules.reckoning import Reckoner

if TYPE_CHECKING:
    from leitplanke.core.rules.compiling import State
    from leitplanke.core.rules.evaluating import Result


@dataclass(frozen=True, slots=True)
class Trace:
    """What was reached, by key (`name`, or `liste.name`), with its distance from the target, and the ways taken."""

    distance: dict[str, int] = field(default_factory=dict)
    edges: set[tuple[str, str]] = field(default_factory=set)


def names_used(expr: Expr, reckoner: Reckoner | None, level: str = "") -> Iterator[tuple[str, str]]:
    """Yield list and name of everything a formula reads; with a `reckoner` only where it mattered."""
    if isinstance(expr, (Name, Field)):
        yield level, expr.name
    elif isinstance(expr, Lookup):
        yield "", expr.table
        for key in expr.keys:
            yield from names_used(key, reckoner, level)
    elif isinstance(expr, Aggregate):
        inner = (*expr.conditions, *(() if expr.element is None else (expr.element,)))
        if not inner:
            yield "", expr.items
        for part in inner:
            yield from names_used(part, None, expr.items)
    elif isinstance(expr, Operation):
        for part in _mattering(expr, reckoner):
            yield from names_used(part, reckoner, level)


def _mattering(expr: Operation, reckoner: Reckoner | None) -> Iterable[Expr]:
    if reckoner is None or expr.name not in {"if", "and", "or"}:
        return expr.operands
    if expr.name == "if":
        test = reckoner.of(expr.operands[0])
        return expr.operands if test is None else (expr.operands[0], expr.operands[1 if test else 2])
    deciding = expr.name == "or"
    return next(((part,) for part in expr.operands if reckoner.of(part) is deciding), expr.operands)


class Tracer:
    """Walks the rules of one state of the law, in general or for one result."""

    def __init__(self, regelwerk: Regelwerk, state: State, result: Result | None = None) -> None:
        """Prepare for walking; with a `result` only what it took is walked."""
        self._book = regelwerk
        self._state = state
        self._result = result

    def trace(self, targets: Iterable[str]) -> Trace:
        """Walk back from the targets."""
        trace = Trace()
        waiting = deque((name, 0) for name in targets)
        while waiting:
            key, distance = waiting.popleft()
            if key in trace.distance:
                continue
            trace.distance[key] = distance
            for source in self.sources(key):
                trace.edges.add((source, key))
                waiting.append((source, distance + 1))
        return trace

    def sources(self, key: str) -> list[str]:
        """Return what stands directly behind a key."""
        level, _, name = key.rpartition(".")
        expr = self._formula(level, name)
        if expr is None:
            return []
        return self.sources_of(expr, level)

    def sources_of(self, expr: Expr, level: str = "") -> list[str]:
        """Return the keys a formula stands on."""
        found: dict[str, None] = {}
        for reckoner in self._reckoners(level):
            for where, name in names_used(expr, reckoner, level):
                found[self._key(where, name)] = None
        return list(found)

    def _reckoners(self, level: str) -> list[Reckoner | None]:
        if self._result is None:
            return [None]
        if not level:
            return [Reckoner(self._result)]
        lists = self._result.spans[-1]
        count = 0 if level in lists.generic else len(lists.items.get(level, ()))
        return [Reckoner(self._result, level, place) for place in range(1, count + 1)] or [None]

    def _formula(self, level: str, name: str) -> Expr | None:
        rule = self._book.regeln.get(name)
        if rule is not None and rule.je == level:
            if rule.eingebbar and self._is_stated(level, name):
                return None
            variant = in_force(rule.fassungen, self._state)
            return variant.formel if variant else None
        fact = self._fact(level, name)
        return fact.annahme if fact is not None and not self._is_stated(level, name) else None

    def _fact(self, level: str, name: str) -> Angabe | None:
        if not level:
            return self._book.angaben.get(name)
        return next((part for part in self._book.angaben[level].felder if part.name == name), None)

    def _is_stated(self, level: str, name: str) -> bool:
        if self._result is None:
            return False
        case = self._result.case
        if not level:
            found = case.stated.get(name)
            return found is not None and found.span is not None
        rows = case.items.get(level, ())
        return bool(rows) and all((found := row.get(name)) is not None and found.span is not None for row in rows)

    def _key(self, level: str, name: str) -> str:
        if not level:
            return name
        rule = self._book.regeln.get(name)
        own = (rule is not None and rule.je == level) or self._fact(level, name) is not None
        return f"{level}.{name}" if own else name

"""What would change a result: nearest changes of one fact, thresholds, and two states of the law side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from leitplanke.core.rules.compiling import STICHTAG
from leitplanke.core.rules.evaluating import Engine, Result
from leitplanke.core.rules.facts import Case, Stated, plain_value
from leitplanke.core.rules.graph import Input
from leitplanke.core.rules.model import NUMBERS, Kind
from leitplanke.core.rules.running import runner_of
from leitplanke.core.rules.spans import Span

_PROBES = 24


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change of one fact after which another outcome or value comes out.

    Attributes:
        fact: its name.
        stated, needed: the value of the case and the nearest one that turns the result, fit for JSON.
        becomes: what comes out then.
    """

    fact: str
    stated: Any
    needed: Any
    becomes: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """A value under two states of the law or two sets of parameters."""

    name: str
    before: Any
    after: Any


def nearest_changes(result: Result, target: str) -> tuple[Change, ...]:
    """Return for each stated fact the nearest value at which `target` becomes another one.

    `target` is a named value (of a number the change between nothing and something counts, otherwise any), or
    `ergebnis` for the outcome. Numbers are searched by halving between places where the result differs, so that every
    change told is real and no value nearer on that stretch turns the result.
    """
    runner = runner_of(result.program)
    look = _reading(result, target)
    before = look(result.spans)
    changes = []
    for name, item in result.program.inputs.items():
        stated = result.case.stated.get(name)
        if name == STICHTAG or item.level or item.judgement or stated is None or stated.span is None:
            continue
        origin = stated.span[0]

        def outcome(value: int, name: str = name) -> Any:
            case = Case({**result.case.stated, name: Stated((value, value))}, result.case.items)
            return look(runner.spans(case))

        found = _nearest(outcome, origin, result.program.bounds[item.slot], before, item)
        if found is not None:
            shape = item.shape
            changes.append(Change(name, plain_value(shape, origin), plain_value(shape, found), outcome(found)))
    return tuple(changes)


def _reading(result: Result, target: str) -> Callable[[Any], Any]:
    """Return how to see in the slots what counts as a change."""
    if target == "ergebnis":
        return lambda v: next((o.name for o, val in result.program.outcomes if v[val.slot][0]), None)
    val = result.program.values[target]
    if val.type == "number":
        return lambda v: "mehr als 0" if v[val.slot][0] > 0 else "0"
    return lambda v: plain_value(result.regelwerk.regeln[target].shape, v[val.slot][0])


def _nearest(outcome: Callable[[int], Any], origin: int, bounds: Span, before: Any, item: Input) -> int | None:
    """Return the value nearest to `origin` that turns the result, None where none was found."""
    low, high = bounds
    if item.shape.kind not in NUMBERS | {Kind.DATUM}:
        turning = [value for value in range(low, high + 1) if value != origin and outcome(value) != before]
        return min(turning, key=lambda value: abs(value - origin), default=None)
    found = [turned for end in (low, high) if (turned := _turning_point(outcome, origin, end, before)) is not None]
    return min(found, key=lambda value: abs(value - origin), default=None)


def _turning_point(outcome: Callable[[int], Any], origin: int, end: int, before: Any) -> int | None:
    """Return the first value towards `end` that turns the result, by ever longer strides and then by halving."""
    same, distance = origin, end - origin
    for step in range(_PROBES, -1, -1):
        probe = origin + (distance >> step if distance >= 0 else -(-distance >> step))
        if probe in {same, origin}:
            continue
        if outcome(probe) == before:
            same = probe
            continue
        turned = probe
        while abs(turned - same) > 1:
            middle = (turned + same) // 2
            if outcome(middle) == before:
                same = middle
            else:
                turned = middle
        return turned
    return None


def compare_law(  # noqa: PLR0913 - the parts of a comparison
    engine: Engine,
    facts: Mapping[str, Any],
    *,
    before: date,
    after: date,
    entwurf: bool = False,
    overrides: Mapping[str, Decimal] | None = None,
    judgements: Mapping[str, Any] | None = None,
) -> tuple[Difference, ...]:
    """Return every named value that differs between two days; drafts and set parameters count on the second.

    Raises:
        FactError: a fact cannot be as stated.
    """
    one = engine.evaluate(facts, on=before, judgements=judgements)
    two = engine.evaluate(facts, on=after, judgements=judgements, entwurf=entwurf, overrides=overrides)
    names = [
        name for name in engine.regelwerk.regeln if name in one.values | one.bounds or name in two.values | two.bounds
    ]
    return tuple(
        Difference(name, old, new) for name in names if (old := _shown(one, name)) != (new := _shown(two, name))
    )


def _shown(result: Result, name: str) -> Any:
    return result.values.get(name, result.bounds.get(name))

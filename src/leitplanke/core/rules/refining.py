"""Tighter intervals: an unknown that enters a formula several times is taken apart, and the results are joined again.

Interval arithmetic treats each occurrence as if it could differ; going through the few values of a small unknown, or
through slices of a large one, removes most of that slack and stays sound.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable

from leitplanke.core.rules.facts import Case
from leitplanke.core.rules.graph import Program
from leitplanke.core.rules.running import Values, runner_of
from leitplanke.core.rules.spans import Span

BUDGET = 64
_SMALL = 32
_SLICES = 8


def refined(program: Program, case: Case, v: Values, names: Iterable[str]) -> Values:
    """Return the slots of the case with spans that are as tight as the budget allows."""
    pieces: list[list[tuple[str, Span]]] = []
    left = BUDGET
    for name in sorted(names, key=lambda n: (_size(program, case, n), n)):
        parts = _parts(program, case, name, left)
        if len(parts) > 1:
            pieces.append([(name, part) for part in parts])
            left //= len(parts)
    if not pieces:
        return v
    runner = runner_of(program)
    slots = runner.touched(frozenset(piece[0][0] for piece in pieces))
    joined = [v[slot] for slot in slots]
    for number, combination in enumerate(itertools.product(*pieces)):
        found = runner.varied(case, v, dict(combination))
        spans = [found[slot] for slot in slots]
        joined = spans if not number else [_hull(one, other) for one, other in zip(joined, spans, strict=True)]
    result = v.copy()
    for slot, span in zip(slots, joined, strict=True):
        result[slot] = _within(span, v[slot])
    return result


def _size(program: Program, case: Case, name: str) -> int:
    values = case.stated[name].values if name in case.stated else ()
    low, high = program.bounds[program.inputs[name].slot]
    return len(set(values)) or high - low + 1


def _parts(program: Program, case: Case, name: str, left: int) -> list[Span]:
    if values := sorted(set(case.stated[name].values)) if name in case.stated else []:
        return [(value, value) for value in values] if len(values) <= left else []
    if _uses(program)[program.inputs[name].slot] < 2:
        return []
    low, high = program.bounds[program.inputs[name].slot]
    if high - low < min(_SMALL, left):
        return [(value, value) for value in range(low, high + 1)]
    count = min(_SLICES, left)
    edges = [low + (high - low + 1) * place // count for place in range(count + 1)]
    return [(start, end - 1) for start, end in itertools.pairwise(edges) if end > start]


def _uses(program: Program) -> Counter[int]:
    """Return how often each slot is read, seen through what only passes a value on."""

    def count() -> Counter[int]:
        uses: Counter[int] = Counter()
        for op in reversed(list(program.writers.values())):
            passing = op.kind in {"orelse", "cast", "times"}
            for arg in op.args:
                uses[arg] += uses[op.out] if passing else 1
        return uses

    result: Counter[int] = program.prepared("uses", count)
    return result


def _hull(one: Span | None, other: Span | None) -> Span | None:
    if one is None or other is None:
        return None
    return min(one[0], other[0]), max(one[1], other[1])


def _within(one: Span | None, other: Span | None) -> Span | None:
    """Return the tighter of two sound spans."""
    if one is None or other is None:
        return other
    return max(one[0], other[0]), min(one[1], other[1])

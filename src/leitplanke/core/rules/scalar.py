"""Exact values of one case whose facts are all known: the same operations on single whole numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from leitplanke.core.rules import numbers

if TYPE_CHECKING:
    from leitplanke.core.rules.graph import Op

# The slots of a case: numbers, and behind them the lists; of an item: numbers, and behind them the slots of its case.
Values: TypeAlias = list[Any]
Step: TypeAlias = Callable[[Values], None]


def _lin(op: Op) -> Step:
    (a, b), (ka, kb), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        v[o] = v[a] * ka + v[b] * kb

    return step


def _mul(op: Op) -> Step:
    (a, b), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = v[a] * v[b]

    return step


def _times(op: Op) -> Step:
    (a,), (k,), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        v[o] = v[a] * k

    return step


def _lt(op: Op) -> Step:
    (a, b), (ka, kb), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        v[o] = v[a] * ka < v[b] * kb

    return step


def _le(op: Op) -> Step:
    (a, b), (ka, kb), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        v[o] = v[a] * ka <= v[b] * kb

    return step


def _eq(op: Op) -> Step:
    (a, b), (ka, kb), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        v[o] = v[a] * ka == v[b] * kb

    return step


def _and(op: Op) -> Step:
    args, o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = all(v[a] for a in args)

    return step


def _or(op: Op) -> Step:
    args, o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = any(v[a] for a in args)

    return step


def _not(op: Op) -> Step:
    (a,), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = not v[a]

    return step


def _sel(op: Op) -> Step:
    (c, a, b), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = v[a] if v[c] else v[b]

    return step


def _min(op: Op) -> Step:
    (a, b), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = min(v[a], v[b])

    return step


def _max(op: Op) -> Step:
    (a, b), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = max(v[a], v[b])

    return step


def _abs(op: Op) -> Step:
    (a,), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = abs(v[a])

    return step


def _div(op: Op) -> Step:
    (a, *under), (k, mode), o = op.args, op.data, op.out
    n = under[0] if under else None

    def step(v: Values) -> None:
        v[o] = numbers.divided(v[a], k if n is None else k * v[n], mode)

    return step


def _muldiv(op: Op) -> Step:
    (a, b, *under), (up, k, mode), o = op.args, op.data, op.out
    n = under[0] if under else None

    def step(v: Values) -> None:
        v[o] = numbers.divided(v[a] * v[b] * up, k if n is None else k * v[n], mode)

    return step


def _look(op: Op) -> Step:
    o, (lows, width, cells) = op.out, op.data
    if len(op.args) == 1:
        (a,), first = op.args, lows[0]

        def row(v: Values) -> None:
            v[o] = cells[v[a] - first]

        return row
    (a, b), (first, second) = op.args, lows

    def step(v: Values) -> None:
        v[o] = cells[(v[a] - first) * width + v[b] - second]

    return step


def _step(op: Op) -> Step:
    (a,), (limits, cells, k), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        v[o] = cells[max(bisect_right(limits, v[a] * k) - 1, 0)]

    return step


def _orelse(op: Op) -> Step:
    (fact, formula), (kf, kr), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        v[o] = v[formula] * kr if v[fact] is None else v[fact] * kf

    return step


def _cast(op: Op) -> Step:
    (a,), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = v[-1][a]

    return step


def _rows(op: Op, v: Values) -> list[Any]:
    """Return the elements of the items that count; 1 where only counting is asked."""
    (element, condition), (name,) = op.args, op.data
    items = v[-1].items[name]
    return [item[element] if element >= 0 else 1 for item in items if condition < 0 or item[condition]]


def _sum(op: Op) -> Step:
    o = op.out

    def step(v: Values) -> None:
        v[o] = sum(_rows(op, v))

    return step


def _any(op: Op) -> Step:
    o = op.out

    def step(v: Values) -> None:
        v[o] = any(_rows(op, v))

    return step


def _all(op: Op) -> Step:
    o = op.out

    def step(v: Values) -> None:
        v[o] = all(_rows(op, v))

    return step


def _months(op: Op) -> Step:
    (a, b), (years,), o = op.args, op.data, op.out
    by = 12 if years else 1

    def step(v: Values) -> None:
        v[o] = numbers.months_between(v[a], v[b]) // by

    return step


def _addmonths(op: Op) -> Step:
    (a, b), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = numbers.plus_months(v[a], v[b])

    return step


def _of_day(function: Callable[[int], int]) -> Callable[[Op], Step]:
    def make(op: Op) -> Step:
        (a,), o = op.args, op.out

        def step(v: Values) -> None:
            v[o] = function(v[a])

        return step

    return make


SCALAR: dict[str, Callable[[Op], Step]] = {
    "lin": _lin, "mul": _mul, "times": _times, "lt": _lt, "le": _le, "eq": _eq, "and": _and, "or": _or, "not": _not,
    "sel": _sel, "min": _min, "max": _max, "abs": _abs, "div": _div, "muldiv": _muldiv, "look": _look, "step": _step,
    "orelse": _orelse, "cast": _cast, "sum": _sum, "any": _any, "all": _all, "months": _months,
    "addmonths": _addmonths, "monthstart": _of_day(numbers.month_start), "year": _of_day(numbers.year_of),
    "month": _of_day(numbers.month_of),
}  # fmt: skip

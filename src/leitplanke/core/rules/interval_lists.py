"""Intervals of what goes over lists, and of days."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from leitplanke.core.rules import numbers
from leitplanke.core.rules.spans import Lists, Span, Step, Values

if TYPE_CHECKING:
    from leitplanke.core.rules.graph import Op


def _cast(op: Op) -> Step:
    (a,), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = v[-1][a]

    return step


def _gathered(op: Op, v: Values) -> tuple[list[tuple[Span, Span]], Span, bool]:
    """Return element and condition of every item of the list, its count, and whether one item stands for any."""
    (element, condition), (name,) = op.args, op.data
    lists: Lists = v[-1]
    rows = [
        (item[element] if element >= 0 else (1, 1), item[condition] if condition >= 0 else (1, 1))
        for item in lists.items[name]
    ]
    return rows, lists.counts[name], name in lists.generic


def _sum(op: Op) -> Step:
    o = op.out

    def step(v: Values) -> None:
        rows, (least, most), generic = _gathered(op, v)
        low = high = 0
        for (el, eh), (cl, ch) in rows:
            if not ch:
                continue
            low += el if cl else min(el, 0)
            high += eh if cl else max(eh, 0)
        v[o] = (min(low * least, low * most), max(high * least, high * most)) if generic else (low, high)

    return step


def _any(op: Op) -> Step:
    o = op.out

    def step(v: Values) -> None:
        rows, (least, most), generic = _gathered(op, v)
        sure = any(e[0] and c[0] for e, c in rows) and (not generic or least > 0)
        v[o] = (int(sure), int(most > 0 and any(e[1] and c[1] for e, c in rows)))

    return step


def _all(op: Op) -> Step:
    o = op.out

    def step(v: Values) -> None:
        rows, (least, most), generic = _gathered(op, v)
        broken = any(not e[1] and c[0] for e, c in rows) and (not generic or least > 0)
        v[o] = (int(most == 0 or all(e[0] or not c[1] for e, c in rows)), int(not broken))

    return step


def _months(op: Op) -> Step:
    (a, b), (years,), o = op.args, op.data, op.out
    by = 12 if years else 1

    def step(v: Values) -> None:
        (al, ah), (bl, bh) = v[a], v[b]
        low, high = numbers.months_between(ah, bl), numbers.months_between(al, bh)
        v[o] = (low // by, high // by)

    return step


def _addmonths(op: Op) -> Step:
    (a, b), o = op.args, op.out

    def step(v: Values) -> None:
        (al, ah), (bl, bh) = v[a], v[b]
        v[o] = (numbers.plus_months(al, bl), numbers.plus_months(ah, bh))

    return step


def _monthstart(op: Op) -> Step:
    (a,), o = op.args, op.out

    def step(v: Values) -> None:
        low, high = v[a]
        v[o] = (numbers.month_start(low), numbers.month_start(high))

    return step


def _year(op: Op) -> Step:
    (a,), o = op.args, op.out

    def step(v: Values) -> None:
        low, high = v[a]
        v[o] = (numbers.year_of(low), numbers.year_of(high))

    return step


def _month(op: Op) -> Step:
    (a,), o = op.args, op.out

    def step(v: Values) -> None:
        low, high = v[a]
        one, other = numbers.month_of(low), numbers.month_of(high)
        v[o] = (one, other) if high - low < 27 and one <= other else (one, one) if low == high else (1, 12)

    return step


LISTS_AND_DAYS: dict[str, Callable[[Op], Step]] = {
    "cast": _cast, "sum": _sum, "any": _any, "all": _all, "months": _months, "addmonths": _addmonths,
    "monthstart": _monthstart, "year": _year, "month": _month,
}  # fmt: skip

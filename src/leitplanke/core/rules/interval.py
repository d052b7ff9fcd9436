"""Intervals: every operation on the least and the greatest it can be. Three-valued truth is (0, 0), (1, 1) or (0, 1).

Sound by construction: whatever the unknown facts turn out to be, the exact result lies within.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from leitplanke.core.rules import numbers
from leitplanke.core.rules.interval_lists import LISTS_AND_DAYS
from leitplanke.core.rules.spans import MaybeStated, Span, Step, Values

if TYPE_CHECKING:
    from leitplanke.core.rules.graph import Op


def _lin(op: Op) -> Step:
    (a, b), (ka, kb), o = op.args, op.data, op.out
    if ka > 0 and kb > 0:

        def plus(v: Values) -> None:
            (al, ah), (bl, bh) = v[a], v[b]
            v[o] = (al * ka + bl * kb, ah * ka + bh * kb)

        return plus

    def step(v: Values) -> None:
        (al, ah), (bl, bh) = v[a], v[b]
        if ka < 0:
            al, ah = ah, al
        if kb < 0:
            bl, bh = bh, bl
        v[o] = (al * ka + bl * kb, ah * ka + bh * kb)

    return step


def _mul(op: Op) -> Step:
    (a, b), o = op.args, op.out

    def step(v: Values) -> None:
        (al, ah), (bl, bh) = v[a], v[b]
        if al >= 0 and bl >= 0:
            v[o] = (al * bl, ah * bh)
        elif a == b:
            v[o] = (0 if al <= 0 <= ah else min(al * al, ah * ah), max(al * al, ah * ah))
        else:
            corners = (al * bl, al * bh, ah * bl, ah * bh)
            v[o] = (min(corners), max(corners))

    return step


def _times(op: Op) -> Step:
    (a,), (k,), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        low, high = v[a]
        v[o] = (low * k, high * k) if k >= 0 else (high * k, low * k)

    return step


def _lt(op: Op) -> Step:
    (a, b), (ka, kb), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        (al, ah), (bl, bh) = v[a], v[b]
        v[o] = (int(ah * ka < bl * kb), int(al * ka < bh * kb))

    return step


def _le(op: Op) -> Step:
    (a, b), (ka, kb), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        (al, ah), (bl, bh) = v[a], v[b]
        v[o] = (int(ah * ka <= bl * kb), int(al * ka <= bh * kb))

    return step


def _eq(op: Op) -> Step:
    (a, b), (ka, kb), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        (al, ah), (bl, bh) = v[a], v[b]
        al, ah, bl, bh = al * ka, ah * ka, bl * kb, bh * kb
        v[o] = (int(al == ah == bl == bh), int(al <= bh and bl <= ah))

    return step


def _and(op: Op) -> Step:
    args, o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = (min(v[a][0] for a in args), min(v[a][1] for a in args))

    return step


def _or(op: Op) -> Step:
    args, o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = (max(v[a][0] for a in args), max(v[a][1] for a in args))

    return step


def _not(op: Op) -> Step:
    (a,), o = op.args, op.out

    def step(v: Values) -> None:
        low, high = v[a]
        v[o] = (1 - high, 1 - low)

    return step


def _sel(op: Op) -> Step:
    (c, a, b), o = op.args, op.out

    def step(v: Values) -> None:
        low, high = v[c]
        if low:
            v[o] = v[a]
        elif not high:
            v[o] = v[b]
        else:
            (al, ah), (bl, bh) = v[a], v[b]
            v[o] = (min(al, bl), max(ah, bh))

    return step


def _min(op: Op) -> Step:
    (a, b), o = op.args, op.out

    def step(v: Values) -> None:
        (al, ah), (bl, bh) = v[a], v[b]
        v[o] = (min(al, bl), min(ah, bh))

    return step


def _max(op: Op) -> Step:
    (a, b), o = op.args, op.out

    def step(v: Values) -> None:
        (al, ah), (bl, bh) = v[a], v[b]
        v[o] = (max(al, bl), max(ah, bh))

    return step


def _abs(op: Op) -> Step:
    (a,), o = op.args, op.out

    def step(v: Values) -> None:
        low, high = v[a]
        v[o] = (low, high) if low >= 0 else (-high, -low) if high <= 0 else (0, max(-low, high))

    return step


def _quotient(low: int, high: int, by: Span, mode: str) -> Span:
    """Return the rounded quotient of a span and a positive one; rounding is monotone, so the corners bound it."""
    dl, dh = by
    return (
        numbers.divided(low, dh if low >= 0 else dl, mode),
        numbers.divided(high, dl if high >= 0 else dh, mode),
    )


def _div(op: Op) -> Step:
    (a, *under), (k, mode), o = op.args, op.data, op.out
    if not under:

        def whole(v: Values) -> None:
            low, high = v[a]
            v[o] = (numbers.divided(low, k, mode), numbers.divided(high, k, mode))

        return whole
    n = under[0]

    def step(v: Values) -> None:
        (low, high), (dl, dh) = v[a], v[n]
        v[o] = _quotient(low, high, (dl * k, dh * k), mode)

    return step


def _muldiv(op: Op) -> Step:
    (a, b, *under), (up, k, mode), o = op.args, op.data, op.out
    multiply = _mul_spans

    def step(v: Values) -> None:
        low, high = multiply(v[a], v[b])
        dl, dh = v[under[0]] if under else (1, 1)
        v[o] = _quotient(low * up, high * up, (dl * k, dh * k), mode)

    return step


def _mul_spans(one: Span, other: Span) -> Span:
    corners = (one[0] * other[0], one[0] * other[1], one[1] * other[0], one[1] * other[1])
    return min(corners), max(corners)


def _look(op: Op) -> Step:
    """Look up in a table of one or two whole-number keys; data: low key, row length or 0, cells."""
    o, (lows, width, cells) = op.out, op.data
    if len(op.args) == 1:
        (a,), first = op.args, lows[0]

        def row(v: Values) -> None:
            low, high = v[a]
            if low == high:
                cell = cells[low - first]
                v[o] = (cell, cell)
            else:
                part = cells[low - first : high - first + 1]
                v[o] = (min(part), max(part))

        return row
    (a, b), (first, second) = op.args, lows

    def step(v: Values) -> None:
        (al, ah), (bl, bh) = v[a], v[b]
        if al == ah and bl == bh:
            cell = cells[(al - first) * width + bl - second]
            v[o] = (cell, cell)
            return
        part = [
            cell
            for line in range(al - first, ah - first + 1)
            for cell in cells[line * width + bl - second : line * width + bh - second + 1]
        ]
        v[o] = (min(part), max(part))

    return step


def _step(op: Op) -> Step:
    """Look up by threshold; data: thresholds, cells, factor of the key."""
    (a,), (limits, cells, k), o = op.args, op.data, op.out

    def place(value: int) -> int:
        return max(bisect_right(limits, value) - 1, 0)

    def step(v: Values) -> None:
        part = cells[place(v[a][0] * k) : place(v[a][1] * k) + 1]
        v[o] = (min(part), max(part))

    return step


def _orelse(op: Op) -> Step:
    (fact, formula), (kf, kr), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        stated = v[fact]
        if stated is None:
            low, high = v[formula]
            v[o] = (low * kr, high * kr)
        elif type(stated) is MaybeStated:
            v[o] = bounds_orelse(stated, v[formula], (kf, kr))
        else:
            low, high = stated
            v[o] = (low * kf, high * kf)

    return step


def bounds_orelse(fact: Span, formula: Span, factors: Span) -> Span:
    """Return what a value can be that may be stated or follow from a formula."""
    return (
        min(fact[0] * factors[0], formula[0] * factors[1]),
        max(fact[1] * factors[0], formula[1] * factors[1]),
    )


INTERVAL: dict[str, Callable[[Op], Step]] = {
    "lin": _lin, "mul": _mul, "times": _times, "lt": _lt, "le": _le, "eq": _eq, "and": _and, "or": _or, "not": _not,
    "sel": _sel, "min": _min, "max": _max, "abs": _abs, "div": _div, "muldiv": _muldiv, "look": _look, "step": _step,
    "orelse": _orelse, **LISTS_AND_DAYS,
}  # fmt: skip

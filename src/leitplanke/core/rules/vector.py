"""The same operations on columns: exact 64-bit whole numbers, a chunk of rows that fits the cache at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from leitplanke.core.rules.graph import Op
    from leitplanke.core.rules.spans import Span

# By slot a column, a single number, or None; fields of a list are columns over all items of the chunk.
Values: TypeAlias = list[Any]
Step: TypeAlias = Callable[[Values], None]
Bounds: TypeAlias = "tuple[Span, ...]"
Column: TypeAlias = "NDArray[np.int64]"
_EPOCH = 719163  # ordinal of 1970-01-01
_FLOAT_EXACT = 2**52


@dataclass(frozen=True, slots=True)
class Groups:
    """How the items of a list lie: item `starts[i]` to `ends[i]` belong to row i."""

    counts: Column
    starts: Column
    ends: Column


def _scaled(column: Any, factor: int) -> Any:
    return column if factor == 1 else column * factor


def _lin(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001 - one signature for all
    (a, b), (ka, kb), o = op.args, op.data, op.out
    if kb == -1:

        def minus(v: Values) -> None:
            v[o] = _scaled(v[a], ka) - v[b]

        return minus

    def step(v: Values) -> None:
        v[o] = _scaled(v[a], ka) + _scaled(v[b], kb)

    return step


def _mul(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    (a, b), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = v[a] * v[b]

    return step


def _times(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    (a,), (k,), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        v[o] = v[a] * k

    return step


def _comparison(function: Callable[[Any, Any], Any]) -> Callable[[Op, Bounds], Step]:
    def make(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
        (a, b), (ka, kb), o = op.args, op.data, op.out

        def step(v: Values) -> None:
            v[o] = function(_scaled(v[a], ka), _scaled(v[b], kb))

        return step

    return make


def _joined(function: Callable[[Any, Any], Any]) -> Callable[[Op, Bounds], Step]:
    def make(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
        first, rest, o = op.args[0], op.args[1:], op.out

        def step(v: Values) -> None:
            found = v[first]
            for arg in rest:
                found = function(found, v[arg])
            v[o] = found

        return step

    return make


def _truth(column: Any) -> Any:
    """Return truths as such: facts come as 0 and 1."""
    return column if isinstance(column, bool) or getattr(column, "dtype", None) == np.bool_ else column != 0


def _not(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    (a,), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = np.logical_not(v[a])

    return step


def _sel(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    (c, a, b), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = np.where(_truth(v[c]), v[a], v[b])

    return step


def _abs(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    (a,), o = op.args, op.out

    def step(v: Values) -> None:
        v[o] = np.abs(v[a])

    return step


def divided(number: Any, by: Any, mode: str, *, negative: bool) -> Any:
    """Return rounded quotients; `negative` tells whether numbers can be below 0 at all."""
    if mode == "ab":
        return number // by
    if mode == "auf":
        return -(-number // by)
    if mode == "halb_auf":
        half = by // 2
        if not negative:
            return (number + half) // by
        return np.where(number >= 0, (number + half) // by, -((half - number) // by))
    whole = number // by
    rest = 2 * (number - whole * by)
    return whole + ((rest > by) | ((rest == by) & (whole % 2 == 1)))


def _div(op: Op, bounds: Bounds) -> Step:
    (a, *under), (k, mode), o = op.args, op.data, op.out
    negative = bounds[a][0] < 0
    n = under[0] if under else None

    def step(v: Values) -> None:
        v[o] = divided(v[a], k if n is None else _scaled(v[n], k), mode, negative=negative)

    return step


def _muldiv(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    """Round a product that does not fit 64 bits, exactly.

    A float estimate of the quotient is off by a few units at most, and the remainder that belongs to it is small; so it
    is right even though product and multiple overflow, because both do so modulo 2**64.
    """
    (a, b, *under), (up, k, mode), o = op.args, op.data, op.out
    n = under[0] if under else None

    def step(v: Values) -> None:
        by = np.int64(k) if n is None else _scaled(v[n], k)
        one, other = np.asarray(v[a], np.int64), np.asarray(v[b], np.int64)
        guess = np.rint(one.astype(np.float64) * other * up / by).astype(np.int64)
        with np.errstate(over="ignore"):
            rest = one * other * np.int64(up) - guess * by
        shift = rest // by
        v[o] = guess + shift + _upwards(guess + shift, rest - shift * by, by, mode)

    return step


def _upwards(whole: Any, rest: Any, by: Any, mode: str) -> Any:
    """Return 1 where a floor quotient with its remainder is to be rounded up."""
    if mode == "ab":
        return np.int64(0)
    if mode == "auf":
        return rest > 0
    above, half = rest > by - rest, rest == by - rest
    return above | (half & (whole >= 0 if mode == "halb_auf" else whole % 2 == 1))


def _look(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    o, (lows, width, cells) = op.out, op.data
    table = np.array(cells, dtype=np.int64)
    if len(op.args) == 1:
        (a,), first = op.args, lows[0]

        def row(v: Values) -> None:
            v[o] = table[v[a] - first]

        return row
    (a, b), offset = op.args, lows[0] * width + lows[1]

    def step(v: Values) -> None:
        v[o] = table[v[a] * width + v[b] - offset]

    return step


def _step(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    (a,), (limits, cells, k), o = op.args, op.data, op.out
    thresholds, table = np.array(limits, dtype=np.int64), np.array(cells, dtype=np.int64)

    def step(v: Values) -> None:
        v[o] = table[np.maximum(np.searchsorted(thresholds, _scaled(v[a], k), side="right") - 1, 0)]

    return step


def _orelse(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    (fact, formula), (kf, kr), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        stated = v[fact]
        if stated is None:
            v[o] = _scaled(v[formula], kr)
        elif isinstance(stated, tuple):
            v[o] = np.where(stated[1], _scaled(stated[0], kf), _scaled(v[formula], kr))
        else:
            v[o] = _scaled(stated, kf)

    return step


def _cast(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    (a,), o, level = op.args, op.out, op.level

    def step(v: Values) -> None:
        found = v[a]
        v[o] = np.repeat(found, v[-1][level].counts) if isinstance(found, np.ndarray) and found.ndim else found

    return step


def _sum(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    (element, condition), (name,), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        groups: Groups = v[-1][name]
        total = int(groups.ends[-1]) if len(groups.ends) else 0
        found = np.broadcast_to(np.asarray(v[element] if element >= 0 else 1, np.int64), (total,))
        if condition >= 0:
            found = found * _truth(v[condition])
        v[o] = _per_row(found, groups)

    return step


def _per_row(items: Any, groups: Groups) -> Any:
    running = np.concatenate([np.zeros(1, np.int64), np.cumsum(items, dtype=np.int64)])
    return running[groups.ends] - running[groups.starts]


def _quantifier(*, every: bool) -> Callable[[Op, Bounds], Step]:
    def make(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
        (element, condition), (name,), o = op.args, op.data, op.out

        def step(v: Values) -> None:
            groups: Groups = v[-1][name]
            total = int(groups.ends[-1]) if len(groups.ends) else 0
            found = np.broadcast_to(np.asarray(_truth(v[element])), (total,))
            hit = ~found if every else found
            if condition >= 0:
                hit = hit & _truth(v[condition])
            hits = _per_row(hit, groups)
            v[o] = hits == 0 if every else hits > 0

        return step

    return make


def _months_of(days: Any) -> tuple[Any, Any]:
    """Return of days (ordinals) the month since 1970 and the day of the month from 0."""
    dates = (np.asarray(days, np.int64) - _EPOCH).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    return months.astype(np.int64), (dates - months.astype("datetime64[D]")).astype(np.int64)


def _months(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    (a, b), (years,), o = op.args, op.data, op.out

    def step(v: Values) -> None:
        (am, ad), (bm, bd) = _months_of(v[a]), _months_of(v[b])
        full = np.where(np.asarray(v[b]) >= v[a], bm - am - (bd < ad), -(am - bm - (ad < bd)))
        v[o] = full // 12 if years else full

    return step


def _addmonths(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    (a, b), o = op.args, op.out

    def step(v: Values) -> None:
        month, day = _months_of(v[a])
        first, following = (
            (month + v[b] + more).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) for more in (0, 1)
        )
        v[o] = first + np.minimum(day, following - first - 1) + _EPOCH

    return step


def _of_day(function: Callable[[Any], Any]) -> Callable[[Op, Bounds], Step]:
    def make(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
        (a,), o = op.args, op.out

        def step(v: Values) -> None:
            v[o] = function(v[a])

        return step

    return make


VECTOR: dict[str, Callable[[Op, Bounds], Step]] = {
    "lin": _lin, "mul": _mul, "times": _times, "lt": _comparison(np.less), "le": _comparison(np.less_equal),
    "eq": _comparison(np.equal), "and": _joined(np.logical_and), "or": _joined(np.logical_or), "not": _not, "sel": _sel,
    "min": _joined(np.minimum), "max": _joined(np.maximum), "abs": _abs, "div": _div, "muldiv": _muldiv, "look": _look,
    "step": _step, "orelse": _orelse, "cast": _cast, "sum": _sum, "any": _quantifier(every=False),
    "all": _quantifier(every=True), "months": _months, "addmonths": _addmonths,
    "monthstart": _of_day(lambda days: np.asarray(days, np.int64) - _months_of(days)[1]),
    "year": _of_day(lambda days: _months_of(days)[0] // 12 + 1970),
    "month": _of_day(lambda days: _months_of(days)[0] % 12 + 1),
}  # fmt: skip

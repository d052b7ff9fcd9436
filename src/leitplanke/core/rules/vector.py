"""The same operations on columns: exact 64-bit whole numbers, a chunk of rows that fits the cache at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from leitplanke.core.rules import numbers

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
_INT64 = 2**63 - 1
_ROUNDINGS = 2**50  # a float estimate with a handful of roundings is off by less than one part of this
_PADDED = 4096


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
    def make(op: Op, bounds: Bounds) -> Step:
        (a, b), (ka, kb), o = op.args, op.data, op.out
        if not (_fits(bounds[a], ka) and _fits(bounds[b], kb)):

            def wide(v: Values) -> None:
                v[o] = np.asarray(function(_python(v[a]) * ka, _python(v[b]) * kb), np.bool_)

            return wide

        def step(v: Values) -> None:
            v[o] = function(_scaled(v[a], ka), _scaled(v[b], kb))

        return step

    return make


def _fits(span: Span, factor: int) -> bool:
    return max(-span[0], span[1]) * factor <= _INT64


def _python(column: Any) -> Any:
    """Return a column as whole numbers of any size: slow, for the few values that may not fit 64 bits on the way."""
    return np.asarray(column).astype(object)


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


def divided(number: Any, by: Any, mode: str, signs: Any = None, whole: Any = 0) -> Any:
    """Return `number` / `by` rounded; `by` is positive.

    `signs` are -1 where what is rounded lies below 0 (None where it never does), `whole` is what is known of the result
    already, for halves to even.
    """
    if mode == "ab":
        return number // by
    if mode == "auf":
        return -(-number // by)
    half = by // 2
    if mode == "halb_auf":
        # Halves go away from 0: below 0 down. An odd divisor knows no halves.
        odd = by % 2 == 1
        if signs is None or odd is True:
            return (number + half) // by
        return (number + (half + signs if odd is False else half + np.where(odd, 0, signs))) // by
    found = number // by
    rest = number - found * by
    return found + ((rest > by - rest) | ((rest == by - rest) & ((found + whole) % 2 == 1)))


def _div(op: Op, bounds: Bounds) -> Step:
    (a, *under), (k, mode), o = op.args, op.data, op.out
    n = under[0] if under else None
    most = k * (bounds[n][1] if n is not None else 1)
    negative = bounds[a][0] < 0
    if max(-bounds[a][0], bounds[a][1]) + most > _INT64:
        return _wide(op)

    def step(v: Values) -> None:
        number = v[a]
        signs = number >> 63 if negative and mode == "halb_auf" else None
        v[o] = divided(number, k if n is None else _scaled(v[n], k), mode, signs)

    return step


def _wide(op: Op) -> Step:
    """Divide as single cases do, number by number."""
    (a, *others), o = op.args, op.out
    factors = others[: 1 if op.kind == "muldiv" else 0]
    under = others[len(factors) :]
    *up, k, mode = op.data

    def step(v: Values) -> None:
        number = _python(v[a])
        for factor in (*(_python(v[slot]) for slot in factors), *up):
            number = number * factor
        by = k * _python(v[under[0]]) if under else k
        v[o] = np.asarray(_EACH(number, by, mode), np.int64)

    return step


_EACH = np.frompyfunc(numbers.divided, 3, 1)


def _muldiv(op: Op, bounds: Bounds) -> Step:
    """Round a product that does not fit 64 bits, exactly.

    A float estimate of the quotient is off by little, and the remainder that belongs to it is small; so it is right
    even though product and multiple overflow, because both do so modulo 2**64.
    """
    (a, b, *under), (up, k, mode), o = op.args, op.data, op.out
    n = under[0] if under else None
    spans = bounds[a], bounds[b]
    most = k * (bounds[n][1] if n is not None else 1)
    product = max(abs(x) for x in spans[0]) * max(abs(x) for x in spans[1]) * up
    negative = mode == "halb_auf" and min(spans[0][0], spans[1][0]) < 0
    if product + most <= _INT64:

        def narrow(v: Values) -> None:
            number = _scaled(v[a] * v[b], up)
            v[o] = divided(number, k if n is None else _scaled(v[n], k), mode, number >> 63 if negative else None)

        return narrow
    largest = product // k
    if largest > _INT64 - 2**16 or (largest // _ROUNDINGS + 3) * most > _INT64 // 2 or up > _INT64:
        return _wide(op)
    share = float(up) / float(k)

    def step(v: Values) -> None:
        one, other = v[a], v[b]
        by = k if n is None else _scaled(v[n], k)
        guess = np.multiply(one, other, dtype=np.float64) * share
        guess = np.rint(guess if n is None else guess / v[n]).astype(np.int64)
        with np.errstate(over="ignore"):
            rest = _scaled(np.multiply(one, other), up) - guess * by
        signs = (one ^ other) >> 63 if negative else None
        v[o] = guess + divided(rest, by, mode, signs, guess)

    return step


def _look(op: Op, bounds: Bounds) -> Step:  # noqa: ARG001
    o, (lows, width, cells) = op.out, op.data
    offset = lows[0] if len(lows) == 1 else lows[0] * width + lows[1]
    # Room before the first row spares a subtraction.
    padded = 0 <= offset <= _PADDED
    table = np.array((0,) * offset + cells if padded else cells, dtype=np.int64)

    def found(place: Any) -> Any:
        return table.take(place if padded else place - offset)

    if len(op.args) == 1:
        (a,) = op.args

        def row(v: Values) -> None:
            v[o] = found(v[a])

        return row
    a, b = op.args

    def step(v: Values) -> None:
        v[o] = found(v[a] * width + v[b])

    return step


def _step(op: Op, bounds: Bounds) -> Step:
    (a,), (limits, cells, k), o = op.args, op.data, op.out
    if not _fits((min(bounds[a][0], limits[0]), max(bounds[a][1], limits[-1])), k):
        # The threshold that a number reaches is the first whole number at or above limit / factor.
        limits, k = tuple(-(-limit // k) for limit in limits), 1
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

"""A program cut down to what one kind of table needs: stated facts replace formulas, constants are computed once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from leitplanke.core.rules.bounding import Bounding
from leitplanke.core.rules.cancelling import Cancelling
from leitplanke.core.rules.graph import Op, Program
from leitplanke.core.rules.scalar import SCALAR
from leitplanke.core.rules.spans import Span

AGGREGATES = frozenset({"sum", "any", "all"})
# What an operation turns out to be: a constant, a slot that holds the same already, or an operation.
Found: TypeAlias = "int | _Same | Op"


@dataclass(frozen=True, slots=True)
class _Same:
    slot: int


@dataclass(frozen=True, slots=True)
class Pruned:
    """What is left.

    Attributes:
        ops: the operations in order.
        constants: by slot.
        bounds: what each slot can be, those that pruning added at the end.
        places: by wanted slot the slot that holds its value.
        inputs: the slots of inputs that are read.
    """

    ops: tuple[Op, ...]
    constants: Mapping[int, int]
    bounds: tuple[Span, ...]
    places: Mapping[int, int]
    inputs: frozenset[int]

    @property
    def lists(self) -> set[str]:
        """The lists that are gone through."""
        return {op.data[0] for op in self.ops if op.kind in AGGREGATES}


@dataclass(frozen=True, slots=True)
class Given:
    """What a table states.

    Attributes:
        stated: inputs that are stated in every case.
        partly: inputs that are stated in some.
        fixed: inputs that are the same in every case.
        spans: by input between what it lies in this table.
        counts: by list how many items a case has, least and most.
    """

    stated: Collection[str]
    partly: Collection[str]
    fixed: Mapping[str, int]
    spans: Mapping[str, Span]
    counts: Mapping[str, Span]


def prune(program: Program, wanted: Iterable[int], given: Given) -> Pruned:
    """Return what leads to the `wanted` slots in such a table."""
    return _Pruning(program, given).result(tuple(wanted))


class _Pruning:
    def __init__(self, program: Program, given: Given) -> None:
        inputs = program.inputs
        self._program = program
        self._slots = {item.slot for item in inputs.values()}
        self._everywhere = {inputs[name].slot for name in (*given.stated, *given.fixed)}
        self._somewhere = {inputs[name].slot for name in given.partly}
        fixed = {inputs[name].slot: value for name, value in given.fixed.items()}
        self._known = dict(program.constants) | fixed
        spans = {inputs[name].slot: span for name, span in given.spans.items()}
        points = {slot: (value, value) for slot, value in fixed.items()}
        self._bounding = Bounding(program, spans | points, given.counts)
        self._same: dict[int, int] = {}
        self._kept: dict[int, Op] = {}

    def result(self, wanted: tuple[int, ...]) -> Pruned:
        for block in self._program.blocks:
            for op in block.ops:
                self._take(op)
        cancelling = Cancelling(self._bounding, self._known)
        ops = cancelling.cancelled(list(self._kept.values()))
        places = {slot: self._same.get(slot, slot) for slot in wanted}
        needed = set(places.values())
        left: list[Op] = []
        for op in reversed(ops):
            if op.out in needed:
                left.append(op)
                needed.update(op.args)
        inputs = frozenset(needed & self._slots - self._known.keys())
        return Pruned(tuple(reversed(left)), self._known, tuple(self._bounding.spans), places, inputs)

    def _take(self, op: Op) -> None:
        op = Op(op.kind, op.out, tuple(self._same.get(arg, arg) for arg in op.args), op.data, op.level)
        found = self._simpler(op)
        if isinstance(found, Op):
            found = self._certain(found)
        if isinstance(found, _Same):
            found = self._known.get(found.slot, found)
        if isinstance(found, int):
            self._known[op.out] = found
            self._bounding.keep(op.out, (found, found))
        elif isinstance(found, _Same):
            self._same[op.out] = found.slot
        else:
            self._kept[op.out] = found

    def _certain(self, op: Op) -> Found:
        """Return what an operation comes to by the bounds of its operands, else itself."""
        spans = self._bounding.spans
        self._bounding.keep(op.out, self._bounding.of(op))
        if spans[op.out][0] == spans[op.out][1]:
            return spans[op.out][0]
        if op.kind in {"min", "max"}:
            less, more = op.args if op.kind == "min" else op.args[::-1]
            if spans[less][1] <= spans[more][0]:
                return _Same(op.args[0])
            if spans[more][1] <= spans[less][0]:
                return _Same(op.args[1])
        return op

    def _simpler(self, op: Op) -> Found:
        if op.kind == "orelse":
            return self._stated(op)
        if op.kind == "cast":
            return self._known.get(op.args[0], op)
        if op.kind not in AGGREGATES and all(arg in self._known for arg in op.args):
            return self._computed(op)
        rule = _RULES.get(op.kind)
        return rule(op, self._known) if rule else op

    def _stated(self, op: Op) -> Found:
        (fact, formula), (kf, kr) = op.args, op.data
        if fact in self._somewhere:
            return op
        slot, factor = (fact, kf) if fact in self._everywhere else (formula, kr)
        times = Op("times", op.out, (slot,), (factor,), op.level)
        return self._known[slot] * factor if slot in self._known else _times(times, self._known)

    def _computed(self, op: Op) -> int:
        view = [self._known[arg] for arg in op.args] + [0]
        SCALAR[op.kind](Op(op.kind, len(op.args), tuple(range(len(op.args))), op.data))(view)
        return int(view[-1])


def _times(op: Op, known: Mapping[int, int]) -> Found:  # noqa: ARG001 - one signature for all
    return _Same(op.args[0]) if op.data[0] == 1 else 0 if op.data[0] == 0 else op


def _mul(op: Op, known: Mapping[int, int]) -> Found:
    one, other = op.args
    if one in known:
        one, other = other, one
    if other not in known:
        return op
    return _times(Op("times", op.out, (one,), (known[other],), op.level), known)


def _lin(op: Op, known: Mapping[int, int]) -> Found:
    for place in (0, 1):
        if known.get(op.args[place]) == 0:
            return _times(Op("times", op.out, (op.args[1 - place],), (op.data[1 - place],), op.level), known)
    return op


def _sel(op: Op, known: Mapping[int, int]) -> Found:
    condition, one, other = op.args
    if condition in known:
        return _Same(one if known[condition] else other)
    return _Same(one) if one == other else op


def _extreme(op: Op, known: Mapping[int, int]) -> Found:  # noqa: ARG001
    return _Same(op.args[0]) if op.args[0] == op.args[1] else op


def _div(op: Op, known: Mapping[int, int]) -> Found:
    (number, *under), (by, mode) = op.args, op.data
    if under and under[0] in known:
        return Op("div", op.out, (number,), (by * known[under[0]], mode), op.level)
    return op


def _muldiv(op: Op, known: Mapping[int, int]) -> Found:
    (one, other, *under), (up, by, mode) = op.args, op.data
    if under and under[0] in known:
        return Op("muldiv", op.out, (one, other), (up, by * known[under[0]], mode), op.level)
    return op


def _logic(op: Op, known: Mapping[int, int]) -> Found:
    """Leave out what does not decide; a false part of `and`, a true one of `or` decides alone."""
    deciding = 0 if op.kind == "and" else 1
    if any(known.get(arg) == deciding for arg in op.args):
        return deciding
    rest = tuple(dict.fromkeys(arg for arg in op.args if arg not in known))
    return _Same(rest[0]) if len(rest) == 1 else Op(op.kind, op.out, rest, op.data, op.level)


_RULES: dict[str, Callable[[Op, Mapping[int, int]], Found]] = {
    "times": _times, "mul": _mul, "lin": _lin, "sel": _sel, "min": _extreme, "max": _extreme, "div": _div,
    "muldiv": _muldiv, "and": _logic, "or": _logic,
}  # fmt: skip

"""What of a program can be computed exactly in a case, and what only between bounds: a plan by what the case states.

Most cases leave something open that touches little: a judgement, a list that nobody needs. Only what follows from it is
computed in intervals; everything else is plain arithmetic. A plan serves every case that states the same facts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from leitplanke.core.rules.graph import Op, Program
from leitplanke.core.rules.interval import INTERVAL
from leitplanke.core.rules.scalar import SCALAR
from leitplanke.core.rules.spans import Lists, MaybeStated, Step, Values

AGGREGATES = frozenset({"sum", "any", "all"})
Blocks = tuple[tuple[str, tuple[Step, ...]], ...]


@dataclass(frozen=True, slots=True)
class Stating:
    """How a case states its inputs, by slot.

    Attributes:
        open: unknown, refused or contested somewhere.
        contested: those among them that lie within bounds of their own, and fields of known items.
        everywhere: known, in each item of its list; what is neither is presumed.
        somewhere: known in some items, presumed in others.
        lists: lists that are unknown as a whole.
    """

    open: frozenset[int]
    contested: frozenset[int]
    everywhere: frozenset[int]
    somewhere: frozenset[int]
    lists: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is the same in every such case, and the steps for the rest.

    Attributes:
        values: slots with their values, where these are the same.
        spans: the same as spans, and what follows from unknown facts alone.
        any_items: for each list that is unknown, the item that stands for any.
        exact, bounded: exact steps, then those in intervals.
        computed: slots of the case that the exact steps write.
        levels: the lists whose items the steps in intervals read or write.
    """

    values: Values
    spans: Values
    any_items: Mapping[str, Values]
    exact: Blocks
    bounded: Blocks
    computed: tuple[int, ...]
    levels: frozenset[str]


def plan_of(program: Program, stating: Stating) -> Plan:
    """Return what is to be computed how."""
    return _Planning(program, stating).plan()


class _Planning:
    def __init__(self, program: Program, stating: Stating) -> None:
        self._program = program
        self._stating = stating
        self._open: set[int] = set(stating.open)
        self._known: dict[int, int] = dict(program.constants)
        self._presumed = {i.slot for i in program.inputs.values()} - stating.everywhere - stating.somewhere
        self._presumed -= stating.open
        self._fixed = {*(stating.open - stating.contested), *self._presumed, *self._known}
        self._exact: list[tuple[str, list[Op]]] = []
        self._bounded: list[tuple[str, list[Op]]] = []
        self._static: list[tuple[str, list[Op]]] = []

    def plan(self) -> Plan:
        for block in self._program.blocks:
            for blocks in (self._exact, self._bounded, self._static):
                blocks.append((block.level, []))
            for op in block.ops:
                self._place(op)
        values: Values = [None] * (self._program.size + 1)
        for slot, value in self._known.items():
            values[slot] = value
        spans, any_items = self._ran(values)
        levels = {level for level, ops in self._bounded if level and ops}
        levels |= {op.data[0] for _, ops in self._bounded for op in ops if op.kind in AGGREGATES}
        exact = tuple(op.out for level, ops in self._exact for op in ops if not level)
        return Plan(
            values, spans, any_items, _steps(self._exact, SCALAR), _steps(self._bounded, INTERVAL), exact,
            frozenset(levels),
        )  # fmt: skip

    def _place(self, op: Op) -> None:
        """Decide how an operation is computed, and note what is known of its result."""
        if self._is_open(op):
            self._open.add(op.out)
            if self._is_fixed(op):
                self._fixed.add(op.out)
                self._static[-1][1].append(op)
            else:
                self._bounded[-1][1].append(op)
        elif (value := self._value(op)) is not None:
            self._known[op.out] = value
            self._fixed.add(op.out)
        else:
            self._exact[-1][1].append(op)

    def _is_open(self, op: Op) -> bool:
        args: Collection[int] = op.args
        if op.level in self._stating.lists:
            return True
        if op.kind == "orelse":
            fact, formula = op.args
            if fact in self._open:
                return True
            args = () if fact in self._stating.everywhere else (formula,)
        elif op.kind == "sel" and op.args[0] in self._known:
            args = (op.args[1] if self._known[op.args[0]] else op.args[2],)
        elif op.kind in AGGREGATES and op.data[0] in self._stating.lists:
            return True
        elif op.kind in {"and", "or"} and any(self._known.get(arg) == (op.kind == "or") for arg in op.args):
            return False
        return not self._open.isdisjoint(args)

    def _is_fixed(self, op: Op) -> bool:
        """Tell whether an open result is the same in every such case."""
        level = op.data[0] if op.kind in AGGREGATES else op.level
        if level and level not in self._stating.lists:
            return False
        return all(arg in self._fixed for arg in op.args if arg >= 0)

    def _value(self, op: Op) -> int | None:
        """Return a result that is the same in every such case; None where it depends on the case."""
        if op.kind in AGGREGATES:
            return None
        if op.kind == "orelse":
            fact, formula = op.args
            return self._known[formula] * op.data[1] if fact in self._presumed and formula in self._known else None
        if op.kind == "sel" and op.args[0] in self._known:
            return self._known.get(op.args[1] if self._known[op.args[0]] else op.args[2])
        if not all(arg in self._known for arg in op.args):
            return None
        view: Values = [self._known[arg] for arg in op.args] + [0]
        if op.kind == "cast":
            return int(view[0])
        SCALAR[op.kind](Op(op.kind, len(op.args), tuple(range(len(op.args))), op.data))(view)
        return int(view[-1])

    def _ran(self, values: Values) -> tuple[Values, dict[str, Values]]:
        """Return the spans that are the same in every such case, of the case and of the items that stand for any."""
        program = self._program
        points: Values = [None if x is None else (x, x) for x in values]
        v, items = points.copy(), {level: points.copy() for level in self._stating.lists}
        for item in program.inputs.values():
            span = program.bounds[item.slot]
            if item.level in items:
                items[item.level][item.slot] = MaybeStated(span) if item.assumable else span
            elif item.slot in self._stating.open and not item.level:
                v[item.slot] = span
        counts = {level: (0, program.lists[level]) for level in items}
        v[-1] = Lists({level: [item] for level, item in items.items()}, counts, self._stating.lists)
        for level, steps in _steps(self._static, INTERVAL):
            target = items[level] if level else v
            target[-1] = v if level else target[-1]
            for step in steps:
                step(target)
        return v, items


def _steps(blocks: list[tuple[str, list[Op]]], kinds: Mapping[str, Callable[[Op], Step]]) -> Blocks:
    """Return the steps of blocks that hold something, neighbours of one level joined."""
    found: list[tuple[str, list[Step]]] = []
    for level, ops in blocks:
        steps = [kinds[op.kind](op) for op in ops]
        if found and steps and found[-1][0] == level:
            found[-1][1].extend(steps)
        elif steps:
            found.append((level, steps))
    return tuple((level, tuple(steps)) for level, steps in found)

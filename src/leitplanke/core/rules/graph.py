"""The typed graph that every interpreter walks: a list of simple operations on whole numbers.

Every value is a whole number in a slot. A number of law is slot / (over * 10**scale * slot[under]): decimals and
constant divisors are known when the graph is built, a variable divisor is a slot of its own, so that nothing is ever
rounded unasked. Truth is 0 or 1, a day its ordinal, an option its place. While the graph is built, the interval
interpreter runs along with the widest inputs and thus gives the bounds of each slot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from leitplanke.core.rules.errors import FormulaError
from leitplanke.core.rules.interval import INTERVAL, bounds_orelse
from leitplanke.core.rules.model import Angabe, Ergebnis, Shape
from leitplanke.core.rules.spans import Lists, Span
from leitplanke.core.rules.units import NO_UNIT, Unit

INT64 = 2**63 - 1
WIDEST = 512  # bits of an intermediate value; a chain of squares would double them with every rule
Type = Literal["number", "truth", "option", "day", "text"]


@dataclass(frozen=True, slots=True)
class Op:
    """One operation: reads `args`, writes `out`; with `level` once for each item of that list."""

    kind: str
    out: int
    args: tuple[int, ...]
    data: tuple[Any, ...] = ()
    level: str = ""


@dataclass(frozen=True, slots=True)
class Val:
    """A typed value while the graph is built."""

    slot: int
    type: Type
    scale: int = 0
    over: int = 1
    under: int | None = None
    unit: Unit = NO_UNIT
    options: tuple[str, ...] = ()
    level: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A slot that a fact or a judgement fills; `judgement` tells which of the two."""

    name: str
    slot: int
    shape: Shape
    level: str = ""
    judgement: bool = False
    angabe: Angabe | None = None
    assumable: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Operations in a row that run on the case (`level` "") or on every item of one list."""

    level: str
    ops: tuple[Op, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled Regelwerk for one state of the law.

    Attributes:
        size: number of slots.
        constants: by slot.
        blocks: the operations in order.
        inputs: by name, a field as `liste.feld`.
        values: every named value: parameters without table, rules, judgements.
        outcomes: each outcome with the slot of its condition.
        conditions: when a judgement is to be made, by name; absent where always.
        bounds: what each slot can be at all.
        writers: by slot the operation that writes it.
        lists: greatest number of items by list.
    """

    size: int
    constants: Mapping[int, int]
    blocks: tuple[Block, ...]
    inputs: Mapping[str, Input]
    values: Mapping[str, Val]
    outcomes: tuple[tuple[Ergebnis, Val], ...]
    conditions: Mapping[str, Val]
    bounds: tuple[Span, ...]
    writers: Mapping[int, Op]
    lists: Mapping[str, int]
    closures: dict[str, Any] = field(default_factory=dict)

    def prepared(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what an interpreter has made of the program, made once."""
        if name not in self.closures:
            self.closures[name] = make()
        return self.closures[name]


class Graph:
    """Collects operations; equal ones become one, constant ones a constant."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.bounds: list[Span] = []
        self.constants: dict[int, int] = {}
        self.ops: list[Op] = []
        self.levels: list[str] = []
        self.lists: dict[str, int] = {}
        self._known: dict[tuple[Any, ...], int] = {}
        self._writers: dict[int, Op] = {}

    def slot(self, bounds: Span, level: str = "") -> int:
        """Return a new slot that something outside fills, within `bounds`."""
        self.bounds.append(bounds)
        self.levels.append(level)
        return len(self.bounds) - 1

    def constant(self, value: int) -> int:
        """Return the slot of a constant."""
        key = ("constant", value)
        if key not in self._known:
            self._known[key] = self.slot((value, value))
            self.constants[self._known[key]] = value
        return self._known[key]

    def emit(self, kind: str, args: tuple[int, ...], data: tuple[Any, ...] = ()) -> int:
        """Return the slot of an operation's result; operands of the case are handed down to items as needed."""
        level = self._level(args)
        if level:
            args = tuple(arg if self.levels[arg] == level else self.handed_down(arg, level) for arg in args)
        return self._emit(Op(kind, -1, args, data, level))

    def aggregate(self, kind: str, items: str, element: int | None, condition: int | None) -> int:
        """Return the slot of an aggregate over a list."""
        args = tuple(
            -1 if arg is None else arg if self.levels[arg] == items else self.handed_down(arg, items)
            for arg in (element, condition)
        )
        return self._emit(Op(kind, -1, args, (items,), ""))

    def _level(self, args: tuple[int, ...]) -> str:
        found = {self.levels[arg] for arg in args} - {""}
        if len(found) > 1:
            raise FormulaError(f"Felder zweier Listen in einem Ausdruck: {', '.join(sorted(found))}.")
        return found.pop() if found else ""

    def handed_down(self, arg: int, level: str) -> int:
        """Return the slot in which every item of the list sees a value of the case."""
        if arg in self.constants:
            return arg
        return self._emit(Op("cast", -1, (arg,), (), level))

    def _emit(self, op: Op) -> int:
        key = (op.kind, op.args, op.data, op.level)
        if key in self._known:
            return self._known[key]
        bounds = self._bounds(op)
        if max(bounds[1].bit_length(), bounds[0].bit_length()) > WIDEST:
            raise FormulaError("Der Wert kann unermesslich groß werden; bitte Grenzen enger fassen oder runden.")
        if bounds[0] == bounds[1] and op.kind not in {"cast", "orelse"}:
            self._known[key] = self.constant(bounds[0])
            return self._known[key]
        out = self._known[key] = self.slot(bounds, op.level)
        self._writers[out] = Op(op.kind, out, op.args, op.data, op.level)
        self.ops.append(self._writers[out])
        return out

    def _bounds(self, op: Op) -> Span:
        """Return between what the result lies whatever the facts are, by the interval interpreter itself."""
        operands = [self.bounds[arg] if arg >= 0 else None for arg in op.args]
        if op.kind == "cast":
            return self.bounds[op.args[0]]
        if op.kind == "orelse":
            return bounds_orelse(self.bounds[op.args[0]], self.bounds[op.args[1]], op.data)
        view: list[Any] = [*operands, None, None]
        generic = {name: (0, most) for name, most in self.lists.items()}
        view[-1] = Lists(dict.fromkeys(self.lists, (view,)), generic, frozenset(self.lists))
        places = tuple(place if arg >= 0 else -1 for place, arg in enumerate(op.args))
        INTERVAL[op.kind](Op(op.kind, len(operands), places, op.data))(view)
        low, high = view[len(operands)]
        return low, high

    def writer(self, slot: int) -> Op | None:
        """Return the operation that writes a slot, None for inputs and constants."""
        return self._writers.get(slot)

    def fits(self, slot: int, factor: int = 1) -> bool:
        """Tell whether a multiple of the slot always fits 64 bits."""
        low, high = self.bounds[slot]
        return bool(max(-low, high) * factor <= INT64)

    def check_width(self, slot: int) -> None:
        """Refuse values that do not fit 64 bits.

        Raises:
            FormulaError: the slot can grow beyond them.
        """
        low, high = self.bounds[slot]
        if not self.fits(slot):
            raise FormulaError(
                f"Der Wert kann {max(-low, high):.1e} Einheiten groß werden und passt nicht in 64 Bit. "
                "Bitte Grenzen der Angaben enger fassen oder dort runden, wo das Gesetz es anordnet."
            )

    def blocks(self, wanted: set[int]) -> tuple[Block, ...]:
        """Return the operations that lead to the `wanted` slots, in runs of one level."""
        needed, kept = set(wanted), []
        for op in reversed(self.ops):
            if op.out in needed:
                needed.update(arg for arg in op.args if arg >= 0)
                kept.append(op)
        blocks: list[tuple[str, list[Op]]] = []
        for op in reversed(kept):
            if not blocks or blocks[-1][0] != op.level:
                blocks.append((op.level, []))
            blocks[-1][1].append(op)
        return tuple(Block(level, tuple(ops)) for level, ops in blocks)

"""Between what every slot lies in one table: the interval interpreter, fed with the least and the greatest of columns.

Much that a law must provide for does not occur in a table: no household of thirteen, no negative income. What is
certain then need not be computed, and products that fit 64 bits need no care.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leitplanke.core.rules.graph import Op, Program
from leitplanke.core.rules.interval import INTERVAL, bounds_orelse
from leitplanke.core.rules.spans import Lists, Span


class Bounding:
    """The bounds of slots, tighter than those of the program."""

    def __init__(self, program: Program, spans: Mapping[int, Span], counts: Mapping[str, Span]) -> None:
        """Begin with the bounds of the program and the `spans` of columns; `counts` say how many items cases have."""
        self.spans: list[Span] = list(program.bounds)
        for slot, span in spans.items():
            self.spans[slot] = span
        self._lists = frozenset(program.lists)
        self._counts = {name: counts.get(name, (0, most)) for name, most in program.lists.items()}

    def of(self, op: Op) -> Span:
        """Return between what the result of an operation lies."""
        operands = [self.spans[arg] if arg >= 0 else None for arg in op.args]
        if op.kind == "cast":
            return self.spans[op.args[0]]
        if op.kind == "orelse":
            return bounds_orelse(self.spans[op.args[0]], self.spans[op.args[1]], (op.data[0], op.data[1]))
        view: list[Any] = [*operands, None, None]
        view[-1] = Lists(dict.fromkeys(self._lists, (view,)), self._counts, self._lists)
        places = tuple(place if arg >= 0 else -1 for place, arg in enumerate(op.args))
        INTERVAL[op.kind](Op(op.kind, len(operands), places, op.data))(view)
        low, high = view[len(operands)]
        return int(low), int(high)

    def keep(self, slot: int, span: Span) -> None:
        """Note the bounds of a slot, the tighter of those known and these."""
        low, high = self.spans[slot]
        self.spans[slot] = max(low, span[0]), min(high, span[1])

    def add(self, span: Span) -> int:
        """Return a new slot."""
        self.spans.append(span)
        return len(self.spans) - 1

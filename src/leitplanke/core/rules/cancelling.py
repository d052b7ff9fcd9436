"""Common factors are cancelled: a number that was multiplied by a variable divisor need not be divided by it again.

Formulas keep a variable divisor apart until the law orders rounding, so that whole chains carry it as a factor. Here
each such chain is computed without the factor as well; what nobody reads any more is left out afterwards. Divisors are
positive, so that order, minimum and every rounding stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leitplanke.core.rules.bounding import Bounding
from leitplanke.core.rules.graph import Op


@dataclass(frozen=True, slots=True)
class _Product:
    """A slot as another slot times positive ones, in order."""

    base: int
    factors: tuple[int, ...] = ()


class Cancelling:
    """Adds to operations their twins without common factors."""

    def __init__(self, bounding: Bounding, known: Mapping[int, int]) -> None:
        """Begin; `known` slots are constants."""
        self._bounding = bounding
        self._known = known
        self._products: dict[int, _Product] = {}
        self._divisors: set[int] = set()
        self._result: list[Op] = []

    def cancelled(self, ops: Sequence[Op]) -> list[Op]:
        """Return operations that give the same in every slot, some of them by a shorter way."""
        self._divisors = _divisors(ops)
        for op in ops:
            self._result.append(self._quotient(op) if op.kind in {"div", "muldiv"} else self._compared(op))
            self._follow(op)
        return self._result

    def _product(self, slot: int) -> _Product:
        return self._products.get(slot) or _Product(slot)

    def _all_factors(self, slot: int) -> tuple[int, ...] | None:
        """Return a slot taken apart wholly, None where a part may be 0 or less."""
        found = self._product(slot)
        positive = found.base in self._divisors and self._bounding.spans[found.base][0] > 0
        return tuple(sorted((*found.factors, found.base))) if positive else None

    def _twin(self, op: Op, args: tuple[int, ...], factors: tuple[int, ...]) -> None:
        low, high = self._bounding.spans[op.out]
        out = self._bounding.add((min(low, 0), max(high, 0)))
        twin = Op(op.kind, out, args, op.data, op.level)
        self._bounding.keep(out, self._bounding.of(twin))
        self._result.append(twin)
        self._products[op.out] = _Product(twin.out, factors)

    def _follow(self, op: Op) -> None:
        """Note how the result of an operation is made up."""
        if op.kind == "mul":
            self._multiplied(op)
        elif op.kind == "times" and (found := self._product(op.args[0])).factors:
            self._twin(op, (found.base,), found.factors)
        elif op.kind in {"lin", "min", "max", "sel"}:
            start = 1 if op.kind == "sel" else 0
            if common := self._common(op.args[start:]):
                args = (*op.args[:start], *(self._product(arg).base for arg in op.args[start:]))
                self._twin(op, args, common)

    def _multiplied(self, op: Op) -> None:
        one, other = op.args
        for value, by in ((one, other), (other, one)):
            factors = self._all_factors(by)
            if factors is not None:
                found = self._product(value)
                self._products[op.out] = _Product(found.base, tuple(sorted((*found.factors, *factors))))
                return
        parts = self._product(one), self._product(other)
        if factors := tuple(sorted((*parts[0].factors, *parts[1].factors))):
            self._twin(op, (parts[0].base, parts[1].base), factors)

    def _common(self, slots: Sequence[int]) -> tuple[int, ...]:
        """Return the factors that all slots share wholly; 0 has any."""
        found = {self._product(slot).factors for slot in slots if self._known.get(slot) != 0}
        return found.pop() if len(found) == 1 else ()

    def _compared(self, op: Op) -> Op:
        if op.kind not in {"lt", "le", "eq"} or not self._common(op.args):
            return op
        return Op(op.kind, op.out, tuple(self._product(arg).base for arg in op.args), op.data, op.level)

    def _quotient(self, op: Op) -> Op:
        """Return a quotient without a variable divisor where its number has all factors of it."""
        numbers, under = op.args[: 1 if op.kind == "div" else 2], op.args[1 if op.kind == "div" else 2 :]
        divisor = self._all_factors(under[0]) if under else None
        products = [self._product(slot) for slot in numbers]
        if divisor is None or tuple(sorted(f for p in products for f in p.factors)) != divisor:
            return op
        args = tuple(product.base for product in products)
        if op.kind == "div" and op.data[0] == 1:
            return Op("times", op.out, args, (1,), op.level)
        return Op(op.kind, op.out, args, op.data, op.level)


def _divisors(ops: Sequence[Op]) -> set[int]:
    """Return the slots that numbers are divided by, products taken apart."""
    products = {op.out: op.args for op in ops if op.kind == "mul"}
    places = {"div": 1, "muldiv": 2}
    waiting = [op.args[places[op.kind]] for op in ops if op.kind in places and len(op.args) > places[op.kind]]
    found: set[int] = set()
    while waiting:
        slot = waiting.pop()
        if slot in products:
            waiting += products[slot]
        else:
            found.add(slot)
    return found

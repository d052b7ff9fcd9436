"""What a part of a formula comes to in one case, from the named values of its result; None where that is not certain.

The proof knows every named value. To say which branch was taken, which cell of a table was read, or what was added up,
the parts in between are reckoned again, exactly, with three-valued logic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Self

from leitplanke.core.rules.errors import RulesError
from leitplanke.core.rules.facts import exact, is_number
from leitplanke.core.rules.formula import Aggregate, Expr, Field, Literal, Lookup, Name, Number, Operation, Truth
from leitplanke.core.rules.model import Kind, Parameter, Shape, Wert, in_force
from leitplanke.core.rules.numbers import (
    day_of,
    divided,
    month_of,
    month_start,
    months_between,
    plus_months,
    year_of,
)

if TYPE_CHECKING:
    from leitplanke.core.rules.evaluating import Result
    from leitplanke.core.rules.graph import Val

STICHTAG = "stichtag"


class Option(str):
    """An option of an Auswahl, which compares by its place among them."""

    __slots__ = ("options",)
    options: tuple[str, ...]

    def __new__(cls, name: str, options: tuple[str, ...]) -> Self:
        """Make the option `name` of `options`."""
        option = super().__new__(cls, name)
        option.options = options
        return option

    def __lt__(self, other: str) -> bool:
        """Compare places."""
        return self.options.index(self) < self.options.index(other)

    def __le__(self, other: str) -> bool:
        """Compare places."""
        return self.options.index(self) <= self.options.index(other)

    def __gt__(self, other: str) -> bool:
        """Compare places."""
        return not self <= other

    def __ge__(self, other: str) -> bool:
        """Compare places."""
        return not self < other


@dataclass(frozen=True, slots=True)
class Reckoner:
    """Reckons parts of formulas in one result; `level` and `item` name the list item that fields are read from."""

    result: Result
    level: str = ""
    item: int = 0
    variable: str = ""

    def of(self, expr: Expr) -> Any:
        """Return what a part comes to: Fraction, bool, ordinal of a day, name of an option; None where open."""
        if isinstance(expr, Number):
            return Fraction(expr.value)
        if isinstance(expr, Truth | Literal):
            return expr.value
        if isinstance(expr, Name | Field):
            return self.named(expr.name)
        if isinstance(expr, Lookup):
            return self._cell(expr)
        if isinstance(expr, Aggregate):
            return self._aggregate(expr)
        return self._operation(expr)

    def named(self, name: str) -> Any:
        """Return the value of a name, of the item where it is one of its fields."""
        low, high = self.bounds(name)
        return low if low == high else None

    def bounds(self, name: str) -> tuple[Any, Any]:
        """Return the least and the greatest that a name can be."""
        program = self.result.program
        key = f"{self.level}.{name}" if f"{self.level}.{name}" in program.values else name
        val = program.values.get(key)
        slots = self._slots(key) if val is not None else None
        if val is None or slots is None:
            return None, None
        shape = self.shape(name)
        if slots[val.slot] is None or shape is None:
            return None, None
        (low, high), under = _span(slots[val.slot]), _span(slots[val.under]) if val.under is not None else (1, 1)
        return (
            _read(shape, val, low, under[1] if low >= 0 else under[0]),
            _read(shape, val, high, under[0] if high >= 0 else under[1]),
        )

    def stands_for(self, name: str) -> str:
        """Return what a value means that the law presumes and that is only a placeholder; empty for every other."""
        fact = self.result.regelwerk.fact(name)
        listed = self.result.regelwerk.angaben.get(self.level)
        field = next((part for part in listed.felder if part.name == name), None) if listed else None
        key, angabe = (f"{self.level}[{self.item}].{name}", field) if field else (name, fact)
        words = angabe.annahme_heisst.de if angabe else ""
        return words if words and key in self.result.assumed else ""

    def _slots(self, key: str) -> Any:
        if not (self.level and key.startswith(f"{self.level}.")):
            return self.result.spans
        lists = self.result.spans[-1]
        items = lists.items.get(self.level, ())
        return items[self.item - 1] if self.level not in lists.generic and 0 < self.item <= len(items) else None

    def shape(self, name: str) -> Shape | None:
        """Return the shape of a name."""
        regelwerk = self.result.regelwerk
        if name == STICHTAG:
            return Shape(Kind.DATUM)
        listed = regelwerk.angaben.get(self.level)
        field = next((part for part in listed.felder if part.name == name), None) if listed else None
        if field is not None:
            return field.shape
        for section in (regelwerk.regeln, regelwerk.angaben, regelwerk.parameter, regelwerk.ermessen):
            if name in section:
                return section[name].shape
        return None

    def items(self, expr: Aggregate) -> Iterator[Reckoner] | None:
        """Yield a reckoner for each item that an aggregate counts; None where that is not certain."""
        lists = self.result.spans[-1]
        if expr.items in lists.generic or expr.items not in lists.items:
            return None
        every = [
            replace(self, level=expr.items, item=place, variable=expr.variable)
            for place in range(1, len(lists.items[expr.items]) + 1)
        ]
        tests = [_all(reckoner.of(test) for test in expr.conditions) for reckoner in every]
        if any(test is None for test in tests):
            return None
        return (reckoner for reckoner, test in zip(every, tests, strict=True) if test)

    def _cell(self, expr: Lookup) -> Any:
        parameter, wert = self.table(expr.table)
        keys = [self.of(key) for key in expr.keys]
        if parameter is None or wert is None or any(key is None for key in keys):
            return None
        if parameter.stufe:
            places = [place for place, limit in enumerate(wert.keys[0]) if Fraction(limit, 10**4) <= keys[0]]
            return _cell_value(parameter.shape, wert.cells[places[-1]]) if places else None
        place = 0
        for key, (first, last) in zip(keys, wert.keys, strict=True):
            number = key.options.index(key) if isinstance(key, Option) else int(key)
            place = place * (last - first + 1) + number - first
        return _cell_value(parameter.shape, wert.cells[place]) if 0 <= place < len(wert.cells) else None

    def table(self, name: str) -> tuple[Parameter | None, Wert | None]:
        """Return a table and the values of it that hold."""
        parameter = self.result.regelwerk.parameter.get(name)
        return parameter, in_force(parameter.werte, self.result.state) if parameter else None

    def _aggregate(self, expr: Aggregate) -> Any:
        found = self.items(expr)
        if found is None:
            return None
        if expr.kind == "count":
            return Fraction(sum(1 for _ in found))
        parts = [reckoner.of(expr.element) for reckoner in found if expr.element is not None]
        if expr.kind in {"any", "all"}:
            return _any(parts) if expr.kind == "any" else _all(parts)
        return None if any(part is None for part in parts) else sum(parts, Fraction(0))

    def _operation(self, expr: Operation) -> Any:
        if expr.name == "if":
            condition, one, other = expr.operands
            test = self.of(condition)
            return None if test is None else self.of(one if test else other)
        parts = [self.of(part) for part in expr.operands]
        if expr.name in {"and", "or"}:
            return _all(parts) if expr.name == "and" else _any(parts)
        if any(part is None for part in parts):
            return None
        try:
            return OPERATIONS[expr.name](*_alike(parts))
        except (RulesError, TypeError, ZeroDivisionError):
            return None


def _alike(parts: list[Any]) -> list[Any]:
    """Return the parts with texts read as what stands beside them: an option, or a day."""
    beside = next((part for part in parts if isinstance(part, Option)), None)
    if beside is not None:
        return [part if isinstance(part, Option) else Option(part, beside.options) for part in parts]
    days = any(isinstance(part, int) and not isinstance(part, bool) for part in parts)
    return [day_of(part).toordinal() if days and isinstance(part, str) else part for part in parts]


def _all(parts: Iterable[Any]) -> bool | None:
    known = list(parts)
    return False if False in known else None if None in known else True


def _any(parts: Iterable[Any]) -> bool | None:
    known = list(parts)
    return True if True in known else None if None in known else False


def _span(value: Any) -> tuple[int, int]:
    return value if isinstance(value, tuple) else (int(value), int(value))


def _read(shape: Shape, val: Val, value: int, under: int) -> Any:
    return exact(val, value, under) if is_number(shape) else _plain(shape, value)


def _cell_value(shape: Shape, value: int) -> Any:
    return Fraction(value, 10**shape.scale) if is_number(shape) else _plain(shape, value)


def _plain(shape: Shape, value: int) -> Any:
    if shape.kind is Kind.AUSWAHL:
        return Option(shape.optionen[value], shape.optionen)
    return value if shape.kind is Kind.DATUM else bool(value)


def _round(value: Fraction, digits: Fraction, mode: str = "halb_auf") -> Fraction:
    scaled = value * 10 ** int(digits)
    return Fraction(divided(scaled.numerator, scaled.denominator, mode), 10 ** int(digits))


OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "not": lambda a: not a,
    "neg": lambda a: -a,
    "min": min,
    "max": max,
    "clamp": lambda a, low, high: min(max(a, low), high),
    "round": _round,
    "abs": abs,
    "pro_monat": lambda a: a / 12,
    "pro_jahr": lambda a: a * 12,
    "monate_zwischen": lambda a, b: Fraction(months_between(a, b)),
    "jahre_zwischen": lambda a, b: Fraction(months_between(a, b) // 12),
    "tage_zwischen": lambda a, b: Fraction(b - a),
    "plus_monate": lambda a, months: plus_months(a, int(months)),
    "plus_tage": lambda a, days: a + int(days),
    "monatserster": month_start,
    "jahr": lambda a: Fraction(year_of(a)),
    "monat": lambda a: Fraction(month_of(a)),
}

"""Formulas as text become small trees. Python's grammar, of which almost everything is refused.

Allowed are numbers, names, texts, `+ - * /`, comparisons, `and or not`, `x if c else y`, lookups `table[key]`, a fixed
list of functions, and `sum/count/any/all(… for p in personen if …)`, in which `p.field` reads a field.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeAlias, Union

from leitplanke.core.rules.errors import FormulaError

MAX_LENGTH = 2000
MAX_DEPTH = 40
MAX_DIGITS = 18
FUNCTIONS: dict[str, tuple[int, int]] = {
    "min": (1, 20), "max": (1, 20), "clamp": (3, 3), "round": (2, 3), "abs": (1, 1), "pro_monat": (1, 1),
    "pro_jahr": (1, 1), "monate_zwischen": (2, 2), "jahre_zwischen": (2, 2), "tage_zwischen": (2, 2),
    "plus_monate": (2, 2), "plus_tage": (2, 2), "monatserster": (1, 1), "jahr": (1, 1), "monat": (1, 1),
}  # fmt: skip
AGGREGATES = frozenset({"sum", "count", "any", "all"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number exactly as written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Truth:
    """True or False."""

    value: bool


@dataclass(frozen=True, slots=True)
class Literal:
    """A text: an option of an Auswahl, or a day."""

    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """An Angabe, a parameter, a rule, a judgement or `stichtag`."""

    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the item that an aggregate goes through."""

    variable: str
    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """`+ - * /`, a comparison, `and`, `or`, `not`, `neg`, `if` or a function, with its operands."""

    name: str
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A value of a table."""

    table: str
    keys: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`sum`, `count`, `any` or `all` over the items of a list that fulfil every condition."""

    kind: str
    element: Expr | None
    variable: str
    items: str
    conditions: tuple[Expr, ...]


Expr: TypeAlias = Union[Number, Truth, Literal, Name, Field, Operation, Lookup, Aggregate]  # noqa: UP007 - recursive

_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARE = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_ONE_LINE = str.maketrans("\n\r\t\f", "    ")  # not in brackets, or „a) + (b“ would be a formula


def parse_formula(text: str) -> Expr:
    """Read one formula.

    Raises:
        FormulaError: it is no formula, or uses something that is not allowed; the text says what.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"Die Formel ist länger als {MAX_LENGTH} Zeichen; bitte in mehrere Regeln teilen.")
    source = text.translate(_ONE_LINE).strip()
    if "\\" in text or "#" in text or "\0" in text:
        raise FormulaError("Rückstriche und # haben in einer Formel keinen Platz.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "1if x" and the like: we say ourselves what is wrong
            tree = ast.parse(source, mode="eval")
        return _Reader(source).read(tree.body, 0)
    except SyntaxError as error:
        at = f" bei Zeichen {error.offset}" if error.offset else ""
        raise FormulaError(f"Die Formel ist nicht lesbar{at}: „{text[:80]}“") from None
    except (RecursionError, MemoryError, ValueError) as error:
        if isinstance(error, FormulaError):
            raise
        raise FormulaError("Die Formel ist zu tief verschachtelt.") from None


class _Reader:
    """Turns Python's tree into ours, node by node."""

    def __init__(self, source: str) -> None:
        self._source = source

    def read(self, node: ast.expr, depth: int) -> Expr:
        if depth > MAX_DEPTH:
            raise FormulaError(f"Die Formel ist tiefer als {MAX_DEPTH} Ebenen; bitte in mehrere Regeln teilen.")
        reader = getattr(self, f"_{type(node).__name__.lower()}", None)
        if reader is None:
            raise FormulaError(f"„{self._text(node)}“ ist in Formeln nicht erlaubt.")
        result: Expr = reader(node, depth + 1)
        return result

    def _text(self, node: ast.expr) -> str:
        return (ast.get_source_segment(self._source, node) or type(node).__name__)[:60]

    def _constant(self, node: ast.Constant, depth: int) -> Expr:  # noqa: ARG002
        if isinstance(node.value, bool):
            return Truth(node.value)
        if isinstance(node.value, str):
            return Literal(node.value)
        text = self._text(node)
        try:
            value = Decimal(text)
        except InvalidOperation:
            raise FormulaError(f"„{text}“ ist hier keine Zahl.") from None
        exponent = value.as_tuple().exponent
        if "e" in text.lower() or not isinstance(exponent, int) or len(value.as_tuple().digits) > MAX_DIGITS:
            raise FormulaError(f"„{text}“: Zahlen haben höchstens {MAX_DIGITS} Ziffern und keine Zehnerpotenz.")
        return Number(value)

    def _name(self, node: ast.Name, depth: int) -> Expr:  # noqa: ARG002
        return Name(node.id)

    def _attribute(self, node: ast.Attribute, depth: int) -> Expr:  # noqa: ARG002
        if not isinstance(node.value, ast.Name) or node.attr.startswith("_"):
            raise FormulaError(f"„{self._text(node)}“: Nur Felder einer Liste sind mit Punkt erreichbar.")
        return Field(node.value.id, node.attr)

    def _binop(self, node: ast.BinOp, depth: int) -> Expr:
        name = _BINARY.get(type(node.op))
        if name is None:
            raise FormulaError(f"„{self._text(node)}“: Diese Rechenart ist nicht erlaubt.")
        return Operation(name, (self.read(node.left, depth), self.read(node.right, depth)))

    def _unaryop(self, node: ast.UnaryOp, depth: int) -> Expr:
        if isinstance(node.op, ast.Not):
            return Operation("not", (self.read(node.operand, depth),))
        if isinstance(node.op, ast.USub):
            return Operation("neg", (self.read(node.operand, depth),))
        raise FormulaError(f"„{self._text(node)}“: Diese Rechenart ist nicht erlaubt.")

    def _boolop(self, node: ast.BoolOp, depth: int) -> Expr:
        name = "and" if isinstance(node.op, ast.And) else "or"
        return Operation(name, tuple(self.read(part, depth) for part in node.values))

    def _compare(self, node: ast.Compare, depth: int) -> Expr:
        left, parts = self.read(node.left, depth), []
        for op, right_node in zip(node.ops, node.comparators, strict=True):
            if isinstance(op, ast.In | ast.NotIn):
                parts.append(self._membership(left, right_node, depth, wanted=isinstance(op, ast.In)))
                continue
            name = _COMPARE.get(type(op))
            if name is None:
                raise FormulaError(f"„{self._text(node)}“: Diesen Vergleich gibt es hier nicht.")
            right = self.read(right_node, depth)
            parts.append(Operation(name, (left, right)))
            left = right
        return parts[0] if len(parts) == 1 else Operation("and", tuple(parts))

    def _membership(self, left: Expr, options: ast.expr, depth: int, *, wanted: bool) -> Expr:
        if not isinstance(options, ast.Tuple | ast.List) or not options.elts:
            raise FormulaError('Hinter „in“ stehen Möglichkeiten in Klammern: art in ("a", "b").')
        equal = tuple(Operation("==", (left, self.read(item, depth))) for item in options.elts)
        found = equal[0] if len(equal) == 1 else Operation("or", equal)
        return found if wanted else Operation("not", (found,))

    def _ifexp(self, node: ast.IfExp, depth: int) -> Expr:
        return Operation("if", tuple(self.read(part, depth) for part in (node.test, node.body, node.orelse)))

    def _subscript(self, node: ast.Subscript, depth: int) -> Expr:
        if not isinstance(node.value, ast.Name):
            raise FormulaError(f"„{self._text(node)}“: Nachgeschlagen wird nur in einer Tabelle mit Namen.")
        keys = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return Lookup(node.value.id, tuple(self.read(key, depth) for key in keys))

    def _call(self, node: ast.Call, depth: int) -> Expr:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise FormulaError(f"„{self._text(node)}“: Dieser Aufruf ist nicht erlaubt.")
        name = node.func.id
        if name in AGGREGATES:
            return self._aggregate(name, node, depth)
        if name not in FUNCTIONS:
            raise FormulaError(f"Die Funktion „{name}“ gibt es nicht. Es gibt: {', '.join(sorted(FUNCTIONS))}.")
        least, most = FUNCTIONS[name]
        if not least <= len(node.args) <= most:
            raise FormulaError(f"„{name}“ braucht {least}{f' bis {most}' if most > least else ''} Werte.")
        return Operation(name, tuple(self.read(argument, depth) for argument in node.args))

    def _aggregate(self, kind: str, node: ast.Call, depth: int) -> Expr:
        loop = node.args[0] if len(node.args) == 1 else None
        if not isinstance(loop, ast.GeneratorExp) or len(loop.generators) != 1:
            raise FormulaError(f"„{kind}“ geht über eine Liste: {kind}(p.betrag for p in personen if p.zaehlt).")
        part = loop.generators[0]
        if not isinstance(part.target, ast.Name) or not isinstance(part.iter, ast.Name) or part.is_async:
            raise FormulaError(f"„{self._text(node)}“: Erwartet wird „for p in liste“.")
        element = None if kind == "count" else self.read(loop.elt, depth)
        conditions = tuple(self.read(test, depth) for test in part.ifs)
        return Aggregate(kind, element, part.target.id, part.iter.id, conditions)


def parts_of(expr: Expr) -> Iterator[Expr]:
    """Yield `expr` and everything in it."""
    waiting = [expr]
    while waiting:
        current = waiting.pop()
        yield current
        if isinstance(current, Operation):
            waiting.extend(current.operands)
        elif isinstance(current, Lookup):
            waiting.extend(current.keys)
        elif isinstance(current, Aggregate):
            waiting.extend(current.conditions)
            if current.element is not None:
                waiting.append(current.element)


def names_in(expr: Expr) -> set[str]:
    """Return the names an expression stands on: of values, tables, lists and fields."""
    found: set[str] = set()
    for part in parts_of(expr):
        if isinstance(part, Name | Field):
            found.add(part.name)
        elif isinstance(part, Lookup):
            found.add(part.table)
        elif isinstance(part, Aggregate):
            found.add(part.items)
    return found

"""Conditions as closures: formulas of `core.rules` over facts, with the unknown as a third value.

`None` is unknown. A condition that is not certainly false applies: what is not known counts as the worse answer.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from leitplanke.core.policy.facts import FACTS
from leitplanke.core.rules.errors import FormulaError
from leitplanke.core.rules.formula import Expr, Literal, Name, Number, Operation, Truth, parse_formula

Facts = Mapping[str, Any]
Test = Callable[[Facts], Any]

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def compile_condition(text: str) -> tuple[Test, tuple[str, ...]]:
    """Return what tests a condition, and the facts it asks for.

    The test returns True, False, or None where it hangs on an unknown fact.

    Raises:
        FormulaError: it is no condition over declared facts.
    """
    tree = parse_condition(text)
    return as_test(tree), names_in(tree)


def parse_condition(text: str) -> Expr:
    """Return the tree of a condition, checked.

    Raises:
        FormulaError: it is no condition over declared facts.
    """
    tree = parse_formula(text)
    if _kind(tree) != "ja_nein":
        raise FormulaError("Die Bedingung muss ja oder nein ergeben.")
    return tree


def names_in(tree: Expr) -> tuple[str, ...]:
    """Return the facts that a condition asks for, each once."""
    return tuple(dict.fromkeys(_names(tree)))


def _names(tree: Expr) -> list[str]:
    if isinstance(tree, Name):
        return [tree.name]
    return [name for part in tree.operands for name in _names(part)] if isinstance(tree, Operation) else []


def with_known(tree: Expr, name: str, value: str) -> Expr:
    """Return what is left of a condition once an Auswahl has a value; for all other facts the answers stay the same."""
    if not isinstance(tree, Operation):
        return tree
    parts = [with_known(part, name, value) for part in tree.operands]
    if tree.name in {"and", "or"}:
        return _shortened(tree.name, parts)
    if tree.name == "not":
        return Truth(not parts[0].value) if isinstance(parts[0], Truth) else Operation("not", (parts[0],))
    match tree.operands:
        case (Name(asked), Literal(text)) | (Literal(text), Name(asked)) if asked == name:
            return Truth(_COMPARISONS[tree.name](value, text))
    return tree


def _shortened(name: str, parts: list[Expr]) -> Expr:
    deciding = Truth(name == "or")
    if deciding in parts:
        return deciding
    rest = [part for part in parts if not isinstance(part, Truth)]
    if len(rest) > 1:
        return Operation(name, tuple(rest))
    return rest[0] if rest else Truth(not deciding.value)


def _kind(tree: Expr) -> str:
    """Return the kind of value of a part, refusing what has no place in a condition."""
    match tree:
        case Truth():
            return "ja_nein"
        case Number(value):
            if value != int(value):
                raise FormulaError(f"{value} ist keine ganze Zahl.")
            return "zahl"
        case Literal():
            return "auswahl"
        case Name(name):
            if name not in FACTS:
                raise FormulaError(f"Die Angabe „{name}“ gibt es nicht. Bekannt sind: {', '.join(FACTS)}.")
            return FACTS[name].kind
        case Operation(name, operands):
            return _kind_of_operation(name, operands)
    raise FormulaError("Erlaubt sind Angaben, Zahlen, Texte, Vergleiche, and, or und not.")


def _kind_of_operation(name: str, operands: tuple[Expr, ...]) -> str:
    kinds = [_kind(part) for part in operands]
    if name in {"and", "or", "not"}:
        if set(kinds) != {"ja_nein"}:
            raise FormulaError(f"„{name}“ verbindet nur, was ja oder nein ist.")
    elif name in _COMPARISONS:
        if kinds[0] != kinds[1] or (kinds[0] != "zahl" and name not in {"==", "!="}):
            raise FormulaError(f"„{name}“ vergleicht hier Verschiedenes.")
        _check_options(operands)
    else:
        raise FormulaError(f"„{name}“ ist in einer Bedingung nicht erlaubt.")
    return "ja_nein"


def _check_options(operands: tuple[Expr, ...]) -> None:
    names = [part.name for part in operands if isinstance(part, Name)]
    texts = [part.value for part in operands if isinstance(part, Literal)]
    if texts and not names:
        raise FormulaError("Ein Text wird mit einer Angabe verglichen, nicht mit einem Text.")
    if len({FACTS[name].options for name in names}) > 1:
        raise FormulaError(f"{' und '.join(names)} haben verschiedene Werte und lassen sich nicht vergleichen.")
    for name in names:
        for text in texts:
            if text not in FACTS[name].options:
                raise FormulaError(f"„{text}“ ist kein Wert von {name}; möglich: {', '.join(FACTS[name].options)}.")


def as_test(tree: Expr) -> Test:
    """Return what tests the tree of a condition."""
    match tree:
        case Truth(value) | Literal(value):
            return lambda _facts, value=value: value  # type: ignore[misc]
        case Number(value):
            whole = int(Decimal(value))
            return lambda _facts: whole
        case Name(name):
            return lambda facts: facts.get(name)
        case Operation("not", operands):
            return _negation(as_test(operands[0]))
        case Operation("and" | "or" as name, operands):
            return _junction([as_test(part) for part in _flat(name, operands)], deciding=name == "or")
        case Operation(name, operands):
            return _comparison(_COMPARISONS[name], *operands)
    raise FormulaError("Diese Bedingung ist nicht lesbar.")


def _flat(name: str, operands: tuple[Expr, ...]) -> list[Expr]:
    """Return `a`, `b`, `c` of `(a and b) and c`: one loop instead of two."""
    return [
        one
        for part in operands
        for one in (_flat(name, part.operands) if isinstance(part, Operation) and part.name == name else [part])
    ]


def _negation(inner: Test) -> Test:
    def test(facts: Facts) -> Any:
        value = inner(facts)
        return None if value is None else not value

    return test


def _junction(parts: list[Test], *, deciding: bool) -> Test:
    """`or` is decided by a True, `and` by a False, whatever else is unknown."""

    def test(facts: Facts) -> Any:
        unknown = False
        for part in parts:
            value = part(facts)
            if value is deciding:
                return deciding
            if value is None:
                unknown = True
        return None if unknown else not deciding

    return test


def _comparison(compare: Callable[[Any, Any], bool], left: Expr, right: Expr) -> Test:
    match left, right:  # a fact beside a constant is what most conditions are made of: without a call for each side
        case Name(name), Number() | Literal():
            return _beside(compare, name, as_test(right)({}))
        case Number() | Literal(), Name(name):
            return _beside(lambda value, constant: compare(constant, value), name, as_test(left)({}))
    one_test, other_test = as_test(left), as_test(right)

    def test(facts: Facts) -> Any:
        one, other = one_test(facts), other_test(facts)
        return None if one is None or other is None else compare(one, other)

    return test


def _beside(compare: Callable[[Any, Any], bool], name: str, constant: Any) -> Test:
    def test(facts: Facts) -> Any:
        value = facts.get(name)
        return None if value is None else compare(value, constant)

    return test

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
    tree = parse_formula(text)
    if _kind(tree) != "ja_nein":
        raise FormulaError("Die Bedingung muss ja oder nein ergeben.")
    return _test(tree), tuple(dict.fromkeys(_names(tree)))


def _names(tree: Expr) -> list[str]:
    if isinstance(tree, Name):
        return [tree.name]
    return [name for part in tree.operands for name in _names(part)] if isinstance(tree, Operation) else []


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
    for name in names:
        for text in texts:
            if text not in FACTS[name].options:
                raise FormulaError(f"„{text}“ ist kein Wert von {name}; möglich: {', '.join(FACTS[name].options)}.")


def _test(tree: Expr) -> Test:
    match tree:
        case Truth(value) | Literal(value):
            return lambda _facts, value=value: value  # type: ignore[misc]
        case Number(value):
            whole = int(Decimal(value))
            return lambda _facts: whole
        case Name(name):
            return lambda facts: facts.get(name)
        case Operation("not", operands):
            return _negation(_test(operands[0]))
        case Operation("and" | "or" as name, operands):
            return _junction([_test(part) for part in operands], deciding=name == "or")
        case Operation(name, operands):
            return _comparison(_COMPARISONS[name], _test(operands[0]), _test(operands[1]))
    raise FormulaError("Diese Bedingung ist nicht lesbar.")


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
            unknown = unknown or value is None
        return None if unknown else not deciding

    return test


def _comparison(compare: Callable[[Any, Any], bool], left: Test, right: Test) -> Test:
    def test(facts: Facts) -> Any:
        one, other = left(facts), right(facts)
        return None if one is None or other is None else compare(one, other)

    return test

"""A condition in plain German, from the sentences for its facts; so people can hold the wording against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from leitplanke.core.guideline.writing.cases import fact_words
from leitplanke.core.policy import FACTS
from leitplanke.core.policy.compiling import parse_condition
from leitplanke.core.rules import FormulaError
from leitplanke.core.rules.formula import Expr, Literal, Name, Number, Operation, Truth

ALL, ONE = "Alles davon trifft zu:", "Mindestens eines davon trifft zu:"
# Comparisons the other way round, and with "not" before them.
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_DENIED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_AMOUNTS = {
    "<": "unter {}", "<=": "höchstens {}", ">": "über {}", ">=": "mindestens {}", "==": "genau {}", "!=": "nicht {}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about one fact."""

    text: str


@dataclass(frozen=True, slots=True)
class Together:
    """Parts of which all, or at least one, must be so; `title` says which."""

    title: str
    parts: tuple[Part, ...]


Part: TypeAlias = Said | Together


def condition_words(condition: str) -> Part:
    """Return a condition in words.

    Raises:
        FormulaError: it is no condition over declared facts.
    """
    return _words(parse_condition(condition), so=True)


def _words(tree: Expr, *, so: bool) -> Part:
    """Return words for a part of a condition; where `so` is False for its opposite."""
    match tree:
        case Truth(value):
            return Said("Das gilt immer." if value is so else "Das kommt nie vor.")
        case Name(name):
            return Said(fact_words(name, so))
        case Operation("not", (inner,)):
            return _words(inner, so=not so)
        case Operation("and" | "or" as name, operands):
            # Not both is: one of them is not so.
            every = (name == "and") is so
            parts = [_words(one, so=so) for one in operands]
            return Together(ALL if every else ONE, _joined(parts, ALL if every else ONE))
        case Operation(name, (Name() | Number() | Literal() as left, Name() | Number() | Literal() as right)):
            return _compared(name if so else _DENIED[name], left, right)
    raise FormulaError("Diese Bedingung lässt sich nicht in Worte fassen.")


def _joined(parts: list[Part], title: str) -> tuple[Part, ...]:
    """Return parts with those of the same kind in one list."""
    found: list[Part] = []
    for part in parts:
        found += part.parts if isinstance(part, Together) and part.title == title else [part]
    return tuple(found)


def _compared(comparison: str, left: Expr, right: Expr) -> Said:
    match left, right:
        case Name(one), Name(other):
            same = "gleich" if comparison == "==" else "verschieden"
            return Said(f"„{FACTS[one].meaning}“ und „{FACTS[other].meaning}“ sind {same}.")
        case Name(fact), Number() | Literal():
            return _beside(fact, comparison, right.value)
        case Number() | Literal(), Name(fact):
            return _beside(fact, _TURNED[comparison], left.value)
    raise FormulaError("Diese Bedingung lässt sich nicht in Worte fassen.")


def _beside(name: str, comparison: str, value: object) -> Said:
    fact = FACTS[name]
    if fact.kind == "zahl":
        return Said(f"{fact.meaning}: {_AMOUNTS[comparison].format(int(str(value)))}.")
    words = fact_words(name, str(value))
    return Said(words if comparison == "==" else f"Nicht: {words}")

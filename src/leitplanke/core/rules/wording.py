"""Formulas as people read them: titles instead of names, words and signs instead of operators, numbers where wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from leitplanke.core.rules import german
from leitplanke.core.rules.formula import Aggregate, Expr, Field, Literal, Lookup, Name, Number, Operation, Truth
from leitplanke.core.rules.model import Kind, Regelwerk, Shape
from leitplanke.core.rules.reckoning import STICHTAG, Reckoner

# How tightly parts hold together; a part inside a tighter one gets parentheses.
PHRASE, CHOICE, OR, AND, NOT, COMPARISON, SUM, PRODUCT, ATOM = range(9)
_SIGNS = {"+": (SUM, " + "), "-": (SUM, f" {german.MINUS} "), "*": (PRODUCT, " × "), "/": (PRODUCT, " ÷ ")}
_COMPARISONS = {
    "<": "ist kleiner als", "<=": "ist höchstens", ">": "ist größer als", ">=": "ist mindestens", "==": "ist",
    "!=": "ist nicht",
}  # fmt: skip
_OF_DAYS = {
    "<": "liegt vor", "<=": "liegt nicht nach", ">": "liegt nach", ">=": "liegt nicht vor", "==": "ist",
    "!=": "ist nicht",
}  # fmt: skip
_EXTREMES = {
    "min": ("der kleinere Wert", "der kleinste Wert", "der frühere Tag", "der früheste Tag"),
    "max": ("der größere Wert", "der größte Wert", "der spätere Tag", "der späteste Tag"),
}
_DAYS = frozenset({"plus_monate", "plus_tage", "monatserster"})
_OPPOSITES = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_ROUNDINGS = {"halb_auf": "gerundet", "auf": "aufgerundet", "ab": "abgerundet", "halb_gerade": "zur geraden gerundet"}
_CALENDAR = {
    "monate_zwischen": "volle Monate zwischen {} und {}", "jahre_zwischen": "volle Jahre zwischen {} und {}",
    "tage_zwischen": "Tage zwischen {} und {}", "monatserster": "Monatserster zu {}", "jahr": "Jahr von {}",
    "monat": "Kalendermonat von {}",
    "abs": "Betrag ohne Vorzeichen von {}",
}  # fmt: skip
Said = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Wording:
    """Says formulas of one Regelwerk; with a `reckoner` the values of a case stand for the names.

    `expected` is the shape of the whole formula, by which a text in it is understood.
    """

    regelwerk: Regelwerk
    level: str = ""
    reckoner: Reckoner | None = None
    expected: Shape | None = None

    def formula(self, expr: Expr) -> str:
        """Return a formula in words and signs."""
        return self._said(expr)[0]

    def condition(self, expr: Expr) -> str:
        """Return a condition as a clause."""
        return self._truth(expr)[0]

    def title(self, name: str) -> str:
        """Return what people call a name."""
        if name == STICHTAG:
            return "Stichtag"
        source = self._source(name)
        return source.titel.de if source is not None and source.titel.de else name

    def _source(self, name: str) -> Any:
        book = self.regelwerk
        level = self.level or (self.reckoner.level if self.reckoner else "")
        listed = [book.angaben[level]] if level in book.angaben else list(book.angaben.values())
        found = book.regeln.get(name) or book.angaben.get(name) or book.parameter.get(name) or book.ermessen.get(name)
        field = next((part for fact in listed for part in fact.felder if part.name == name), None)
        return (field or found) if level else (found or field)

    def _shape(self, expr: Expr) -> Shape | None:
        """Return the shape of what stands beside a text."""
        if isinstance(expr, Name | Field):
            if expr.name == STICHTAG:
                return Shape(Kind.DATUM)
            source = self._source(expr.name)
            return source.shape if source is not None else None
        if isinstance(expr, Lookup) and expr.table in self.regelwerk.parameter:
            return self.regelwerk.parameter[expr.table].shape
        parts = expr.operands if isinstance(expr, Operation) and expr.name in {"if", "min", "max"} else ()
        return next((shape for part in parts if (shape := self._shape(part)) and shape.optionen), None)

    def _said(self, expr: Expr, beside: Expr | None = None) -> Said:  # noqa: PLR0911 - one way out per kind
        if isinstance(expr, Number):
            return german.number(expr.value), ATOM
        if isinstance(expr, Truth):
            return german.truth(expr.value), ATOM
        if isinstance(expr, Literal):
            shape = self._shape(beside) if beside is not None else None
            return self._text(expr.value, shape or self.expected), ATOM
        if isinstance(expr, Name | Field):
            return self._named(expr)
        if isinstance(expr, Lookup):
            return self._looked_up(expr)
        if isinstance(expr, Aggregate):
            return self._aggregate(expr)
        return self._operation(expr)

    def _within(self, expr: Expr, level: int, beside: Expr | None = None) -> str:
        """Return a part as it stands inside a tighter whole."""
        text, own = self._said(expr, beside)
        return f"({text})" if own < level else text

    def _text(self, text: str, shape: Shape | None) -> str:
        if shape is not None and shape.kind is Kind.DATUM:
            return german.day(date.fromisoformat(text))
        return f"„{german.said(text, shape)}“" if shape is not None and text in shape.optionen else f"„{text}“"

    def _named(self, expr: Name | Field) -> Said:
        title, shape = self.title(expr.name), self._shape(expr)
        if self.reckoner is None or shape is None:
            return f"„{title}“", ATOM
        if words := self.reckoner.stands_for(expr.name):
            return f"„{words}“", ATOM
        unit = german.short_unit(shape.einheit)
        low, high = self.reckoner.bounds(expr.name)
        if low is None:
            return f"„{title}“", ATOM
        if low == high:
            quoted = shape.kind is Kind.AUSWAHL
            said = german.said(low, shape, unit=unit)
            return (f"„{said}“" if quoted else said), ATOM if low == abs_or(low) else SUM
        return f"[{german.interval(low, high, shape, unit=unit)}]", ATOM

    def _looked_up(self, expr: Lookup) -> Said:
        shape = self.regelwerk.parameter[expr.table].shape if expr.table in self.regelwerk.parameter else None
        if self.reckoner is not None and shape is not None and (value := self.reckoner.of(expr)) is not None:
            return german.said(value, shape, unit=german.short_unit(shape.einheit)), ATOM
        keys = german.listing(self._within(key, SUM) for key in expr.keys)
        return f"„{self.title(expr.table)}“ für {keys}", PRODUCT

    def _aggregate(self, expr: Aggregate) -> Said:
        if self.reckoner is not None and expr.kind == "sum" and expr.element is not None:
            found = self.reckoner.items(expr)
            parts = [
                Wording(self.regelwerk, expr.items, item)._within(expr.element, SUM)  # noqa: SLF001 - of our own class
                for item in found or ()
            ]
            if parts:
                return " + ".join(parts), SUM if len(parts) > 1 else ATOM
        inner = Wording(self.regelwerk, expr.items)
        where = german.listing(inner.condition(test) for test in expr.conditions)
        whose = f", für die gilt: {where}" if where else ""
        items = f"Einträge von „{self.title(expr.items)}“{whose}"
        if expr.element is None:
            return f"Zahl der {items}", PHRASE
        if expr.kind == "sum":
            return f"Summe von {inner._within(expr.element, SUM)} über alle {items}", PHRASE
        element = inner.condition(expr.element)
        every = "für alle" if expr.kind == "all" else "für mindestens einen der"
        return f"{every} {items}{',' if where else ''} gilt: {element}", PHRASE

    def _operation(self, expr: Operation) -> Said:  # noqa: PLR0911 - one way out per kind
        name, parts = expr.name, expr.operands
        if name in _SIGNS:
            level, sign = _SIGNS[name]
            right = level + 1 if name in {"-", "/"} else level
            return f"{self._within(parts[0], level)}{sign}{self._within(parts[1], right)}", level
        if name in _COMPARISONS or name in {"and", "or", "not"}:
            return self._truth(expr)
        if name == "if":
            return self._choice(expr)
        if name in {"min", "max"}:
            return self._extreme(name, parts)
        if name == "clamp":
            value, low, high = (self._within(part, SUM) for part in parts)
            return f"{value}, mindestens {low} und höchstens {high}", PHRASE
        if name == "round":
            return self._rounded(expr)
        if name == "neg":
            return f"{german.MINUS}{self._within(parts[0], ATOM)}", SUM
        if name in {"pro_monat", "pro_jahr"}:
            return f"{self._within(parts[0], PRODUCT)} {'÷' if name == 'pro_monat' else '×'} 12", PRODUCT
        if name in {"plus_monate", "plus_tage"}:
            return self._shifted(expr)
        said = [
            self._within(part, SUM, parts[1 - place] if len(parts) > 1 else None) for place, part in enumerate(parts)
        ]
        text = _CALENDAR.get(name, name + " {}").format(*said)
        reckoned = self.reckoner.of(expr) if self.reckoner is not None and name.endswith("_zwischen") else None
        return text if reckoned is None else f"{text}: {german.number(reckoned)}", PHRASE

    def _shifted(self, expr: Operation) -> Said:
        day, count = expr.operands
        back = isinstance(count, Operation) and count.name == "neg"
        amount = count.operands[0] if isinstance(count, Operation) and back else count
        units = ("Monat", "Monate") if expr.name == "plus_monate" else ("Tag", "Tage")
        unit = units[0] if amount == Number(Decimal(1)) else units[1]
        word = "abzüglich" if back else "zuzüglich"
        return f"{self._within(day, SUM)} {word} {self._within(amount, ATOM)} {unit}", PHRASE

    def _is_day(self, expr: Expr) -> bool:
        if isinstance(expr, Operation):
            parts = expr.operands[-2:] if expr.name in {"if", "min", "max"} else ()
            return expr.name in _DAYS or any(self._is_day(part) for part in parts)
        shape = self._shape(expr)
        return shape is not None and shape.kind is Kind.DATUM

    def _extreme(self, name: str, parts: tuple[Expr, ...]) -> Said:
        zero = Number(Decimal(0))
        if len(parts) == 1:
            return self._said(parts[0])
        if name == "max" and zero in parts and len(parts) == 2:
            other = parts[1] if parts[0] == zero else parts[0]
            return f"{self._within(other, CHOICE)}, mindestens aber 0", PHRASE
        known = next((part for part in parts if not isinstance(part, Literal)), None)
        which = _EXTREMES[name][(len(parts) > 2) + 2 * self._is_day(parts[0])]
        values = german.listing(self._within(part, ATOM if _long(part) else PRODUCT, known) for part in parts)
        return f"{which} von {values}", PHRASE

    def _choice(self, expr: Operation) -> Said:
        test, one, other = expr.operands
        known = self.reckoner.of(test) if self.reckoner is not None else None
        condition = self.condition(test)
        if known is not None:
            taken = self._within(one if known else other, CHOICE, other if known else one)
            return f"{taken} (denn es gilt{'' if known else ' nicht'}: {condition})", PHRASE
        chosen, rest = self._within(one, CHOICE, other), self._said(other, one)[0]
        return f"falls gilt: {condition}, dann {chosen}, sonst {rest}", PHRASE

    def _rounded(self, expr: Operation) -> Said:
        digits = expr.operands[1]
        mode = expr.operands[2] if len(expr.operands) == 3 else Literal("halb_auf")
        places = int(digits.value) if isinstance(digits, Number) else 0
        how = _ROUNDINGS.get(mode.value if isinstance(mode, Literal) else "", "gerundet")
        to = "auf eine ganze Zahl" if places == 0 else f"auf {places} Nachkommastellen"
        return f"{self._within(expr.operands[0], CHOICE)}, {how} {to}", PHRASE

    def _truth(self, expr: Expr) -> Said:
        """Return a part that is true or false as a clause."""
        if isinstance(expr, Name | Field):
            return f"„{self.title(expr.name)}“ trifft zu", COMPARISON
        if isinstance(expr, Lookup):
            return f"{replace(self, reckoner=None).formula(expr)} trifft zu", COMPARISON
        if not isinstance(expr, Operation) or expr.name not in {*_COMPARISONS, "and", "or", "not"}:
            return self._said(expr)
        if expr.name == "not":
            return self._negated(expr.operands[0])
        if expr.name in _COMPARISONS:
            return self._compared(expr)
        level = AND if expr.name == "and" else OR
        said = [self._checked(part) for part in expr.operands]
        word = " und " if expr.name == "and" else " oder "
        return word.join(f"({text})" if own < COMPARISON and own != level else text for text, own in said), level

    def _checked(self, expr: Expr) -> Said:
        """Return one part of a condition, in a case with whether it is so."""
        text, own = self._truth(expr)
        found = self.reckoner.of(expr) if self.reckoner is not None else None
        if found is None or (isinstance(expr, Operation) and expr.name in {"and", "or"}):
            return text, own
        return f"{text} ({'stimmt' if found else 'stimmt nicht'})", own

    def _negated(self, expr: Expr) -> Said:
        if isinstance(expr, Name | Field):
            return f"„{self.title(expr.name)}“ trifft nicht zu", COMPARISON
        if isinstance(expr, Operation) and expr.name in _OPPOSITES:
            return self._compared(Operation(_OPPOSITES[expr.name], expr.operands))
        text, own = self._truth(expr)
        return f"nicht: {f'({text})' if own < COMPARISON else text}", NOT

    def _compared(self, expr: Operation) -> Said:
        one, other = expr.operands
        for part, beside in ((one, other), (other, one)):
            if isinstance(part, Truth) and isinstance(beside, Name | Field):
                wanted = part.value == (expr.name == "==")
                return self._truth(beside) if wanted else self._negated(beside)
        left, right = self._within(one, SUM, other), self._within(other, SUM, one)
        words = _OF_DAYS if self._is_day(one) or self._is_day(other) else _COMPARISONS
        return f"{left} {words[expr.name]} {right}", COMPARISON


def _long(part: Expr) -> bool:
    return isinstance(part, Operation)


def abs_or(value: Any) -> Any:
    """Return a number without its sign, anything else as it is."""
    return abs(value) if isinstance(value, Fraction) else value


def condensed(expr: Expr, reckoner: Reckoner) -> Expr | None:
    """Return the sum that remains once choices are made, tables read and factors of 1 dropped; None where open.

    Thus `min(miete, grenze) * anteil + heizung * anteil` becomes `335,00 + 110,40`.
    """
    if isinstance(expr, Operation):
        if expr.name == "if":
            test = reckoner.of(expr.operands[0])
            return None if test is None else condensed(expr.operands[1 if test else 2], reckoner)
        if expr.name in {"+", "-"}:
            parts = [condensed(part, reckoner) for part in expr.operands]
            known = tuple(part for part in parts if part is not None)
            return Operation(expr.name, known) if len(known) == len(parts) else None
        if expr.name == "*" and Fraction(1) in (values := [reckoner.of(part) for part in expr.operands]):
            return condensed(expr.operands[1 - values.index(Fraction(1))], reckoner)
        if expr.name in {"*", "/", "round", "pro_monat", "pro_jahr", "neg"}:
            return expr
        if expr.name in {"min", "max"}:
            chosen = reckoner.of(expr)
            best = next((part for part in expr.operands if reckoner.of(part) == chosen), None)
            return None if best is None or chosen is None else condensed(best, reckoner)
    return expr

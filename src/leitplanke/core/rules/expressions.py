"""Formulas become operations: one method per kind of expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from leitplanke.core.rules.errors import FormulaError
from leitplanke.core.rules.formula import Aggregate, Expr, Field, Literal, Lookup, Name, Number, Operation, Truth
from leitplanke.core.rules.graph import Graph, Val
from leitplanke.core.rules.model import NUMBERS, Parameter, Wert
from leitplanke.core.rules.typing_rules import NAMES, Arithmetic, Open
from leitplanke.core.rules.units import FREE, NO_UNIT, parse_unit

THRESHOLD_DECIMALS = 4
_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})


class Expressions:
    """Translates formulas; knows the values named so far and the tables."""

    def __init__(self, graph: Graph, values: Mapping[str, Val], tables: Mapping[str, tuple[Parameter, Wert]]) -> None:
        """Build in `graph`; `values` may grow while this lives."""
        self.arithmetic = Arithmetic(graph)
        self._graph = graph
        self._values = values
        self._tables = tables
        self._level = ""
        self._loop: tuple[str, str] | None = None
        self._options: tuple[str, ...] = ()

    def truth(self, expr: Expr) -> Val:
        """Translate a condition of the case.

        Raises:
            FormulaError: it is none.
        """
        val = self.value(expr)
        if val.type != "truth" or val.level:
            raise FormulaError("Hier wird ein Wahrheitswert des ganzen Falls erwartet.")
        return val

    def value(self, expr: Expr, options: tuple[str, ...] = (), *, level: str = "") -> Val:
        """Translate a formula whose texts may be `options`; with `level` the fields of that list are names.

        Raises:
            FormulaError: it does not fit together.
        """
        self._level, self._options, self._loop = level, options, None
        found = self._read(expr)
        return self.arithmetic.meant(found, None, options) if isinstance(found, Open) else found

    def _read(self, expr: Expr) -> Val | Open:  # noqa: PLR0911 - one way out per kind
        if isinstance(expr, Number):
            return self.arithmetic.number(expr.value)
        if isinstance(expr, Truth):
            return self.arithmetic.truth(value=expr.value)
        if isinstance(expr, Literal):
            return Open(expr.value)
        if isinstance(expr, Name):
            return self._named(expr.name)
        if isinstance(expr, Field):
            return self._field(expr)
        if isinstance(expr, Lookup):
            return self._looked_up(expr)
        if isinstance(expr, Aggregate):
            return self._aggregate(expr)
        return self._operation(expr)

    def _val(self, expr: Expr) -> Val:
        found = self._read(expr)
        if isinstance(found, Open):
            raise FormulaError(f"Der Text „{found.text}“ hat hier keinen Platz.")
        return found

    def _named(self, name: str) -> Val:
        val = self._values.get(f"{self._level}.{name}") if self._level else None
        val = val or self._values.get(name)
        if val is not None:
            return val
        if name in self._tables:
            raise FormulaError(f"„{name}“ ist eine Tabelle; nachgeschlagen wird mit {name}[…].")
        raise FormulaError(f"„{name}“ gibt es nicht, oder es gilt an diesem Tag nicht.")

    def _field(self, field: Field) -> Val:
        if self._loop is None or self._loop[0] != field.variable:
            raise FormulaError(f"„{field.variable}.{field.name}“: „{field.variable}“ ist kein Eintrag einer Liste.")
        val = self._values.get(f"{self._loop[1]}.{field.name}")
        if val is None:
            raise FormulaError(f"Die Liste „{self._loop[1]}“ hat kein Feld „{field.name}“.")
        return val

    def _looked_up(self, expr: Lookup) -> Val:
        if expr.table not in self._tables:
            raise FormulaError(f"Die Tabelle „{expr.table}“ gibt es nicht, oder sie gilt an diesem Tag nicht.")
        parameter, wert = self._tables[expr.table]
        shape = parameter.shape
        unit = parse_unit(shape.einheit) if shape.kind in NUMBERS else NO_UNIT
        slot = self._step(expr, parameter, wert) if parameter.stufe else self._cell(expr, parameter, wert)
        kind = {"Wahrheitswert": "truth", "Auswahl": "option", "Datum": "day"}.get(shape.kind, "number")
        return Val(slot, kind, shape.scale, 1, None, unit, shape.optionen, self._graph.levels[slot])  # type: ignore[arg-type]

    def _cell(self, expr: Lookup, parameter: Parameter, wert: Wert) -> int:
        if len(expr.keys) != len(wert.keys):
            raise FormulaError(f"„{parameter.name}“ hat {len(wert.keys)} Schlüssel, genannt sind {len(expr.keys)}.")
        slots = []
        for key, name, (first, last) in zip(expr.keys, parameter.schluessel, wert.keys, strict=True):
            slot = self.arithmetic.whole(self._val(key), f"Der Schlüssel „{name}“ von „{parameter.name}“")
            low, high = self._graph.bounds[slot]
            if low < first or high > last:
                raise FormulaError(
                    f"Der Schlüssel „{name}“ kann {low} bis {high} sein, „{parameter.name}“ kennt {first} bis {last}; "
                    "bitte mit min, max oder clamp begrenzen."
                )
            slots.append(slot)
        width = wert.keys[1][1] - wert.keys[1][0] + 1 if len(wert.keys) == 2 else 0
        return self._graph.emit("look", tuple(slots), (tuple(first for first, _ in wert.keys), width, wert.cells))

    def _step(self, expr: Lookup, parameter: Parameter, wert: Wert) -> int:
        key = self._val(expr.keys[0])
        if len(expr.keys) != 1 or key.type != "number" or key.under is not None:
            raise FormulaError(
                f"„{parameter.name}“ wird mit genau einer Zahl ohne veränderlichen Nenner nachgeschlagen."
            )
        limits, decimals = wert.keys[0], max(THRESHOLD_DECIMALS, key.scale)
        raised = tuple(limit * 10 ** (decimals - THRESHOLD_DECIMALS) * key.over for limit in limits)
        factor = 10 ** (decimals - key.scale)
        if self._graph.bounds[key.slot][0] * factor < raised[0]:
            raise FormulaError(f"„{parameter.name}“ beginnt erst über dem kleinsten möglichen Wert des Schlüssels.")
        return self._graph.emit("step", (key.slot,), (raised, wert.cells, factor))

    def _aggregate(self, expr: Aggregate) -> Val:
        if self._loop is not None or self._level:
            raise FormulaError(
                "Eine Summe über eine Liste steht nicht in einer anderen und nicht in einer Regel je Eintrag."
            )
        if expr.items not in self._graph.lists:
            raise FormulaError(f"„{expr.items}“ ist keine Liste.")
        self._loop = (expr.variable, expr.items)
        try:
            tests = [self._val(test) for test in expr.conditions]
            element = None if expr.element is None else self._val(expr.element)
        finally:
            self._loop = None
        condition = self.arithmetic.logic("and", tests).slot if tests else None
        if expr.kind in {"any", "all"} and (element is None or element.type != "truth"):
            raise FormulaError(f"„{expr.kind}“ braucht einen Wahrheitswert je Eintrag.")
        if expr.kind == "sum" and (element is None or element.type != "number" or element.under is not None):
            raise FormulaError("„sum“ braucht eine Zahl je Eintrag, ohne veränderlichen Nenner.")
        kind = "sum" if expr.kind == "count" else expr.kind
        slot = self._graph.aggregate(kind, expr.items, element.slot if element else None, condition)
        if expr.kind in {"any", "all"}:
            return Val(slot, "truth")
        return replace(element, slot=slot, level="") if element else Val(slot, "number", unit=FREE)

    def _operation(self, expr: Operation) -> Val | Open:  # noqa: PLR0911 - one way out per kind
        name, arithmetic = expr.name, self.arithmetic
        if name in _COMPARISONS:
            one, other = (self._read(part) for part in expr.operands)
            return arithmetic.compared(name, *arithmetic.settled(one, other, self._options))
        if name == "if":
            condition, *branches = expr.operands
            one, other = (self._read(part) for part in branches)
            return arithmetic.chosen(self._val(condition), *arithmetic.settled(one, other, self._options))
        if name in {"min", "max"}:
            return self._extreme(name, [self._read(part) for part in expr.operands])
        if name == "round":
            return self._rounded(expr)
        operands = [self._val(part) for part in expr.operands]
        if name in {"and", "or", "not"}:
            return arithmetic.logic(name, operands)
        if name in {"+", "-"}:
            return arithmetic.added(operands[0], operands[1], 1 if name == "+" else -1)
        if name == "*":
            return arithmetic.multiplied_by(operands[0], operands[1])
        if name == "/":
            return arithmetic.divided_by(operands[0], operands[1])
        return self._function(name, operands)

    def _extreme(self, name: str, parts: list[Val | Open]) -> Val:
        known = next((part for part in parts if isinstance(part, Val)), None)
        values = [self.arithmetic.meant(p, known, self._options) if isinstance(p, Open) else p for p in parts]
        result = values[0]
        for other in values[1:]:
            result = self.arithmetic.combined(name, result, other, name)
        if result.type == "text":
            raise FormulaError(f"„{name}“ geht nicht mit Text.")
        return result

    def _rounded(self, expr: Operation) -> Val:
        digits = expr.operands[1]
        mode = expr.operands[2] if len(expr.operands) == 3 else Literal("halb_auf")
        if not isinstance(digits, Number) or not isinstance(mode, Literal) or digits.value != int(digits.value):
            raise FormulaError('round braucht Nachkommastellen und Art fest: round(betrag, 0, "halb_auf").')
        return self.arithmetic.rounded(self._val(expr.operands[0]), int(digits.value), mode.value)

    def _function(self, name: str, operands: list[Val]) -> Val:
        arithmetic = self.arithmetic
        if name == "neg":
            return arithmetic.added(arithmetic.number(Decimal(0)), operands[0], -1)
        if name == "clamp":
            low = arithmetic.combined("max", operands[0], operands[1], "clamp")
            return arithmetic.combined("min", low, operands[2], "clamp")
        if name == "abs":
            return arithmetic.absolute(operands[0])
        if name in {"pro_monat", "pro_jahr"}:
            old, new = ("Jahr", "Monat") if name == "pro_monat" else ("Monat", "Jahr")
            return arithmetic.per(operands[0], old, new)
        if name in {"plus_monate", "plus_tage"}:
            kind, what = ("addmonths", "Monate") if name == "plus_monate" else ("lin", "Tage")
            return arithmetic.moved(kind, operands[0], arithmetic.whole(operands[1], f"Die Zahl der {what}"))
        return self._calendar(name, operands)

    def _calendar(self, name: str, operands: list[Val]) -> Val:
        if name == "tage_zwischen":
            return self.arithmetic.of_days("lin", operands[::-1], (1, -1), parse_unit("Tage"))
        if name in {"monate_zwischen", "jahre_zwischen"}:
            years = name == "jahre_zwischen"
            unit = parse_unit("Jahre" if years else "Monate")
            return self.arithmetic.of_days("months", operands, (int(years),), unit)
        if name == "monatserster":
            return replace(self.arithmetic.of_days("monthstart", operands, ()), type="day")
        if name in {"jahr", "monat"}:
            return self.arithmetic.of_days("year" if name == "jahr" else "month", operands, ())
        raise FormulaError(f"Die Funktion „{name}“ ist unbekannt ({', '.join(NAMES)}).")

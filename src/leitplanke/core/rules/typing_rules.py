"""How values of formulas combine: common decimals, divisors, units and options."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from leitplanke.core.rules.errors import FormulaError, listed
from leitplanke.core.rules.graph import WIDEST, Graph, Val
from leitplanke.core.rules.numbers import MODES, day_of
from leitplanke.core.rules.units import FREE, NO_UNIT, Unit, common, exchanged, product

NAMES = {"number": "Zahl", "truth": "Wahrheitswert", "option": "Auswahl", "day": "Datum", "text": "Text"}

_MOST_DECIMALS = 150
_MOST_MOVED = 5_000
_FIRST_DAY, _LAST_DAY = date(1700, 1, 1).toordinal(), date(2500, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class Open:
    """A text of a formula whose meaning its neighbour decides: an option or a day."""

    text: str


class Arithmetic:
    """Builds operations on typed values in a graph."""

    def __init__(self, graph: Graph) -> None:
        """Build in `graph`."""
        self.graph = graph

    def number(self, value: Decimal) -> Val:
        """Return a number exactly as written in a formula."""
        scale = max(-int(value.as_tuple().exponent), 0)
        return Val(self.graph.constant(int(value.scaleb(scale))), "number", scale, unit=FREE)

    def truth(self, *, value: bool) -> Val:
        """Return a constant truth."""
        return Val(self.graph.constant(int(value)), "truth")

    def settled(self, one: Val | Open, other: Val | Open, options: tuple[str, ...]) -> tuple[Val, Val]:
        """Return both values with their texts understood: by the other one, else by the `options` expected here."""
        if isinstance(one, Open):
            one = self.meant(one, other if isinstance(other, Val) else None, options)
        if isinstance(other, Open):
            other = self.meant(other, one, options)
        return one, other

    def meant(self, text: Open, beside: Val | None, options: tuple[str, ...] = ()) -> Val:
        """Return what a text means beside another value.

        Raises:
            FormulaError: it is no option of it and no day.
        """
        if beside is not None and beside.type == "day":
            return Val(self.graph.constant(day_of(text.text).toordinal()), "day")
        options = beside.options if beside is not None and beside.type == "option" else options
        if not options:
            raise FormulaError(f"Der Text „{text.text}“ steht neben keiner Auswahl und keinem Datum.")
        if text.text not in options:
            raise FormulaError(f"„{text.text}“ ist keine der Möglichkeiten: {listed(options)}.")
        return Val(self.graph.constant(options.index(text.text)), "option", options=options)

    def aligned(self, one: Val, other: Val, doing: str) -> tuple[Val, int, int, int, int]:
        """Return the common type of both values, and for each its slot and the factor that remains to be applied."""
        if one.type != other.type:
            raise FormulaError(f"{doing}: {NAMES[one.type]} und {NAMES[other.type]} passen nicht zusammen.")
        if one.type == "text":
            raise FormulaError(f"{doing}: Mit freiem Text wird nicht gerechnet.")
        if one.type == "option" and one.options != other.options:
            raise FormulaError(f"{doing}: Die Auswahlen haben verschiedene Möglichkeiten.")
        if one.type != "number":
            return replace(one, slot=-1), one.slot, 1, other.slot, 1
        unit = common(one.unit, other.unit, doing)
        scale, over = max(one.scale, other.scale), math.lcm(one.over, other.over)
        self._measured(scale, over)
        slots, under = [one.slot, other.slot], one.under
        if one.under != other.under:
            if other.under is not None:
                slots[0] = self.graph.emit("mul", (slots[0], other.under))
            if one.under is not None:
                slots[1] = self.graph.emit("mul", (slots[1], one.under))
            under = self._both_under(one.under, other.under)
        factors = [10 ** (scale - val.scale) * (over // val.over) for val in (one, other)]
        return Val(-1, "number", scale, over, under, unit), slots[0], factors[0], slots[1], factors[1]

    def _both_under(self, one: int | None, other: int | None) -> int | None:
        if one is None or other is None:
            return other if one is None else one
        return self.graph.emit("mul", (min(one, other), max(one, other)))

    def multiplied(self, slot: int, factor: int) -> int:
        """Return the slot of a multiple."""
        return slot if factor == 1 else self.graph.emit("times", (slot,), (factor,))

    def combined(self, kind: str, one: Val, other: Val, doing: str) -> Val:
        """Return the result of min, max or another choice of two values."""
        like, a, ka, b, kb = self.aligned(one, other, doing)
        return self._at(like, self.graph.emit(kind, (self.multiplied(a, ka), self.multiplied(b, kb))))

    def added(self, one: Val, other: Val, sign: int) -> Val:
        """Return sum or difference of two numbers."""
        self._numbers("+ und -", one, other)
        like, a, ka, b, kb = self.aligned(one, other, "+ und -")
        return self._at(like, self.graph.emit("lin", (a, b), (ka, sign * kb)))

    def multiplied_by(self, one: Val, other: Val) -> Val:
        """Return the product of two numbers."""
        self._numbers("*", one, other)
        slot = self.graph.emit("mul", (min(one.slot, other.slot), max(one.slot, other.slot)))
        under = self._both_under(one.under, other.under)
        unit = product(one.unit, other.unit)
        return self._at(Val(-1, "number", one.scale + other.scale, one.over * other.over, under, unit), slot)

    def divided_by(self, one: Val, other: Val) -> Val:
        """Return the exact quotient; the divisor must be positive whatever the facts are."""
        self._numbers("/", one, other)
        low, high = self.graph.bounds[other.slot]
        if low <= 0:
            raise FormulaError("Der Nenner kann 0 oder kleiner werden; bitte absichern, zum Beispiel mit max(1, …).")
        unit = product(one.unit, other.unit, -1)
        slot = self.multiplied(one.slot, 10**other.scale * other.over)
        if other.under is not None:
            slot = self.graph.emit("mul", (slot, other.under))
        if low == high:
            return self._reduced(Val(slot, "number", one.scale, one.over * low, one.under, unit, (), one.level))
        under = other.slot if one.under is None else self._both_under(one.under, other.slot)
        return self._at(Val(-1, "number", one.scale, one.over, under, unit), slot)

    def _reduced(self, val: Val) -> Val:
        """Return the value with a divisor such as 4 or 20 turned into decimals."""
        self._measured(val.scale, val.over)
        over, scale, up = val.over, val.scale, 1
        while over % 2 == 0 or over % 5 == 0:
            by = 10 if over % 10 == 0 else 2 if over % 2 == 0 else 5
            over, scale, up = over // by, scale + 1, up * (10 // by)
        if over != 1:
            return val
        return replace(val, slot=self.multiplied(val.slot, up), scale=scale, over=1)

    def compared(self, name: str, one: Val, other: Val) -> Val:
        """Return the truth of a comparison."""
        like, a, ka, b, kb = self.aligned(one, other, f"Vergleich {name}")
        if like.type == "truth" and name not in {"==", "!="}:
            raise FormulaError("Wahrheitswerte lassen sich nur mit == und != vergleichen.")
        if name in {">", ">="}:
            a, ka, b, kb, name = b, kb, a, ka, {">": "<", ">=": "<="}[name]
        kind = {"<": "lt", "<=": "le", "==": "eq", "!=": "eq"}[name]
        slot = self.graph.emit(kind, (a, b), (ka, kb))
        return self._truth(self.graph.emit("not", (slot,)) if name == "!=" else slot)

    def logic(self, kind: str, parts: list[Val]) -> Val:
        """Return `and`, `or` or `not` of truths."""
        for part in parts:
            if part.type != "truth":
                raise FormulaError(f"„{kind}“ verbindet Wahrheitswerte, hier steht: {NAMES[part.type]}.")
        return self._truth(self.graph.emit(kind, tuple(part.slot for part in parts)))

    def chosen(self, condition: Val, one: Val, other: Val) -> Val:
        """Return `one` where the condition holds, else `other`."""
        if condition.type != "truth":
            raise FormulaError("Hinter „if“ steht ein Wahrheitswert.")
        like, a, ka, b, kb = self.aligned(one, other, "if und else")
        slots = (condition.slot, self.multiplied(a, ka), self.multiplied(b, kb))
        return self._at(like, self.graph.emit("sel", slots))

    def stated_or(self, fact: Val, formula: Val) -> Val:
        """Return the fact where it is stated, else what the formula gives."""
        like, a, ka, b, kb = self.aligned(fact, formula, "Angabe und Formel")
        if a != fact.slot:
            raise FormulaError("Eine Angabe, die eine Formel mit veränderlichem Nenner ersetzt, ist nicht möglich.")
        return self._at(like, self.graph.emit("orelse", (a, b), (ka, kb)))

    def rounded(self, val: Val, digits: int, mode: str) -> Val:
        """Return the value rounded to so many decimals (see `numbers.MODES`)."""
        self._numbers("round", val)
        if mode not in MODES:
            raise FormulaError(f"Rundung „{mode}“ gibt es nicht, nur: {', '.join(MODES)}.")
        up, by = 10 ** max(digits - val.scale, 0), 10 ** max(val.scale - digits, 0) * val.over
        result = Val(-1, "number", max(digits, 0), unit=val.unit)
        under = () if val.under is None else (val.under,)
        writer = self.graph.writer(val.slot)
        if digits < 0:
            raise FormulaError("Gerundet wird auf 0 oder mehr Nachkommastellen.")
        if writer is not None and writer.kind == "mul" and not self.graph.fits(val.slot, up):
            return self._at(result, self.graph.emit("muldiv", (*writer.args, *under), (up, by, mode)))
        slot = self.multiplied(val.slot, up)
        return self._at(result, slot if by == 1 and not under else self.graph.emit("div", (slot, *under), (by, mode)))

    def absolute(self, val: Val) -> Val:
        """Return the value without its sign."""
        self._numbers("abs", val)
        return replace(val, slot=self.graph.emit("abs", (val.slot,)))

    def per(self, val: Val, old: str, new: str) -> Val:
        """Return a value per year as one per month, or the other way round."""
        self._numbers("pro_monat und pro_jahr", val)
        unit = exchanged(val.unit, old, new)
        if old == "Jahr":
            return replace(self._reduced(replace(val, over=val.over * 12)), unit=unit)
        return replace(val, slot=self.multiplied(val.slot, 12), unit=unit)

    def of_days(self, kind: str, days: list[Val], data: tuple[int, ...], unit: Unit = NO_UNIT) -> Val:
        """Return a whole number computed from days."""
        for day in days:
            if day.type != "day":
                raise FormulaError(f"Hier wird ein Datum erwartet, kein Wert der Art {NAMES[day.type]}.")
        return self._at(Val(-1, "number", unit=unit), self.graph.emit(kind, tuple(d.slot for d in days), data))

    def moved(self, kind: str, day: Val, by: int) -> Val:
        """Return the day so many days (`lin`) or months (`addmonths`) later; `by` is the slot of a whole number.

        Raises:
            FormulaError: the result can leave the centuries in which calendar sums make sense.
        """
        low, high = self.graph.bounds[by]
        if low < -_MOST_MOVED or high > _MOST_MOVED:
            raise FormulaError(f"Ein Datum lässt sich um höchstens {_MOST_MOVED} Tage oder Monate verschieben.")
        data = (1, 1) if kind == "lin" else ()
        result = self.of_days(kind, [day, replace(day, slot=by, level=self.graph.levels[by])], data)
        low, high = self.graph.bounds[result.slot]
        if low < _FIRST_DAY or high > _LAST_DAY:
            raise FormulaError("Das Datum kann vor 1700 oder nach 2500 liegen; bitte mit clamp begrenzen.")
        return replace(result, type="day")

    def whole(self, val: Val, what: str) -> int:
        """Return the slot of a whole number, an option or a truth.

        Raises:
            FormulaError: it has decimals.
        """
        if val.type in {"option", "truth"} or (
            val.type == "number" and (val.scale, val.over, val.under) == (0, 1, None)
        ):
            return val.slot
        raise FormulaError(f"{what} muss eine ganze Zahl oder eine Auswahl sein.")

    def _numbers(self, doing: str, *values: Val) -> None:
        for val in values:
            if val.type != "number":
                raise FormulaError(f"„{doing}“ rechnet mit Zahlen, hier steht: {NAMES[val.type]}.")

    def _truth(self, slot: int) -> Val:
        return Val(slot, "truth", level=self.graph.levels[slot])

    def _measured(self, scale: int, over: int) -> None:
        """Refuse decimals and divisors that a chain of rules heaps up without end."""
        if scale > _MOST_DECIMALS or over.bit_length() > WIDEST:
            raise FormulaError(
                "Nachkommastellen oder Nenner wachsen ins Unermessliche; bitte dort runden, wo das Gesetz es anordnet."
            )

    def _at(self, like: Val, slot: int) -> Val:
        self._measured(like.scale, like.over)
        level = self.graph.levels[slot]
        return Val(slot, like.type, like.scale, like.over, like.under, like.unit, like.options, level)

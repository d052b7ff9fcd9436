"""From a Regelwerk and a state of the law to a program: names are resolved, types, units, cycles and widths checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from leitplanke.core.rules.errors import Finding, FormulaError, RegelwerkError
from leitplanke.core.rules.expressions import Expressions
from leitplanke.core.rules.formula import Expr, Truth, names_in
from leitplanke.core.rules.graph import Graph, Input, Program, Val
from leitplanke.core.rules.model import (
    NUMBERS,
    Angabe,
    Ergebnis,
    Fassung,
    Kind,
    Parameter,
    Place,
    Regelwerk,
    Shape,
    Wert,
    in_force,
)
from leitplanke.core.rules.numbers import scaled
from leitplanke.core.rules.typing_rules import NAMES
from leitplanke.core.rules.units import NO_UNIT, Unit, common, parse_unit

TYPES = {Kind.WAHRHEITSWERT: "truth", Kind.AUSWAHL: "option", Kind.DATUM: "day", Kind.TEXT: "text"}
STICHTAG = "stichtag"
_PRESUMED_ON = 40
_FIRST, _LAST = date(1990, 1, 1).toordinal(), date(2150, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class State:
    """Which law is asked for.

    Attributes:
        on: the relevant day.
        known_on: only what was known on that day counts; None for everything known.
        entwurf: whether drafts count.
        overrides: parameters set to another value, for what-if.
    """

    on: date
    known_on: date | None = None
    entwurf: bool = False
    overrides: tuple[tuple[str, Decimal], ...] = ()


def compile_regelwerk(regelwerk: Regelwerk, state: State) -> Program:
    """Return the law as of `state` as a program, compiled once.

    Raises:
        RegelwerkError: something does not fit; names every place.
    """
    known = regelwerk.compiled.get(state)
    if isinstance(known, Program):
        return known
    regelwerk.compiled[state] = program = _Compiler(regelwerk, state).program()
    return program


class _Compiler:
    def __init__(self, regelwerk: Regelwerk, state: State) -> None:
        self._regelwerk = regelwerk
        self._state = state
        self._findings: list[Finding] = []
        self.graph = Graph()
        self._inputs: dict[str, Input] = {}
        self._values: dict[str, Val] = {}
        self._tables: dict[str, tuple[Parameter, Wert]] = {}
        self._overrides = dict(state.overrides)
        self._assumable: dict[str, list[str]] = {}
        self._expressions = Expressions(self.graph, self._values, self._tables)

    def program(self) -> Program:
        self._take_inputs()
        self._check_presumptions()
        self._take_parameters()
        rules = self._regelwerk.regeln.values()
        active = {rule.name: variant for rule in rules if (variant := in_force(rule.fassungen, self._state))}
        self._stop_on_findings()
        for name in self._ordered(active):
            self._rule(name, active)
        self._stop_on_findings()
        conditions: dict[str, Val] = {}
        outcomes: list[tuple[Ergebnis, Val]] = []
        for judgement in self._regelwerk.ermessen.values():
            if judgement.wenn is not None:
                with self._place(judgement.place, f"Wann über „{judgement.name}“ zu urteilen ist"):
                    self._assume(judgement.wenn)
                    conditions[judgement.name] = self._expressions.truth(judgement.wenn)
        for outcome in self._regelwerk.ergebnisse:
            with self._place(outcome.place, f"Ergebnis „{outcome.name}“"):
                self._assume(outcome.wenn)
                outcomes.append((outcome, self._expressions.truth(outcome.wenn)))
        self._stop_on_findings()
        return self._finished(conditions, outcomes)

    def _finished(self, conditions: dict[str, Val], outcomes: list[tuple[Ergebnis, Val]]) -> Program:
        graph = self.graph
        slots = {val.slot for val in self._values.values()} | {val.slot for val in conditions.values()}
        slots |= {val.slot for _, val in outcomes} | {v.under for v in self._values.values() if v.under is not None}
        blocks = graph.blocks(slots)
        self._check_widths({op.out for block in blocks for op in block.ops})
        return Program(
            len(graph.bounds), graph.constants, blocks, self._inputs, self._values, tuple(outcomes), conditions,
            tuple(graph.bounds), {op.out: op for block in blocks for op in block.ops}, graph.lists,
        )  # fmt: skip

    def _check_widths(self, slots: set[int]) -> None:
        for slot in sorted(slots):
            if not self.graph.fits(slot):
                owner = next((self._regelwerk.regeln[name] for name in self._order if self._reach[name] > slot), None)
                with self._place(owner.place if owner else Place(), f"Regel „{owner.name}“" if owner else "Formel"):
                    self.graph.check_width(slot)
                break
        self._stop_on_findings()

    @contextmanager
    def _place(self, place: Place, what: str) -> Iterator[None]:
        try:
            yield
        except FormulaError as error:
            self._findings.append(Finding(place.file, place.line, f"{what}: {error}"))

    def _stop_on_findings(self) -> None:
        if self._findings:
            raise RegelwerkError(self._findings)

    def _take_inputs(self) -> None:
        self._values[STICHTAG] = Val(self.graph.slot((_FIRST, _LAST)), "day")
        self._inputs[STICHTAG] = Input(STICHTAG, self._values[STICHTAG].slot, Shape(Kind.DATUM, _FIRST, _LAST))
        for angabe in self._regelwerk.angaben.values():
            if angabe.shape.kind is Kind.LISTE:
                self.graph.lists[angabe.name] = angabe.hoechstens
                for part in angabe.felder:
                    self._input(part, angabe.name)
            else:
                self._input(angabe, "")
        for judgement in self._regelwerk.ermessen.values():
            with self._place(judgement.place, f"Ermessen „{judgement.name}“"):
                self._values[judgement.name] = self._slot(judgement.name, judgement.shape, "", judgement=True)

    def _input(self, angabe: Angabe, level: str) -> None:
        name = f"{level}.{angabe.name}" if level else angabe.name
        with self._place(angabe.place, f"Angabe „{name}“"):
            self._values[name] = self._slot(name, angabe.shape, level, angabe=angabe)

    def _slot(
        self, name: str, shape: Shape, level: str, *, judgement: bool = False, angabe: Angabe | None = None
    ) -> Val:
        slot = self.graph.slot((shape.low, shape.high), level)
        assumable = angabe is not None and angabe.annahme is not None
        self._inputs[name] = Input(name, slot, shape, level, judgement, angabe, assumable)
        if assumable:
            self._assumable.setdefault(name.rpartition(".")[2], []).append(name)
        return typed(shape, slot, level)

    def _take_parameters(self) -> None:
        for parameter in self._regelwerk.parameter.values():
            value = self._current(parameter)
            if value is None:
                continue
            with self._place(parameter.place, f"Parameter „{parameter.name}“"):
                if value.scalar is None:
                    self._tables[parameter.name] = (parameter, value)
                else:
                    slot = self.graph.constant(value.scalar)
                    self._values[parameter.name] = typed(parameter.shape, slot)

    def _current(self, parameter: Parameter) -> Wert | None:
        """Return the value that holds, the latest where several do; a value that was set stands above all."""
        if parameter.name in self._overrides:
            number = scaled(self._overrides[parameter.name], parameter.shape.stellen, parameter.name)
            return replace(parameter.werte[-1], scalar=number, keys=(), cells=())
        return in_force(parameter.werte, self._state)

    def _ordered(self, active: Mapping[str, Fassung]) -> list[str]:
        """Return the rules so that each stands behind those it needs."""
        needs = {name: sorted((self._needs(name, active)) & active.keys()) for name in active}
        self._order: list[str] = []
        self._reach: dict[str, int] = {}
        state: dict[str, int] = {}
        for start in active:
            waiting = [(start, iter(needs[start]))]
            while waiting:
                name, rest = waiting[-1]
                state[name] = state.get(name) or 1
                following = next((n for n in rest if state.get(n) != 2), None)
                if following is None:
                    waiting.pop()
                    if state[name] != 2:
                        state[name] = 2
                        self._order.append(name)
                elif state.get(following) == 1:
                    path = [n for n, _ in waiting]
                    self._report_cycle([*path[path.index(following) :], following])
                else:
                    waiting.append((following, iter(needs[following])))
        self._stop_on_findings()
        return self._order

    def _needs(self, name: str, active: Mapping[str, Fassung]) -> set[str]:
        """Return the names a rule stands on, through the assumptions of Angaben too."""
        found: set[str] = set()
        waiting: list[Expr] = [active[name].formel]
        while waiting:
            for other in names_in(waiting.pop()) - found:
                found.add(other)
                waiting += [self._presumption(key) for key in self._assumable.get(other, ())]
        return found

    def _check_presumptions(self) -> None:
        """Refuse presumptions that lead back to themselves or on through too many others."""
        keys = [key for named in self._assumable.values() for key in named]
        open_ones = {
            key: {k for name in names_in(self._presumption(key)) for k in self._assumable.get(name, ())} for key in keys
        }
        for _ in range(_PRESUMED_ON):
            settled = {key for key, others in open_ones.items() if not others & open_ones.keys()}
            open_ones = {key: others for key, others in open_ones.items() if key not in settled}
            if not settled:
                break
        if open_ones and (angabe := self._inputs[min(open_ones)].angabe):
            self._findings.append(
                Finding(
                    angabe.place.file,
                    angabe.place.line,
                    f"Angabe „{min(open_ones)}“: Ihre Annahme führt im Kreis oder über mehr als {_PRESUMED_ON} "
                    "andere Annahmen; bitte auf eine Angabe ohne Annahme oder einen festen Wert stützen.",
                )
            )
        self._stop_on_findings()

    def _presumption(self, key: str) -> Expr:
        angabe = self._inputs[key].angabe
        return angabe.annahme if angabe and angabe.annahme is not None else Truth(value=False)

    def _report_cycle(self, path: list[str]) -> None:
        place = self._regelwerk.regeln[path[0]].place
        self._findings.append(Finding(place.file, place.line, f"Die Regeln drehen sich im Kreis: {' → '.join(path)}."))
        self._stop_on_findings()

    def _rule(self, name: str, active: Mapping[str, Fassung]) -> None:
        rule, variant = self._regelwerk.regeln[name], active[name]
        with self._place(variant.place, f"Regel „{name}“"):
            self._assume(variant.formel)
            val = self._expressions.value(variant.formel, rule.shape.optionen, level=rule.je)
            val = self._declared(rule.shape, val)
            if rule.eingebbar is not None:
                key = f"{rule.je}.{name}" if rule.je else name
                fact = self._slot(key, rule.eingebbar.shape, rule.je, angabe=rule.eingebbar)
                self._inputs[key] = replace(self._inputs[key], assumable=True)
                val = self._expressions.arithmetic.stated_or(fact, val)
            if rule.je and val.level != rule.je:
                val = replace(val, slot=self.graph.handed_down(val.slot, rule.je), level=rule.je)
            self._values[f"{rule.je}.{name}" if rule.je else name] = val
        self._reach[name] = len(self.graph.bounds)

    def _assume(self, expr: Expr) -> None:
        """Put what the law presumes behind each Angabe that a formula uses."""
        if not self._assumable:
            return
        for name in names_in(expr):
            for key in self._assumable.get(name, ()):
                self._assume_one(key)

    def _assume_one(self, key: str) -> None:
        fact, val = self._inputs[key], self._values[key]
        if fact.angabe is None or fact.angabe.annahme is None or val.slot != fact.slot:
            return
        self._assume(fact.angabe.annahme)
        presumed = self._expressions.value(fact.angabe.annahme, fact.shape.optionen, level=fact.level)
        declared = self._declared(fact.shape, presumed)
        if fact.level and not declared.level:
            declared = replace(declared, slot=self.graph.handed_down(declared.slot, fact.level), level=fact.level)
        self._values[key] = self._expressions.arithmetic.stated_or(val, declared)

    def _declared(self, shape: Shape, val: Val) -> Val:
        """Hold a value against the kind and unit that its rule declares."""
        wanted = TYPES.get(shape.kind, "number")
        if val.type != wanted:
            raise FormulaError(f"Die Formel ergibt: {NAMES[val.type]}, angekündigt ist {shape.kind}.")
        if shape.kind is Kind.GANZZAHL and (val.scale, val.over, val.under) != (0, 1, None):
            raise FormulaError("Die Formel ergibt Nachkommastellen, angekündigt ist eine Ganzzahl.")
        if shape.kind in NUMBERS:
            return replace(val, unit=common(val.unit, parse_unit(shape.einheit), "Angekündigte Einheit"))
        return val


def typed(shape: Shape, slot: int, level: str = "") -> Val:
    """Return the value that a slot of that shape holds."""
    unit: Unit = parse_unit(shape.einheit) if shape.kind in NUMBERS else NO_UNIT
    kind = TYPES.get(shape.kind, "number")
    return Val(slot, kind, shape.scale, unit=unit, options=shape.optionen, level=level)  # type: ignore[arg-type]

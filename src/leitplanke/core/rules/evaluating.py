"""One case against a Regelwerk: values, intervals, outcomes, open judgements, missing facts and the proof."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from leitplanke.core.rules.compiling import STICHTAG, State, compile_regelwerk
from leitplanke.core.rules.errors import FactError
from leitplanke.core.rules.facts import Case, Stated, as_text, is_number, plain_value, read_case
from leitplanke.core.rules.graph import Program, Val
from leitplanke.core.rules.influence import Missing, open_inputs, ranked
from leitplanke.core.rules.model import NUMBERS, Ergebnis, Geltung, Regelwerk, Shape, Status
from leitplanke.core.rules.numbers import month_start, plus_months
from leitplanke.core.rules.proof import Step, proof_of
from leitplanke.core.rules.refining import refined
from leitplanke.core.rules.running import Values, runner_of


@dataclass(frozen=True, slots=True)
class Period:
    """A part of the Bewilligungszeitraum under one state of the law; `until` is its last day."""

    start: date
    until: date
    result: Result


@dataclass(frozen=True)
class Result:
    """What one case comes to under one state of the law.

    `values` are settled, `bounds` are not; both are fit for JSON: amounts as decimal text.
    """

    regelwerk: Regelwerk
    program: Program
    state: State
    case: Case
    spans: Values
    facts: Mapping[str, Any]
    judgements_given: Mapping[str, Any]

    @cached_property
    def status(self) -> str:
        """`missing`, `needs_judgement`, `interval` or `determined`, the first that applies."""
        if self.missing_names:
            return "missing"
        if self.judgements:
            return "needs_judgement"
        return "determined" if all(self.settled(name) for name in self.regelwerk.ziel) else "interval"

    @cached_property
    def values(self) -> dict[str, Any]:
        """Every named value of the case that is settled."""
        result, spans = {}, self.spans
        for name, val, shape in self._named:
            low, high = spans[val.slot]
            if val.under is None and low == high:
                result[name] = value_of(val, low, 1, shape)
            elif val.under is not None and self.settled(name):
                result[name] = self.value(name)
        return result

    @cached_property
    def bounds(self) -> dict[str, list[Any]]:
        """Every named value of the case that is not settled, with the least and the greatest it can be."""
        return {name: list(self.bounds_of(name)) for name, *_ in self._named if not self.settled(name)}

    @property
    def _named(self) -> list[tuple[str, Val, Shape]]:
        named: list[tuple[str, Val, Shape]] = self.program.prepared("named", self._rules_of_case)
        return named

    def _rules_of_case(self) -> list[tuple[str, Val, Shape]]:
        values = self.program.values
        rules = ((name, values.get(name), rule.shape) for name, rule in self.regelwerk.regeln.items())
        return [(name, val, shape) for name, val, shape in rules if val is not None and not val.level]

    def settled(self, name: str) -> bool:
        """Tell whether a value is one and the same whatever the open facts are."""
        val = self.program.values[name]
        low, high = self._span(val.slot)
        under = self._span(val.under) if val.under is not None else (1, 1)
        return bool(low == high and (under[0] == under[1] or low == 0))

    def value(self, name: str) -> Any:
        """Return a settled value, fit for JSON."""
        return self.bounds_of(name)[0]

    def bounds_of(self, name: str) -> tuple[Any, Any]:
        """Return the least and the greatest that a value can be."""
        val, shape = self.program.values[name], self._shape(name)
        low, high = self._span(val.slot)
        if not is_number(shape):
            return plain_value(shape, low), plain_value(shape, high)
        least, most = self._span(val.under) if val.under is not None else (1, 1)
        if low == high and least == most:
            return (text := as_text(val, low, most, shape)), text
        return (
            as_text(val, low, most if low >= 0 else least, shape),
            as_text(val, high, least if high >= 0 else most, shape),
        )

    def _span(self, slot: int) -> tuple[int, int]:
        span: tuple[int, int] = self.spans[slot]
        return span

    def _shape(self, name: str) -> Shape:
        source = self.regelwerk.regeln.get(name) or self.regelwerk.parameter.get(name)
        if source is not None:
            return source.shape
        return self.program.inputs[name].shape

    @cached_property
    def assumed(self) -> list[str]:
        """The facts that the law presumes because nothing else is stated, among those that were used."""
        own = [name for name in self._relevant if self._is_assumed(name)]
        return own + [item for name in self._relevant for item in self._assumed_of_items(name)]

    def _assumed_of_items(self, name: str) -> list[str]:
        """Return the items, as `liste[1].feld`, for which a field is presumed."""
        item = self.program.inputs[name]
        if not item.level or item.angabe is None or item.angabe.annahme is None:
            return []
        field = item.angabe.name
        rows = enumerate(self.case.items.get(item.level, ()), 1)
        unstated = (place for place, row in rows if (found := row.get(field)) is None or found.span is None)
        return [f"{item.level}[{place}].{field}" for place in unstated]

    def _is_assumed(self, name: str) -> bool:
        item = self.program.inputs[name]
        stated = self.case.stated.get(name)
        presumed = item.angabe is not None and item.angabe.annahme is not None
        return not item.level and presumed and (stated is None or stated.span is None)

    @property
    def _relevant(self) -> list[str]:
        return [name for name, item in self.program.inputs.items() if not item.judgement and name != STICHTAG]

    @cached_property
    def missing_names(self) -> tuple[str, ...]:
        """The unknown facts that can still change what the Regelwerk is about, in its order."""
        return self._open(self._target_slots)

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """The same, the one first that would narrow the result most."""
        return ranked(self.program, self.case, self.spans, self._target_slots, self.missing_names)

    @cached_property
    def missing_for_outcome(self) -> tuple[str, ...]:
        """The unknown facts that can still change which outcome applies."""
        return self._open([val.slot for _, val in self.program.outcomes])

    @cached_property
    def missing_for_judgements(self) -> tuple[str, ...]:
        """The unknown facts behind the indicators of the judgements that a person has still to make."""
        named = [name for judgement in self.judgements for name in self.regelwerk.ermessen[judgement].indikatoren]
        vals = [self.program.values[name] for name in named if name in self.program.values]
        return self._open([val.slot for val in vals if not val.level])

    @property
    def _target_slots(self) -> list[int]:
        vals = [self.program.values[name] for name in self.regelwerk.ziel if name in self.program.values]
        return [val.slot for val in vals] + [val.under for val in vals if val.under is not None]

    def _open(self, slots: list[int]) -> tuple[str, ...]:
        refused = frozenset(name for name, stated in self.case.stated.items() if stated.status == "refused")
        names = open_inputs(self.program, self.spans, slots, refused)
        asked = (name for name in names if not self._item(name).judgement and not self._is_presumed(name))
        order = {name: place for place, name in enumerate([*self.regelwerk.angaben, *self.regelwerk.regeln])}
        unknown = [name for name in asked if self._status(name) == "unknown"]
        lists = self.program.lists  # one number is asked for before a whole list that would give it, too
        return tuple(sorted(unknown, key=lambda name: (name in lists, order.get(name.partition("[")[0], 0), name)))

    def _item(self, name: str) -> Any:
        level, _, field = name.partition("[")
        found = self.program.inputs.get(f"{level}.{field.partition('.')[2]}" if field else name)
        return found or next(item for item in self.program.inputs.values() if item.level == name)

    def _is_presumed(self, name: str) -> bool:
        item = self._item(name)
        return bool(item.angabe is not None and item.angabe.annahme is not None and name not in self.program.lists)

    def _status(self, name: str) -> str:
        if name in self.program.lists:
            raw = self.facts.get(name)
            return str(raw.get("status", "unknown")) if isinstance(raw, Mapping) else "unknown"
        level, _, rest = name.partition("[")
        if rest:
            place, field = int(rest.partition("]")[0]) - 1, rest.partition(".")[2]
            found = self.case.items[level][place].get(field)
        else:
            found = self.case.stated.get(name)
        return found.status if found else "unknown"

    @cached_property
    def judgements(self) -> tuple[str, ...]:
        """The judgements that a person has still to make."""
        result = []
        for name in self.regelwerk.ermessen:
            stated = self.case.stated.get(name)
            condition = self.program.conditions.get(name)
            possible = condition is None or self._span(condition.slot)[1] > 0
            if possible and (stated is None or stated.span is None or stated.status != "known"):
                result.append(name)
        return tuple(result)

    @cached_property
    def contradictions(self) -> tuple[str, ...]:
        """The checks that fail whatever the open facts are: what is stated or presumed contradicts itself."""
        checks = [name for name, rule in self.regelwerk.regeln.items() if rule.pruefung]
        return tuple(n for n in checks if (val := self.program.values.get(n)) and self._span(val.slot)[1] == 0)

    @cached_property
    def outcomes(self) -> tuple[tuple[Ergebnis, str], ...]:
        """Every outcome that applies (`ja`) or may still apply (`offen`), in order.

        Where the first that applies counts, those behind a certain one are gone.
        """
        result: list[tuple[Ergebnis, str]] = []
        for outcome, val in self.program.outcomes:
            low, high = self._span(val.slot)
            if high:
                result.append((outcome, "ja" if low and not (result and self._first) else "offen"))
            if low and self._first:
                break
        return tuple(result)

    @property
    def _first(self) -> bool:
        return self.regelwerk.auswahl_ergebnis == "erstes"

    @cached_property
    def proof(self) -> tuple[Step, ...]:
        """Every step with its norm, inputs and value."""
        return proof_of(self)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over rules, state of the law, facts and judgements: equal digests give equal results."""
        content = {
            "regelwerk": self.regelwerk.digest,
            "stichtag": self.state.on.isoformat(),
            "bekannt_am": self.state.known_on.isoformat() if self.state.known_on else None,
            "entwurf": self.state.entwurf,
            "gesetzt": [[name, str(value)] for name, value in self.state.overrides],
            "angaben": self.facts,
            "urteile": self.judgements_given,
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


class Engine:
    """A Regelwerk with its compiled states of the law."""

    def __init__(self, regelwerk: Regelwerk) -> None:
        """Compile nothing yet."""
        self.regelwerk = regelwerk
        self._days = regelwerk.change_days()
        self._spans: tuple[Geltung, ...] = tuple(
            [w.geltung for p in regelwerk.parameter.values() for w in p.werte]
            + [f.geltung for r in regelwerk.regeln.values() for f in r.fassungen]
        )

    def program(self, state: State) -> Program:
        """Return the program for a state of the law, compiled once.

        Raises:
            FactError: the day lies before the Regelwerk begins, or a parameter that was set is none.
            RegelwerkError: the law of that day is incomplete.
        """
        if state.on < self._days[0]:
            raise FactError(
                f"Für den {state.on:%d.%m.%Y} ist kein Recht hinterlegt; es beginnt am {self._days[0]:%d.%m.%Y}."
            )
        for name, _ in state.overrides:
            parameter = self.regelwerk.parameter.get(name)
            if parameter is None or parameter.schluessel or parameter.shape.kind not in NUMBERS:
                raise FactError(
                    f"„{name}“ ist kein Parameter mit einem einzelnen Zahlenwert; nur ein solcher lässt sich setzen."
                )
        start = max(day for day in self._days if day <= state.on)
        known = None
        if state.known_on is not None:
            known = max((s.bekannt_seit for s in self._spans if s.bekannt_seit <= state.known_on), default=date.min)
        return compile_regelwerk(self.regelwerk, State(start, known, state.entwurf, state.overrides))

    def evaluate(  # noqa: PLR0913 - the parts of a question
        self,
        facts: Mapping[str, Any],
        *,
        on: date,
        judgements: Mapping[str, Any] | None = None,
        known_on: date | None = None,
        entwurf: bool = False,
        overrides: Mapping[str, Decimal] | None = None,
        refine: bool = True,
    ) -> Result:
        """Evaluate one case on the relevant day `on`, by what was known on `known_on`.

        Raises:
            FactError: a fact cannot be as stated.
        """
        state = State(on, known_on, entwurf, tuple(sorted((overrides or {}).items())))
        program = self.program(state)
        case = read_case(self.regelwerk, program, facts, judgements or {})
        case = Case({**case.stated, STICHTAG: Stated((on.toordinal(), on.toordinal()))}, case.items)
        runner = runner_of(program)
        spans = runner.spans(case)
        if refine:
            spans = self._refined(program, case, spans)
        return Result(self.regelwerk, program, state, case, spans, facts, judgements or {})

    def _refined(self, program: Program, case: Case, spans: Values) -> Values:
        targets = [program.values[name].slot for name in self.regelwerk.ziel if name in program.values]
        leading = _leading_to(program, targets)
        targets = [slot for slot in targets if spans[slot][0] != spans[slot][1]]
        plain = [(n, i.slot) for n, i in program.inputs.items() if not i.assumable and not i.level]
        unsure = [name for name, slot in plain if slot in leading and spans[slot][0] != spans[slot][1]]
        if not targets or not unsure:
            return spans
        names = open_inputs(program, spans, targets)
        return refined(program, case, spans, [name for name in unsure if name in names])

    def periods(self, facts: Mapping[str, Any], *, on: date, **options: Any) -> tuple[Period, ...]:
        """Return the Bewilligungszeitraum that begins in the month of `on`, split where the law changes."""
        months = self.regelwerk.zeitraum_monate
        if not months:
            return ()
        start = date.fromordinal(max(month_start(on.toordinal()), self._days[0].toordinal()))
        end = date.fromordinal(plus_months(month_start(on.toordinal()), months) - 1)
        entwurf = bool(options.get("entwurf"))
        days = {s.ab for s in self._spans if entwurf or s.status is not Status.ENTWURF}
        days |= {date.fromordinal(s.bis.toordinal() + 1) for s in self._spans if s.bis < date.max}
        starts = [start, *sorted(day for day in days if start < day <= end)]
        ends = [date.fromordinal(day.toordinal() - 1) for day in starts[1:]] + [end]
        return tuple(
            Period(first, last, self.evaluate(facts, on=first, **options))
            for first, last in zip(starts, ends, strict=True)
        )


def _leading_to(program: Program, targets: Sequence[int]) -> frozenset[int]:
    """Return the slots that lead to `targets`, which are always the same."""

    def walk() -> frozenset[int]:
        found, waiting = set(targets), list(targets)
        while waiting:
            op = program.writers.get(waiting.pop())
            fresh = [arg for arg in op.args if arg >= 0 and arg not in found] if op else []
            found.update(fresh)
            waiting += fresh
        return frozenset(found)

    leading: frozenset[int] = program.prepared("leading", walk)
    return leading


def value_of(val: Val, number: int, under: int, shape: Shape) -> Any:
    """Return one value of a slot, fit for JSON."""
    return as_text(val, number, under, shape) if is_number(shape) else plain_value(shape, number)

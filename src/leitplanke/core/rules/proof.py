"""The proof of a result: every step with its norm, what went in, what came out, and who said so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from leitplanke.core.rules.facts import Stated, as_text, is_number, plain_value
from leitplanke.core.rules.formula import names_in
from leitplanke.core.rules.model import Angabe, Geltung, Regelwerk, Shape, Status, in_force
from leitplanke.core.rules.spans import Span

if TYPE_CHECKING:
    from leitplanke.core.rules.compiling import State
    from leitplanke.core.rules.evaluating import Result
    from leitplanke.core.rules.graph import Program, Val
    from leitplanke.core.rules.running import Values

_ONE: Span = (1, 1)
# Where a value comes from.
STATED, PRESUMED, COMPUTED, PARAMETER, JUDGED, OPEN = "angabe", "annahme", "regel", "parameter", "urteil", "offen"


@dataclass(frozen=True, slots=True)
class Named:
    """What is the same in every proof under one state of the law: names, norm, formula, and where the value lies."""

    name: str
    title: str
    kind: str
    norm: str
    shape: Shape
    val: Val
    unit: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    ebene: str = ""
    source: str = ""
    level: str = ""
    fact: str = ""
    angabe: Angabe | None = None
    standing: str = Status.IN_KRAFT


class Step(NamedTuple):
    """One step of a proof.

    Attributes:
        about: names, norm and formula of the step.
        kind: `angabe`, `annahme`, `regel`, `parameter`, `urteil` or `offen`.
        span, under: the stored whole numbers, decoded when asked for.
        item: number of the list item that the step is about, 0 for the case.
    """

    about: Named
    kind: str
    span: Span
    under: Span
    item: int = 0

    @property
    def name(self) -> str:
        """Name of the value."""
        return self.about.name

    @property
    def title(self) -> str:
        """What people call it."""
        return self.about.title

    @property
    def norm(self) -> str:
        """Where it is ordered; for a presumption, what allows to presume it."""
        angabe = self.about.angabe
        return angabe.annahme_norm if self.kind == PRESUMED and angabe else self.about.norm

    @property
    def unit(self) -> str:
        """Unit of measure."""
        return self.about.unit

    @property
    def formula(self) -> str:
        """The formula as written; empty for what was stated."""
        angabe = self.about.angabe
        return (
            angabe.annahme_text
            if self.kind == PRESUMED and angabe
            else ""
            if self.kind == STATED
            else self.about.formula
        )

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names that the step stands on."""
        return self.about.inputs if self.kind == COMPUTED else ()

    @property
    def source(self) -> str:
        """Where the wording or value in force comes from."""
        return self.about.source

    @property
    def standing(self) -> str:
        """How far that has come: in_kraft, verabschiedet or entwurf."""
        return self.about.standing

    @property
    def settled(self) -> bool:
        """Whether the value is certain."""
        return self.span[0] == self.span[1] and (self.under[0] == self.under[1] or self.span[0] == 0)

    @property
    def value(self) -> Any:
        """The value, fit for JSON; None where it is not certain."""
        return self.low if self.settled else None

    @property
    def low(self) -> Any:
        """The least it can be."""
        number = self.span[0]
        return self._read(number, self.under[1] if number >= 0 else self.under[0])

    @property
    def high(self) -> Any:
        """The greatest it can be."""
        number = self.span[1]
        return self._read(number, self.under[0] if number >= 0 else self.under[1])

    def _read(self, number: int, under: int) -> Any:
        shape = self.about.shape
        return as_text(self.about.val, number, under, shape) if is_number(shape) else plain_value(shape, number)


def proof_of(result: Result) -> tuple[Step, ...]:
    """Return every step of a result: the facts used, then parameters, then the rules in the order of the Regelwerk."""
    program, regelwerk, state = result.program, result.regelwerk, result.state
    plan: tuple[Named, ...] = program.prepared("proof", lambda: tuple(_plan(regelwerk, program, state)))
    steps: list[Step] = []
    stated, spans = result.case.stated, result.spans
    for about in plan:
        val = about.val
        if about.level:
            steps += _of_items(about, spans, result.case.items)
            continue
        kind = about.kind
        if about.fact:
            found = stated.get(about.fact)
            known = found is not None and found.span is not None
            if kind == STATED:
                kind = STATED if known else PRESUMED if about.angabe and about.angabe.annahme is not None else OPEN
            elif kind == JUDGED:
                kind = JUDGED if known else OPEN
            elif known:
                kind = STATED
        under = spans[val.under] if val.under is not None else _ONE
        steps.append(Step(about, kind, spans[val.slot], under))
    return tuple(steps)


def _of_items(about: Named, spans: Values, rows: Mapping[str, Sequence[Mapping[str, Stated]]]) -> Iterator[Step]:
    """Yield the step for each item of a list that is known."""
    lists, val = spans[-1], about.val
    if about.level in lists.generic:
        return
    for place, item in enumerate(lists.items[about.level], 1):
        under = _span(item[val.under]) if val.under is not None else _ONE
        kind = _kind_of_field(about, rows[about.level][place - 1])
        yield Step(about, kind, _span(item[val.slot]), under, place)


def _kind_of_field(about: Named, row: Mapping[str, Stated]) -> str:
    """Tell who said so: the case, the law by presumption, or nobody."""
    found = row.get(about.name)
    if about.angabe is None or (found is not None and found.span is not None):
        return about.kind if about.angabe is None else STATED
    if about.kind == COMPUTED:
        return COMPUTED
    return PRESUMED if about.angabe.annahme is not None else OPEN


def _span(value: Any) -> Span:
    return value if isinstance(value, tuple) else (int(value), int(value))


def _plan(regelwerk: Regelwerk, program: Program, state: State) -> Iterator[Named]:
    """Yield what a proof consists of under one state of the law."""
    rules: list[Named] = []
    used: set[str] = set()
    for rule in regelwerk.regeln.values():
        variant = in_force(rule.fassungen, state)
        val = program.values.get(f"{rule.je}.{rule.name}" if rule.je else rule.name)
        if variant is None or val is None:
            continue
        names = tuple(sorted(names_in(variant.formel)))
        used.update(names)
        rules.append(
            Named(
                rule.name,
                rule.titel.de,
                COMPUTED,
                variant.norm or rule.norm,
                rule.shape,
                val,
                rule.shape.einheit,
                variant.text,
                names,
                regelwerk.ebenen.get(rule.place.ebene, ""),
                variant.geltung.quelle,
                rule.je,
                rule.name if rule.eingebbar and not rule.je else "",
                rule.eingebbar,
                variant.geltung.status,
            )
        )
    used |= _read_elsewhere(regelwerk)
    yield from _facts(regelwerk, program, used)
    for parameter in regelwerk.parameter.values():
        if parameter.name in used and parameter.name in program.values:
            ebene, current = regelwerk.ebenen.get(parameter.place.ebene, ""), in_force(parameter.werte, state)
            geltung = current.geltung if current else Geltung()
            yield Named(
                parameter.name, parameter.titel.de, PARAMETER, parameter.norm, parameter.shape,
                program.values[parameter.name], parameter.shape.einheit, ebene=ebene, source=geltung.quelle,
                standing=geltung.status,
            )  # fmt: skip
    yield from rules


def _read_elsewhere(regelwerk: Regelwerk) -> set[str]:
    """Return the names that presumptions, judgements and outcomes read."""
    facts = [*regelwerk.angaben.values(), *(part for angabe in regelwerk.angaben.values() for part in angabe.felder)]
    formulas = [fact.annahme for fact in facts] + [judgement.wenn for judgement in regelwerk.ermessen.values()]
    formulas += [outcome.wenn for outcome in regelwerk.ergebnisse]
    found = {name for formula in formulas if formula is not None for name in names_in(formula)}
    return found | {name for judgement in regelwerk.ermessen.values() for name in judgement.indikatoren}


def _facts(regelwerk: Regelwerk, program: Program, used: set[str]) -> Iterator[Named]:
    for angabe in regelwerk.angaben.values():
        if angabe.name in used and angabe.name in program.values:
            yield Named(
                angabe.name, angabe.titel.de, STATED, angabe.norm, angabe.shape, program.values[angabe.name],
                angabe.shape.einheit, fact=angabe.name, angabe=angabe,
            )  # fmt: skip
        for part in angabe.felder:
            key = f"{angabe.name}.{part.name}"
            if part.name in used and key in program.values:
                val = program.values[key]
                yield Named(
                    part.name,
                    part.titel.de,
                    STATED,
                    part.norm,
                    part.shape,
                    val,
                    part.shape.einheit,
                    level=angabe.name,
                    angabe=part,
                )
    for judgement in regelwerk.ermessen.values():
        val = program.values[judgement.name]
        yield Named(
            judgement.name, judgement.titel.de, JUDGED, judgement.norm, judgement.shape, val, fact=judgement.name
        )

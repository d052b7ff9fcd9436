"""A result in German sentences: what came out, why, on what it stands, and what is still open.

`explain(result).short()` says the result with its decisive steps, `long()` every step with its norm and its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from leitplanke.core.rules import german
from leitplanke.core.rules.formula import Expr, Name
from leitplanke.core.rules.model import NUMBERS, Kind, Shape, in_force
from leitplanke.core.rules.proof import COMPUTED, JUDGED, OPEN, PARAMETER, PRESUMED, STATED, Step
from leitplanke.core.rules.reckoning import Reckoner
from leitplanke.core.rules.tracing import Tracer
from leitplanke.core.rules.wording import Wording, condensed

if TYPE_CHECKING:
    from leitplanke.core.rules.evaluating import Period, Result

MOST_DECISIVE = 5
MOST_PRESUMED = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """One step for readers.

    Attributes:
        words: the formula with titles; empty for what was stated.
        numbers: the formula with the numbers put in, then what remains of it.
        used: whether the step bears on what the Regelwerk is about, in this case.
    """

    name: str
    title: str
    kind: str
    norm: str
    value: str
    words: str = ""
    numbers: tuple[str, ...] = ()
    used: bool = True
    item: int = 0
    ebene: str = ""

    @property
    def text(self) -> str:
        """The step as one line: norm, title, formula, numbers, value."""
        head = f"{self.norm}: {self.title}" if self.norm else self.title
        if self.kind == PRESUMED:
            where = f", {self.norm}" if self.norm else ""
            return f"{self.title} = {self.value} (angenommen, weil nichts anderes angegeben ist{where})"
        if self.kind == OPEN:
            return f"{head}: {self.value}"
        parts: list[str] = []
        for part in (self.words, *self.numbers, self.value):
            if parts and (part == parts[-1] or part.startswith(f"{parts[-1]} ")):
                parts.pop()
            if part:
                parts.append(part)
        return " = ".join([head, *parts])


class Explanation:
    """The explanation of one result; made only as far as it is asked for."""

    def __init__(self, result: Result, periods: Sequence[Period] = ()) -> None:
        """Explain `result`; `periods` tell how the Bewilligungszeitraum is split."""
        self.result = result
        self.periods = tuple(periods)
        self._book = result.regelwerk
        self._tracer = Tracer(self._book, result.state, result)

    @cached_property
    def distance(self) -> dict[str, int]:
        """How far each name stands from the target, of those that bear on it."""
        return self._tracer.trace(self._book.ziel).distance

    @cached_property
    def _bearing(self) -> set[str]:
        """The names that bear on the target, on an outcome, or on whether something is to be judged."""
        formulas = [outcome.wenn for outcome in self._book.ergebnisse]
        formulas += [item.wenn for item in self._book.ermessen.values() if item.wenn is not None]
        names = [key for formula in formulas for key in self._tracer.sources_of(formula)]
        names += [name for item in self._book.ermessen.values() for name in item.indikatoren]
        return set(self._tracer.trace([*self._book.ziel, *names]).distance)

    @cached_property
    def headline(self) -> tuple[str, ...]:
        """The result itself, one sentence for each target."""
        day = german.day(self.result.state.on)
        steps = {step.name: step for step in self.result.proof if not step.item}
        return tuple(
            f"{steps[name].title}: {self._value(steps[name])} (Stand {day})."
            for name in self._book.ziel
            if name in steps
        )

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """What follows from it, as far as that is certain."""
        return tuple(f"{o.titel.de}{_after(o.norm)}" for o, state in self.result.outcomes if state == "ja")

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """What may still follow from it."""
        return tuple(f"{o.titel.de}{_after(o.norm)}" for o, state in self.result.outcomes if state == "offen")

    @cached_property
    def assumed(self) -> tuple[Sentence, ...]:
        """What the law presumes because nothing else is stated, as far as it bears on the case."""
        return tuple(step for step in self.steps if step.kind == PRESUMED and step.used)

    @cached_property
    def open_facts(self) -> tuple[str, ...]:
        """The facts that are not certain and can still change the result, the most useful first."""
        missing = [self._fact_title(item.fact) for item in self.result.missing]
        return tuple(missing + [text for name in self.result.case.stated if (text := self._doubt(name))])

    def _doubt(self, name: str) -> str:
        stated = self.result.case.stated[name]
        if stated.status == "refused":
            return f"{self._fact_title(name)} (nicht mitgeteilt)"
        if stated.status != "contested":
            return ""
        shape = self.result.program.inputs[name].shape
        values = (german.said(value_of(shape, number), shape) for number in sorted(set(stated.values)))
        return f"{self._fact_title(name)} (umstritten: {german.listing(values, 'oder')})"

    @cached_property
    def judgements(self) -> tuple[str, ...]:
        """What a person has still to judge, as a question with its norm."""
        found = (self._book.ermessen[name] for name in self.result.judgements)
        return tuple(f"{item.frage.de}{_after(item.norm)}" for item in found)

    @cached_property
    def contradictions(self) -> tuple[str, ...]:
        """What is to be looked at again because facts contradict each other, with its norm."""
        rules = self._book.regeln
        steps = {step.name: step for step in self.result.proof}
        return tuple(f"{rules[n].erlaeuterung.de}{_after(steps[n].norm)}" for n in self.result.contradictions)

    @cached_property
    def steps(self) -> tuple[Sentence, ...]:
        """Every step, what was stated first."""
        return tuple(self._sentence(step) for step in self.result.proof)

    @cached_property
    def decisive(self) -> tuple[Sentence, ...]:
        """The three to five steps that carry the result: of each norm the one nearest to it, amounts first."""
        best: dict[str, Sentence] = {}
        computed = [step for step in self.steps if step.name in self.distance and not step.item]
        computed = [step for step in computed if step.kind == COMPUTED]
        for step in sorted(computed, key=lambda step: (self._weight(step.name), self.distance[step.name])):
            if step.name not in self._book.ziel:
                best.setdefault(_paragraph(step.norm), step)
        targets = [step for step in computed if step.name in self._book.ziel]
        telling = sum(self._weight(step.name) < 2 for step in best.values())
        count = min(MOST_DECISIVE - len(targets), max(telling, 3 - len(targets)))
        chosen = targets + list(best.values())[: max(count, 0)]
        return tuple(sorted(chosen, key=lambda step: -self.distance[step.name]))

    def _weight(self, name: str) -> int:
        """Tell how much a value says by itself: amounts most, factors and passing results least."""
        shape = self._book.regeln[name].shape
        if shape.kind in {Kind.ZAHL, Kind.PROZENT, Kind.GANZZAHL} or shape.stellen > 2:
            return 2
        return int(shape.kind is not Kind.BETRAG)

    @cached_property
    def norms(self) -> tuple[str, ...]:
        """Every norm that the result stands on, in the order of the steps."""
        kinds = {COMPUTED, PARAMETER}
        return tuple(dict.fromkeys(s.norm for s in self.steps if s.norm and s.used and s.kind in kinds))

    def short(self) -> str:
        """Return the result, its decisive steps and its norms."""
        return "\n".join([*self.headline, *self._status(), *self._list("Die entscheidenden Schritte:", [
            f"{step.title} = {step.value}{_after(step.norm)}" for step in self.decisive
        ]), *self._presumed_briefly(), *self._open(), f"Rechtsgrundlagen: {german.listing(self.norms)}."])  # fmt: skip

    def long(self) -> str:
        """Return every step with its norm and its numbers."""
        used = [step for step in self.steps if step.used]
        facts = [step.text for step in used if step.kind in {STATED, JUDGED}]
        values = [step.text for step in used if step.kind == PARAMETER]
        rules = [step.text for step in used if step.kind == COMPUTED]
        rest = [step.text for step in self.steps if not step.used and step.kind == COMPUTED]
        return "\n".join([
            *self.headline, *self._status(), *self._list("Angaben:", facts),
            *self._list("Annahmen:", [step.text for step in self.assumed]), *self._open(),
            *self._list("Werte des Rechts:", values), *self._list("Rechenweg:", rules),
            *self._list("Berechnet, hier ohne Einfluss auf das Ergebnis:", rest), *self._split(),
        ])  # fmt: skip

    def _status(self) -> Iterator[str]:
        yield from (f"Angaben widersprechen sich, bitte prüfen: {text}" for text in self.contradictions)
        texts = {
            "missing": "Das Ergebnis steht noch nicht fest: Es fehlen Angaben.",
            "needs_judgement": "Die Rechnung steht; offen ist noch, was nur ein Mensch beurteilen kann.",
            "interval": "Das Ergebnis lässt sich nach den Angaben nur eingrenzen.",
        }
        if self.result.status in texts:
            yield texts[self.result.status]
        if self.outcomes:
            yield f"Ergebnis: {german.listing(self.outcomes)}."
        if self.possible:
            yield f"Noch möglich: {german.listing(self.possible, 'oder')}."

    def _presumed_briefly(self) -> Iterator[str]:
        if self.assumed:
            told = [f"{step.title}: {step.value}" for step in self.assumed[:MOST_PRESUMED]]
            more = len(self.assumed) - len(told)
            facts = german.listing([*told, *([f"{more} weitere"] if more else [])])
            yield f"Angenommen, weil nichts anderes angegeben ist: {facts}."

    def _open(self) -> Iterator[str]:
        yield from self._list("Noch offene Angaben:", self.open_facts)
        yield from self._list("Noch zu beurteilen, von einem Menschen:", self.judgements)

    def _split(self) -> Iterator[str]:
        if len(self.periods) < 2:
            return
        yield f"Der Bewilligungszeitraum ist geteilt, weil sich das Recht ändert{_after(self._book.zeitraum_norm)}:"
        for period in self.periods:
            said = "; ".join(Explanation(period.result).headline)
            yield f"  {german.span_of_days(period.start, period.until)}: {said}"

    @staticmethod
    def _list(heading: str, lines: Sequence[str]) -> list[str]:
        return [heading, *(f"  {line}" for line in lines)] if lines else []

    def _sentence(self, step: Step) -> Sentence:
        about = step.about
        key = f"{about.level}.{step.name}" if about.level else step.name
        words, numbers = self._formula(step) if step.kind in {COMPUTED, PRESUMED} else ("", ())
        title = self._numbered(step.title, about.level, step.item) if step.item else step.title
        return Sentence(
            step.name, title, step.kind, step.norm, self._value(step), words, numbers,
            self._bears(step, key), step.item, about.ebene,
        )  # fmt: skip

    def _bears(self, step: Step, key: str) -> bool:
        if step.name in self._book.ermessen:
            return step.kind == JUDGED or step.name in self.result.judgements
        return key in self._bearing

    def _formula(self, step: Step) -> tuple[str, tuple[str, ...]]:
        """Return the formula of a step with titles, and with its numbers."""
        expr = self._expr(step)
        if expr is None:
            return "", ()
        reckoner = Reckoner(self.result, step.about.level, step.item)
        words = self._said(expr, step, Wording(self._book, step.about.level, expected=step.about.shape))
        if isinstance(expr, Name):
            return words, ()
        spoken = Wording(self._book, step.about.level, reckoner, step.about.shape)
        numbers = [self._said(expr, step, spoken)]
        short = condensed(expr, reckoner) if step.settled else None
        if short is not None and short != expr and (rest := self._said(short, step, spoken)) not in numbers:
            numbers.append(rest)
        return words, tuple(numbers)

    @staticmethod
    def _said(expr: Expr, step: Step, wording: Wording) -> str:
        truth = step.about.shape.kind is Kind.WAHRHEITSWERT
        return f"ob gilt: {wording.condition(expr)}" if truth else wording.formula(expr)

    def _expr(self, step: Step) -> Expr | None:
        if step.kind == PRESUMED:
            return step.about.angabe.annahme if step.about.angabe else None
        variant = in_force(self._book.regeln[step.name].fassungen, self.result.state)
        return variant.formel if variant else None

    def _value(self, step: Step) -> str:
        if step.kind == OPEN and not step.settled:
            if step.name in self._book.ermessen:
                return "noch zu beurteilen" if step.name in self.result.judgements else "nicht zu beurteilen"
            return f"noch nicht angegeben, {self._bounds(step)}" if step.about.shape.kind in NUMBERS else "noch offen"
        return self._bounds(step)

    def _bounds(self, step: Step) -> str:
        """Return the value of a step, or between what it lies; of a mere placeholder what it stands for."""
        shape, reckoner = step.about.shape, Reckoner(self.result, step.about.level, step.item)
        if words := reckoner.stands_for(step.name):
            return words
        low, high = reckoner.bounds(step.name)
        if low is None:
            return "nicht bestimmbar"
        if low == high:
            return german.said(low, shape, unit=german.unit_for(low, step.unit))
        return german.interval(low, high, shape, unit=german.unit_words(step.unit))

    def _fact_title(self, name: str) -> str:
        """Return how a fact is called; those of items as `liste[1].feld`."""
        level, bracket, rest = name.partition("[")
        if not bracket:
            fact = self._book.fact(name) or self._book.ermessen.get(name)
            return fact.titel.de if fact else name
        place, _, field = rest.partition("].")
        part = next((part for part in self._book.angaben[level].felder if part.name == field), None)
        rule = self._book.regeln.get(field)
        title = part.titel.de if part else rule.titel.de if rule else field
        return self._numbered(title, level, int(place))

    def _numbered(self, title: str, level: str, item: int) -> str:
        return f"{title} ({self._book.angaben[level].titel.de}, Nr. {item})"


def explain(result: Result, periods: Sequence[Period] = ()) -> Explanation:
    """Explain a result in German."""
    return Explanation(result, periods)


def value_of(shape: Shape, number: int) -> Any:
    """Return what a stored whole number stands for, as `german.said` takes it."""
    if shape.kind in NUMBERS:
        return Fraction(number, 10**shape.scale)
    return shape.optionen[number] if shape.kind is Kind.AUSWAHL else number


def _after(norm: str) -> str:
    return f" ({norm})" if norm else ""


def _paragraph(norm: str) -> str:
    """Return the norm without what follows the Absatz."""
    return norm.split(" Satz ", maxsplit=1)[0].split(" Nr. ", maxsplit=1)[0]

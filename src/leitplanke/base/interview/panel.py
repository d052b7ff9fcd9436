"""The result beside the questions: what it comes to by now, on what it stands, and what a human decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import formats

from leitplanke.base.interview.wording import between, said, shown, stated
from leitplanke.core.rules.explain import Explanation, Sentence
from leitplanke.core.rules.model import Angabe, Ermessen
from leitplanke.core.rules.proof import PRESUMED

if TYPE_CHECKING:
    from leitplanke.core.rules import Engine, Period, Result
    from leitplanke.core.rules.interview import Interview


@dataclass(frozen=True, slots=True)
class Target:
    """A value that the Regelwerk is about, in words."""

    title: str
    text: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A fact with what is said or presumed of it."""

    name: str
    title: str
    text: str
    norm: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What only a human decides."""

    question: str
    norm: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that do not agree with each other: what is wrong, and which of them one may look at again."""

    text: str
    norm: str
    answers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ProofStep:
    """One step of the proof: how it reads, with its numbers, each line once."""

    title: str
    norm: str
    lines: tuple[str, ...]
    value: str
    presumed: bool
    item: int


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the Bewilligungszeitraum with what it comes to."""

    days: str
    text: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything beside the questions."""

    targets: tuple[Target, ...]
    contradictions: tuple[Contradiction, ...]
    outcomes: tuple[Said, ...]
    possible: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    answers: tuple[Said, ...]
    presumed: tuple[Said, ...]
    declined: tuple[str, ...]
    pending: tuple[str, ...]
    decisive: tuple[ProofStep, ...]
    steps: tuple[ProofStep, ...]
    spans: tuple[Span, ...]
    answered: int
    avoided: int
    done: bool

    @property
    def settled(self) -> bool:
        """Whether every target is certain."""
        return all(target.settled for target in self.targets)


def panel_of(interview: Interview, engine: Engine) -> Panel:
    """Return what stands beside the questions."""
    result = interview.result
    book = result.regelwerk
    explanation = Explanation(result)
    return Panel(
        targets=tuple(_target(result, name) for name in book.ziel),
        contradictions=tuple(_contradiction(interview, name) for name in result.contradictions),
        outcomes=tuple(
            Said(o.name, said(o.titel), said(o.tenor), o.norm) for o, state in result.outcomes if state == "ja"
        ),
        possible=tuple(said(o.titel) for o, state in result.outcomes if state != "ja"),
        judgements=tuple(_judgement(book.ermessen[name]) for name in result.judgements),
        answers=tuple(
            _said(angabe, stated(value, angabe.shape, angabe.shape.einheit))
            for name, value in interview.facts.items()
            if (angabe := book.fact(name)) is not None
        ),
        presumed=tuple(_presumed(result, question.angabe) for question in interview.presumed),
        declined=tuple(said(question.angabe.titel) for question in interview.declined),
        pending=tuple(said(question.angabe.titel) for question in interview.pending),
        decisive=tuple(_step(step) for step in explanation.decisive),
        steps=tuple(_step(step) for step in explanation.steps if step.used),
        spans=_spans(interview, engine) if interview.done else (),
        answered=interview.answered,
        avoided=interview.avoided,
        done=interview.done,
    )


def _step(step: Sentence) -> ProofStep:
    lines = dict.fromkeys(line for line in (step.words, *step.numbers) if line and not step.value.startswith(line))
    return ProofStep(step.title, step.norm, tuple(lines), step.value, step.kind == PRESUMED, step.item)


def _target(result: Result, name: str) -> Target:
    source = result.regelwerk.regeln.get(name) or result.regelwerk.parameter[name]
    low, high = result.bounds_of(name)
    settled = result.settled(name)
    unit = source.shape.einheit
    text = shown(low, source.shape, unit) if settled else between(low, high, source.shape, unit)
    return Target(said(source.titel), text, settled)


def _contradiction(interview: Interview, name: str) -> Contradiction:
    rule = interview.result.regelwerk.regeln[name]
    answers = tuple(_said(question.angabe, "") for question in interview.answers_behind(name))
    return Contradiction(said(rule.erlaeuterung), rule.norm, answers)


def _judgement(ermessen: Ermessen) -> Judgement:
    return Judgement(said(ermessen.frage), ermessen.norm)


def _said(angabe: Angabe, text: str, norm: str = "") -> Said:
    return Said(angabe.name, said(angabe.titel), text, norm or angabe.norm)


def _presumed(result: Result, angabe: Angabe) -> Said:
    low, high = result.bounds_of(angabe.name)
    unit = angabe.shape.einheit
    text = shown(low, angabe.shape, unit) if low == high else between(low, high, angabe.shape, unit)
    return _said(angabe, text, angabe.annahme_norm)


def _spans(interview: Interview, engine: Engine) -> tuple[Span, ...]:
    """Return the parts of the Bewilligungszeitraum where the law changes within it."""
    state = interview.result.state
    periods = engine.periods(interview.facts, on=state.on, entwurf=state.entwurf)
    if len(periods) < 2:
        return ()
    target = interview.result.regelwerk.ziel[0]
    return tuple(Span(_days(period), _target(period.result, target).text) for period in periods)


def _days(period: Period) -> str:
    first, last = (formats.date_format(day, "SHORT_DATE_FORMAT") for day in (period.start, period.until))
    return f"{first} – {last}"

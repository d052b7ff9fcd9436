"""What one state of the law says by the names of its rules, prepared once, and what a result says of each rule.

Rules are told apart by the beginning of their name: `verbot_`, `punkt_`, `ausnahme_`, `transparenz_`, `pflicht_`,
`frist_`, `sperre_`, `zweifel_`, `widerspruch_`, `haus_` and `basis_`. A new one needs no change here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from leitplanke.core.rules.compiling import State
from leitplanke.core.rules.evaluating import Result
from leitplanke.core.rules.formula import names_in
from leitplanke.core.rules.influence import open_inputs
from leitplanke.core.rules.model import Auslegung, Kind, Regelwerk, Words, in_force

GUIDANCE = {Auslegung.GESETZ: "law", Auslegung.LEITLINIE: "final", Auslegung.ENTWURF: "draft"}
_VERSION = "geltende_fassung"
# The rules whose values a classification says; an open fact that can change one of them is worth asking for.
_ASKED = ("klasse", "hausklasse")
_TELLING = (
    "verbot_", "punkt_", "ausnahme_", "transparenz_", "pflicht_", "sperre_", "basis_", "haus_", "rolle_",
    "widerspruch_",  # a fact that may yet contradict another one matters too
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule under one state of the law, with where its value lies."""

    name: str
    slot: int
    title: Words
    kind: Kind
    norm: str
    source: str
    guidance_status: str
    law_version: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """The rules of one state of the law by name; `asked` are the slots of what a classification says."""

    rules: dict[str, Rule]
    asked: tuple[int, ...]
    version: str
    _groups: dict[tuple[str, ...], tuple[Rule, ...]] = field(default_factory=dict)

    def starting(self, *beginnings: str) -> tuple[Rule, ...]:
        """Return the rules whose names begin so, in the order of the Regelwerk."""
        if beginnings not in self._groups:
            found = tuple(rule for name, rule in self.rules.items() if name.startswith(beginnings))
            self._groups[beginnings] = found
        return self._groups[beginnings]


def law_of(result: Result) -> Law:
    """Return what the state of the law of a result says, prepared once."""
    law: Law = result.program.prepared("aiact", lambda: _law(result))
    return law


def _law(result: Result) -> Law:
    book, state = result.regelwerk, result.state
    version = book.regeln[_VERSION].shape.labels[result.value(_VERSION)].de
    rules: dict[str, Rule] = {}
    for name, rule in book.regeln.items():
        variant, val = in_force(rule.fassungen, state), result.program.values.get(name)
        if variant is None or val is None:
            continue
        rules[name] = Rule(
            name, val.slot, rule.titel, rule.shape.kind, variant.norm or rule.norm, variant.geltung.quelle,
            GUIDANCE[variant.auslegung or Auslegung.GESETZ], variant.rechtsstand or version,
            _facts_behind(book, state, name),
        )  # fmt: skip
    asked = tuple(rule.slot for name, rule in rules.items() if name in _ASKED or name.startswith(_TELLING))
    return Law(rules, asked, version)


def _facts_behind(book: Regelwerk, state: State, name: str) -> tuple[str, ...]:
    """Return the facts that a rule stands on, directly or through other rules."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        rule = book.regeln.get(waiting.pop())
        variant = in_force(rule.fassungen, state) if rule else None
        fresh = names_in(variant.formel) - found if variant else set()
        found |= fresh
        waiting += fresh
    return tuple(fact for fact in book.angaben if fact in found)


@dataclass(frozen=True, slots=True)
class Reading:
    """One result, rule by rule."""

    result: Result
    law: Law

    def possible(self, name: str) -> bool:
        """Tell whether a rule holds or still may."""
        return name in self.law.rules and bool(self.span(name)[1])

    def certain(self, name: str) -> bool:
        """Tell whether a rule holds whatever the open facts are."""
        return name in self.law.rules and bool(self.span(name)[0])

    def span(self, name: str) -> tuple[int, int]:
        """Return the least and the greatest that a rule can be."""
        span: tuple[int, int] = self.result.spans[self.law.rules[name].slot]
        return span

    def day(self, name: str) -> date:
        """Return a day, the first where several are possible."""
        return date.fromordinal(self.span(name)[0])

    def open_facts(self) -> tuple[str, ...]:
        """Return the open facts that can still change anything of the classification."""
        result = self.result
        found = open_inputs(result.program, result.spans, self.law.asked)
        stated = result.case.stated
        return tuple(
            name
            for name, angabe in result.regelwerk.angaben.items()
            if name in found and not (angabe.annahme is not None and name not in stated)
        )

"""What to ask next: only facts that can still change the result, the most useful first, a handful at a time.

`facts` are what was stated so far, as in `Engine.evaluate`. A fact stated as `UNKNOWN` or `REFUSED` was answered too:
it is not asked again, and the result stays open as far as it matters. Judgements are never asked of citizens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from leitplanke.core.rules.evaluating import Result
from leitplanke.core.rules.formula import names_in
from leitplanke.core.rules.model import Angabe, Kind, Regelwerk

MOST_AT_ONCE = 4
UNKNOWN: Final[Mapping[str, str]] = {"status": "unknown"}
REFUSED: Final[Mapping[str, str]] = {"status": "refused"}


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask for.

    Attributes:
        narrows: the share of the remaining width that an answer would take away on average.
        required: the law presumes nothing, so that it is asked until it is answered or declared unknown or refused.
        refusable: personal, so that nobody has to say it.
    """

    angabe: Angabe
    narrows: float = 0.0

    @property
    def name(self) -> str:
        """Name of the fact."""
        return self.angabe.name

    @property
    def required(self) -> bool:
        """Whether an answer is expected."""
        return self.angabe.annahme is None

    @property
    def refusable(self) -> bool:
        """Whether one may decline to say it."""
        return self.angabe.schutz != "keiner"


@dataclass(frozen=True)
class Interview:
    """One case on its way: what is asked next, and how far it has come."""

    result: Result
    facts: Mapping[str, Any]
    most: int = MOST_AT_ONCE

    @cached_property
    def pending(self) -> tuple[Question, ...]:
        """Everything that still matters and was not answered, the most useful first; lists as a whole.

        Facts that a rule would otherwise compute are no questions of their own; see `shortcuts`.
        """
        return tuple(self._questions(self._open, self._rules_stated, want_shortcuts=False))

    @cached_property
    def shortcuts(self) -> tuple[Question, ...]:
        """Values that a rule would compute from the pending facts, for people who know them already."""
        return tuple(self._questions(self._open, self._rules_stated, want_shortcuts=True)) if self.pending else ()

    @cached_property
    def group(self) -> tuple[Question, ...]:
        """The questions of the next page: a list by itself, else a handful in the order of the Regelwerk."""
        pending = self.pending
        if not pending:
            return ()
        if pending[0].angabe.shape.kind is Kind.LISTE:
            return pending[:1]
        chosen = [question for question in pending if question.angabe.shape.kind is not Kind.LISTE][: self.most]
        return tuple(sorted(chosen, key=lambda question: self._order[question.name]))

    @property
    def done(self) -> bool:
        """Whether nothing is left to ask: the result is as certain as these facts make it."""
        return not self.pending

    @cached_property
    def presumed(self) -> tuple[Question, ...]:
        """Facts that the law presumes and that were used so, which one may state otherwise."""
        names = (name for name in self.result.assumed if name not in self.facts)
        return tuple(Question(angabe) for name in names if (angabe := self.result.regelwerk.fact(name)) is not None)

    @cached_property
    def declined(self) -> tuple[Question, ...]:
        """Facts that were declared unknown or refused."""
        book = self.result.regelwerk
        names = (name for name, value in self.facts.items() if is_open(value))
        return tuple(Question(angabe) for name in names if (angabe := book.fact(name)) is not None)

    def answers_behind(self, name: str) -> tuple[Question, ...]:
        """Return the facts that a rule stands on in this case, in the order of the Regelwerk.

        They are stated or presumed; what a presumption stands on counts only where nothing is stated instead.
        """
        book, found = self.result.regelwerk, names_behind(self.result.regelwerk, name)
        waiting = list(found)
        while waiting:
            fact = book.angaben.get(waiting.pop())
            if fact is None or fact.annahme is None or fact.name in self.facts:
                continue
            new = names_in(fact.annahme) - found
            new |= {behind for one in new for behind in names_behind(book, one)} - found
            found |= new
            waiting += new
        return tuple(Question(fact) for name, fact in book.angaben.items() if name in found)

    @property
    def answered(self) -> int:
        """How many questions were answered, also with unknown or refused."""
        return len(self.facts)

    @property
    def avoided(self) -> int:
        """How many questions of the Regelwerk need not be asked, as far as one knows by now."""
        asked = {question.name for question in self.pending} | self.facts.keys()
        return sum(name not in asked for name in self.result.regelwerk.angaben)

    @property
    def _rules_stated(self) -> Mapping[str, Angabe]:
        book = self.result.regelwerk
        return {name: rule.eingebbar for name, rule in book.regeln.items() if rule.eingebbar and not rule.je}

    @cached_property
    def _open(self) -> dict[str, float]:
        """Every open fact by name, fields of items under their list, with how much it narrows."""
        found: dict[str, float] = {}
        ranked = [(item.fact, item.narrows) for item in self.result.missing]
        for name, narrows in [*ranked, *((name, 0.0) for name in self.result.missing_for_outcome)]:
            base = name.partition("[")[0]
            if not (self._answered(name) or _is_open_field(self.facts, name)):
                found[base] = max(found.get(base, 0.0), narrows)
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def _answered(self, name: str) -> bool:
        return "[" not in name and name in self.facts

    def _questions(
        self, names: Mapping[str, float], by_rule: Mapping[str, Angabe], *, want_shortcuts: bool
    ) -> Iterator[Question]:
        for name, narrows in names.items():
            angabe = by_rule.get(name) if want_shortcuts else self.result.regelwerk.angaben.get(name)
            if angabe is not None:
                yield Question(angabe, narrows)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.result.regelwerk.angaben)}


def is_open(value: Any) -> bool:
    """Tell whether a fact was answered without being stated."""
    return isinstance(value, Mapping) and value.get("status") in {"unknown", "refused"}


def fields_of(angabe: Angabe) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """Return what is asked of each item of a list, and what the law presumes and one may add."""
    questions = [Question(part) for part in angabe.felder]
    return (
        tuple(question for question in questions if question.required),
        tuple(question for question in questions if not question.required),
    )


def names_behind(regelwerk: Regelwerk, name: str) -> frozenset[str]:
    """Return every name that a rule stands on, directly or through other rules; lists by their own name."""
    found: set[str] = set()
    lists = {part.name: angabe.name for angabe in regelwerk.angaben.values() for part in angabe.felder}
    waiting = [name]
    while waiting:
        rule = regelwerk.regeln.get(waiting.pop())
        for variant in rule.fassungen if rule else ():
            new = names_in(variant.formel) - found
            found |= new
            waiting += new
    return frozenset(found | {lists[one] for one in found if one in lists})


def _is_open_field(facts: Mapping[str, Any], name: str) -> bool:
    """Tell whether a field of an item, `liste[1].feld`, was answered with unknown or refused."""
    level, _, rest = name.partition("[")
    place, _, field = rest.partition("].")
    rows = facts.get(level)
    if not rest or not isinstance(rows, Sequence) or isinstance(rows, str):
        return False
    row = rows[int(place) - 1] if int(place) <= len(rows) else {}
    return isinstance(row, Mapping) and is_open(row.get(field))

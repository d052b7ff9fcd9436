"""A draft on trial: what it would have said to the calls of the last 90 days. Of a call only its facts are known.

Equal facts are decided once, so that many calls take no longer than their kinds. What was not recorded then is taken to
have been in order: else a draft that asks for something new would seem to stop everything. How many calls hang on such
a thing is said apart, and what it is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.base.llm.models import Aufruf
from leitplanke.core.guideline.writing.cases import fact_words
from leitplanke.core.guideline.writing.words import EFFECTS
from leitplanke.core.policy import FACTS, Decision, Effect, Policy
from leitplanke.core.policy.cases import quiet
from leitplanke.core.policy.compiling import names_in, parse_condition
from leitplanke.core.policy.deciding import TABLE
from leitplanke.core.policy.model import STOPPING

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

DAYS = 90
MOST_EXAMPLES, MOST_KINDS = 6, 200
_STOPS = {effect.value for effect in STOPPING}


@dataclass(slots=True)
class Tally:
    """How many calls there were, and what would have become of them.

    Attributes:
        stopped: went on then and would not any more.
        freed: were stopped then and would go on.
        other: go on both times, under other conditions (masked, labelled, local).
        unclear: would go on if what was not recorded was in order, else not.
    """

    total: int = 0
    stopped: int = 0
    freed: int = 0
    other: int = 0
    unclear: int = 0

    def add(self, what: str, count: int, *, unclear: bool) -> None:
        """Count calls."""
        self.total += count
        self.unclear += count * unclear
        if what:
            setattr(self, what, getattr(self, what) + count)

    @property
    def changed(self) -> int:
        """How many would have ended otherwise."""
        return self.stopped + self.freed + self.other

    @property
    def same(self) -> int:
        """How many would have ended as they did."""
        return self.total - self.changed


@dataclass(frozen=True, slots=True)
class ClauseTally:
    """A clause that would have stopped calls that went on."""

    number: str
    title: str
    sentence: str
    stopped: int


@dataclass(frozen=True, slots=True)
class Example:
    """Calls of one kind that would have ended otherwise: facts in words, what was, what would be."""

    words: str
    before: str
    after: str
    number: str
    title: str
    stops: bool
    count: int


@dataclass(slots=True)
class Trial:
    """What came of it."""

    since: date
    all: Tally = field(default_factory=Tally)
    weeks: dict[date, Tally] = field(default_factory=dict)
    purposes: dict[str, Tally] = field(default_factory=dict)
    clauses: list[ClauseTally] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Kind:
    """Calls with equal facts that ended equally."""

    facts: Mapping[str, Any]
    effect: str
    purpose: str
    day: date
    count: int
    key: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What a policy says if what was not recorded was in order, and what it would hang on else."""

    decision: Decision
    missing: tuple[str, ...]


def try_on_the_past(mandant: Mandant, policy: Policy, *, now: datetime | None = None) -> Trial:
    """Return what a policy would have said to the calls of the last 90 days."""
    since = (now or timezone.now()) - timedelta(days=DAYS)
    trial = Trial(timezone.localdate(since))
    said: dict[str, _Said] = {}
    stopped: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    changed: Counter[tuple[str, str]] = Counter()
    facts: dict[str, Mapping[str, Any]] = {}
    for kind in _kinds(mandant, since):
        if kind.key not in said:
            said[kind.key], facts[kind.key] = _said(policy, kind.facts), kind.facts
        now_said = said[kind.key]
        what = _change(kind.effect, now_said.decision)
        for tally in (
            trial.all, trial.weeks.setdefault(_monday(kind.day), Tally()),
            trial.purposes.setdefault(kind.purpose, Tally()),
        ):  # fmt: skip
            tally.add(what, kind.count, unclear=bool(now_said.missing))
        missing.update(dict.fromkeys(now_said.missing, kind.count))
        if what:
            changed[kind.key, kind.effect] += kind.count
        if what == "stopped" and now_said.decision.stops is not None:
            stopped[now_said.decision.stops.name] += kind.count
    trial.weeks = dict(sorted(trial.weeks.items()))
    trial.purposes = dict(sorted(trial.purposes.items(), key=lambda pair: (-pair[1].changed, pair[0])))
    trial.clauses = _clauses(policy, stopped)
    trial.missing = [FACTS[name].meaning for name, _count in missing.most_common()]
    trial.examples = _gathered(
        _example(policy, facts[key], effect, said[key].decision, count)
        for (key, effect), count in changed.most_common(MOST_KINDS)
    )
    return trial


def _gathered(examples: Iterable[Example]) -> list[Example]:
    """Return the most frequent examples; those that read alike are one, those that would stop come first."""
    found: dict[Example, int] = {}
    for one in examples:
        same = replace(one, count=0)
        found[same] = found.get(same, 0) + one.count
    ordered = sorted(found.items(), key=lambda pair: (not pair[0].stops, -pair[1]))
    return [replace(one, count=count) for one, count in ordered[:MOST_EXAMPLES]]


def _said(policy: Policy, facts: Mapping[str, Any]) -> _Said:
    strict = policy.decide(facts)
    if not strict.missing:
        return _Said(strict, ())
    kind = policy.decide({**quiet(), **{name: value for name, value in facts.items() if value is not None}})
    return _Said(kind, strict.missing if strict.stops is not None and kind.stops is None else ())


def _kinds(mandant: Mandant, since: datetime) -> Iterator[_Kind]:
    """Return the calls that a policy decided about, gathered by the database."""
    rows = Aufruf.objects.for_mandant(mandant).filter(begonnen_am__gte=since).exclude(wirkung="")
    gathered = rows.values("fakten", "wirkung", "zweck", day=TruncDate("begonnen_am")).annotate(count=Count("pk"))
    for row in gathered.order_by().iterator(chunk_size=2000):
        facts = {name: value for name, value in row["fakten"].items() if name in FACTS}
        key = json.dumps(facts, sort_keys=True)
        yield _Kind(facts, row["wirkung"], row["zweck"], row["day"], row["count"], key)


def _change(before: str, decision: Decision) -> str:
    """Return what would have become of calls, as `Tally` names it; "" where all is as it was."""
    was, stops = before in _STOPS, decision.stops is not None
    if was is not stops:
        return "stopped" if stops else "freed"
    return "" if was or _visible(decision.effect.value) == _visible(before) else "other"


def _visible(effect: str) -> str:
    """Return an effect, "" for those of which nobody notices anything."""
    return "" if effect in {Effect.LOG.value, Effect.ALLOW.value} else effect


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _clauses(policy: Policy, stopped: Counter[str]) -> list[ClauseTally]:
    table = policy.profile.table
    titles = {clause.name: (clause.number, clause.title, clause.sentence) for clause in policy.profile.clauses}
    titles[TABLE] = (table.number, table.title, table.closed)
    return [ClauseTally(*titles[name], count) for name, count in stopped.most_common()]


def _example(policy: Policy, facts: Mapping[str, Any], before: str, decision: Decision, count: int) -> Example:
    clause = decision.stops or next(iter(decision.applied), None)
    words = " ".join(fact_words(name, facts.get(name)) for name in _telling(policy, clause.name if clause else ""))
    return Example(
        words, _(EFFECTS[Effect(before)]) if before in set(Effect) else before, _(EFFECTS[decision.effect]),
        clause.number if clause else "", clause.title if clause else "",
        decision.stops is not None, count,
    )  # fmt: skip


def _telling(policy: Policy, name: str) -> list[str]:
    """Return the facts on which a clause hangs, beside the class of data and model, which always tell something."""
    condition = next((clause.condition for clause in policy.profile.clauses if clause.name == name), "")
    asked = {"datenklasse", "modellklasse", *(names_in(parse_condition(condition)) if condition else ())}
    return [fact for fact in FACTS if fact in asked and fact != "schritt"]

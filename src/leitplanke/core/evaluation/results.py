"""What an evaluation says, as data: verdict, criteria, and every figure behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leitplanke.core.evaluation.agreement import Agreement
from leitplanke.core.evaluation.amounts import AmountTest
from leitplanke.core.evaluation.fairness import Gap
from leitplanke.core.evaluation.findings import Finding
from leitplanke.core.evaluation.intervals import Estimate
from leitplanke.core.evaluation.plan import Pruefplan
from leitplanke.core.rules.model import Words


class Pruefergebnis(StrEnum):
    """What an evaluation, or one criterion of it, comes to."""

    BESTANDEN = "bestanden"
    NICHT_BESTANDEN = "nicht_bestanden"
    UNZUREICHEND = "unzureichend"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that must hold.

    Attributes:
        code: anzahl, wahrheit, genauigkeit, schwere_fehler, gruppe, ausgleich, betrag.
        about: whom it concerns: a person, or a group; empty where it concerns all.
        estimate: the value with its interval; nan where there is none.
        limit: what the interval must keep to.
        unit: anteil, differenz, faelle, betrag.
        needed: how many cases all together would probably decide it; None where that is not the question.
    """

    code: str
    title: Words
    about: Words
    status: Pruefergebnis
    estimate: Estimate
    limit: float
    unit: str
    sentence: Words
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class Decider:
    """The AI or a person over all cases: errors, severe errors (exact and Wilson interval), share of yes."""

    name: str
    label: Words
    cases: int
    errors: int
    error: Estimate
    severe: int
    severe_error: Estimate
    severe_wilson: Estimate
    yes: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """AI and one person on the same cases; `difference` is the share right of the AI minus that of the person."""

    person: str
    label: Words
    cases: int
    only_ai_right: int
    only_person_right: int
    difference: Estimate
    mcnemar: float
    binding: bool


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group, or one intersection of groups.

    Attributes:
        attribute, group: names, joined by " × " for intersections.
        large: whether it has the least number of cases of the plan.
        ai_error, human_errors: shares of wrong decisions; people in the order of the plan.
        comparisons: AI and each person within the group.
        ai_yes, human_yes: shares of yes.
        corrected: McNemar p-value against the first person compared, corrected for many looks; intersections only.
    """

    attribute: str
    title: Words
    group: str
    cases: int
    large: bool
    ai_error: Estimate
    human_errors: tuple[Estimate, ...]
    comparisons: tuple[Comparison, ...]
    ai_yes: float
    human_yes: tuple[float, ...]
    corrected: float = 1.0

    @property
    def worst(self) -> Comparison:
        """The comparison in which the AI looks worst, among those that bind."""
        binding = [item for item in self.comparisons if item.binding]
        return min(binding, key=lambda item: item.difference.low if item.difference.known else 0.0)


@dataclass(frozen=True, slots=True)
class GroupGap:
    """How far the groups of one attribute lie apart, AI against one person.

    `ai_ratio` and `human_ratio` are the lowest rate of yes divided by the highest; below 0.8 is a usual mark for a
    closer look. `weakest` is the smallest number of cases of any group with one truth.
    """

    attribute: str
    title: Words
    person: str
    label: Words
    gap: Gap
    ai_ratio: float
    human_ratio: float
    groups: int
    weakest: int
    binding: bool


@dataclass(frozen=True, slots=True)
class AmountResult:
    """Amounts of AI and one person."""

    person: str
    label: Words
    test: AmountTest
    binding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the data say, before anything is judged.

    `alpha` is Krippendorff's alpha of the people; nan with one person or for amounts.
    """

    deciders: tuple[Decider, ...]
    comparisons: tuple[Comparison, ...]
    groups: tuple[GroupResult, ...]
    intersections: tuple[GroupResult, ...]
    gaps: tuple[GroupGap, ...]
    agreements: tuple[Agreement, ...]
    alpha: float
    amounts: tuple[AmountResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(Figures):
    """The whole result.

    Attributes:
        day: the day of the evaluation; `valid_until` counts from it.
        verdict: BESTANDEN only if every criterion is.
        sentence: the verdict in one sentence for people.
        still_needed: further cases that would probably decide it, for UNZUREICHEND.
        seed, replicates: of the bootstrap.
        sources: who contributed how many cases, for pooled results.
    """

    plan: Pruefplan
    plan_hash: str
    day: date
    cases: int
    verdict: Pruefergebnis
    sentence: Words
    criteria: tuple[Criterion, ...]
    findings: tuple[Finding, ...]
    seed: int
    replicates: int
    still_needed: int | None = None
    sources: tuple[tuple[str, int], ...] = ()

    @property
    def valid_until(self) -> date:
        """The last day on which the result may be relied on."""
        return self.plan.valid_until(self.day)

    @property
    def passed(self) -> bool:
        """Whether everything passed."""
        return self.verdict == Pruefergebnis.BESTANDEN

    @property
    def worst_group(self) -> GroupResult | None:
        """The large group in which the AI falls furthest behind a person."""
        large = [group for group in self.groups if group.large and group.worst.difference.known]
        return min(large, key=lambda group: group.worst.difference.value, default=None)

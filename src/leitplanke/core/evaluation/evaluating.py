"""The evaluation: figures, criteria, one verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from leitplanke.core.evaluation import comparing, criteria
from leitplanke.core.evaluation.errors import DecisionsError, PlanError
from leitplanke.core.evaluation.fairness import REPLICATES
from leitplanke.core.evaluation.findings import Finding
from leitplanke.core.evaluation.plan import Pruefplan, plan_hash
from leitplanke.core.evaluation.planning import plan_findings
from leitplanke.core.evaluation.results import Criterion, Evaluation, Figures, Pruefergebnis
from leitplanke.core.evaluation.tally import Tally
from leitplanke.core.evaluation.verdict import sentence_of, still_needed, verdict_of


def seed_of(plan: Pruefplan) -> int:
    """Return the seed that a plan itself fixes, so that nobody can choose one by its result."""
    return int(plan_hash(plan)[:12], 16)


def evaluate(  # noqa: PLR0913 - what is not given has a default that fits
    plan: Pruefplan,
    found: Tally,
    *,
    day: date,
    seed: int | None = None,
    replicates: int = REPLICATES,
    sources: Sequence[tuple[str, int]] = (),
) -> Evaluation:
    """Evaluate counted decisions against their plan.

    Args:
        plan: as it was fixed before.
        found: the decisions, counted; of one town or pooled.
        day: the day of the evaluation, from which its validity counts.
        seed: of the bootstrap; what the plan fixes where nothing is given.
        replicates: of the bootstrap.
        sources: who contributed how many cases, for pooled results.

    Raises:
        DecisionsError: there is no case with a known truth.
        PlanError: the plan is dated after the evaluation.
    """
    _refuse(plan, found, day)
    start = seed_of(plan) if seed is None else seed
    findings = (*plan_findings(plan), *found.findings)
    figures = comparing.figures(plan, found, start, replicates)
    judged = _judged(plan, found, figures, findings)
    verdict = verdict_of(judged, findings)
    needed = still_needed(plan, found.cases, judged, findings) if verdict == Pruefergebnis.UNZUREICHEND else None
    return Evaluation(
        **{field.name: getattr(figures, field.name) for field in fields(figures)},
        plan=plan,
        plan_hash=plan_hash(plan),
        day=day,
        cases=found.cases,
        verdict=verdict,
        sentence=sentence_of(plan, verdict, judged, figures.comparisons, needed),
        criteria=judged,
        findings=findings,
        seed=start,
        replicates=replicates,
        still_needed=needed,
        sources=tuple(sources),
    )


def _refuse(plan: Pruefplan, found: Tally, day: date) -> None:
    if day < plan.tag:
        raise PlanError([f"Der Prüfplan ist auf den {plan.tag:%d.%m.%Y} datiert. Er muss vor der Prüfung festliegen."])
    if found.cases == 0:
        raise DecisionsError(["In keinem Fall ist die Wahrheit bekannt. Ohne sie lässt sich nichts prüfen."])


def _judged(plan: Pruefplan, found: Tally, figures: Figures, findings: Sequence[Finding]) -> tuple[Criterion, ...]:
    counted = criteria.count_criterion(plan, figures.comparisons)
    basis = criteria.Basis(plan, found.cases, counted.status == Pruefergebnis.BESTANDEN)
    return (
        counted,
        criteria.truth_criterion(plan, findings),
        *criteria.accuracy_criteria(basis, figures.comparisons),
        *criteria.amount_criteria(basis, figures.amounts),
        criteria.severe_criterion(basis, figures.deciders[0]),
        *criteria.group_criteria(basis, figures.groups),
        *criteria.gap_criteria(basis, figures.gaps),
    )

"""The evaluation: figures, criteria, one verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from leitplanke.core.evaluation import comparing, criteria
from leitplanke.core.evaluation.errors import DecisionsError
from leitplanke.core.evaluation.fairness import REPLICATES
from leitplanke.core.evaluation.findings import Finding
from leitplanke.core.evaluation.plan import Pruefplan, plan_hash
from leitplanke.core.evaluation.planning import plan_findings
from leitplanke.core.evaluation.power import MOST
from leitplanke.core.evaluation.results import Criterion, Evaluation, Pruefergebnis
from leitplanke.core.evaluation.tally import Tally
from leitplanke.core.evaluation.wording import both, whole
from leitplanke.core.rules.model import Words


def seed_of(plan: Pruefplan) -> int:
    """Return the seed that a plan itself fixes, so that nobody can choose one by its result."""
    return int(plan_hash(plan)[:12], 16)


def evaluate(
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
    """
    if found.cases == 0:
        raise DecisionsError(["In keinem Fall ist die Wahrheit bekannt. Ohne sie lässt sich nichts prüfen."])
    start = seed_of(plan) if seed is None else seed
    findings = (*plan_findings(plan), *found.findings)
    compared = comparing.comparisons(plan, found)
    people = comparing.deciders(plan, found)
    groups, gaps = comparing.groups(plan, found), comparing.gaps(plan, found, start, replicates)
    amounts = comparing.amounts(plan, found)
    counted = criteria.count_criterion(plan, compared)
    basis = criteria.Basis(plan, found.cases, counted.status == Pruefergebnis.BESTANDEN)
    judged = (
        counted,
        criteria.truth_criterion(plan, findings),
        *criteria.accuracy_criteria(basis, compared),
        *criteria.amount_criteria(basis, amounts),
        criteria.severe_criterion(basis, people[0]),
        *criteria.group_criteria(basis, groups),
        *criteria.gap_criteria(basis, gaps),
    )
    verdict = _verdict(judged, findings)
    needed = _still_needed(plan, found.cases, judged, findings) if verdict == Pruefergebnis.UNZUREICHEND else None
    return Evaluation(
        plan=plan,
        plan_hash=plan_hash(plan),
        day=day,
        cases=found.cases,
        verdict=verdict,
        sentence=_sentence(plan, verdict, judged, needed),
        criteria=judged,
        deciders=people,
        comparisons=compared,
        groups=groups,
        intersections=comparing.intersections(plan, found),
        gaps=gaps,
        agreements=comparing.agreements(plan, found),
        alpha=comparing.people_alpha(plan, found),
        amounts=amounts,
        findings=findings,
        seed=start,
        replicates=replicates,
        still_needed=needed,
        sources=tuple(sources),
    )


def _verdict(judged: Sequence[Criterion], findings: Sequence[Finding]) -> Pruefergebnis:
    """Pass only if everything passes; without a truth to trust, neither passing nor failing means anything."""
    states = {item.status for item in judged}
    if any(finding.blocking for finding in findings):
        return Pruefergebnis.UNZUREICHEND
    if Pruefergebnis.NICHT_BESTANDEN in states:
        return Pruefergebnis.NICHT_BESTANDEN
    return Pruefergebnis.BESTANDEN if states == {Pruefergebnis.BESTANDEN} else Pruefergebnis.UNZUREICHEND


def _still_needed(plan: Pruefplan, cases: int, judged: Sequence[Criterion], findings: Sequence[Finding]) -> int | None:
    """Return how many cases more would probably decide; with a truth not to be trusted, all of them anew."""
    if any(finding.blocking for finding in findings):
        return plan.statistik.anzahl
    wanted = [item.needed for item in judged if item.needed is not None]
    most = max(wanted, default=None)
    return None if most is None or most >= MOST else max(most - cases, 1)


def _sentence(plan: Pruefplan, verdict: Pruefergebnis, judged: Sequence[Criterion], needed: int | None) -> Words:
    name = Words(f"{plan.system} ({plan.fassung})", f"{plan.system} ({plan.fassung})")
    if verdict == Pruefergebnis.BESTANDEN:
        return both(
            "Bestanden: {name} entscheidet nicht schlechter als die Menschen, mit denen verglichen wurde, insgesamt und in jeder "
            "geprüften Gruppe.",
            "Passed: {name} decides no worse than the people it was compared with, in total and in each group tested.",
            name=name,
        )
    if verdict == Pruefergebnis.NICHT_BESTANDEN:
        broken = [item for item in judged if item.status == Pruefergebnis.NICHT_BESTANDEN]
        reasons = _reasons(broken)
        better = any(item.code == "genauigkeit" for item in broken)
        lead = (
            Words("", "")
            if better or not _passed(judged, "genauigkeit")
            else Words("im Durchschnitt nicht schlechter als Menschen, aber ", "on average no worse than people, but ")
        )
        return both(
            "Nicht bestanden: {name} ist {lead}nicht gut genug ({reasons}).",
            "Not passed: {name} is {lead}not good enough ({reasons}).",
            name=name, lead=lead, reasons=reasons,
        )  # fmt: skip
    open_ones = _reasons([item for item in judged if item.status == Pruefergebnis.UNZUREICHEND])
    more = (
        Words("", "")
        if needed is None
        else both(
            " Nötig sind etwa {number} weitere Fälle.", " About {number} more cases are needed.", number=whole(needed)
        )
    )
    return both(
        "Unzureichend: Ob {name} gut genug ist, lässt sich noch nicht sagen ({reasons}).{more}",
        "Insufficient: whether {name} is good enough cannot be told yet ({reasons}).{more}",
        name=name, reasons=open_ones, more=more,
    )  # fmt: skip


def _passed(judged: Sequence[Criterion], code: str) -> bool:
    return all(item.status == Pruefergebnis.BESTANDEN for item in judged if item.code == code)


def _reasons(items: Sequence[Criterion]) -> Words:
    """Return what does not hold, each kind once, with whom it concerns."""
    german, english = [], []
    for code in dict.fromkeys(item.code for item in items):
        concerned = [item.about for item in items if item.code == code and item.about.de]
        about = (
            "; ".join(word.de for word in concerned[:3]),
            "; ".join(word.in_language("en") for word in concerned[:3]),
        )
        title = criteria.SHORT[code]
        german.append(f"{title.de}: {about[0]}" if about[0] else title.de)
        english.append(f"{title.en}: {about[1]}" if about[1] else title.en)
    return Words(", ".join(german), ", ".join(english))

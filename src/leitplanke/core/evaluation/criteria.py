"""The criteria: each with value, interval, limit, a sentence, and how many cases would decide it.

A criterion is BESTANDEN only if its interval keeps to the limit. It is NICHT_BESTANDEN if all of the interval lies
beyond the limit, or if the planned cases are there, the value lies beyond it, and (where people are compared) the AI is
worse than they are by more than chance. Everything else is UNZUREICHEND: noise in a small group condemns nobody.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leitplanke.core.evaluation.findings import Finding
from leitplanke.core.evaluation.intervals import NOTHING, Estimate
from leitplanke.core.evaluation.plan import LEAST_GROUP, Pruefplan
from leitplanke.core.evaluation.power import MOST, cases_for_margin, cases_for_severe
from leitplanke.core.evaluation.results import (
    AmountResult,
    Comparison,
    Criterion,
    Decider,
    GroupGap,
    GroupResult,
    Pruefergebnis,
)
from leitplanke.core.evaluation.wording import both, figure, percent, points, span, whole
from leitplanke.core.rules.model import Words

ALL = Words("", "")
TITLES = {
    "anzahl": Words("Genug Fälle", "Enough cases"),
    "wahrheit": Words("Verlässliche Wahrheit", "Reliable truth"),
    "genauigkeit": Words("Nicht schlechter als Menschen", "No worse than people"),
    "schwere_fehler": Words("Wenige schwere Fehler", "Few severe errors"),
    "gruppe": Words("In keiner Gruppe schlechter", "No worse in any group"),
    "ausgleich": Words(
        "Gruppen nicht ungleicher behandelt als durch Menschen", "Groups treated no less equally than by people"
    ),
    "betrag": Words("Beträge nicht ungenauer", "Amounts no less exact"),
}  # fmt: skip
_ENDINGS = {
    Pruefergebnis.BESTANDEN: Words("Das hält die Grenze ein.", "This keeps to the limit."),
    Pruefergebnis.NICHT_BESTANDEN: Words("Das verletzt die Grenze.", "This breaks the limit."),
    Pruefergebnis.UNZUREICHEND: Words(
        "Ob das die Grenze einhält, lässt sich mit diesen Fällen nicht sagen.",
        "Whether this keeps to the limit cannot be told from these cases.",
    ),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What every criterion looks at: the plan, all cases, and whether as many are there as planned."""

    plan: Pruefplan
    cases: int
    complete: bool

    def judged(self, *, good: bool, excluded: bool, beyond: bool, enough: bool = True) -> Pruefergebnis:
        """Return the status from what interval and value say."""
        if good and enough:
            return Pruefergebnis.BESTANDEN
        if enough and (excluded or (beyond and self.complete)):
            return Pruefergebnis.NICHT_BESTANDEN
        return Pruefergebnis.UNZUREICHEND

    def scaled(self, part: int, needed: int) -> int:
        """Return how many cases all together bring `needed` cases into a part that now has `part`.

        A part without any case is taken to be as rare as one. If the planned cases are there and did not decide it, at
        least a tenth more is said.
        """
        least = math.ceil(1.1 * self.cases) if self.complete else self.plan.statistik.anzahl
        return min(max(math.ceil(self.cases * needed / max(part, 1)), least), MOST)


def count_criterion(plan: Pruefplan, compared: Sequence[Comparison]) -> Criterion:
    """Demand as many cases as planned, for each person compared."""
    cases = min(item.cases for item in compared if item.binding)
    planned = plan.statistik.anzahl
    enough = cases >= planned
    sentence = both(
        "{cases} Fälle haben Wahrheit, KI und Mensch; geplant waren {planned}.",
        "{cases} cases have truth, AI and human; {planned} were planned.",
        cases=whole(cases), planned=whole(planned),
    )  # fmt: skip
    return Criterion(
        "anzahl", TITLES["anzahl"], ALL,
        Pruefergebnis.BESTANDEN if enough else Pruefergebnis.UNZUREICHEND,
        Estimate(cases, cases, cases), planned, "faelle", sentence, None if enough else planned,
    )  # fmt: skip


def truth_criterion(plan: Pruefplan, findings: Sequence[Finding]) -> Criterion:
    """Demand that nothing about the truth forbids a conclusion."""
    wrong = [finding for finding in findings if finding.blocking]
    sentence = Words(
        "Die Wahrheit stammt nicht von denen, die geprüft werden, und ist für alle Entscheidungen bekannt.",
        "The truth does not come from those who are tested, and is known for every decision.",
    )
    if wrong:
        sentence = wrong[0].text
    status = Pruefergebnis.UNZUREICHEND if wrong else Pruefergebnis.BESTANDEN
    return Criterion(
        "wahrheit",
        TITLES["wahrheit"],
        ALL,
        status,
        NOTHING,
        math.nan,
        "",
        sentence,
        plan.statistik.anzahl if wrong else None,
    )


def accuracy_criteria(basis: Basis, compared: Sequence[Comparison]) -> Iterator[Criterion]:
    """Demand that the AI is at most the margin worse than each person."""
    margin = basis.plan.grenzen.abstand
    for item in compared:
        if item.binding:
            yield _paired(basis, item, margin, "genauigkeit", item.label, enough=True)


def group_criteria(basis: Basis, groups: Sequence[GroupResult]) -> Iterator[Criterion]:
    """Demand the same within each group; told for the person against whom the AI looks worst."""
    for group in groups:
        item = group.worst
        label = Words(f"{group.title.de}: {group.group}", f"{group.title.in_language('en')}: {group.group}")
        yield _paired(basis, item, basis.plan.grenzen.abstand_gruppe, "gruppe", label, enough=group.large)


def _paired(  # noqa: PLR0913 - one criterion for all cases and for groups
    basis: Basis, item: Comparison, margin: float, code: str, about: Words, *, enough: bool
) -> Criterion:
    found = item.difference
    status = basis.judged(
        good=found.low >= -margin,
        excluded=found.high < -margin,
        beyond=found.value < -margin and found.high < 0,
        enough=enough and found.known,
    )
    needed = None
    if status == Pruefergebnis.UNZUREICHEND:
        # One case more of each kind, so that a few lucky cases do not promise too much.
        spread = (item.only_ai_right + item.only_person_right + 1) / (item.cases + 2)
        design = basis.plan.statistik
        # What was found may be noise; that half of the margin is real is enough to plan with.
        real = max(found.value, -margin / 2) if found.known else 0.0
        wanted = cases_for_margin(margin, spread, alpha=design.alpha, power=design.power, difference=real)
        least = max(wanted or 0, basis.plan.mindestzahl if code == "gruppe" else 0)
        needed = basis.scaled(item.cases, least)
    sentence = both(
        "{who}KI richtig gegenüber „{person}“: {value} (mit Unsicherheit {span}; {cases} Fälle). Erlaubt sind bis "
        "{limit}. {end}",
        "{who}AI right compared with “{person}”: {value} (with uncertainty {span}; {cases} cases). Down to {limit} is "
        "allowed. {end}",
        who=Words(f"{about.de}: ", f"{about.in_language('en')}: ") if code == "gruppe" else ALL,
        person=item.label, value=_points(found), span=_span(found, "differenz"), cases=whole(item.cases),
        limit=points(-margin), end=_end(basis, status, enough=enough),
    )  # fmt: skip
    return Criterion(code, TITLES[code], about, status, found, -margin, "differenz", sentence, needed)


def severe_criterion(basis: Basis, ai: Decider) -> Criterion:
    """Demand that the upper bound of severe errors of the AI keeps to the limit."""
    limit, found, alpha = basis.plan.grenzen.schwere_fehler, ai.severe_error, basis.plan.statistik.alpha
    status = basis.judged(
        good=found.high <= limit, excluded=found.low > limit, beyond=found.value > limit, enough=found.known
    )
    needed = None
    if status == Pruefergebnis.UNZUREICHEND:
        wanted = cases_for_severe(limit, rate=found.value if found.known else 0.0, alpha=alpha)
        needed = max(wanted, basis.plan.statistik.anzahl) if wanted else None
    sentence = both(
        "Schwere Fehler der KI ({what}): {hits} in {cases} Fällen ({value}); höchstens {high} mit {sure} Sicherheit. "
        "Erlaubt sind {limit}. {end}",
        "Severe errors of the AI ({what}): {hits} in {cases} cases ({value}); at most {high} with {sure} certainty. "
        "{limit} is allowed. {end}",
        what=basis.plan.schwere_fehler.beschreibung, hits=whole(ai.severe), cases=whole(ai.cases),
        value=percent(found.value) if found.known else ALL, high=percent(found.high, 2) if found.known else ALL,
        sure=percent(1 - alpha, 0), limit=percent(limit, 2), end=_end(basis, status, enough=True),
    )  # fmt: skip
    return Criterion("schwere_fehler", TITLES["schwere_fehler"], ALL, status, found, limit, "anteil", sentence, needed)


def gap_criteria(basis: Basis, gaps: Sequence[GroupGap]) -> Iterator[Criterion]:
    """Demand that the AI treats groups at most so much less equally than each person does."""
    for item in gaps:
        if item.binding:
            yield _gap(basis, item)


def _gap(basis: Basis, item: GroupGap) -> Criterion:
    limit, found = basis.plan.grenzen.ausgleich, item.gap.added
    enough = item.groups > 1 and item.weakest >= LEAST_GROUP and found.known
    status = basis.judged(
        good=found.high <= limit,
        excluded=found.low > limit,
        beyond=found.value > limit and found.low > 0,
        enough=enough,
    )
    needed = None
    if status == Pruefergebnis.UNZUREICHEND and found.known:
        # What was found may be noise; that half of the limit is real is enough to plan with.
        room = limit - min(found.value, limit / 2)
        wanted = math.ceil(basis.cases * ((found.high - found.value) / room) ** 2)
        needed = max(basis.scaled(item.weakest, LEAST_GROUP), basis.scaled(basis.cases, wanted))
    sentence = both(
        "{title}: Abstand der Gruppen bei den Fehlern {ai} durch die KI, {human} durch „{person}“. Im ungünstigsten "
        "Paar von Gruppen fügt die KI {value} hinzu (mit Unsicherheit {span}). Erlaubt sind bis {limit}. {end}",
        "{title}: gap between groups in errors {ai} by the AI, {human} by “{person}”. In the worst pair of groups the "
        "AI adds {value} (with uncertainty {span}). Up to {limit} is allowed. {end}",
        title=item.title, ai=_share(item.gap.ai), human=_share(item.gap.human), person=item.label, value=_points(found),
        span=_span(found, "differenz"), limit=points(limit), end=_end(basis, status, enough=enough),
    )  # fmt: skip
    return Criterion("ausgleich", TITLES["ausgleich"], item.title, status, found, limit, "differenz", sentence, needed)


def amount_criteria(basis: Basis, amounts: Sequence[AmountResult]) -> Iterator[Criterion]:
    """Demand that the mean error of the AI is at most the margin larger than that of each person."""
    outcome = basis.plan.ergebnis
    for item in amounts:
        if not item.binding:
            continue
        found, limit = item.test.difference, outcome.abstand
        status = basis.judged(
            good=found.high <= limit, excluded=found.low > limit, beyond=found.value > limit, enough=found.known
        )
        needed = None
        if status == Pruefergebnis.UNZUREICHEND and found.known and found.value < limit:
            wanted = math.ceil(item.test.cases * ((found.high - found.value) / (limit - found.value)) ** 2)
            needed = basis.scaled(item.test.cases, wanted)
        unit = Words(f" {outcome.einheit}", f" {outcome.einheit}")
        sentence = both(
            "Mittlerer Fehler der KI {ai}{unit}, von „{person}“ {human}{unit}; Unterschied {value}{unit} (mit "
            "Unsicherheit {span}). Erlaubt sind bis {limit}{unit}. {end}",
            "Mean error of the AI {ai}{unit}, of “{person}” {human}{unit}; difference {value}{unit} (with uncertainty "
            "{span}). Up to {limit}{unit} is allowed. {end}",
            ai=figure(item.test.ai, 2), human=figure(item.test.human, 2), unit=unit, person=item.label,
            value=figure(found.value, 2, sign=True), span=span(found, "betrag", outcome.einheit),
            limit=figure(limit, 2, sign=True),
            end=_end(basis, status, enough=True),
        ) if found.known else _ENDINGS[status]  # fmt: skip
        yield Criterion("betrag", TITLES["betrag"], item.label, status, found, limit, "betrag", sentence, needed)


def _end(basis: Basis, status: Pruefergebnis, *, enough: bool) -> Words:
    if enough or status == Pruefergebnis.NICHT_BESTANDEN:
        return _ENDINGS[status]
    return both(
        "Für eine Aussage sind es zu wenige Fälle (mindestens {least} je Gruppe, davon {each} je Antwort).",
        "These are too few cases for any statement (at least {least} per group, of which {each} per answer).",
        least=whole(basis.plan.mindestzahl), each=whole(LEAST_GROUP),
    )  # fmt: skip


def _points(found: Estimate) -> Words:
    return points(found.value) if found.known else Words("nicht bestimmbar", "not determinable")


def _share(found: Estimate) -> Words:
    return percent(found.value) if found.known else Words("nicht bestimmbar", "not determinable")


def _span(found: Estimate, unit: str) -> Words:
    return span(found, unit) if found.known else Words("nicht bestimmbar", "not determinable")

"""How it was tested, and what the result does not say."""

from __future__ import annotations

from leitplanke.core.evaluation.plan import Wahrheitsquelle
from leitplanke.core.evaluation.report_parts import Block, Points
from leitplanke.core.evaluation.results import Evaluation, Pruefergebnis
from leitplanke.core.evaluation.wording import level, percent, whole
from leitplanke.core.rules.model import Words

TRUTHS = {
    Wahrheitsquelle.ZWEITPRUEFUNG_VERDECKT: Words("verdeckte zweite Prüfung", "blind second adjudication"),
    Wahrheitsquelle.ZWEITPRUEFUNG_OFFEN: Words("offene zweite Prüfung", "open second adjudication"),
    Wahrheitsquelle.SPAETERER_AUSGANG: Words("was später geschah", "what happened later"),
    Wahrheitsquelle.MENSCHLICHE_ENTSCHEIDUNG: Words("Entscheidung von Menschen", "human decision"),
}


def method(evaluation: Evaluation, language: str) -> tuple[Block, ...]:
    """Return question, truth, statistics, and what a person needs to reckon it again."""
    said = (*_statistics(evaluation), *_again(evaluation))
    return (
        _question(evaluation).in_language(language),
        _truth(evaluation).in_language(language),
        Points(tuple(text.in_language(language) for text in said)),
    )


def _question(evaluation: Evaluation) -> Words:
    plan = evaluation.plan
    day = plan.tag.strftime("%d.%m.%Y")
    return Words(
        f"Frage: {plan.frage.de} Der Plan wurde am {day} festgelegt.",
        f"Question: {plan.frage.in_language('en')} The plan was fixed on {day}.",
    )


def _truth(evaluation: Evaluation) -> Words:
    plan = evaluation.plan
    kind = TRUTHS[plan.wahrheit]
    return Words(
        f"Woran gemessen wurde: {kind.de}. {plan.wahrheit_wie.de}",
        f"What was measured against: {kind.en}. {plan.wahrheit_wie.in_language('en')}",
    )


def _statistics(evaluation: Evaluation) -> list[Words]:
    plan = evaluation.plan
    sure, wrong = level(plan.statistik.alpha), percent(plan.statistik.alpha, 0)
    least, drawn = whole(plan.mindestzahl), whole(evaluation.replicates)
    return [
        Words(
            f"Unsicherheit: Bereiche von {sure.de}. Dass eine verletzte Grenze als eingehalten gilt, kommt in "
            f"höchstens {wrong.de} der Prüfungen vor.",
            f"Uncertainty: intervals of {sure.en}. That a broken limit counts as kept happens in at most {wrong.en} of "
            "evaluations.",
        ),
        Words(
            "KI gegen Mensch: gepaarter Vergleich derselben Fälle auf Nichtunterlegenheit (Intervall nach Tango), dazu "
            "der exakte Test nach McNemar.",
            "AI against human: paired comparison on the same cases for non-inferiority (Tango's score interval), and "
            "McNemar's exact test.",
        ),
        Words(
            "Schwere Fehler: obere Grenze nach Clopper und Pearson.", "Severe errors: bound by Clopper and Pearson."
        ),
        Words(
            f"Gruppen: derselbe Vergleich je Gruppe ab {least.de} Fällen. Abstand der Gruppen bei den Fehlern "
            "(equalized odds): Was die KI in jedem Paar von Gruppen hinzufügt, bekommt eine eigene Schranke, und das "
            f"ungünstigste Paar entscheidet (Bootstrap auf Zählungen, {drawn.de} Ziehungen).",
            f"Groups: the same comparison per group from {least.en} cases on. Gap between groups in errors (equalised "
            "odds): what the AI adds in each pair of groups gets a bound of its own, and the worst pair decides "
            f"(bootstrap on counts, {drawn.en} replicates).",
        ),
        Words(
            "Bestanden ist nur, wenn alles bestanden ist; deshalb braucht es keine Korrektur für mehrere Tests.",
            "It is passed only if everything is; so no correction for several tests is needed.",
        ),
    ]  # fmt: skip


def _again(evaluation: Evaluation) -> list[Words]:
    found = [
        Words(
            f"Zum Nachrechnen: Prüfsumme des Plans {evaluation.plan_hash}, Startwert {evaluation.seed}.",
            f"To reckon it again: hash of the plan {evaluation.plan_hash}, seed {evaluation.seed}.",
        )
    ]
    if evaluation.sources:
        listed = ", ".join(f"{name} ({count})" for name, count in evaluation.sources)
        found.append(Words(f"Zusammengeführt aus: {listed}.", f"Pooled from: {listed}."))
    return found


def limits(evaluation: Evaluation, language: str) -> tuple[str, ...]:
    """Return what nobody may read into the result."""
    until = evaluation.valid_until.strftime("%d.%m.%Y")
    said = [
        Words(
            "Geprüft wurde diese Fassung mit Fällen wie diesen. Ändern sich System, Recht oder Fälle, gilt es nicht "
            f"mehr; spätestens am {until} ist neu zu prüfen.",
            "This version was tested with cases like these. If system, law or cases change, it no longer holds; it "
            f"must be tested again by {until} at the latest.",
        ),
        Words(
            "Das Ergebnis sagt nichts darüber, ob die KI eingesetzt werden soll. Das entscheiden Menschen.",
            "The result does not say whether the AI should be used. People decide that.",
        ),
        Words(
            "Gruppen, die nicht im Plan stehen, wurden nicht geprüft.",
            "Groups that are not in the plan were not tested.",
        ),
        Words(
            "Abstände zwischen kleinen Gruppen werden eher zu groß geschätzt, bei KI und Mensch in gleicher Weise.",
            "Gaps between small groups tend to be estimated too large, for AI and human alike.",
        ),
    ]
    if evaluation.verdict != Pruefergebnis.BESTANDEN and evaluation.cases >= evaluation.plan.statistik.anzahl:
        said.append(
            Words(
                "Die geplanten Fälle sind geprüft. Wer jetzt Fälle nachlegt, bis es reicht, rechnet sich das Ergebnis "
                "schön: Eine neue Prüfung braucht einen neuen Plan und neue Fälle.",
                "The planned cases have been tested. Adding cases until it suffices would embellish the result: a new "
                "test needs a new plan and new cases.",
            )
        )
    return tuple(text.in_language(language) for text in said)

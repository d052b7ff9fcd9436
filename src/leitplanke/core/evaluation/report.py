"""The report as data: sections of paragraphs, lists, tables and pictures; HTML and PDF are made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from leitplanke.core.evaluation import report_method, report_tables
from leitplanke.core.evaluation.report_parts import Block, Picture, Points, ReportTable, Section
from leitplanke.core.evaluation.results import Evaluation, Pruefergebnis
from leitplanke.core.evaluation.wording import percent, points, span
from leitplanke.core.rules.model import Words

LABELS = {
    Pruefergebnis.BESTANDEN: Words("Bestanden", "Passed"),
    Pruefergebnis.NICHT_BESTANDEN: Words("Nicht bestanden", "Not passed"),
    Pruefergebnis.UNZUREICHEND: Words("Unzureichend", "Insufficient"),
}


def _plots() -> ModuleType:
    # Only for a report: matplotlib takes longer to load than all the rest.
    from leitplanke.core.evaluation import plots  # noqa: PLC0415

    return plots


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language; `facts` are label and value of what must be found at once."""

    title: str
    subtitle: str
    verdict: Pruefergebnis
    verdict_label: str
    sentence: str
    day: date
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    language: str

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures of all sections."""
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Picture))


def report(evaluation: Evaluation, language: str = "de") -> Report:
    """Return the report of an evaluation."""
    plan = evaluation.plan
    say = _Sayer(language)
    return Report(
        title=say("Prüfbericht: Ist die KI gut genug?", "Evaluation: is the AI good enough?"),
        subtitle=plan.titel.in_language(language),
        verdict=evaluation.verdict,
        verdict_label=LABELS[evaluation.verdict].in_language(language),
        sentence=evaluation.sentence.in_language(language),
        day=evaluation.day,
        facts=(
            (say("System", "System"), f"{plan.system} ({plan.fassung})"),
            (say("Stelle", "Office"), plan.stelle),
            (say("Fälle", "Cases"), f"{evaluation.cases}"),
            (say("Geprüft am", "Evaluated on"), evaluation.day.strftime("%d.%m.%Y")),
            (say("Verlässlich bis", "Valid until"), evaluation.valid_until.strftime("%d.%m.%Y")),
        ),
        sections=tuple(section for section in _sections(evaluation, language) if section.blocks),
        language=language,
    )


@dataclass(frozen=True, slots=True)
class _Sayer:
    language: str

    def __call__(self, german: str, english: str) -> str:
        return english if self.language == "en" else german


def _sections(evaluation: Evaluation, language: str) -> Iterator[Section]:
    say = _Sayer(language)
    yield Section(say("Was verlangt war", "What was demanded"), tuple(_criteria(evaluation, language)))
    yield Section(
        say("Fehler von KI und Menschen", "Errors of AI and people"),
        (_errors(evaluation, language), *report_tables.deciders(evaluation, language)),
    )
    if evaluation.groups:
        yield Section(
            say("Gruppen nebeneinander", "Groups side by side"),
            (
                _groups(evaluation, language),
                _differences(evaluation, language),
                *report_tables.groups(evaluation, language),
            ),
        )
    yield Section(
        say("Wie einig sich Menschen sind", "How far people agree"),
        (
            _ceiling(evaluation, language),
            _agreement(evaluation, language),
            *report_tables.agreements(evaluation, language),
        ),
    )
    yield Section(say("Beträge", "Amounts"), report_tables.amounts(evaluation, language))
    found = tuple(finding.text.in_language(language) for finding in evaluation.findings)
    yield Section(say("Was an den Daten auffiel", "What was odd about the data"), (Points(found),) if found else ())
    yield Section(say("Wie geprüft wurde", "How it was tested"), report_method.method(evaluation, language))
    yield Section(
        say("Was das Ergebnis nicht sagt", "What the result does not say"),
        (Points(report_method.limits(evaluation, language)),),
    )


def _criteria(evaluation: Evaluation, language: str) -> Iterator[Block]:
    say = _Sayer(language)
    yield ReportTable(
        say("Bestanden ist die Prüfung nur, wenn jede Zeile bestanden ist.", "The test is passed only if each row is."),
        (say("Verlangt", "Demanded"), say("Ergebnis", "Result"), say("Warum", "Why")),
        tuple(
            (
                item.title.in_language(language),
                LABELS[item.status].in_language(language),
                item.sentence.in_language(language),
            )
            for item in evaluation.criteria
        ),
    )


def _errors(evaluation: Evaluation, language: str) -> Picture:
    said = "; ".join(
        f"{item.label.in_language(language)} {percent(item.error.value).in_language(language)} "
        f"({span(item.error, 'anteil').in_language(language)})"
        for item in evaluation.deciders
        if item.error.known
    )
    say = _Sayer(language)
    return Picture(
        "fehler",
        say("Anteil falscher Entscheidungen mit Unsicherheit", "Share of wrong decisions with uncertainty"),
        say(f"Falsche Entscheidungen: {said}.", f"Wrong decisions: {said}."),
        _plots().error_picture(evaluation, language),
    )


def _groups(evaluation: Evaluation, language: str) -> Picture:
    say = _Sayer(language)
    names = [item.label.in_language(language) for item in evaluation.deciders]
    said = []
    for group in evaluation.groups:
        errors = [
            f"{name} {percent(error.value).in_language(language)}"
            for name, error in zip(names, (group.ai_error, *group.human_errors), strict=True)
            if error.known
        ]
        said.append(f"{group.title.in_language(language)}: {group.group}: {', '.join(errors)}")
    return Picture(
        "gruppen",
        say("Anteil falscher Entscheidungen je Gruppe", "Share of wrong decisions per group"),
        say(f"Falsche Entscheidungen: {'; '.join(said)}.", f"Wrong decisions: {'; '.join(said)}."),
        _plots().group_picture(evaluation, language),
    )


def _differences(evaluation: Evaluation, language: str) -> Picture:
    said = "; ".join(
        f"{group.title.in_language(language)}: {group.group} "
        f"{points(group.worst.difference.value).in_language(language)} "
        f"({span(group.worst.difference, 'differenz').in_language(language)})"
        for group in evaluation.groups
        if group.worst.difference.known
    )
    limit = points(-evaluation.plan.grenzen.abstand_gruppe).in_language(language)
    say = _Sayer(language)
    return Picture(
        "unterschiede",
        say(
            "Wie viel öfter die KI richtig entscheidet als die Person, gegen die sie am schlechtesten abschneidet; "
            "hohle Zeichen: zu wenige Fälle",
            "How much more often the AI is right than the person against whom it does worst; hollow marks: too few "
            "cases",
        ),
        say(f"Unterschied je Gruppe: {said}. Grenze: {limit}.", f"Difference per group: {said}. Limit: {limit}."),
        _plots().difference_picture(evaluation, language),
    )


def _agreement(evaluation: Evaluation, language: str) -> Picture:
    names = {item.name: item.label.in_language(language) for item in evaluation.deciders}
    said = "; ".join(
        f"{names[item.first]} / {names[item.second]} {percent(item.share.value).in_language(language)}"
        for item in evaluation.agreements
        if item.share.known
    )
    say = _Sayer(language)
    return Picture(
        "einigkeit",
        say("Wie oft zwei gleich entscheiden", "How often two decide the same"),
        say(f"Gleiche Entscheidungen: {said}.", f"Same decisions: {said}."),
        _plots().agreement_picture(evaluation, language),
    )


def _ceiling(evaluation: Evaluation, language: str) -> str:
    people = [item for item in evaluation.agreements if item.first != "ki" and item.share.known]
    if not people:
        return _Sayer(language)(
            "Es hat nur eine Person entschieden. Wie einig sich Menschen in diesen Fällen sind, ist deshalb unbekannt.",
            "Only one person decided. How far people agree on these cases is therefore unknown.",
        )
    share = percent(min(item.share.value for item in people)).in_language(language)
    return _Sayer(language)(
        f"Menschen entscheiden in {share} der Fälle gleich. Mehr Übereinstimmung mit einer einzelnen Person ist auch "
        "von einem guten System nicht zu erwarten.",
        f"People decide the same in {share} of the cases. No more agreement with one person can be expected of a good "
        "system either.",
    )

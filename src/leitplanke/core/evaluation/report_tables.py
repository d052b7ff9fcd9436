"""The tables of a report."""

from __future__ import annotations

import math
from collections.abc import Callable

from leitplanke.core.evaluation.intervals import Estimate
from leitplanke.core.evaluation.report_parts import Block, ReportTable
from leitplanke.core.evaluation.results import Evaluation, GroupGap, GroupResult
from leitplanke.core.evaluation.wording import bounds, figure, percent, whole
from leitplanke.core.rules.model import Words

NOTHING = "–"
_FOUR_FIFTHS = 0.8


def deciders(evaluation: Evaluation, language: str) -> tuple[Block, ...]:
    """Return the tables of all deciders and of AI against each person."""
    say = _sayer(language)
    rows = tuple(
        (
            item.label.in_language(language),
            _text(whole(item.cases), language),
            _share(item.error, language),
            _interval(item.error, "anteil", language),
            _text(whole(item.severe), language),
            _text(percent(item.severe_error.high, 2), language) if item.severe_error.known else NOTHING,
        )
        for item in evaluation.deciders
    )
    columns = (
        say("Wer", "Who"), say("Fälle", "Cases"), say("Falsch", "Wrong"), say("Unsicherheit (%)", "Uncertainty (%)"),
        say("Schwere Fehler", "Severe errors"), say("höchstens", "at most"),
    )  # fmt: skip
    compared = tuple(
        (
            item.label.in_language(language),
            _text(whole(item.only_ai_right), language),
            _text(whole(item.only_person_right), language),
            _difference(item.difference, language),
            _interval(item.difference, "differenz", language),
            _probability(item.mcnemar, language),
        )
        for item in evaluation.comparisons
    )
    heads = (
        say("Verglichen mit", "Compared with"), say("nur KI richtig", "only AI right"),
        say("nur Mensch richtig", "only human right"), say("Unterschied (Punkte)", "Difference (points)"),
        say("Unsicherheit (Punkte)", "Uncertainty (points)"), "p (McNemar)",
    )  # fmt: skip
    caption = say(
        "KI und Mensch in denselben Fällen (Punkte: Prozentpunkte)",
        "AI and human on the same cases (points: percentage points)",
    )
    return (ReportTable(say("Fehler", "Errors"), columns, rows), ReportTable(caption, heads, compared))


def groups(evaluation: Evaluation, language: str) -> tuple[Block, ...]:
    """Return the tables of groups, gaps and intersections."""
    say = _sayer(language)
    people = [label.in_language(language) for _name, label in evaluation.plan.menschen]
    columns = (
        say("Gruppe", "Group"), say("Fälle", "Cases"), say("Falsch: KI", "Wrong: AI"),
        *(say(f"Falsch: {name}", f"Wrong: {name}") for name in people),
        say("Unterschied (Punkte)", "Difference (points)"),
    )  # fmt: skip
    made: list[Block] = [
        ReportTable(
            say("Fehler je Gruppe", "Errors per group"),
            columns,
            tuple(_group_row(group, language) for group in evaluation.groups),
        ),
        ReportTable(
            say("Wie oft Ja entschieden wird", "How often yes is decided"),
            (say("Gruppe", "Group"), say("KI", "AI"), *people),
            tuple(_rates(group, language) for group in evaluation.groups),
        ),
        _gaps(evaluation, language),
        *_ratios(evaluation, language),
    ]
    if evaluation.intersections:
        caption = say(
            "Schnittmengen von Gruppen (zur Erkundung, ohne Einfluss auf das Ergebnis)",
            "Intersections of groups (exploratory, without influence on the result)",
        )
        rows = tuple(
            (*_group_row(group, language), _probability(group.corrected, language) if group.large else NOTHING)
            for group in evaluation.intersections
        )
        made.append(ReportTable(caption, (*columns, say("p (korrigiert)", "p (corrected)")), rows))
    return tuple(made)


def _group_row(group: GroupResult, language: str) -> tuple[str, ...]:
    found = group.worst.difference
    return (
        _group_name(group, language),
        _text(whole(group.cases), language),
        _share(group.ai_error, language),
        *(_share(error, language) for error in group.human_errors),
        _with_interval(found, language),
    )


def _rates(group: GroupResult, language: str) -> tuple[str, ...]:
    rates = (_rate(rate, language) for rate in (group.ai_yes, *group.human_yes))
    return (_group_name(group, language), *rates)


def _group_name(group: GroupResult, language: str) -> str:
    few = "" if group.large else _sayer(language)(" (zu wenige Fälle)", " (too few cases)")
    return f"{group.title.in_language(language)}: {group.group}{few}"


def _gaps(evaluation: Evaluation, language: str) -> ReportTable:
    say = _sayer(language)
    return ReportTable(
        say("Abstand der Gruppen bei den Fehlern", "Gap between groups in errors (equalised odds)"),
        (
            say("Merkmal", "Attribute"), say("Verglichen mit", "Compared with"), say("Abstand KI", "Gap AI"),
            say("Abstand Mensch", "Gap human"), say("Unterschied (Punkte)", "Difference (points)"),
            say("Ungünstigstes Paar (Punkte)", "Worst pair (points)"),
        ),
        tuple(
            (
                item.title.in_language(language),
                item.label.in_language(language),
                _share(item.gap.ai, language),
                _share(item.gap.human, language),
                _with_interval(item.gap.difference, language),
                _with_interval(item.gap.added, language),
            )
            for item in evaluation.gaps
        ),
    )  # fmt: skip


def _ratios(evaluation: Evaluation, language: str) -> tuple[str, ...]:
    """Say, once per attribute, whether the AI says yes to one group much less often than to another."""
    first: dict[str, GroupGap] = {}
    for item in evaluation.gaps:
        first.setdefault(item.attribute, item)
    return tuple(_ratio(item, language) for item in first.values() if not math.isnan(item.ai_ratio))


def _ratio(item: GroupGap, language: str) -> str:
    ai, human = figure(item.ai_ratio, 2), figure(item.human_ratio, 2)
    low = item.ai_ratio < _FOUR_FIFTHS
    german = "unter vier Fünfteln, das verlangt eine Erklärung" if low else "nicht unter vier Fünfteln"
    english = "below four fifths, which demands an explanation" if low else "not below four fifths"
    return _sayer(language)(
        f"{item.title.de}: Die niedrigste Ja-Quote der KI ist das {ai.de}-Fache der höchsten ({german}); bei "
        f"„{item.label.de}“ ist es das {human.de}-Fache.",
        f"{item.title.in_language('en')}: the lowest rate of yes by the AI is {ai.en} times the highest ({english}); "
        f"by “{item.label.in_language('en')}” it is {human.en} times.",
    )


def agreements(evaluation: Evaluation, language: str) -> tuple[Block, ...]:
    """Return the table of agreement."""
    say = _sayer(language)
    names = {item.name: item.label.in_language(language) for item in evaluation.deciders}
    rows = tuple(
        (
            f"{names[item.first]} – {names[item.second]}",
            _text(whole(item.cases), language),
            _share(item.share, language),
            _interval(item.share, "anteil", language),
            NOTHING if math.isnan(item.kappa) else _text(figure(item.kappa, 2), language),
        )
        for item in evaluation.agreements
    )
    columns = (
        say("Wer", "Who"), say("Fälle", "Cases"), say("Gleich", "Same"), say("Unsicherheit (%)", "Uncertainty (%)"),
        say("Kappa (Cohen)", "Kappa (Cohen)"),
    )  # fmt: skip
    table = ReportTable(say("Gleiche Entscheidungen", "Same decisions"), columns, rows)
    if math.isnan(evaluation.alpha):
        return (table,)
    alpha = figure(evaluation.alpha, 2)
    sentence = say(
        f"Krippendorffs Alpha der Menschen: {alpha.de} (1 = immer einig, 0 = wie gewürfelt).",
        f"Krippendorff's alpha of the people: {alpha.en} (1 = always agreed, 0 = as by dice).",
    )
    return table, sentence


def amounts(evaluation: Evaluation, language: str) -> tuple[Block, ...]:
    """Return the table of amounts, where there are any."""
    if not evaluation.amounts:
        return ()
    say, unit = _sayer(language), evaluation.plan.ergebnis.einheit
    rows = tuple(
        (
            item.label.in_language(language),
            _text(figure(item.test.ai, 2), language),
            _text(figure(item.test.human, 2), language),
            _text(figure(item.test.difference.value, 2, sign=True), language),
            _interval(item.test.difference, "betrag", language),
            _probability(item.test.equivalent, language),
        )
        for item in evaluation.amounts
        if item.test.difference.known
    )
    columns = (
        say("Verglichen mit", "Compared with"), say("Fehler der KI", "Error of AI"),
        say("Fehler des Menschen", "Error of human"), say("Unterschied", "Difference"),
        say("Unsicherheit", "Uncertainty"), say("p (gleichwertig)", "p (equivalent)"),
    )  # fmt: skip
    caption = say(f"Mittlerer Abstand vom richtigen Betrag in {unit}", f"Mean distance from the right amount in {unit}")
    return (ReportTable(caption, columns, rows),)


def _sayer(language: str) -> Callable[[str, str], str]:
    return lambda german, english: english if language == "en" else german


def _text(words: Words, language: str) -> str:
    return words.in_language(language)


def _share(found: Estimate, language: str) -> str:
    return _text(percent(found.value), language) if found.known else NOTHING


def _rate(rate: float, language: str) -> str:
    return NOTHING if math.isnan(rate) else _text(percent(rate), language)


def _difference(found: Estimate, language: str) -> str:
    return _text(figure(100 * found.value, 1, sign=True), language) if found.known else NOTHING


def _interval(found: Estimate, unit: str, language: str) -> str:
    return _text(bounds(found, unit), language) if found.known else NOTHING


def _with_interval(found: Estimate, language: str) -> str:
    return f"{_difference(found, language)} ({_interval(found, 'differenz', language)})" if found.known else NOTHING


def _probability(value: float, language: str) -> str:
    if math.isnan(value):
        return NOTHING
    return _text(figure(value, 3), language) if value >= 0.001 else _sayer(language)("< 0,001", "< 0.001")

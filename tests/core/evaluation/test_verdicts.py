from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from leitplanke.core.evaluation import (
    Finding,
    Overrides,
    PlanError,
    Pruefergebnis,
    control_chart,
    evaluate,
    read_decisions,
    read_plan,
    tally,
)
from leitplanke.core.evaluation.tally import TRUTH
from leitplanke.core.rules.model import Words
from tests.core.evaluation.made_up import AMOUNTS, DAY, DEMO_CASES, DEMO_PLAN, SALT, drawn, evaluated, plan


def test_demo_is_better_on_average_and_fails_for_one_group() -> None:
    asked = read_plan(DEMO_PLAN.read_text(encoding="utf-8"))
    found = evaluate(
        asked, tally(asked, read_decisions(asked, DEMO_CASES.read_bytes(), SALT)), day=DAY, replicates=1000
    )
    assert found.verdict == Pruefergebnis.NICHT_BESTANDEN
    assert all(item.difference.low > 0 for item in found.comparisons)
    assert "im Durchschnitt besser als Menschen, aber nicht gut genug" in found.sentence.de
    broken = {(item.code, item.about.de) for item in found.criteria if item.status == Pruefergebnis.NICHT_BESTANDEN}
    assert broken == {("gruppe", "Sprache des Antrags: andere"), ("ausgleich", "Sprache des Antrags")}
    assert found.worst_group is not None
    assert found.worst_group.group == "andere"
    assert found.valid_until.isoformat() == "2027-11-27"


def test_good_ai_with_enough_cases_passes() -> None:
    found = evaluated(drawn(1500, ai=0.05, people=0.12))
    assert found.verdict == Pruefergebnis.BESTANDEN
    assert found.sentence.de.startswith("Bestanden: Helfer (1) entscheidet nicht schlechter als die Menschen")
    assert found.still_needed is None


def test_same_ai_with_too_few_cases_is_told_how_many_are_missing() -> None:
    found = evaluated(drawn(120, ai=0.05, people=0.12))
    assert found.verdict == Pruefergebnis.UNZUREICHEND
    assert found.still_needed is not None
    assert found.still_needed >= 380
    assert "weitere Fälle" in found.sentence.de
    assert "more cases are needed" in found.sentence.in_language("en")


def test_clearly_worse_ai_fails_even_before_the_planned_cases_are_there() -> None:
    assert evaluated(drawn(300, ai=0.4, people=0.05)).verdict == Pruefergebnis.NICHT_BESTANDEN


def test_small_group_keeps_the_verdict_open() -> None:
    found = drawn(1500, ai=0.05, people=0.12)
    rare = replace(found, labels=(("g0", "g1", "g2"),), cells=found.cells.copy())
    rare.cells[int(found.counts.argmin()), 0] = 2
    result = evaluated(rare)
    assert result.verdict == Pruefergebnis.UNZUREICHEND
    assert [group.group for group in result.groups if not group.large] == ["g2"]


@pytest.mark.parametrize("code", ["wahrheit_ist_entscheidung", "wahrheit_gleicht_person", "wahrheit_ausgewaehlt"])
def test_truth_that_cannot_be_trusted_never_passes(code: str) -> None:
    found = drawn(1500, ai=0.05, people=0.12)
    result = evaluated(replace(found, findings=(Finding(code, Words("Befund", "Finding")),)))
    assert result.verdict == Pruefergebnis.UNZUREICHEND
    assert result.still_needed == plan().statistik.anzahl


def test_many_severe_errors_fail() -> None:
    asked = plan()
    result = evaluated(
        drawn(1500, ai=0.05, people=0.12), replace(asked, grenzen=replace(asked.grenzen, schwere_fehler=0.01))
    )
    assert [item.code for item in result.criteria if item.status == Pruefergebnis.NICHT_BESTANDEN] == ["schwere_fehler"]
    assert "zu viele schwere Fehler" in result.sentence.de


def test_plan_must_be_older_than_the_evaluation() -> None:
    with pytest.raises(PlanError, match="muss vor der Prüfung festliegen"):
        evaluate(plan(), drawn(100), day=date(2026, 9, 30))


def test_group_of_which_one_answer_never_occurs_is_not_judged_equal() -> None:
    found = drawn(1500, ai=0.05, people=0.12)
    truth = found.column(TRUTH)
    keep = (found.cells[:, 0] == 0) | (truth == 1)
    result = evaluated(replace(found, cells=found.cells[keep], counts=found.counts[keep]))
    assert {item.status for item in result.criteria if item.code == "ausgleich"} == {Pruefergebnis.UNZUREICHEND}
    assert result.still_needed is not None
    assert result.still_needed > 1000


def test_same_plan_and_data_give_the_same_result() -> None:
    assert evaluated(drawn(600)) == evaluated(drawn(600))


def test_amounts_are_compared_by_their_distance_from_the_right_amount() -> None:
    asked = plan(AMOUNTS)
    random = np.random.default_rng(2)
    rows = ["fall;ki;person_1;person_2;wahrheit;sprache"]
    for number in range(700):
        right = 100 + number
        ai, one, two = (right if random.random() < share else right + 12.5 for share in (0.97, 0.9, 0.9))
        rows.append(f"{number};{ai:.2f};{one:.2f};{two:.2f};{right},00 €;{'ab'[number % 2]}".replace(".", ","))
    found = evaluate(
        asked, tally(asked, read_decisions(asked, "\n".join(rows).encode(), SALT)), day=DAY, replicates=200
    )
    assert [item.test.cases for item in found.amounts] == [700, 700]
    assert found.amounts[0].test.ai < found.amounts[0].test.human
    assert {item.status for item in found.criteria if item.code == "betrag"} == {Pruefergebnis.BESTANDEN}
    assert found.deciders[0].errors < found.deciders[1].errors


def test_control_chart_tells_chance_from_change() -> None:
    calm = [Overrides(f"{month:02}", 200, 20 + month % 3) for month in range(12)]
    assert control_chart(calm).signals == ()
    assert "Zufall" in control_chart(calm).sentence.de
    burst = control_chart([*calm, Overrides("12", 200, 60)])
    assert [(point.period, point.signal) for point in burst.signals] == [("12", "hoch")]
    drift = control_chart([*calm, *(Overrides(f"d{n}", 200, 28) for n in range(8))], expected=0.105)
    assert drift.signals[0].signal == "steigend"
    asleep = control_chart([*calm, Overrides("12", 200, 2)])
    assert asleep.signals[0].signal == "niedrig"
    assert "nur bestätigt" in asleep.sentence.de


def test_control_chart_without_cases_says_so() -> None:
    assert control_chart([Overrides("1", 0, 0)]).sentence.de == "Es gibt noch keine Fälle."
    with pytest.raises(ValueError, match="mehr Vorschläge"):
        control_chart([Overrides("1", 3, 4)])

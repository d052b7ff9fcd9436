from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.evaluation import Pruefergebnis, Tally, cases_for_margin, cases_for_severe, needed_cases
from leitplanke.core.evaluation.fairness import gap
from leitplanke.core.evaluation.intervals import clopper_pearson_upper, tango, wilson
from tests.core.evaluation.made_up import drawn, evaluated, plan

TABLES = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 400)).filter(sum)
CUBES = st.lists(st.integers(0, 30), min_size=16, max_size=16).filter(sum)


@given(TABLES)
def test_swapping_ai_and_human_mirrors_the_interval(table: tuple[int, int, int]) -> None:
    better, worse, rest = table
    cases = better + worse + rest
    there, back = tango(better, worse, cases, 0.05), tango(worse, better, cases, 0.05).mirrored()
    assert (there.value, there.low, there.high) == pytest.approx((back.value, back.low, back.high), abs=1e-9)
    assert -1 <= there.low <= there.value <= there.high <= 1


@given(TABLES, st.integers(2, 20))
def test_more_of_the_same_data_never_widens_an_interval(table: tuple[int, int, int], times: int) -> None:
    better, worse, rest = table
    cases = better + worse + rest
    once, often = tango(better, worse, cases, 0.05), tango(better * times, worse * times, cases * times, 0.05)
    assert once.low - 1e-9 <= often.low <= often.high <= once.high + 1e-9
    assert wilson(better * times, cases * times, 0.05).high <= wilson(better, cases, 0.05).high + 1e-9
    assert (
        clopper_pearson_upper(better * times, cases * times, 0.05) <= clopper_pearson_upper(better, cases, 0.05) + 1e-9
    )


@settings(max_examples=30)
@given(CUBES)
def test_swapping_ai_and_human_swaps_the_gaps(counts: list[int]) -> None:
    cube = np.array(counts, dtype=np.int64).reshape(2, 2, 2, 2)
    there, back = gap(cube, 1, 0.05, 50), gap(cube.swapaxes(2, 3), 1, 0.05, 50)
    assert there.ai.known == back.ai.known
    if there.ai.known:
        assert (there.ai.value, there.human.value) == (back.human.value, back.ai.value)
        assert there.difference.value == -back.difference.value


@settings(max_examples=30)
@given(CUBES, st.integers(1, 9))
def test_bounds_of_the_gap_enclose_what_was_seen(counts: list[int], seed: int) -> None:
    found = gap(np.array(counts, dtype=np.int64).reshape(2, 2, 2, 2), seed, 0.05, 50)
    for item in (found.ai, found.human, found.difference, found.added):
        if item.known:
            assert item.low - 1e-9 <= item.value <= item.high + 1e-9
    if found.difference.known:
        assert found.added.value >= found.difference.value - 1e-9
        assert found.added.high == found.difference.high


@pytest.mark.parametrize("groups", [2, 6])
def test_an_ai_exactly_at_the_limit_passes_as_rarely_as_alpha_says(groups: int) -> None:
    """A percentile interval of the gap would pass it in every ninth evaluation with two groups, in half with many."""
    random = np.random.default_rng(13)
    share = np.zeros((groups, 2, 2, 2))
    for group in range(groups):
        ai, human = (0.13 if group == 0 else 0.05), 0.1
        for truth, a, h in np.ndindex(2, 2, 2):
            right = (1 - ai if a == truth else ai) * (1 - human if h == truth else human)
            share[group, truth, a, h] = right / groups / 2
    drawn = random.multinomial(600 * groups, share.ravel(), size=60).reshape(-1, groups, 2, 2, 2)
    passed = [gap(cube, number, 0.05, 200).difference.high <= 0.08 for number, cube in enumerate(drawn)]
    assert sum(passed) <= 6


def test_an_ai_exactly_at_the_margin_passes_as_rarely_as_alpha_says() -> None:
    random = np.random.default_rng(17)
    tables = random.multinomial(500, [0.075, 0.125, 0.8], size=800)
    passed = [tango(int(better), int(worse), 500, 0.05).low >= -0.05 for better, worse, _rest in tables]
    assert np.mean(passed) == pytest.approx(0.05, abs=0.02)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(5, 1500),
    st.tuples(st.floats(0, 0.3), st.floats(0, 0.3)),
    st.floats(0.02, 0.3),
    st.integers(0, 99),
    st.sampled_from([60, 500, 1200]),
)
def test_pass_implies_that_each_criterion_passes_and_cases_are_enough(
    cases: int, ai: tuple[float, float], people: float, seed: int, planned: int
) -> None:
    asked = plan()
    asked = replace(asked, statistik=replace(asked.statistik, anzahl=planned))
    found = evaluated(drawn(cases, ai=ai, people=people, seed=seed), asked, 60)
    states = {item.status for item in found.criteria}
    assert found.passed == (states == {Pruefergebnis.BESTANDEN})
    if cases < planned:
        assert not found.passed
    for item in found.criteria:
        if item.status != Pruefergebnis.BESTANDEN or item.code in {"anzahl", "wahrheit"}:
            continue
        within = (
            item.estimate.low >= item.limit
            if item.code in {"genauigkeit", "gruppe"}
            else item.estimate.high <= item.limit
        )
        assert within, item.sentence.de
    if found.verdict == Pruefergebnis.UNZUREICHEND:
        assert found.still_needed is None or found.still_needed > 0
    else:
        assert found.still_needed is None


@given(st.integers(1, 45))
def test_a_faultless_ai_does_not_pass_with_few_cases_however_few_are_planned(cases: int) -> None:
    asked = plan()
    asked = replace(asked, statistik=replace(asked.statistik, anzahl=1), merkmale=())
    found = evaluated(_perfect(cases), asked, 20)
    assert not found.passed


def _perfect(cases: int) -> Tally:
    return Tally((), np.array([[1, 1, 1, 1, 1, 1, 1, 1]], dtype=np.int32), np.array([cases]))


@pytest.mark.parametrize(
    ("margin", "discordance", "power", "cases"),
    [
        (0.05, 0.1, 0.8, 248), (0.05, 0.2, 0.8, 495), (0.05, 0.3, 0.8, 742),
        (0.05, 0.1, 0.9, 343), (0.05, 0.2, 0.9, 686), (0.05, 0.3, 0.9, 1028),
        (0.03, 0.2, 0.8, 1374), (0.02, 0.1, 0.8, 1546),
    ],
)  # fmt: skip
def test_needed_cases(margin: float, discordance: float, power: float, cases: int) -> None:
    assert cases_for_margin(margin, discordance, power=power) == cases


def test_rule_of_three() -> None:
    bounds = [round(100 * clopper_pearson_upper(0, cases, 0.05), 1) for cases in (100, 200, 385, 1000)]
    assert bounds == [3.0, 1.5, 0.8, 0.3]
    assert cases_for_severe(0.02) == 149
    assert clopper_pearson_upper(0, 149, 0.05) <= 0.02 < clopper_pearson_upper(0, 148, 0.05)
    assert cases_for_severe(0.02, rate=0.02) is None


def test_a_plan_of_the_needed_size_passes_about_as_often_as_its_power_says() -> None:
    """Equally good AI, 20 % discordance: 495 cases pass in 80 % of evaluations (overall criterion only)."""
    random = np.random.default_rng(11)
    wanted = needed_cases(plan()).overall
    assert wanted == 495
    tables = random.multinomial(wanted, [0.1, 0.1, 0.8], size=600)
    passed = [tango(int(better), int(worse), wanted, 0.05).low >= -0.05 for better, worse, _rest in tables]
    assert np.mean(passed) == pytest.approx(0.8, abs=0.05)

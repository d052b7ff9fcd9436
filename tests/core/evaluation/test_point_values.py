"""Our own statistics say what established libraries and published examples say."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest

from leitplanke.core.evaluation.agreement import cohen_kappa, krippendorff_alpha
from leitplanke.core.evaluation.amounts import amount_test
from leitplanke.core.evaluation.distributions import beta_cdf, student_quantile, student_sf
from leitplanke.core.evaluation.fairness import cube_of, gap, holm, ratio
from leitplanke.core.evaluation.intervals import clopper_pearson, mcnemar, tango, wilson
from leitplanke.core.evaluation.tally import Moments

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fairlearn.metrics import demographic_parity_ratio, equalized_odds_difference
    from scipy import stats
    from sklearn.metrics import cohen_kappa_score
    from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar
    from statsmodels.stats.multitest import multipletests
    from statsmodels.stats.proportion import proportion_confint
    from statsmodels.stats.weightstats import ttost_paired

NAN = math.nan
# The example by which Krippendorff introduces his coefficient: four observers, twelve units, some silent.
OBSERVED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T


@pytest.mark.parametrize(
    ("better", "worse", "cases", "published"),
    [
        (6, 16, 161, (-0.0621, -0.1240, -0.0054)),  # Cavo et al. 2012, in Fagerland, Lydersen, Laake
        (1, 7, 21, (-0.2857, -0.5173, -0.0260)),  # Bentur et al. 2009, ditto
    ],
)
def test_tango_agrees_with_published_examples(
    better: int, worse: int, cases: int, published: tuple[float, float, float]
) -> None:
    found = tango(better, worse, cases, 0.025)
    assert (found.value, found.low, found.high) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize(("better", "worse", "cases"), [(40, 20, 160), (0, 0, 50), (3, 0, 44), (50, 0, 50)])
def test_score_statistic_is_the_quantile_at_both_ends(better: int, worse: int, cases: int) -> None:
    """At each end the likelihood is maximised numerically under that difference: independent of the closed form."""
    from scipy.optimize import minimize_scalar

    found = tango(better, worse, cases, 0.05)
    for end in (found.low, found.high):
        if abs(end) > 1 - 1e-9:
            continue

        def loss(second: float, end: float = end) -> float:
            cells = np.array([second + end, second, 1 - 2 * second - end])
            seen = np.array([better, worse, cases - better - worse])
            return -float((seen * np.log(np.clip(cells, 1e-300, None))).sum())

        low = max(0.0, -end)
        second = minimize_scalar(loss, bounds=(low, (1 - end) / 2), method="bounded", options={"xatol": 1e-12}).x
        variance = (2 * second + end - end**2) / cases
        assert abs(found.value - end) / math.sqrt(variance) == pytest.approx(stats.norm.ppf(0.95), rel=2e-3)


@pytest.mark.parametrize(("hits", "cases"), [(0, 100), (3, 100), (50, 100), (100, 100), (12, 1200), (700, 50_000)])
def test_shares_agree_with_statsmodels(hits: int, cases: int) -> None:
    for ours, method in ((wilson, "wilson"), (clopper_pearson, "beta")):
        low, high = proportion_confint(hits, cases, alpha=0.1, method=method)
        found = ours(hits, cases, 0.05)
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9), method


def test_exact_mcnemar_agrees_with_statsmodels() -> None:
    for better, worse in ((6, 16), (0, 0), (0, 5), (10, 10), (300, 400)):
        table = [[10, better], [worse, 10]]
        assert mcnemar(better, worse) == pytest.approx(statsmodels_mcnemar(table, exact=True).pvalue, rel=1e-9)


def test_distributions_agree_with_scipy() -> None:
    for x, a, b in ((0.3, 2.0, 5.0), (0.999, 800.0, 3.0), (0.02, 11.0, 989.0)):
        assert beta_cdf(x, a, b) == pytest.approx(stats.beta.cdf(x, a, b), rel=1e-9)
    for freedom in (1, 7, 1199):
        assert student_sf(1.7, freedom) == pytest.approx(stats.t.sf(1.7, freedom), rel=1e-9)
        assert student_quantile(0.95, freedom) == pytest.approx(stats.t.ppf(0.95, freedom), rel=1e-9)


def test_paired_equivalence_agrees_with_statsmodels() -> None:
    random = np.random.default_rng(3)
    ai, human = random.gamma(2, 3, 80), random.gamma(2, 3.4, 80)
    difference = ai - human
    moments = Moments(80, float(difference.sum()), float((difference**2).sum()), float(ai.sum()), float(human.sum()))
    found = amount_test(moments, 2.0, 0.05)
    p, worse, better = ttost_paired(ai, human, -2.0, 2.0)
    assert (found.equivalent, found.not_better, found.not_worse) == pytest.approx((p, worse[1], better[1]))
    low, high = stats.ttest_rel(ai, human).confidence_interval(0.9)
    assert (found.difference.low, found.difference.high) == pytest.approx((low, high))


def test_groups_agree_with_fairlearn() -> None:
    random = np.random.default_rng(5)
    group, truth, ai, human = (random.integers(0, top, 900) for top in (3, 2, 2, 2))
    cube = cube_of(group, (truth, ai, human), np.ones(900, dtype=np.int64), 3)
    found = gap(cube, 1, 0.05, 200)
    for ours, decision in ((found.ai, ai), (found.human, human)):
        assert ours.value == pytest.approx(equalized_odds_difference(truth, decision, sensitive_features=group))
    assert found.difference.value == pytest.approx(found.ai.value - found.human.value)
    assert found.difference.low < found.difference.value < found.difference.high
    rates = [float(ai[group == number].mean()) for number in range(3)]
    assert ratio(rates) == pytest.approx(demographic_parity_ratio(truth, ai, sensitive_features=group))


def test_bounds_from_counts_are_those_of_resampled_cases() -> None:
    """Two groups, cases drawn one by one, the bounds written down anew."""
    random = np.random.default_rng(7)
    group, truth, ai, human = (random.integers(0, 2, 900) for _ in range(4))
    once = np.ones(900, dtype=np.int64)
    ours = gap(cube_of(group, (truth, ai, human), once, 2), 1, 0.05, 4000)

    def distances(row: np.ndarray) -> np.ndarray:
        means = [
            [[decision[row][(group[row] == g) & (truth[row] == y)].mean() for g in (0, 1)] for y in (0, 1)]
            for decision in (ai, human)
        ]
        return np.array(means) @ np.array([1, -1])

    seen = distances(np.arange(900))
    off = np.array([distances(random.integers(0, 900, 900)) for _ in range(4000)]) - seen
    bounds = []
    for sign in (1, -1):
        more = sign * (seen[0] - seen[1]) - np.quantile(sign * (off[:, 0] - off[:, 1]), 0.025, axis=0)
        alone = sign * seen[0] - np.quantile(sign * off[:, 0], 0.025, axis=0)
        bounds += np.minimum(more, alone).tolist()
    assert ours.difference.high == pytest.approx(max(bounds), abs=0.012)
    farthest = np.abs(off[:, 0]).max(axis=1)
    low = max(np.abs(seen[0]).max() - np.quantile(farthest, 0.95), 0.0)
    assert ours.ai.low == pytest.approx(low, abs=0.012)


def test_agreement_agrees_with_sklearn_and_krippendorffs_example() -> None:
    random = np.random.default_rng(9)
    first, second = random.integers(0, 2, 200), random.integers(0, 2, 200)
    table = np.zeros((2, 2), dtype=np.int64)
    np.add.at(table, (first, second), 1)
    assert cohen_kappa(table) == pytest.approx(cohen_kappa_score(first, second))
    assert krippendorff_alpha(OBSERVED) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(OBSERVED, metric="interval") == pytest.approx(0.849, abs=5e-4)


def test_alpha_of_counted_rows_is_that_of_repeated_rows() -> None:
    rows = np.array([[0, 0], [0, 1], [1, 1], [1, NAN]])
    counts = [5, 2, 7, 3]
    assert krippendorff_alpha(rows, counts) == pytest.approx(krippendorff_alpha(np.repeat(rows, counts, axis=0)))


def test_holm_agrees_with_statsmodels() -> None:
    values = [0.01, 0.04, 0.03, 0.5]
    assert holm(values) == pytest.approx(multipletests(values, method="holm")[1])

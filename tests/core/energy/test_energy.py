"""Energy of a call: the published figures, ranges that hold, methods that say what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.energy import Energy, Method, Parameters, estimator, factors, latest, sharing
from leitplanke.core.energy.estimating import _per_token, measured

# Published: Wh for 300 tokens written at a PUE of 1.2, at batches of 64, 16 and 4.
PUBLISHED = {
    (8, 8): (0.027, 0.045, 0.116),
    (24, 24): (0.033, 0.061, 0.163),
    (70, 70): (0.20, 0.43, 1.19),
    (123, 123): (0.27, 0.64, 1.82),
    (37, 671): (1.2, 2.4, 6.4),
}


@pytest.mark.parametrize(("active", "total"), PUBLISHED)
def test_the_fit_gives_the_published_figures(active: int, total: int) -> None:
    for batch, wh in zip((64, 16, 4), PUBLISHED[active, total], strict=True):
        found = _per_token(active, Parameters(total=total), batch) * 300 * 1.2 / 1e6
        assert found == pytest.approx(wh, rel=0.03)


def test_the_method_says_what_is_known() -> None:
    assert estimator(Parameters.from_json({"active": 8}))(1, 1, 1.0).method is Method.PARAMETERS
    assert estimator(Parameters.from_json({}))(1, 1, 1.0).method is Method.ESTIMATE
    assert estimator(Parameters.from_json({"watts": 300}))(1, 1, 1.0).method is Method.POWER
    assert measured(3600, 2, Parameters(pue_low=1, pue_high=1)) == Energy(500_000, 500_000, Method.MEASURED)
    assert (Energy(1, 2, Method.PARAMETERS) + Energy(1, 2, Method.ESTIMATE)) == Energy(2, 4, Method.ESTIMATE)


def test_idle_hardware_dominates_where_little_is_asked() -> None:
    box = Parameters.from_json({"watts": 310, "idle_watts": 90, "calls_a_day": 200, "pue_low": 1, "pue_high": 1})
    found = estimator(box)(0, 0, 7.5)
    assert found.high_uwh / 1e6 == pytest.approx(310 * 7.5 / 3600 + 90 * 24 / 200)
    assert sharing(90, 6000, 10).shared_per_call_wh == pytest.approx(sharing(90, 6000, 1).per_call_wh / 10)
    assert sharing(90, 6000, 1).saved_kwh == 0


@given(
    read=st.integers(0, 100_000), written=st.integers(0, 10_000), more=st.integers(1, 1000),
    active=st.floats(0.1, 400), known=st.booleans(),
)  # fmt: skip
def test_ranges_are_ranges_and_more_is_never_less(
    read: int, written: int, more: int, active: float, known: bool
) -> None:
    stored = {"active": active} if known else {"active_low": active, "active_high": active * 3}
    estimate = estimator(Parameters.from_json(stored))
    one, other = estimate(read, written, 1.0), estimate(read + more, written + more, 1.0)
    assert 0 <= one.low_uwh <= one.high_uwh
    assert other.low_uwh >= one.low_uwh
    assert other.high_uwh > one.high_uwh


def test_the_grid_factor_has_year_and_source() -> None:
    assert latest().country == "DE"
    assert all(factor.source and factor.year > 2000 for factor in factors())
    with pytest.raises(LookupError):
        latest("XX")

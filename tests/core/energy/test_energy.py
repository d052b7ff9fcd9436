"""Energy of a call: the published figures, ranges that hold, methods that say what they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.energy import Energy, Method, Parameters, estimator, forecast, measurer, sharing
from leitplanke.core.energy.estimating import fitted

# Published: Wh for 300 tokens written at a PUE of 1.2, at batches of 64, 16 and 4.
PUBLISHED = {
    (8, 8): (0.027, 0.045, 0.116),
    (24, 24): (0.033, 0.061, 0.163),
    (70, 70): (0.20, 0.43, 1.19),
    (123, 123): (0.27, 0.64, 1.82),
    (37, 671): (1.2, 2.4, 6.4),
}
BOX = {"watts": 310, "idle_watts": 90, "calls_a_day": 200, "pue_low": 1.3, "pue_high": 1.3}


@pytest.mark.parametrize(("active", "total"), PUBLISHED)
def test_the_fit_gives_the_published_figures(active: int, total: int) -> None:
    for batch, wh in zip((64, 16, 4), PUBLISHED[active, total], strict=True):
        assert fitted(active, Parameters(total=total), batch) * 300 * 1.2 == pytest.approx(wh, rel=0.03)


def test_the_method_says_what_is_known() -> None:
    assert estimator(Parameters.from_json({"active": 8}))(1, 1, 1.0).method is Method.PARAMETERS
    assert estimator(Parameters.from_json({}))(1, 1, 1.0).method is Method.ESTIMATE
    assert estimator(Parameters.from_json({"watts": 300}))(1, 1, 1.0).method is Method.POWER
    assert (Energy(1, 2, Method.PARAMETERS) + Energy(1, 2, Method.ESTIMATE)) == Energy(2, 4, Method.ESTIMATE)


def test_a_published_range_is_taken_with_the_overhead_on_top() -> None:
    stated = {"active": 70, "wh_low": 1.0, "wh_high": 2.0, "pue_low": 1.1, "pue_high": 1.5}
    found = estimator(Parameters.from_json(stated))(0, 1000, 9.0)
    assert (found.low_uwh, found.high_uwh, found.method) == (1_100_000, 3_000_000, Method.PARAMETERS)


def test_idle_hardware_dominates_where_little_is_asked_and_is_cooled_as_well() -> None:
    """90 W of waiting, shared by 200 calls a day, are 14 Wh a call; the call itself is below 1 Wh."""
    found = estimator(Parameters.from_json(BOX))(0, 0, 7.5)
    assert found.idle
    alone = estimator(Parameters.from_json({**BOX, "idle_watts": 0}))(0, 0, 7.5)
    assert alone.high_uwh / 1e6 == pytest.approx(310 * 7.5 / 3600 * 1.3)
    assert (found.high_uwh - alone.high_uwh) / 1e6 == pytest.approx(1.3 * 90 * (24 / 200 - 7.5 / 3600))
    assert found.high_uwh / 1e6 == pytest.approx(14.9, rel=0.03)


def test_meters_are_shared_and_carry_overhead_and_idle() -> None:
    plain = measurer(Parameters(pue_low=1, pue_high=1.5))(3600, 5.0)
    assert plain == Energy(1_000_000, 1_500_000, Method.MEASURED)
    idle = measurer(Parameters.from_json(BOX))(3600, 432.0)  # 200 calls of 432 s fill the day: nothing waits
    assert (idle.low_uwh, idle.idle) == (1_300_000, True)


def test_whoever_waits_for_tokens_to_be_read_pays_for_them_by_power_as_well() -> None:
    box = Parameters.from_json({**BOX, "tokens_a_second": 40})
    short, long = forecast(box, 300, 400), forecast(box, 14_000, 400)
    # 13,700 tokens more to read, each a fifth of the time of one to write, in which the machine does not wait.
    assert long.high_uwh - short.high_uwh == pytest.approx(0.2 * 13_700 / 40 * (310 - 90) * 1.3 / 3600 * 1e6)
    assert forecast(Parameters.from_json(BOX), 300, 400).high_uwh > short.high_uwh  # no pace stated: a wider range


@settings(max_examples=40)
@given(
    read=st.integers(0, 100_000), written=st.integers(0, 10_000), more=st.integers(1, 1000),
    active=st.floats(0.1, 400), known=st.booleans(), own=st.booleans(), parallel=st.floats(1, 32),
)  # fmt: skip
def test_ranges_are_ranges_and_more_is_never_less(
    read: int, written: int, more: int, active: float, known: bool, own: bool, parallel: float
) -> None:
    stored = {"active": active} if known else {"active_low": active, "active_high": active * 3}
    if own:
        stored |= {"watts": 310, "idle_watts": 90, "calls_a_day": 50, "parallel": parallel}
    parameters = Parameters.from_json(stored, own=own)
    one, other = forecast(parameters, read, written), forecast(parameters, read + more, written + more)
    assert 0 <= one.low_uwh <= one.high_uwh
    assert other.low_uwh >= one.low_uwh
    assert other.high_uwh > one.high_uwh or own


@pytest.mark.parametrize(
    "bad",
    [
        {"pue_low": 0.9}, {"pue_low": 1.5, "pue_high": 1.2}, {"idle_watts": -1}, {"parallel": 0}, {"watts": "nan"},
        {"active_low": 9, "active_high": 3}, {"wh_low": 2, "wh_high": 1}, {"total": 0}, {"watts": "viel"},
    ],
)  # fmt: skip
def test_values_that_make_no_sense_are_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Parameters.from_json(bad, own=True)


def test_one_end_beyond_the_usual_other_is_both() -> None:
    assert Parameters.from_json({"pue_low": 1.8}).pue_high == 1.8
    assert Parameters.from_json({"pue_high": 1.05}).pue_low == 1.05
    assert Parameters.from_json({"wh_high": 3}).wh_low == 3


def test_sharing_a_machine_saves_the_waiting_of_the_others() -> None:
    box = Parameters.from_json(BOX)
    one, ten = sharing(box, 6000, (7.5, 7.5), 1), sharing(box, 6000, (7.5, 7.5), 10)
    assert one.saved_kwh == (0.0, 0.0)
    assert ten.saved_kwh[1] == pytest.approx(9 * 90 * 720 * 1.3 / 1000)
    assert ten.shared_per_call_wh[1] < one.per_call_wh[1] / 9
    assert one.per_call_wh[1] == pytest.approx(1.3 * 90 * (720 * 3600 / 6000 - 7.5) / 3600)


def test_sharing_counts_machines_where_one_is_too_slow() -> None:
    box = Parameters.from_json(BOX)
    full = sharing(box, 300_000, (7.5, 7.5), 10)  # 87 % of a month for each town
    assert (full.machines_alone, full.machines_together) == (1, 9)
    assert full.saved_kwh[0] == pytest.approx(1 * 90 * 720 * 1.3 / 1000)

"""Nothing is shown as proved without evidence."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.guideline.assessing import Collected, Point, PointError, Proof, State, assess, points_from_text
from leitplanke.core.guideline.model import Principle

TODAY = date(2026, 11, 28)
CONTENT = resources.files("leitplanke.content") / "leitlinien/selbstbewertung.yaml"


def point(key: str, *, collector: str = "", by_hand: bool = True) -> Point:
    return Point(key, Principle.TRANSPARENZ, key, "zeigt sich", collector, by_hand, 12, "nächster Schritt", ("BB08",))


def proof(key: str, start: int, end: int) -> Proof:
    return Proof(key, "Bericht", "https://stadt.example", TODAY + timedelta(days=start), TODAY + timedelta(days=end))


points = st.builds(point, st.sampled_from("abcd"), collector=st.sampled_from(["", "x:a", "x:b"]), by_hand=st.booleans())
counts = st.builds(Collected, st.integers(0, 3), st.integers(0, 3), st.just("gezählt"))
proofs = st.builds(proof, st.sampled_from("abcd"), st.integers(-9, 9), st.integers(-9, 9))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(points, min_size=1, max_size=4, unique_by=lambda one: one.key),
    st.dictionaries(st.sampled_from(["x:a", "x:b"]), counts), st.lists(proofs, max_size=4),
)  # fmt: skip
def test_nothing_is_proved_without_evidence(
    asked: list[Point], collected: dict[str, Collected], shown: list[Proof]
) -> None:
    for principle in assess(asked, collected, shown, TODAY):
        for one in principle.points:
            if one.state is State.BELEGT:
                automatic = one.collected
                assert one.proofs or (automatic is not None and automatic.met >= automatic.of > 0)
        if principle.state is State.BELEGT:
            assert all(one.state in {State.BELEGT, State.ENTFAELLT} for one in principle.points)
            assert any(one.state is State.BELEGT for one in principle.points)


@pytest.mark.parametrize(
    ("collected", "state"),
    [(None, State.OFFEN), (Collected(0, 2, ""), State.OFFEN), (Collected(1, 2, ""), State.TEILWEISE),
     (Collected(2, 2, ""), State.BELEGT), (Collected(0, 0, ""), State.ENTFAELLT)],
)  # fmt: skip
def test_state_of_what_is_collected(collected: Collected | None, state: State) -> None:
    found = {} if collected is None else {"x:a": collected}
    ((one,),) = [row.points for row in assess([point("a", collector="x:a")], found, (), TODAY)]
    assert one.state is state


def test_a_proof_counts_from_its_day_until_its_end_and_only_where_people_may_show_it() -> None:
    asked = [point("a"), point("b", by_hand=False)]
    shown = [proof("a", -9, -1), proof("b", -9, 9)]
    (row,) = assess(asked, {}, shown, TODAY)
    assert [one.state for one in row.points] == [State.OFFEN, State.OFFEN]
    assert row.points[0].expired == (shown[0],)
    (row,) = assess(asked, {}, [proof("a", -9, 0)], TODAY)
    assert [one.state for one in row.points] == [State.BELEGT, State.OFFEN]
    assert row.state is State.TEILWEISE


def test_the_points_that_ship_cover_every_principle_and_can_all_be_shown() -> None:
    found = points_from_text(CONTENT.read_text(encoding="utf-8"))
    assert {one.principle for one in found} == set(Principle)
    assert all(one.collector or one.by_hand for one in found)
    assert len({one.key for one in found}) == len(found)
    assert {row.state for row in assess(found, {}, (), TODAY)} == {State.OFFEN}


def test_points_that_cannot_be_read_say_so() -> None:
    for text in ("punkte:\n  - schluessel: a\n", "punkte: [", "anderes: 1\n"):
        with pytest.raises(PointError, match="Selbstbewertung"):
            points_from_text(text)

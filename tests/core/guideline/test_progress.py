"""How far a goal has come, and what changed between two self-assessments."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.guideline.progress import changes, reached, share

numbers = st.decimals(-100, 100, places=1)


@settings(max_examples=60, deadline=None)
@given(numbers, numbers, numbers, st.booleans())
def test_a_share_is_one_exactly_where_the_target_is_reached(
    start: Decimal, value: Decimal, target: Decimal, falling: bool
) -> None:
    found = share(start, value, target, falling=falling)
    assert 0 <= found <= 1
    assert (found == 1) == reached(value, target, falling=falling)


@pytest.mark.parametrize(
    ("start", "value", "target", "falling", "done"),
    [(0, 5, 10, False, "0.5"), (10, 5, 0, True, "0.5"), (0, -5, 10, False, "0"), (10, 12, 0, True, "0"),
     (5, 4, 5, False, "0"), (0, 12, 10, False, "1")],
)  # fmt: skip
def test_share_of_the_way(start: int, value: int, target: int, falling: bool, done: str) -> None:
    assert share(Decimal(start), Decimal(value), Decimal(target), falling=falling) == Decimal(done)


def test_changes_name_what_is_new_gone_or_different() -> None:
    before, now = {"a": "offen", "b": "belegt", "c": "offen"}, {"a": "belegt", "b": "belegt", "d": "offen"}
    assert changes(before, now) == {"a": ("offen", "belegt"), "c": ("offen", ""), "d": ("", "offen")}

"""The interview between two pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import signing

from leitplanke.base.interview.state import ExpiredError, State, opened

STATE = State("stadt/werk", date(2026, 1, 1), "satzung", facts={"a": "1", "b": [{"c": "x"}]}, trail=(("a",), ("b",)))


def test_state_comes_back_as_it_went() -> None:
    assert opened(STATE.sealed(), "stadt/werk") == STATE


@pytest.mark.security
@pytest.mark.parametrize("text", ["", "x", STATE.sealed()[:-3] + "abc", signing.dumps(["x"])])
def test_what_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(ExpiredError):
        opened(text, "stadt/werk")


@pytest.mark.security
def test_state_of_another_mandant_or_regelwerk_is_refused() -> None:
    with pytest.raises(ExpiredError):
        opened(STATE.sealed(), "nachbar/werk")

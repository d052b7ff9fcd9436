"""Material stays between its marks, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.fencing import fenced

MARKS = st.text("ab-M", min_size=8, max_size=12)


@given(parts=st.lists(st.text("ab-M \n", max_size=12)), mark=MARKS)
def test_the_mark_stands_exactly_at_both_ends(parts: list[str], mark: str) -> None:
    text = fenced(mark.join(parts), mark)
    assert text.startswith(f"{mark}\n")
    assert text.endswith(f"\n{mark}")
    assert mark not in text[len(mark) : -len(mark)]


@pytest.mark.parametrize("mark", ["a", "kurz", "mit Leerraum"])
def test_a_mark_that_text_may_hold_by_chance_is_none(mark: str) -> None:
    with pytest.raises(ValueError, match=mark):
        fenced("Text", mark)

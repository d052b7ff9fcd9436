"""What a spreadsheet would take for a formula leaves as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.cells import is_dangerous, plain_cell, safe_cell

UNSEEN = (
    "", " ", "\u00a0", "\u200b", "\ufeff", "\u2060", "\u00ad", "\u202e", "\ufe0f", "\u3164", "\x00", "\u200b \u2066",
)  # fmt: skip


@pytest.mark.parametrize("before", UNSEEN)
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "﹢", "\t", "\r", "\n"])
def test_a_formula_is_made_text_also_behind_what_nobody_sees(before: str, start: str) -> None:
    text = f"{before}{start}HYPERLINK(1)"
    assert safe_cell(text) == f"'{text}"
    assert plain_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["", "\u200b", "Amt", "'=1", "– ohne", "1-2", " § 3", "\u200bAmt = Haus"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert safe_cell(text) == text


@settings(max_examples=50)
@given(st.text(max_size=8))
def test_no_cell_stays_dangerous(text: str) -> None:
    assert not is_dangerous(safe_cell(text))
    if not text.startswith("'"):
        assert plain_cell(safe_cell(text)) == text

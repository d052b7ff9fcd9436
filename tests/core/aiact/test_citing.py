"""Citations of EU law as Germans write them."""

from __future__ import annotations

import pytest

from leitplanke.core.aiact.citing import german


@pytest.mark.parametrize(
    ("norm", "said"),
    [
        ("Art. 26(2)", "Art. 26 Abs. 2"),
        ("Art. 6(3)(a)", "Art. 6 Abs. 3 Buchst. a"),
        ("Art. 26(8), Art. 49(3)", "Art. 26 Abs. 8, Art. 49 Abs. 3"),
        ("DSGVO Art. 35", "DSGVO Art. 35"),
        ("Art. 50(4)-1", "Art. 50 Abs. 4-1"),
    ],
)
def test_paragraphs_are_written_out(norm: str, said: str) -> None:
    assert german(norm) == said

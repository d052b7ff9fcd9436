from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.grounding.units import Kind, units_of
from leitplanke.core.grounding.verify import quotes_exactly
from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.passages import Passage
from tests.core.grounding.conftest import LEITLINIE, passages_of


@given(st.text(max_size=300), st.integers(min_value=0, max_value=1000))
def test_every_unit_is_an_exact_substring(text: str, start: int) -> None:
    passage = Passage(Source("a.txt", "A"), "", "", "", 0, (), start, start + len(text), text)
    for unit in units_of([passage]):
        assert quotes_exactly(unit)
        assert unit.citation.quote == text[unit.start - start : unit.end - start]


def test_items_know_their_lead() -> None:
    items = [unit for unit in units_of(passages_of("l.md", LEITLINIE)) if unit.kind is Kind.ITEM]
    assert [item.lead for item in items] == ["Für den Einsatz von KI gelten drei Grundsätze:"] * 3


def test_a_date_is_no_list_item() -> None:
    passage = Passage(Source("a.txt", "A"), "", "", "", 0, (), 0, 14, "25. April 2025")
    assert [unit.kind for unit in units_of([passage])] == [Kind.LINE]

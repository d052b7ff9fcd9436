"""Wordings told apart word by word, and what others demand of a guideline."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import leitplanke.content
from leitplanke.core.guideline import BlockError, Change, load_blocks, load_sources, word_changes
from leitplanke.core.guideline.demands import sources_from_text

CONTENT = Path(leitplanke.content.__path__[0]) / "leitlinien"
TEXTS = st.lists(st.sampled_from(["ein", "Mensch", "prüft", "jede", "Antwort.", "nie"]), max_size=12).map(" ".join)


def test_only_the_words_that_differ_are_marked() -> None:
    pieces = word_changes("Ein Mensch prüft jede Antwort.", "Ein Mensch prüft wichtige Antworten genau.")
    assert [(piece.change, piece.text) for piece in pieces] == [
        (Change.SAME, "Ein Mensch prüft"),
        (Change.GONE, "jede Antwort."),
        (Change.NEW, "wichtige Antworten genau."),
    ]
    assert word_changes("", "neu") == word_changes(" ", "neu")


@given(TEXTS, TEXTS)
@settings(max_examples=30, deadline=None)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    for text, other in ((before, Change.NEW), (after, Change.GONE)):
        assert " ".join(piece.text for piece in pieces if piece.change is not other).split() == text.split()


def test_what_is_demanded_names_decisions_that_exist() -> None:
    blocks = load_blocks(CONTENT / "bausteine")
    sources = load_sources(CONTENT / "forderungen.yaml", blocks)
    assert sources.dortmund.keys() == {"D1", "D2", "D3"}
    assert len(sources.documents) == 5
    assert all(demand.norm and demand.since for demand in sources.ai_act.demands)
    text = (CONTENT / "forderungen.yaml").read_text(encoding="utf-8")
    with pytest.raises(BlockError, match="gibt_es_nicht"):
        sources_from_text(text.replace("BB12.nie_buerger", "BB12.gibt_es_nicht"), "x.yaml", blocks)
    with pytest.raises(BlockError, match="falsch"):
        sources_from_text(text.replace("worum:", "falsch:", 1), "x.yaml", blocks)

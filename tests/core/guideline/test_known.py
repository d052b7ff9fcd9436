"""What is known of guidelines elsewhere."""

from __future__ import annotations

from importlib import resources

import pytest

from leitplanke.core.guideline import BlockError, load_blocks, load_known
from leitplanke.core.guideline.known import known_from_text

CONTENT = resources.files("leitplanke.content") / "leitlinien"
KNOWN = load_known(CONTENT / "regelwerke.yaml")


def test_every_town_that_a_block_names_is_known() -> None:
    blocks = load_blocks(CONTENT / "bausteine")
    named = {town for block in blocks.values() for town in block.chosen}
    assert named - KNOWN.keys() == set()
    assert len(named) > 25


def test_all_37_guidelines_have_their_sources() -> None:
    assert len(KNOWN) == 37
    assert all(one.sources and all(page.url for page in one.sources) for one in KNOWN.values())
    assert KNOWN["essen"].licence == "CC BY-SA 4.0"
    assert all(fact.source in one.sources for one in KNOWN.values() for fact in one.facts)


def test_faults_are_named_with_their_line() -> None:
    text = (
        "erhoben: 2026-01-01\nquellen:\n  a: {titel: A, url: ftp://a}\n"
        "regelwerke:\n  - {schluessel: x, name: X, quellen: [b]}\n"
    )
    with pytest.raises(BlockError) as caught:
        known_from_text(text, "probe.yaml")
    said = str(caught.value)
    assert "probe.yaml:3" in said
    assert "„b“ steht nicht" in said
    assert "„titel“ fehlt" in said

"""Every control of every building block is asked somewhere, with all the facts that it needs, or its block says so."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import enforcement
import pytest
from enforcement import PLACES, SOURCE, as_markdown, facts_stated, mentions, rows

from leitplanke.core.guideline import Enforcement, load_blocks
from leitplanke.core.policy.facts import STEPS

BLOCKS = load_blocks(SOURCE / "content/leitlinien/bausteine")
PAGE = Path(__file__).resolve().parents[2] / "docs/reference/leitlinie-durchsetzung.md"


def test_every_step_has_a_place_whose_verbs_ask_what_states_its_facts() -> None:
    assert set(PLACES) == set(STEPS)
    for step, places in PLACES.items():
        assert places, step
        for place in places:
            assert "schritt" in place.facts, place
            assert all(mentions(verb, place.states[0]) for verb in place.verbs), place


AT_THE_DOOR = frozenset({"modellaufruf", "werkzeugaufruf"})


def lacking(steps: Iterable[str]) -> list[str]:
    return [
        f"{row.block.id}.{row.option.key} {row.clause.name}: {row.step} ohne {', '.join(row.unstated)}"
        for row in rows(BLOCKS)
        if row.step in steps and not row.kept and not row.said_missing
    ]


def test_every_clause_is_asked_with_its_facts_or_the_block_says_that_it_is_not() -> None:
    found = lacking(set(STEPS) - AT_THE_DOOR)
    assert not found, "\n".join(found)


def test_every_clause_of_a_call_is_asked_with_its_facts() -> None:
    found = lacking(AT_THE_DOOR)
    assert not found, "\n".join(found)


def test_every_block_for_machines_has_controls_with_cases_or_says_what_is_missing() -> None:
    for block in BLOCKS.values():
        if block.enforcement in {Enforcement.RUNTIME, Enforcement.WORKFLOW}:
            controls = [clause for option in block.options for clause in option.clauses]
            assert controls or block.missing, block.id
            assert all(len(clause.cases) >= 3 for clause in controls), block.id


def test_a_fact_that_nobody_states_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    facts_stated.cache_clear()
    stated = enforcement.facts_stated
    monkeypatch.setattr(enforcement, "facts_stated", lambda name: stated(name) - {"nutzen_benannt"})
    assert {row.clause.name for row in rows(BLOCKS) if row.step == "freigabe" and not row.kept} == {
        "nutzen_vor_freigabe", "nutzen_fehlt", "eintrag_vollstaendig",
    }  # fmt: skip


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(BLOCKS), (
        "Bitte aufrufen: .venv/bin/python tools/durchsetzung.py"
    )

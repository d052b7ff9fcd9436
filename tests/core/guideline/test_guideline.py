"""Blocks that ship, the profile that follows from choices, and what is found missing or contradictory."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.guideline import (
    Audience,
    BlockError,
    Choice,
    Enforcement,
    Example,
    Guideline,
    Kind,
    block_from_text,
    changes,
    check,
    compare,
    example_guideline,
    implies,
    load_blocks,
    numbered,
    profile_of,
)
from leitplanke.core.policy import FACTS, Cell, DataClass, Effect, ModelClass, Policy, load_profile, run_cases
from leitplanke.core.policy.cases import quiet

CONTENT = resources.files("leitplanke.content") / "leitlinien"
BLOCKS = load_blocks(CONTENT / "bausteine")
STANDARD = load_profile(CONTENT / "standard")
RANK = {cell: rank for rank, cell in enumerate((Cell.OFFEN, Cell.NUR_PSEUDONYMISIERT, Cell.GESPERRT))}


def with_choices(**options: str) -> Guideline:
    return Guideline("probe", "Probe", "Musterstadt", "1", tuple(Choice(block, key) for block, key in options.items()))


guidelines = st.builds(
    lambda picks: Guideline(
        "zufall", "Zufall", "Musterstadt", "1", tuple(Choice(block, key) for block, key in picks.items() if key)
    ),
    st.fixed_dictionaries(
        {block.id: st.sampled_from([None, *(option.key for option in block.options)]) for block in BLOCKS.values()}
    ),
)


def test_every_block_has_words_for_everybody_and_a_control_or_the_reason_why_not() -> None:
    assert len(BLOCKS) == 58
    for block in BLOCKS.values():
        assert block.question.endswith("?"), block.id
        for option in block.options:
            assert all(option.texts[audience] for audience in Audience), f"{block.id}.{option.key}"
        if block.enforcement in {Enforcement.RUNTIME, Enforcement.WORKFLOW}:
            assert any(option.clauses or option.cells for option in block.options) or block.missing, block.id


@pytest.mark.parametrize("example", list(Example))
def test_an_example_becomes_a_profile_whose_cases_all_hold(example: Example) -> None:
    guideline = example_guideline(BLOCKS, example, town="Musterstadt")
    profile = profile_of(guideline, BLOCKS, STANDARD.table)
    assert [result for result in run_cases(profile) if not result.passed] == []
    assert len({clause.number for clause in profile.clauses}) == len(profile.clauses)
    assert [lack for lack in check(guideline, BLOCKS, profile) if lack.grave] == []


@settings(max_examples=25, deadline=None)
@given(guideline=guidelines)
def test_no_choice_opens_what_the_chosen_options_close(guideline: Guideline) -> None:
    profile = profile_of(guideline, BLOCKS, STANDARD.table)
    for one in numbered(guideline, BLOCKS):
        for (data, model), cell in one.option.cells.items():
            assert RANK[profile.table.cell(data, model)] >= RANK[cell]
    names = {clause.name for clause in profile.clauses}
    assert names == {clause.name for one in numbered(guideline, BLOCKS) for clause in one.option.clauses}
    Policy(profile).decide({})


@settings(max_examples=15, deadline=None)
@given(
    guideline=guidelines, facts=st.fixed_dictionaries({}, optional={"datenklasse": st.sampled_from(list(DataClass))})
)
def test_a_profile_says_the_same_as_the_options_one_by_one(guideline: Guideline, facts: dict[str, str]) -> None:
    stated = {**quiet(), **facts, "modellklasse": ModelClass.EU.value}
    together = Policy(profile_of(guideline, BLOCKS, STANDARD.table)).decide(stated)
    alone: set[str] = set()
    for choice in guideline.choices:
        single = replace(guideline, choices=(choice,))
        decision = Policy(profile_of(single, BLOCKS, STANDARD.table)).decide(stated)
        alone |= {one.name for one in decision.applied if one.name != "tabelle"}
    assert {one.name for one in together.applied if one.name != "tabelle"} == alone


def test_what_is_not_decided_is_named_and_what_matters_is_grave() -> None:
    empty = with_choices()
    found = check(empty, BLOCKS, profile_of(empty, BLOCKS, STANDARD.table))
    assert {lack.blocks[0] for lack in found if lack.kind is Kind.OFFEN} == set(BLOCKS)
    assert {lack.blocks[0] for lack in found if lack.grave} == {block.id for block in BLOCKS.values() if block.core}
    assert sum(lack.kind is Kind.GRUNDSATZ for lack in found) == 8


def test_options_that_exclude_each_other_are_a_contradiction() -> None:
    guideline = with_choices(BB12="erlaubt", BB24="lesen")
    found = check(guideline, BLOCKS, profile_of(guideline, BLOCKS, STANDARD.table))
    assert ("BB24", "BB12") in [lack.blocks for lack in found if lack.kind is Kind.WIDERSPRUCH and lack.grave]


def test_a_clause_that_never_decides_and_one_that_never_holds_are_found() -> None:
    never, weak = STANDARD.clauses[0], STANDARD.clauses[1]
    profile = replace(
        STANDARD,
        clauses=(
            replace(never, condition='schritt == "auskunft" and schritt == "freigabe"', cases=()),
            replace(weak, effect=Effect.REQUIRE_APPROVAL, condition="privatnutzung and bilder", cases=()),
            replace(STANDARD.clauses[2], effect=Effect.BLOCK, condition="privatnutzung", cases=()),
        ),
    )
    kinds = [lack.kind for lack in check(with_choices(), BLOCKS, profile)]
    assert kinds.count(Kind.LEER) == 1
    assert kinds.count(Kind.UEBERDECKT) == 1
    assert kinds.count(Kind.FALL) == 3


def test_numbers_are_compared_at_their_borders() -> None:
    more = replace(STANDARD.clauses[0], condition="budget_anteil > 100")
    less = replace(STANDARD.clauses[0], condition="budget_anteil >= 100")
    assert implies(more, less)
    assert not implies(less, more)


def test_values_of_the_town_reach_words_and_controls() -> None:
    block = next(
        block for block in BLOCKS.values() if any("{" in text for o in block.options for text in o.texts.values())
    )
    option = next(option for option in block.options if any("{" in text for text in option.texts.values()))
    for one in numbered(with_choices(**{block.id: option.key}), BLOCKS):
        assert "{" not in "".join(one.text(audience) for audience in Audience)


def test_rows_show_who_differs_and_what_a_new_version_changes() -> None:
    strict, open_ = (example_guideline(BLOCKS, example) for example in (Example.STRENG, Example.OFFEN))
    rows = compare([strict, open_], BLOCKS)
    assert len(rows) == 58
    differing = compare([strict, open_], BLOCKS, only_differences=True)
    assert differing == [row for row in rows if row.differs]
    assert [row.block.id for row in changes(strict, open_, BLOCKS)] == [row.block.id for row in differing]
    assert changes(strict, strict, BLOCKS) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kern: ja", "kern: vielleicht", "ja oder nein"),
        ("vorgabe: nie_buerger", "vorgabe: nirgends", "keine Option"),
        ("wirkung: block", "wirkung: knallt", "gibt es nicht"),
        ('ausloeser == "modell"', 'ausloser == "modell"', "ausloser"),
        ("frage:", "farge:", "nicht bekannt"),
    ],
)
def test_a_fault_in_a_block_is_named_with_its_line(old: str, new: str, said: str) -> None:
    text = (CONTENT / "bausteine/bb12-keine-aktionen.yaml").read_text(encoding="utf-8")
    with pytest.raises(BlockError, match=said) as error:
        block_from_text(text.replace(old, new, 1), "bb12.yaml")
    assert all(finding.line > 0 for finding in error.value.findings)


def test_cases_cover_every_fact_that_blocks_decide_over() -> None:
    stated = {
        name
        for block in BLOCKS.values()
        for o in block.options
        for c in o.clauses
        for case in c.cases
        for name in case.facts
    }
    assert stated <= set(FACTS)

"""What holds for every system, whatever its facts."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from leitplanke.core.aiact import at_least
from tests.core.aiact.strategies import ACT, ANGABEN, FLAGS, ON, calm, complete, without_flags

SYSTEMS = st.one_of(complete(), without_flags())


@settings(max_examples=60, deadline=None)
@given(SYSTEMS, st.sets(st.sampled_from(sorted(ANGABEN)), min_size=1))
def test_hiding_facts_never_makes_a_class_milder_nor_opens_the_gate(facts: dict[str, Any], hidden: set[str]) -> None:
    known = ACT.classify(facts, on=ON)
    found = ACT.classify({**facts, **dict.fromkeys(hidden)}, on=ON)

    assert at_least(found.legal_class, known.legal_class)
    assert at_least(found.house_class, known.house_class)
    assert known.gate_open or not found.gate_open
    assert {duty.name for duty in known.obligations} <= {duty.name for duty in found.obligations} or (
        found.legal_class != known.legal_class or not found.settled
    )


@settings(max_examples=60, deadline=None)
@given(SYSTEMS, st.sampled_from(sorted(ANGABEN)))
@example(calm(technique="llm", inference=False), "inference")
def test_leaving_a_fact_out_never_opens_the_gate(facts: dict[str, Any], absent: str) -> None:
    known = ACT.classify(facts, on=ON)
    found = ACT.classify({name: value for name, value in facts.items() if name != absent}, on=ON)

    assert known.gate_open or not found.gate_open


@settings(max_examples=60, deadline=None)
@given(complete(), st.sampled_from(FLAGS))
def test_what_is_prohibited_stays_so_whatever_else_holds(facts: dict[str, Any], flag: str) -> None:
    known = {"inference": True, flag: True, "emotion_exception_medical_safety": False}

    found = ACT.classify({**facts, **known}, on=ON)

    assert (found.legal_class, found.gate_open) == ("prohibited", False)
    assert any(point.rule.startswith("verbot_") and point.certain for point in found.points)


@settings(max_examples=60, deadline=None)
@given(SYSTEMS)
def test_everything_a_classification_says_is_complete(facts: dict[str, Any]) -> None:
    found = ACT.classify(facts, on=ON)

    assert found.settled
    assert found.missing_facts == ()
    assert at_least(found.house_class, found.legal_class)
    assert found.legal_basis
    assert all(duty.owner in ACT.owners and duty.due and duty.evidence and duty.title.en for duty in found.obligations)
    assert all(len(doubt.readings) == 2 and doubt.norm and doubt.source for doubt in found.doubts)
    assert all(step.norm and step.source and step.law_version and step.guidance_status for step in found.proof)


@settings(max_examples=60, deadline=None)
@given(SYSTEMS, st.sets(st.sampled_from(sorted(ANGABEN)), min_size=1, max_size=4))
def test_facts_named_as_missing_are_those_that_are_open(facts: dict[str, Any], hidden: set[str]) -> None:
    found = ACT.classify({**facts, **dict.fromkeys(hidden)}, on=ON)

    assert set(found.missing_facts) <= hidden
    if not found.settled:
        assert found.missing_facts


def test_field_or_function_hidden_from_each_field_is_never_milder() -> None:
    for domain in ANGABEN["domain"].shape.optionen:
        for function in ("decide", "translate", "general_info", "safety_function"):
            facts = calm(domain=domain, function=function)
            known = ACT.classify(facts, on=ON)
            for name in ("domain", "function"):
                found = ACT.classify({**facts, name: None}, on=ON)
                assert at_least(found.legal_class, known.legal_class), (domain, function, name)
                assert at_least(found.house_class, known.house_class), (domain, function, name)

"""Clauses decide: strictest first, unknown counts as worse, and the engine of core.rules agrees."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.policy import (
    FACTS,
    Cell,
    DataClass,
    Effect,
    ModelClass,
    Policy,
    ProfileError,
    explain,
    load_profile,
    profile_from_text,
    run_cases,
    worse,
    worst,
)
from leitplanke.core.policy.cases import quiet
from leitplanke.core.policy.explaining import engine_of
from leitplanke.core.rules import FactError

FOLDER = resources.files("leitplanke.content") / "leitlinien/standard"
PROFILE = load_profile(FOLDER)
POLICY = Policy(PROFILE)
TEXT = (FOLDER / "profil.yaml").read_text(encoding="utf-8")


def call(**facts: Any) -> dict[str, Any]:
    return {**quiet(), **facts}


def test_every_clause_has_three_cases_and_all_are_as_expected() -> None:
    results = run_cases(PROFILE)
    assert [one for one in results if not one.passed] == []
    for clause in PROFILE.clauses:
        assert len(clause.cases) >= 3, clause.number
        assert {case.applies for case in clause.cases} == {True, False} or clause.name == "keine_privatnutzung"


@pytest.mark.parametrize("data", [DataClass.SOZIALDATEN, DataClass.GEHEIM])
@pytest.mark.parametrize("model", [one for one in ModelClass if one is not ModelClass.LOKAL])
def test_social_and_secret_data_stay_in_the_house(data: DataClass, model: ModelClass) -> None:
    found = POLICY.decide(call(datenklasse=data.value, modellklasse=model.value))
    assert found.effect is Effect.BLOCK
    assert found.stops is not None
    assert POLICY.decide(call(datenklasse=data.value, modellklasse="lokal")).stops is None


def test_personal_data_go_elsewhere_only_masked() -> None:
    facts = call(datenklasse="personenbezogen", modellklasse="eu", kein_training_zugesichert=True)
    found = POLICY.decide(facts)
    assert found.effect is Effect.PSEUDONYMISE
    assert POLICY.decide({**facts, "pseudonymisierbar": False}).effect is Effect.BLOCK
    assert POLICY.decide({**facts, "pseudonymisierbar": None}).effect is Effect.BLOCK


def test_nothing_known_is_blocked_and_says_what_is_missing() -> None:
    found = POLICY.decide({})
    assert found.effect is Effect.BLOCK
    assert {"datenklasse", "modellklasse", "zweck_freigegeben"} <= set(found.missing)
    assert not any(one.certain for one in found.applied if one.effect is Effect.BLOCK)


def test_the_strictest_effect_comes_first_with_the_sentence_of_its_clause() -> None:
    found = POLICY.decide(call(budget_anteil=90, zweck_freigegeben=False))
    assert [one.effect for one in found.applied] == sorted(
        (one.effect for one in found.applied), key=lambda e: e.strictness
    )
    assert found.stops is not None
    assert found.stops.number == "1.1"
    assert "KI-Beauftragte" in found.stops.sentence


def values(name: str) -> st.SearchStrategy[Any]:
    fact = FACTS[name]
    if fact.kind == "ja_nein":
        return st.booleans()
    return st.sampled_from([str(one) for one in fact.options]) if fact.kind == "auswahl" else st.integers(0, fact.most)


STATED = st.fixed_dictionaries({}, optional={name: values(name) for name in FACTS})


@settings(max_examples=40, deadline=None)
@given(facts=STATED)
def test_closures_and_engine_agree(facts: dict[str, Any]) -> None:
    applied = {one.name: one.certain for one in POLICY.decide(facts).applied if one.name != "tabelle"}
    engine = engine_of(PROFILE)
    stated = {name: value for name, value in facts.items() if name in engine.regelwerk.angaben}
    from datetime import date

    result = engine.evaluate(stated, on=date(2026, 1, 1))
    for clause in PROFILE.clauses:
        low, high = (result.value(f"k_{clause.name}"),) * 2 if result.settled(f"k_{clause.name}") else (False, True)
        if clause.name not in applied:
            assert high is False, clause.number
        elif applied[clause.name]:
            assert low is True, clause.number
        else:
            assert high is True, clause.number


@settings(max_examples=60, deadline=None)
@given(facts=STATED, name=st.sampled_from(sorted(FACTS)))
def test_not_knowing_a_fact_is_never_milder_than_knowing_it(facts: dict[str, Any], name: str) -> None:
    known = POLICY.decide({**facts, name: facts.get(name, FACTS[name].worst)})
    unknown = POLICY.decide({**facts, name: None})
    assert unknown.effect.strictness <= known.effect.strictness


def test_the_worst_values_are_values() -> None:
    assert POLICY.decide(worst()).effect is Effect.BLOCK
    assert worse(DataClass.INTERN, DataClass.GEHEIM) is DataClass.GEHEIM


@pytest.mark.parametrize(
    "facts",
    [{"unbekannt": True}, {"bilder": "ja"}, {"datenklasse": "privat"}, {"budget_anteil": -1}, {"budget_anteil": True}],
)
def test_facts_that_cannot_be_are_refused_by_name(facts: dict[str, Any]) -> None:
    with pytest.raises(FactError, match=next(iter(facts))):
        POLICY.decide(facts)


def test_an_explanation_has_clauses_and_proof() -> None:
    found = explain(POLICY, call(datenklasse="geheim", modellklasse="eu")).as_json()
    assert found["effect"] == "block"
    assert found["clauses"][0]["sentence"]
    assert any(step["name"] == "tabelle" and step["value"] == Cell.GESPERRT for step in found["proof"])
    assert any(step["name"] == "k_kein_training" for step in found["proof"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wirkung: block", "wirkung: sperren", "gibt es nicht"),
        ("wenn: privatnutzung", "wenn: privat", "privat"),
        ("wenn: privatnutzung", "wenn: budget_anteil", "ja oder nein"),
        ("wenn: privatnutzung", 'wenn: datenklasse == "streng"', "streng"),
        ("name: stufe_eins", "name: Stufe Eins", "kleine Buchstaben"),
        ("lokal: offen", "lokal: vielleicht", "vielleicht"),
        ("greift: ja", "greift: wohl", "greift"),
        ("quelle:", "qwelle:", "qwelle"),
        ('nummer: "1.2"', 'nummer: "1.1"', "gibt es schon"),
    ],
)
def test_a_fault_in_a_profile_is_named_with_its_line(old: str, new: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said) as found:
        profile_from_text(TEXT.replace(old, new, 1))
    assert found.value.findings[0].line > 1


def test_the_reference_lists_every_fact_as_it_is() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs/reference/profil-format.md").read_text(encoding="utf-8")
    for fact in FACTS.values():
        row = next((line for line in page.splitlines() if line.startswith(f"| `{fact.name}` |")), "")
        assert fact.meaning in row, fact.name
        assert all(f"`{option}`" in row for option in fact.options), fact.name
    assert all(f"`{effect}`" in page for effect in Effect)

"""Whatever a town writes as a condition: closures and the engine agree, and what one refuses both refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.policy import (
    FACTS,
    Clause,
    Effect,
    Fact,
    Policy,
    Profile,
    ProfileError,
    explain,
    load_profile,
    profile_from_text,
)
from leitplanke.core.policy.cases import quiet
from leitplanke.core.policy.compiling import compile_condition
from leitplanke.core.policy.explaining import engine_of

FOLDER = resources.files("leitplanke.content") / "leitlinien/standard"
PROFILE = load_profile(FOLDER)
TEXT = (FOLDER / "profil.yaml").read_text(encoding="utf-8")
# Few facts, so that conditions meet each other; every kind is there, and the step, by which clauses are sorted.
NAMES = ("schritt", "datenklasse", "automatisierungsstufe", "budget_anteil", "bilder", "hochrisiko")


def values(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.kind == "ja_nein":
        return st.booleans()
    return st.sampled_from([str(one) for one in fact.options]) if fact.kind == "auswahl" else st.integers(0, fact.most)


def atom(fact: Fact) -> st.SearchStrategy[str]:
    if fact.kind == "ja_nein":
        return st.just(fact.name)
    if fact.kind == "auswahl":
        sign, option = st.sampled_from(["==", "!="]), st.sampled_from([str(one) for one in fact.options])
        return st.one_of(
            st.builds('{} {} "{}"'.format, st.just(fact.name), sign, option),
            st.builds('"{2}" {1} {0}'.format, st.just(fact.name), sign, option),
        )
    sign = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    name, number = st.just(fact.name), st.integers(0, min(fact.most, 120))
    return st.one_of(
        st.builds("{} {} {}".format, name, sign, number),
        st.builds("{2} {1} {0}".format, name, sign, number),
        st.builds("({} <= {} < {})".format, number, name, number),
    )


CONDITION = st.recursive(
    st.one_of([atom(FACTS[name]) for name in NAMES]),
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("(not {})".format, inner),
    ),
    max_leaves=6,
)
STATED = st.fixed_dictionaries({}, optional={name: values(FACTS[name]) for name in NAMES})


def profile_of(*conditions: str, effects: tuple[Effect, ...] = ()) -> Profile:
    clauses = [
        Clause(f"9.{number}", f"eigene_{number}", "Eigene", "Ein Satz.", effect, condition, "Rat")
        for number, (condition, effect) in enumerate(
            zip(conditions, effects or (Effect.WARN,) * len(conditions), strict=True)
        )
    ]
    return replace(PROFILE, clauses=tuple(clauses))


@settings(max_examples=40, deadline=None)
@given(conditions=st.lists(CONDITION, min_size=1, max_size=4), facts=STATED)
def test_any_condition_means_the_same_to_closures_and_engine(conditions: list[str], facts: dict[str, Any]) -> None:
    profile = profile_of(*conditions)
    found = {one.name: one.certain for one in Policy(profile).decide(facts).applied}
    engine = engine_of(profile)
    used = {name: value for name, value in facts.items() if name in engine.regelwerk.angaben}
    result = engine.evaluate(used, on=date(2026, 1, 1))
    for clause in profile.clauses:
        test, names = compile_condition(clause.condition)
        answer = (found[clause.name] or None) if clause.name in found else False
        assert test(facts) is answer, "whole, and shortened to what the step leaves of it"
        if answer is None:
            assert any(facts.get(one) is None for one in names)
        else:
            assert result.settled(f"k_{clause.name}")
            assert result.value(f"k_{clause.name}") is answer


def test_effects_that_the_shipped_profile_does_not_use_stop_as_well() -> None:
    effects = (Effect.BUDGET, Effect.REQUIRE_ACKNOWLEDGEMENT, Effect.REQUIRE_TRAINING)
    policy = Policy(
        profile_of("budget_anteil > 90", "not kenntnisnahme_vorhanden", "not schulung_vorhanden", effects=effects)
    )
    told = {**quiet(), "kenntnisnahme_vorhanden": False, "schulung_vorhanden": False, "budget_anteil": 95}
    found = policy.decide(told)
    assert [one.effect for one in found.applied] == list(reversed(effects))
    assert found.stops is found.first(Effect.REQUIRE_TRAINING)
    assert policy.decide({**told, "schulung_vorhanden": True}).effect is Effect.REQUIRE_ACKNOWLEDGEMENT
    assert policy.decide({**told, "schulung_vorhanden": True, "kenntnisnahme_vorhanden": True}).stops is None


def test_people_read_the_reason_that_is_certain_before_one_that_is_a_guess() -> None:
    found = Policy(profile_of("privatnutzung", "hochrisiko", effects=(Effect.BLOCK,) * 2)).decide({
        "schritt": "entscheidung", "hochrisiko": True,
    })  # fmt: skip
    assert found.blocked
    assert [one.certain for one in found.applied] == [False, True]
    assert found.stops is found.applied[1]
    assert found.missing == ("privatnutzung",)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ('"person" == "person"', "nicht mit einem Text"),
        ("datenklasse == modellklasse", "verschiedene Werte"),
        ("budget_anteil * 2 > 5", "nicht erlaubt"),
        ("ausloeser < schritt", "Verschiedenes"),
        ("budget_anteil > 0.5", "ganze Zahl"),
    ],
)
def test_what_the_engine_would_refuse_is_refused_when_the_profile_is_read(condition: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said) as found:
        profile_from_text(TEXT.replace("wenn: privatnutzung", f"wenn: '{condition}'", 1))
    assert TEXT.splitlines()[found.value.findings[0].line - 1].strip() == "wenn: privatnutzung"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: stufe_eins", "name: tabelle", "gibt es schon"),
        ('nummer: "2.1"', 'nummer: "4.1"', "gibt es schon"),
        ("name: stufe_eins", "name: 1a", "kleine Buchstaben"),
        ("name: stufe_eins", "name: " + "a" * 41, "höchstens 40"),
        ('{hoechste_stufe: "1"}', "7", "Namen und Werte"),
        ('{hoechste_stufe: "1"}', "{stufe: {a: b}}", "Liste von Texten"),
    ],
)
def test_names_and_parameters_that_would_be_lost_or_clash_are_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said):
        profile_from_text(TEXT.replace(old, new, 1))
    with pytest.raises(ProfileError, match="mindestens eine Klausel"):
        profile_from_text(TEXT[: TEXT.index("klauseln:")] + "klauseln: []\n")


def test_an_explanation_of_nothing_known_leaves_every_open_fact_open() -> None:
    steps = explain(Policy(PROFILE), {}).as_json()["proof"]
    assert {step["kind"] for step in steps if step["name"] in FACTS} == {"offen"}
    assert next(step["value"] for step in steps if step["name"] == "k_keine_privatnutzung") is None


def test_a_profile_without_clauses_is_explained_by_its_table() -> None:
    found = explain(Policy(profile_of()), quiet())
    assert [step["name"] for step in found.steps] == ["tabelle"]

"""The door under each of the example guidelines: what their own words promise, and nothing for want of a fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any

import pytest

from leitplanke.base.llm.budget import Amount
from leitplanke.base.llm.calls import Answer, Caller, Refusal
from leitplanke.base.llm.snapshot import Limit
from leitplanke.base.policy import Readiness
from leitplanke.core.guideline import Example, example_guideline, fill, load_blocks, profile_of
from leitplanke.core.policy import Policy
from leitplanke.core.policy.compiling import names_in, parse_condition, with_known
from leitplanke.core.rules.formula import Truth
from tests.apps.gateway.door_in_memory import POLICY, Setup, model, purpose

BLOCKS = load_blocks(resources.files("leitplanke.content") / "leitlinien/bausteine")
DARIUSZ, COUNCIL, STRANGER = 11, 12, 13
READY = Readiness(frozenset({DARIUSZ}), frozenset({DARIUSZ}))
UNTRAINED = Readiness(frozenset({DARIUSZ}), frozenset())
UNREAD = Readiness(frozenset(), frozenset({DARIUSZ}))
CLERK = Caller(1, "assistenz", staff=True, person_id=DARIUSZ, facts={"datenklasse_angezeigt": True})
OWN_KEY = Caller(1, "assistenz", staff=True, person_id=DARIUSZ, key_id=7)
PROGRAM = Caller(1, "assistenz", staff=True, trigger="fachverfahren", key_id=7)
CITIZEN = Caller(1, "assistenz", staff=False, facts={"richtung_buerger": True, "ki_rolle_offengelegt": True})
TOOL: dict[str, Any] = {
    "tools": [{"type": "function", "function": {"name": "termin_buchen", "parameters": {"type": "object"}}}]
}
PIXEL = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}
PICTURE = {"messages": [{"role": "user", "content": [{"type": "text", "text": "Was steht da?"}, PIXEL]}]}
NAMED = "Bitte antworte Frau Aylin Kara, geboren am 3. April 1981."
ILL = "Herr Kara leidet an einer Depression und beantragt Hilfe."
CLOUD, ABROAD = model(model_class="deutscher_vertrag"), model(model_class="drittland")
EYES = model(abilities=frozenset({"streaming", "werkzeuge", "schema", "bilder"}))
OK = ""
# what happens -> setup of the purpose, who calls, text and body, and the control that stops it, by example
CALLS: dict[str, tuple[dict[str, Any], Caller, str, dict[str, Any], tuple[str, str, str]]] = {
    "staff, in the house": ({}, CLERK, "Hallo", {}, (OK, OK, OK)),
    "a program": ({}, PROGRAM, "Hallo", {}, (OK, OK, OK)),
    "a second reading in the house": ({}, replace(PROGRAM, key_id=None), "Hallo", {}, (OK, OK, OK)),
    "nothing on the page": (
        {},
        replace(CLERK, facts={}),
        "Hallo",
        {},
        ("datenklasse_vor_der_eingabe", "datenklasse_vor_der_eingabe", OK),
    ),
    "own key, program shows nothing": (
        {},
        OWN_KEY,
        "Hallo",
        {},
        ("datenklasse_vor_der_eingabe", "datenklasse_vor_der_eingabe", OK),
    ),
    "a person of another town": (
        {},
        replace(CLERK, person_id=STRANGER),
        "Hallo",
        {},
        ("nur_im_geltungsbereich",) * 3,
    ),
    "personal, in the house": ({}, CLERK, NAMED, {}, (OK, OK, OK)),
    "personal, cloud": (
        {"models": (CLOUD,), "data_class": "personenbezogen"},
        CLERK,
        "Hallo",
        {},
        ("keine_personen_nach_aussen", OK, OK),
    ),
    "internal, cloud": ({"models": (CLOUD,)}, CLERK, "Hallo", {}, ("internes_nur_im_haus", OK, OK)),
    "internal, abroad": (
        {"models": (ABROAD,)},
        CLERK,
        "Hallo",
        {},
        ("internes_nur_im_haus", "internes_nicht_an_freie_anbieter", "internes_nicht_an_freie_anbieter"),
    ),
    "health, in the house": ({}, CLERK, ILL, {}, ("besonderes_an_kein_modell", OK, OK)),
    "secret, in the house": ({"data_class": "geheim"}, CLERK, "Hallo", {}, ("besonderes_an_kein_modell", OK, OK)),
    "secret, cloud": (
        {"models": (CLOUD,), "data_class": "geheim"},
        CLERK,
        "Hallo",
        {},
        ("keine_personen_nach_aussen", "besonderes_nur_im_haus", "besonderes_nur_im_haus"),
    ),
    "discretion": (
        {},
        replace(CLERK, facts={**CLERK.facts, "ermessen": True}),
        "Hallo",
        {},
        ("kein_vorschlag_bei_ermessen", OK, OK),
    ),
    "a forbidden purpose": ({"forbidden": True}, CLERK, "Hallo", {}, ("kein_ausgeschlossener_einsatz",) * 3),
    "content is kept": (
        {"keep_days": 30},
        CLERK,
        "Hallo",
        {},
        ("kein_inhalt_gespeichert", "kein_inhalt_gespeichert", OK),
    ),
    "stage 2": ({"stage": 2}, CLERK, "Hallo", {}, ("stufe_eins", "stufe_eins", OK)),
    "stage 2 towards citizens": (
        {"stage": 2, "affects_citizens": True},
        CLERK,
        "Hallo",
        {},
        ("stufe_eins", "stufe_eins", "stufe_bei_hohem_risiko"),
    ),
    "tools": ({}, CLERK, "Hallo", TOOL, ("keine_werkzeuge", OK, OK)),
    "a picture, in the house": ({"models": (EYES,)}, CLERK, "", PICTURE, (OK, OK, OK)),
    "a citizen": (
        {"to_citizens": True},
        CITIZEN,
        "Hallo",
        {},
        ("antwort_an_buerger", "antwort_an_buerger", "chatbot_nur_oeffentliches"),
    ),
    "a citizen, public sources": (
        {"to_citizens": True, "data_class": "oeffentlich"},
        CITIZEN,
        "Hallo",
        {},
        ("antwort_an_buerger", "antwort_an_buerger", OK),
    ),
    "a citizen who is not told": (
        {"to_citizens": True},
        replace(CITIZEN, facts={}),
        "Hallo",
        {},
        ("ki_gibt_sich_zu_erkennen",) * 3,
    ),
}


@cache
def policy_of(example: Example) -> Policy:
    return Policy(profile_of(example_guideline(BLOCKS, example), BLOCKS, POLICY.profile.table))


def stopped_by(policy: Policy, found: Any) -> str:
    """Return the names of the controls with the number that a refusal quotes; "" for an answer."""
    if isinstance(found, Answer):
        return OK
    assert isinstance(found, Refusal)
    assert found.code.startswith("leitlinie"), found
    clauses = {clause.number: clause.name for clause in policy.profile.clauses}
    return clauses.get(found.clause, "tabelle")


@pytest.mark.parametrize("name", CALLS)
def test_each_example_keeps_what_its_words_promise(name: str) -> None:
    changes, caller, text, body, expected = CALLS[name]
    found = []
    for example in Example:
        policy = policy_of(example)
        setup = Setup(
            purpose(**changes),
            policy=policy,
            people=frozenset({DARIUSZ}),
            readiness=READY,
            key={"machine": caller is PROGRAM},
        )
        found.append(stopped_by(policy, setup.ask(text, caller=caller, **body)))
    assert tuple(found) == expected


@pytest.mark.parametrize("key_id", [None, 7])
@pytest.mark.parametrize(
    ("readiness", "data_class", "expected"),
    [
        (READY, "intern", (OK, OK, OK)),
        (UNREAD, "intern", ("nur_mit_ki_pass", "kenntnisnahme_vor_zugang", "kenntnisnahme_vor_zugang")),
        (UNTRAINED, "intern", ("nur_mit_ki_pass", "schulung_vor_zugang", "ohne_schulung_nur_oeffentliches")),
        (UNTRAINED, "oeffentlich", ("nur_mit_ki_pass", "schulung_vor_zugang", OK)),
        (Readiness(None, frozenset({DARIUSZ})), "intern", (OK, OK, OK)),  # nothing is adopted that had to be read
    ],
)
def test_people_are_trained_and_have_read_it_before_they_ask_and_programs_are_no_people(
    readiness: Readiness, data_class: str, expected: tuple[str, str, str], key_id: int | None
) -> None:
    found = []
    for example in Example:
        policy = policy_of(example)
        setup = Setup(purpose(data_class=data_class), policy=policy, people=frozenset({DARIUSZ}), readiness=readiness)
        found.append(stopped_by(policy, setup.ask(caller=replace(CLERK, key_id=key_id))))
        assert isinstance(setup.ask(caller=PROGRAM), Answer)
    assert tuple(found) == expected


def test_the_frame_of_energy_is_that_of_the_purpose() -> None:
    for used, stopped in ((99, OK), (100, "energie_aufgebraucht")):
        setup = Setup(policy=policy_of(Example.AUSGEWOGEN), energy={"assistenz": used, "anderer": 500})
        assert stopped_by(policy_of(Example.AUSGEWOGEN), setup.ask(caller=PROGRAM)) == stopped


@pytest.mark.parametrize(("asked", "warned"), [("m1", False), ("auto", False), ("m2", True)])
def test_who_asks_for_a_larger_model_than_would_do_is_told(asked: str, warned: bool) -> None:
    policy = policy_of(Example.AUSGEWOGEN)
    setup = Setup(purpose(model(1), model(2)), policy=policy)
    answer = setup.ask(caller=PROGRAM, model=asked)
    names = {clause.number: clause.name for clause in policy.profile.clauses}
    assert ("grosses_modell_hinweis" in {names.get(number) for number in answer.label.clauses}) is warned


def test_a_larger_model_is_no_waste_where_the_smaller_one_is_not_allowed() -> None:
    setup = Setup(purpose(model(1, model_class="drittland"), model(2)), policy=policy_of(Example.AUSGEWOGEN))
    answer = setup.ask(caller=PROGRAM, model="m2")
    assert setup.book.entries[0].facts["kleinstes_modell"] is True
    assert answer.label.model == "m2"


@pytest.mark.parametrize(
    ("affects_citizens", "expected"),
    [(False, {Example.AUSGEWOGEN: 0, Example.OFFEN: 1}), (True, {Example.AUSGEWOGEN: 0, Example.OFFEN: 0})],
)
def test_a_writing_tool_waits_for_a_person_only_where_one_may_release_it(
    affects_citizens: bool, expected: dict[Example, int]
) -> None:
    for example, held in expected.items():
        changes: dict[str, Any] = {"tools": {"termin_buchen": True}, "affects_citizens": affects_citizens}
        setup = Setup(purpose(model(1, "werkzeug"), **changes), policy=policy_of(example))
        assert len(setup.ask("Termin", caller=PROGRAM, **TOOL).body["leitplanke"]["held"]) == held


def facts_asked_for() -> dict[str, set[str]]:
    """Return which facts clauses of which blocks ask for in a step that the door takes."""
    found: dict[str, set[str]] = {}
    for block in BLOCKS.values():
        usual = {parameter.name: parameter.usual for parameter in block.parameters}
        for clause in (clause for option in block.options for clause in option.clauses):
            for step in ("modellaufruf", "werkzeugaufruf"):
                rest = with_known(parse_condition(fill(clause.condition, usual)), "schritt", step)
                for fact in () if isinstance(rest, Truth) else names_in(rest):
                    found.setdefault(fact, set()).add(block.id)
    return found


@pytest.mark.parametrize("caller", [CLERK, OWN_KEY, PROGRAM, replace(CLERK, facts={})])
def test_the_door_states_every_fact_that_a_clause_may_ask_for(caller: Caller) -> None:
    setup = Setup(people=frozenset({DARIUSZ}))
    setup.ask(caller=caller)
    stated = setup.book.entries[0].facts
    missing = {fact: blocks for fact, blocks in facts_asked_for().items() if stated.get(fact) is None}
    assert missing == {}


@pytest.mark.parametrize(
    ("limit", "wait"),
    [
        (Limit(1, None, None, None), 60),
        (Limit(None, None, None, 0), 60 + 2 * 86_400),
        (Limit(1, None, None, 0), 172_860),
    ],
)
def test_a_budget_that_is_used_up_says_when_there_is_a_new_one(
    limit: Limit, wait: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2026, 11, 28, 23, 59, tzinfo=UTC)
    monkeypatch.setattr("leitplanke.base.llm.door.timezone.now", lambda: at)
    setup = Setup(policy=policy_of(Example.AUSGEWOGEN), limit=limit)
    setup.door.budgets._used[7, "2026-11-28"] = Amount(calls=1)
    found = setup.ask(caller=PROGRAM)
    assert (found.code, found.status, found.retry_after) == ("budget_aufgebraucht", 429, wait)
    assert stopped_by(policy_of(Example.AUSGEWOGEN), replace(found, code="leitlinie")) == "budget_aufgebraucht"


def test_where_the_guideline_only_warns_of_a_budget_the_call_goes_on() -> None:
    setup = Setup(policy=policy_of(Example.OFFEN), limit=Limit(0, None, None, None))
    assert isinstance(setup.ask(caller=PROGRAM), Answer)
    assert setup.nothing_is_left()

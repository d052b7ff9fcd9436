"""The shipped Regelwerke: every case comes out as its source says, on every layer, and each law is complete."""

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import leitplanke
from leitplanke.core.rules import Engine, Result, layers_of, load
from leitplanke.core.rules.checking import compile_all, open_names
from leitplanke.core.rules.model import Fall

CONTENT = Path(leitplanke.__file__).parent / "content" / "fachverfahren"
NAMES = ("hundesteuer", "sondernutzung", "unterhaltsvorschuss")
LAYERED = [(name, layer) for name in NAMES for layer in layers_of(CONTENT / name) or ("",)]


@cache
def engine(name: str, layer: str = "") -> Engine:
    return Engine(load(CONTENT / name, ebene=layer))


CASES = [(name, fall) for name in NAMES for fall in engine(name).regelwerk.faelle]


def same(expected: object, found: object) -> bool:
    if isinstance(found, bool):
        return expected == ("ja" if found else "nein")
    try:
        return Decimal(str(expected)) == Decimal(str(found))
    except InvalidOperation:
        return str(expected) == str(found)


def came_out(result: Result, name: str, expected: Any) -> bool:
    if name == "status":
        return bool(result.status == expected)
    if name == "ergebnis":
        return [outcome.name for outcome, state in result.outcomes if state == "ja"] == [expected]
    low, high = result.bounds_of(name)
    ends = (expected["von"], expected["bis"]) if isinstance(expected, dict) else (expected, expected)
    return same(ends[0], low) and same(ends[1], high)


@pytest.mark.parametrize(("name", "fall"), CASES, ids=[f"{name}: {fall.name}" for name, fall in CASES])
def test_case_comes_out_as_its_source_says(name: str, fall: Fall) -> None:
    result = engine(name, fall.ebene).evaluate(
        fall.angaben, on=fall.stichtag, judgements=fall.urteile, known_on=fall.known_on, entwurf=fall.entwurf
    )
    wrong = {key: wanted for key, wanted in fall.erwartet.items() if not came_out(result, key, wanted)}
    assert wrong == {}, {key: result.bounds_of(key) for key in wrong if key in result.program.values}


@pytest.mark.parametrize("name", NAMES)
def test_each_has_enough_cases_and_each_case_a_source_of_its_own_name(name: str) -> None:
    cases = engine(name).regelwerk.faelle
    assert len(cases) >= 14
    assert len({(fall.ebene, fall.name) for fall in cases}) == len(cases)
    assert all(len(fall.quelle) > 5 for fall in cases)


@pytest.mark.parametrize(("name", "layer"), LAYERED)
def test_law_is_complete_on_every_day_on_which_something_changes(name: str, layer: str) -> None:
    regelwerk = engine(name, layer).regelwerk
    assert open_names(regelwerk) == ()
    assert len(compile_all(regelwerk)) >= len(regelwerk.change_days())


@pytest.mark.parametrize(("name", "layer"), LAYERED)
def test_everything_is_said_in_german_and_english_and_with_a_norm(name: str, layer: str) -> None:
    regelwerk = engine(name, layer).regelwerk
    named: list[Any] = [*regelwerk.angaben.values(), *regelwerk.parameter.values(), *regelwerk.regeln.values()]
    named += [*regelwerk.ermessen.values(), *(part for a in regelwerk.angaben.values() for part in a.felder)]
    assert [item.name for item in named if not (item.titel.de and item.titel.en and item.norm)] == []
    assert [o.name for o in regelwerk.ergebnisse if not (o.tenor.en and o.gruende.en and o.rechtsbehelf)] == []


@pytest.mark.parametrize(("name", "layer"), LAYERED)
def test_nothing_known_is_missing_and_never_an_error(name: str, layer: str) -> None:
    result = engine(name, layer).evaluate({}, on=date(2026, 3, 1))
    assert result.status == "missing"
    assert result.missing


def test_the_higher_law_alone_says_what_it_leaves_open() -> None:
    assert set(open_names(engine("hundesteuer").regelwerk)) == {
        "gefaehrliche_rasse", "beginn_im_folgemonat", "steuersatz_jahr", "ermaessigung",
    }  # fmt: skip


def test_proof_names_the_bylaw_a_value_comes_from() -> None:
    dog = {"aufnahme_am": "2020-05-15", "platz": 1, "rasse": "andere", "gefaehrlich_festgestellt": "nein",
           "vorfall": "nein", "assistenzhund": "nein", "hilft_hilfloser_person": "nein", "dienst": "keiner",
           "aus_tierheim": "nein"}  # fmt: skip
    facts = {"hunde": [dog], "merkzeichen": "keines", "sozialleistung": "nein"}
    found = {}
    for town in layers_of(CONTENT / "hundesteuer"):
        result = engine("hundesteuer", town).evaluate(facts, on=date(2025, 7, 1))
        [step] = [step for step in result.proof if step.name == "steuersatz_jahr"]
        found[town] = (step.value, step.norm, step.about.ebene)
    assert found["musterstadt"] == (
        "96",
        "§ 2 Abs. 1 und 2 Hundesteuersatzung Musterstadt",
        "Hundesteuersatzung der Stadt Musterstadt",
    )
    assert {value for value, _, _ in found.values()} == {"96", "84", "60"}


def test_only_what_the_towns_bylaw_uses_is_asked() -> None:
    asked = {
        town: {
            name.rpartition(".")[2]
            for name in engine("hundesteuer", town).evaluate({"hunde": [{}]}, on=date(2025, 7, 1)).missing_names
        }
        for town in layers_of(CONTENT / "hundesteuer")
    }
    assert "rasse" in asked["musterstadt"]
    assert "rasse" not in asked["neudorf_am_see"]
    assert "aus_tierheim" in asked["beispielhausen"]
    assert "aus_tierheim" not in asked["musterstadt"]


def test_facts_behind_the_indicators_of_an_open_judgement_are_named() -> None:
    facts = {"art": "geruest", "zone": "uebrige", "flaeche": 10, "beginn": "2025-05-01", "ende": "2025-05-31",
             "lageplan_vorhanden": "ja", "masse_im_plan": "ja", "gemeinnuetzig": "nein"}  # fmt: skip
    result = engine("sondernutzung", "musterstadt").evaluate(facts, on=date(2025, 5, 1))
    assert result.status == "needs_judgement"
    assert result.judgements == ("entscheidung",)
    assert result.missing_for_judgements == ("restbreite",)


def test_law_is_split_where_amounts_change_within_a_year() -> None:
    dog = engine("hundesteuer", "musterstadt").regelwerk
    assert [day.isoformat() for day in dog.change_days()] == ["2025-01-01", "2026-01-01"]


@pytest.mark.parametrize("name", [*NAMES, "wohngeld"])
def test_answers_of_the_cases_contradict_each_other_only_where_the_case_says_so(name: str) -> None:
    checks = {rule.name for rule in engine(name).regelwerk.regeln.values() if rule.pruefung}
    assert checks
    for fall in engine(name).regelwerk.faelle:
        if "fehler" in fall.erwartet:
            continue
        law: dict[str, Any] = {"on": fall.stichtag, "known_on": fall.known_on, "entwurf": fall.entwurf}
        result = engine(name, fall.ebene).evaluate(fall.angaben, judgements=fall.urteile, **law)
        assert set(result.contradictions) == {key for key in checks if fall.erwartet.get(key) == "nein"}, fall.name

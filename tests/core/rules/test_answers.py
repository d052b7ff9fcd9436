"""Questions and answers as JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.rules import Engine, FactError
from leitplanke.core.rules.answers import answer, read_question
from tests.core.rules.small import haushalt, kleines_wohngeld

ENGINE = Engine(kleines_wohngeld())
FACTS = {
    "haushaltsmitglieder": 1, "mietenstufe": 1, "bruttokaltmiete_monat": "335.00", "gesamteinkommen_monat": "1162.35",
}  # fmt: skip
KEYS = [
    "id", "status", "values", "bounds", "assumed", "missing", "judgements", "ergebnis", "periods", "proof", "digest",
]  # fmt: skip
STEP_KEYS = {"name", "title", "kind", "norm", "unit", "formula", "inputs", "ebene", "item"}


def asked(**more: Any) -> dict[str, Any]:
    return answer(ENGINE, {"id": "a", "date": "2025-01-01", "facts": FACTS, **more})


def test_answer_holds_what_the_contract_names() -> None:
    found = asked()

    assert list(found) == KEYS
    assert found["status"] == "needs_judgement"
    assert found["values"]["wohngeld_monat"] == "110"
    assert found["values"]["k"] == 1
    assert found["assumed"] == ["zu_beruecksichtigende_mitglieder"]
    assert found["judgements"] == ["vermoegen"]
    assert found["periods"] == [
        {
            "from": "2025-01-01", "until": "2025-12-31", "status": "needs_judgement",
            "values": {"wohngeld_monat": "110"}, "bounds": {},
        }
    ]  # fmt: skip
    assert all(step.keys() == STEP_KEYS | {"value"} for step in found["proof"] if step["kind"] != "offen")
    assert asked(judgements={"vermoegen": False})["ergebnis"] == [{"name": "bewilligt", "gilt": "ja"}]


def test_unknown_facts_give_bounds_and_what_to_ask() -> None:
    found = asked(facts={**FACTS, "bruttokaltmiete_monat": "500", "mietenstufe": {"status": "unknown"}})

    assert found["status"] == "missing"
    assert [item["fact"] for item in found["missing"]] == ["mietenstufe"]
    assert found["missing"][0]["narrows"] > 0
    low, high = found["bounds"]["miete_monat"]
    assert (Decimal(low), Decimal(high)) == (Decimal("490.60"), Decimal("610.40"))
    assert {"low", "high"} <= next(step for step in found["proof"] if step["name"] == "mietenstufe").keys()


def test_fact_that_cannot_change_the_result_is_not_asked() -> None:
    found = asked(facts={key: value for key, value in FACTS.items() if key != "mietenstufe"})

    assert (found["missing"], found["values"]["wohngeld_monat"]) == ([], "110")


def test_numbers_are_read_exactly() -> None:
    question = read_question('{"id": 1, "date": "2025-01-01", "facts": {"gesamteinkommen_monat": 1162.3500}}')

    assert question["facts"]["gesamteinkommen_monat"] == Decimal("1162.3500")


def test_fact_stated_twice_is_refused() -> None:
    with pytest.raises(FactError, match="zweimal"):
        read_question('{"id": 1, "date": "2025-01-01", "facts": {"mietenstufe": 1, "mietenstufe": 2}}')


def test_judgement_that_is_contested_stays_open_in_every_outcome() -> None:
    found = asked(judgements={"vermoegen": {"status": "contested", "values": [True]}})

    assert found["judgements"] == ["vermoegen"]
    assert [outcome["gilt"] for outcome in found["ergebnis"]] == ["offen", "offen"]


def test_message_repeats_only_the_beginning_of_what_was_stated() -> None:
    assert len(asked(facts={"mietenstufe": ["x" * 1_000_000]})["error"]) < 200


BROKEN = ["", "kaputt", "[]", "3", '{"facts": NaN}', "[" * 100_000, '{"a": ' + "9" * 5000 + "}"]


@pytest.mark.parametrize("line", BROKEN, ids=["empty", "no json", "list", "number", "nan", "deep", "huge"])
def test_broken_lines_are_refused_in_words(line: str) -> None:
    with pytest.raises(FactError, match="Zeile"):
        read_question(line)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"date": None}, "date"),
        ({"date": "2025-02-30"}, "date"),
        ({"date": 20250101}, "date"),
        ({"date": "1999-01-01"}, "kein Recht hinterlegt"),
        ({"known_on": "gestern"}, "known_on"),
        ({"known_on": 0}, "known_on"),
        ({"facts": []}, "facts"),
        ({"judgements": "ja"}, "judgements"),
        ({"judgements": {"laune": True}}, "laune"),
        ({"facts": {"miete": 3}}, "miete"),
        ({"facts": {"mietenstufe": 8}}, "zwischen 1 und 7"),
        ({"facts": {"bruttokaltmiete_monat": "335.001"}}, "Nachkommastellen"),
    ],
)
def test_what_is_wrong_with_a_case_is_told_in_its_answer(more: dict[str, Any], words: str) -> None:
    found = asked(**more)

    assert found["status"] == "error"
    assert words in found["error"]
    assert (found["id"], found["values"], found["proof"]) == ("a", {}, [])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.decimals() | st.floats(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["status", "value", "values", "geboren", "zaehlt"]), inner, max_size=3)
    | st.builds(lambda status, values: {"status": status, "values": values},
                st.sampled_from(["known", "unknown", "refused", "contested"]), inner),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.sampled_from([*FACTS, "personen", "art"]), VALUES)
def test_no_fact_stops_a_run(name: str, value: Any) -> None:
    for engine in (ENGINE, haushalt()):
        found = answer(engine, {"id": "a", "date": "2025-01-01", "facts": {name: value}})
        assert found["status"] in {"error", "missing", "needs_judgement", "interval", "determined"}
        json.dumps(found)

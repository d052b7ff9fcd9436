"""Items of lists in a proof, and facts that cannot be as stated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from leitplanke.core.rules import Engine, FactError, load_texts
from tests.core.rules.small import HAUSHALT, haushalt, kleines_wohngeld

DAY = date(2025, 1, 1)
PERSONEN = [
    {"einkommen_jahr": "6000", "geboren": "1980-05-01"},
    {"einkommen_jahr": "1200", "geboren": "1990-05-01", "zaehlt": False},
    {"geboren": "2015-01-01", "einkommen_jahr": {"status": "unknown"}},
]


def test_field_of_an_item_is_stated_presumed_or_open() -> None:
    result = haushalt().evaluate({"personen": PERSONEN, "art": "miete"}, on=DAY, judgements={"haertefall": False})
    kinds = {(step.name, step.item): step.kind for step in result.proof if step.item}

    assert [kinds["zaehlt", place] for place in (1, 2, 3)] == ["annahme", "angabe", "annahme"]
    assert [kinds["einkommen_jahr", place] for place in (1, 2, 3)] == ["angabe", "angabe", "offen"]
    assert result.values["zuschuss_monat"] == "50.00"


def test_presumptions_about_items_are_named() -> None:
    result = haushalt().evaluate({"personen": PERSONEN}, on=DAY)

    assert result.assumed == ["personen[1].zaehlt", "personen[3].zaehlt"]


@pytest.mark.parametrize(
    "stated",
    [
        {"status": "contested", "values": 3},
        {"status": "contested", "values": "12"},
        {"status": "known", "value": {"status": "known", "value": 1}},
        {"status": ["unknown"]},
        10**5000,
        [1],
    ],
    ids=["number", "text", "nested", "list", "huge", "bare list"],
)
def test_fact_of_the_wrong_shape_is_a_german_line(stated: Any) -> None:
    with pytest.raises(FactError, match="mietenstufe"):
        Engine(kleines_wohngeld()).evaluate({"mietenstufe": stated}, on=DAY)


def test_list_that_is_no_list_is_a_german_line() -> None:
    with pytest.raises(FactError, match="muss eine Liste sein"):
        haushalt().evaluate({"personen": {"status": []}}, on=DAY)


def test_proof_holds_what_only_presumptions_and_outcomes_read() -> None:
    text = HAUSHALT.replace("wenn: zuschuss_monat > 0}", "wenn: zuschuss_monat > 0 and wohnt_hier}")
    more = "  gemeldet: {typ: Wahrheitswert, titel: Gemeldet}\n  wohnt_hier:\n    typ: Wahrheitswert\n"
    more += "    titel: Wohnt hier\n    annahme: {formel: gemeldet, norm: § 7 ZG}\n"
    engine = Engine(load_texts({"regelwerk.yaml": text.replace("parameter:\n", f"{more}parameter:\n", 1)}))
    kinds = {step.name: step.kind for step in engine.evaluate({"gemeldet": True}, on=DAY).proof}

    assert (kinds["wohnt_hier"], kinds["gemeldet"]) == ("annahme", "angabe")

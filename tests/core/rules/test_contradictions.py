"""Rules that check whether the answers of a case agree with each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from leitplanke.core.rules.explain import explain
from leitplanke.core.rules.interview import Interview
from tests.core.rules.texts import evaluate, regelwerk, rule, said

BODY = """\
angaben:
  beginn: {typ: Datum, titel: Beginn, norm: § 2 ProbeG}
  ende: {typ: Datum, titel: Ende, norm: § 2 ProbeG}
  kinder: {typ: Ganzzahl, von: 0, bis: 9, titel: Kinder, norm: § 3 ProbeG}
  liste:
    typ: Liste
    hoechstens: 9
    titel: Namen der Kinder
    felder:
      alter: {typ: Ganzzahl, von: 0, bis: 120, titel: Alter}
  grenze: {typ: Ganzzahl, von: 0, bis: 99, titel: Grenze, annahme: {formel: kinder + 15, norm: § 4 ProbeG}}
  sonst: {typ: Ganzzahl, von: 0, bis: 9, titel: Sonst, annahme: {formel: "0", norm: § 4 ProbeG}}
regeln:
  richtige_reihenfolge:
    typ: Wahrheitswert
    pruefung: ja
    titel: Der Zeitraum ist stimmig
    norm: § 2 ProbeG
    erlaeuterung: {de: Das Ende liegt vor dem Beginn., en: The end is before the beginning.}
    formel: beginn <= ende
  zahl_passt:
    typ: Wahrheitswert
    pruefung: ja
    titel: Die Zahl passt zur Liste
    norm: § 3 ProbeG
    erlaeuterung: Die Liste nennt mehr oder weniger Kinder als die Zahl.
    formel: count(k for k in liste if k.alter < grenze) == kinder
""" + rule("kinder + sonst")
SOUND = {"beginn": "2025-01-01", "ende": "2025-01-01", "kinder": 1, "liste": [{"alter": 3}]}
TURNED = {**SOUND, "beginn": "2025-01-02"}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (SOUND, ()),
        (TURNED, ("richtige_reihenfolge",)),
        ({**TURNED, "liste": []}, ("richtige_reihenfolge", "zahl_passt")),
        ({**SOUND, "liste": [{"alter": 3}, {}]}, ()),
        ({**SOUND, "liste": [{"alter": 3}, {"alter": 4}, {}]}, ("zahl_passt",)),
        ({"kinder": 1}, ()),
        ({**TURNED, "ende": {"status": "unknown"}}, ()),
        ({**TURNED, "ende": {"status": "refused"}}, ()),
        ({**SOUND, "ende": {"status": "contested", "values": ["2024-01-01", "2026-01-01"]}}, ()),
        ({**SOUND, "ende": {"status": "contested", "values": ["2023-01-01", "2024-01-01"]}}, ("richtige_reihenfolge",)),
    ],
)
def test_only_what_is_certain_contradicts(facts: dict[str, Any], found: tuple[str, ...]) -> None:
    assert evaluate(BODY, facts).contradictions == found


def test_check_that_does_not_hold_yet_contradicts_nothing() -> None:
    dated = BODY.replace("    formel: beginn <= ende", "    fassungen: [{formel: beginn <= ende, ab: 2026-01-01}]")

    assert evaluate(dated, TURNED, on=date(2025, 6, 1)).contradictions == ()
    assert evaluate(dated, TURNED, on=date(2026, 6, 1)).contradictions == ("richtige_reihenfolge",)


def test_contradiction_asks_for_nothing_and_changes_nothing() -> None:
    without = evaluate(BODY.replace("    pruefung: ja", "    hinweis: ja"), {"kinder": 2})
    result = evaluate(BODY, {"kinder": 2})

    assert result.values["ziel"] == without.values["ziel"] == "2.0000"
    assert Interview(result, {"kinder": 2}).done


def test_answers_to_look_at_again_are_those_the_check_stands_on() -> None:
    facts = {**TURNED, "liste": []}
    interview = Interview(evaluate(BODY, facts), facts)

    assert [q.name for q in interview.answers_behind("richtige_reihenfolge")] == ["beginn", "ende"]
    assert [q.name for q in interview.answers_behind("zahl_passt")] == ["kinder", "liste", "grenze"]


def test_what_a_presumption_stands_on_matters_only_while_it_is_presumed() -> None:
    body = BODY.replace("kinder: {typ", "zahl: {typ: Ganzzahl, von: 0, bis: 9, titel: Zahl}\n  kinder: {typ")
    body = body.replace("kinder + 15", "zahl + 15")
    for stated, names in ({}, ["zahl", "kinder", "liste", "grenze"]), ({"grenze": 18}, ["kinder", "liste", "grenze"]):
        facts = {**SOUND, "liste": [], "zahl": 3, **stated}
        interview = Interview(evaluate(body, facts), facts)
        assert [q.name for q in interview.answers_behind("zahl_passt")] == names


def test_explanation_says_first_that_answers_contradict_each_other() -> None:
    explanation = explain(evaluate(BODY, TURNED))
    told = "Angaben widersprechen sich, bitte prüfen: Das Ende liegt vor dem Beginn. (§ 2 ProbeG)"

    assert explanation.contradictions == ("Das Ende liegt vor dem Beginn. (§ 2 ProbeG)",)
    assert told in explanation.short().splitlines()
    assert told in explanation.long().splitlines()
    assert "widersprechen" not in explain(evaluate(BODY, SOUND)).long()


def test_nothing_has_to_use_a_check() -> None:
    assert regelwerk(BODY).regeln["zahl_passt"].pruefung


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("beginn <= ende", "tage_zwischen(beginn, ende)", "Eine Prüfung ist ein Wahrheitswert"),
        (
            "    erlaeuterung: Die Liste nennt mehr oder weniger Kinder als die Zahl.\n",
            "",
            "braucht eine „erlaeuterung“",
        ),
        (
            "    pruefung: ja\n    titel: Die Zahl",
            "    je: liste\n    pruefung: ja\n    titel: Die Zahl",
            "für den ganzen Fall",
        ),
    ],
)
def test_check_that_could_not_warn_is_refused(old: str, new: str, words: str) -> None:
    body = BODY.replace(old, new)
    if "tage" in new:
        body = body.replace(
            "typ: Wahrheitswert\n    pruefung: ja\n    titel: Der",
            "typ: Ganzzahl\n    einheit: Tage\n    pruefung: ja\n    titel: Der",
        )
    assert any(words in finding for finding in said(body))

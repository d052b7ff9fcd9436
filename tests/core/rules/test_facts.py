"""Facts: known, unknown, refused, contested, presumed by law or stated instead of a rule; lists; digests."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from leitplanke.core.rules import Engine, FactError
from leitplanke.core.rules.checking import compile_all
from tests.core.rules.texts import DAY, evaluate, regelwerk

BODY = """\
angaben:
  a: {typ: Betrag, von: 0, bis: 100, einheit: EUR, titel: A}
  b: {typ: Betrag, von: 0, bis: 100, einheit: EUR, titel: B, annahme: {formel: a / 2, norm: § 5 ProbeG}}
  c: {typ: Wahrheitswert, titel: C}
  art: {typ: Auswahl, optionen: [x, y, z], titel: Art}
  tag: {typ: Datum, titel: Tag}
regeln:
  summe:
    typ: Betrag
    einheit: EUR
    titel: Summe
    norm: § 2 ProbeG
    formel: a + b
    eingebbar: {typ: Betrag, von: 0, bis: 500, einheit: EUR, titel: Summe laut Bescheid}
  ziel: {typ: Betrag, einheit: EUR, titel: Ziel, norm: § 1 ProbeG, formel: "summe if c and art != 'z' else 0"}
  spaet: {typ: Wahrheitswert, titel: Spät, norm: § 3 ProbeG, formel: tag >= '2025-03-01', hinweis: ja}
"""
FULL: dict[str, Any] = {"a": 10, "b": 4, "c": True, "art": "x", "tag": "2025-03-01"}


def ziel(**facts: Any) -> Any:
    result = evaluate(BODY, {**FULL, **facts})
    return result.values.get("ziel", result.bounds.get("ziel"))


def test_stated_facts_are_read_exactly() -> None:
    assert ziel() == "14.00"
    assert ziel(a=0.1, b="0.20") == "0.30"
    assert ziel(a=Decimal("1.10"), b=2) == "3.10"
    assert evaluate(BODY, FULL).values["spaet"] is True
    assert evaluate(BODY, {**FULL, "tag": date(2025, 2, 28)}).values["spaet"] is False


def test_presumption_holds_where_nothing_is_stated_and_the_proof_says_so() -> None:
    result = evaluate(BODY, {**FULL, "b": None})
    assert result.values["ziel"] == "15.00"
    assert result.assumed == ["b"]
    assert result.status == "determined"
    [step] = [step for step in result.proof if step.name == "b"]
    assert (step.kind, step.norm, step.formula, step.value) == ("annahme", "§ 5 ProbeG", "a / 2", "5.00")


def test_presumption_follows_what_it_stands_on() -> None:
    result = evaluate(BODY, {"c": True, "art": "x"})
    assert result.bounds["ziel"] == ["0.00", "150.00"]
    assert "b" not in result.missing_names


def test_stated_value_replaces_a_rule() -> None:
    result = evaluate(BODY, {"summe": 99, "c": True, "art": "x"})
    assert result.values["ziel"] == "99.00"
    assert result.status == "determined"
    [step] = [step for step in result.proof if step.name == "summe"]
    assert (step.kind, step.formula, step.inputs) == ("angabe", "", ())


def test_refused_is_no_value_and_not_asked_again() -> None:
    result = evaluate(BODY, {**FULL, "a": {"status": "refused"}})
    assert result.bounds["ziel"] == ["4.00", "104.00"]
    assert result.missing_names == ("summe",)  # which may still be stated instead
    assert evaluate(BODY, {**FULL, "a": {"status": "refused"}, "summe": {"status": "refused"}}).status == "interval"


def test_contested_lies_between_what_is_claimed() -> None:
    claims = {"status": "contested", "values": ["30", "10", "20"]}
    result = evaluate(BODY, {**FULL, "a": claims, "summe": {"status": "refused"}})
    assert result.bounds["ziel"] == ["14.00", "34.00"]
    assert result.status == "interval"
    agreed = evaluate(BODY, {**FULL, "a": {"status": "contested", "values": [10, 10]}})
    assert agreed.values["ziel"] == "14.00"


def test_known_may_be_spelled_out() -> None:
    assert ziel(a={"status": "known", "value": "10"}) == "14.00"
    assert ziel(a={"value": 10}) == "14.00"
    assert evaluate(BODY, {**FULL, "a": {"status": "unknown"}}).missing_names == ("a", "summe")


def test_fact_that_cannot_matter_is_not_asked() -> None:
    assert evaluate(BODY, {"c": False}).status == "determined"
    assert evaluate(BODY, {"art": "z"}).values["ziel"] == "0.00"
    assert set(evaluate(BODY, {"a": 1, "c": True}).missing_names) == {"art"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"a": 101}, "a: 101.00 liegt nicht zwischen 0.00 und 100.00."),
        ({"a": -1}, "liegt nicht zwischen"),
        ({"a": "1.005"}, "hat mehr als 2 Nachkommastellen"),
        ({"a": "viel"}, "„viel“ ist keine Zahl; Beispiel: 1162.35."),
        ({"a": "1" * 60}, "ist keine Zahl"),
        ({"a": "NaN"}, "ist keine Zahl"),
        ({"a": float("inf")}, "ist keine Zahl"),
        ({"a": True}, "„True“ ist keine Zahl."),
        ({"a": [1]}, "ist keine Zahl"),
        ({"c": "no"}, "„no“ ist weder ja noch nein."),
        ({"c": 1.5}, "weder ja noch nein"),
        ({"art": "w"}, "„w“ ist keine der Möglichkeiten: x, y, z."),
        ({"tag": "31.01.2025"}, "ist kein Tag; Beispiel: 2025-01-31."),
        ({"tag": "1800-01-01"}, "liegt nicht zwischen"),
        ({"d": 1}, "Die Angabe „d“ kennt dieses Regelwerk nicht."),
        ({"a": {"status": "vielleicht"}}, "Den Zustand „vielleicht“ gibt es nicht"),
    ],
)
def test_fact_that_cannot_be_is_refused_with_what_is_possible(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(FactError) as caught:
        evaluate(BODY, facts)
    assert words in str(caught.value)


def test_judgement_that_is_none_here_is_refused() -> None:
    with pytest.raises(FactError, match="ist in diesem Regelwerk nicht zu urteilen"):
        evaluate(BODY, FULL, judgements={"a": True})


LISTS = """\
angaben:
  f: {typ: Ganzzahl, von: 1, bis: 3, titel: F}
  personen:
    typ: Liste
    hoechstens: 4
    titel: Personen
    felder:
      lohn: {typ: Betrag, von: 0, bis: 1000, einheit: EUR, titel: Lohn}
      kind: {typ: Wahrheitswert, titel: Kind, annahme: {formel: "False", norm: § 4 ProbeG}}
regeln:
  netto: {typ: Betrag, einheit: EUR, je: personen, titel: Netto, norm: § 2 ProbeG, formel: "0 if kind else lohn * f"}
  summe: {typ: Betrag, einheit: EUR, titel: S, norm: § 2 ProbeG, formel: "sum(p.netto for p in personen)"}
  kinder: {typ: Ganzzahl, titel: K, norm: § 2 ProbeG, formel: "count(p for p in personen if p.kind)"}
  arm: {typ: Wahrheitswert, titel: Arm, norm: § 2 ProbeG, formel: "all(p.lohn < 100 for p in personen if not p.kind)"}
  reich: {typ: Wahrheitswert, titel: Reich, norm: § 2 ProbeG, formel: "any(p.lohn > 900 for p in personen)"}
  ziel: {typ: Betrag, einheit: EUR, titel: Z, norm: § 1 ProbeG, formel: "0 if arm or reich else summe * (1 + kinder)"}
"""


def listed(*persons: dict[str, Any], **facts: Any) -> Any:
    return evaluate(LISTS, {"personen": list(persons), "f": 2, **facts})


def test_rules_run_for_each_item_and_gather() -> None:
    result = listed({"lohn": 100}, {"lohn": 50.5, "kind": True}, {"lohn": 300, "kind": False})
    assert result.values == {"summe": "800.00", "kinder": 1, "arm": False, "reich": False, "ziel": "1600.00"}
    assert [(step.name, step.item, step.value) for step in result.proof if step.name == "netto"] == [
        ("netto", 1, "200.00"),
        ("netto", 2, "0.00"),
        ("netto", 3, "600.00"),
    ]


def test_empty_list_gathers_nothing() -> None:
    assert listed().values == {"summe": "0.00", "kinder": 0, "arm": True, "reich": False, "ziel": "0.00"}


def test_unknown_field_is_asked_of_its_item() -> None:
    result = listed({"lohn": 200}, {})
    assert result.missing_names == ("personen[2].lohn",)
    assert result.bounds["summe"] == ["400.00", "2400.00"]


def test_unknown_list_is_asked_as_a_whole_with_the_facts_behind_it() -> None:
    result = evaluate(LISTS, {})
    assert set(result.missing_names) == {"f", "personen"}
    assert result.bounds["kinder"] == [0, 4]
    refused = evaluate(LISTS, {"personen": {"status": "refused"}, "f": 1})
    assert refused.missing_names == ()
    assert refused.status == "interval"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("drei", "„personen“ muss eine Liste sein."),
        ({"a": 1}, "„personen“ muss eine Liste sein."),
        ([1], "Eintrag 1: Erwartet werden benannte Felder."),
        ([{}, {"rang": 1}], "Eintrag 2: Das Feld „rang“ gibt es nicht."),
        ([{}] * 5, "hat 5 Einträge, möglich sind 4."),
        ([{"lohn": -1}], "personen[1].lohn: -1.00 liegt nicht zwischen"),
    ],
)
def test_list_that_cannot_be_is_refused(raw: Any, words: str) -> None:
    with pytest.raises(FactError) as caught:
        evaluate(LISTS, {"personen": raw})
    assert words in str(caught.value)


def test_equal_questions_have_equal_digests_and_others_have_not() -> None:
    engine, again = Engine(regelwerk(BODY)), Engine(regelwerk(BODY))
    first = engine.evaluate(FULL, on=DAY)
    assert first.digest == again.evaluate(dict(reversed(FULL.items())), on=DAY).digest
    others = [
        engine.evaluate({**FULL, "a": 11}, on=DAY),
        engine.evaluate(FULL, on=date(2025, 6, 16)),
        engine.evaluate(FULL, on=DAY, known_on=DAY),
        engine.evaluate(FULL, on=DAY, entwurf=True),
        Engine(regelwerk(BODY + "\n")).evaluate(FULL, on=DAY),
    ]
    assert len({first.digest, *(other.digest for other in others)}) == 6


def test_cases_do_not_change_the_digest() -> None:
    cases = "faelle:\n  - {fall: A, quelle: B, angaben: {}, erwartet: {ziel: 0}}\n"
    assert regelwerk(BODY, faelle__a=cases).digest == regelwerk(BODY).digest


def test_programs_are_the_same_each_time() -> None:
    one, other = (compile_all(regelwerk(LISTS)) for _ in range(2))
    assert [(p.blocks, p.bounds, dict(p.constants)) for p in one] == [
        (p.blocks, p.bounds, dict(p.constants)) for p in other
    ]


def test_what_if_sets_a_parameter_and_the_digest_tells() -> None:
    body = "parameter:\n  p: {typ: Betrag, einheit: EUR, titel: P, norm: § 1, werte: [{ab: 2025-01-01, wert: 1}]}\n"
    body += "regeln:\n  ziel: {typ: Betrag, einheit: EUR, titel: Z, norm: § 1, formel: p * 2}\n"
    law, other = evaluate(body), evaluate(body, overrides={"p": Decimal("2.50")})
    assert (law.values["ziel"], other.values["ziel"]) == ("2.00", "5.00")
    assert law.digest != other.digest

"""Results in German sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

from leitplanke.core.rules import Engine
from leitplanke.core.rules.explain import explain
from tests.core.rules.small import haushalt, kleines_wohngeld

DAY = date(2025, 1, 1)
FACTS = {
    "haushaltsmitglieder": 1, "mietenstufe": 1, "bruttokaltmiete_monat": "335.00", "gesamteinkommen_monat": "1162.35",
}  # fmt: skip


def wohngeld(facts: dict[str, Any], **more: Any) -> Any:
    return Engine(kleines_wohngeld()).evaluate(facts, on=DAY, **more)


def test_step_says_norm_title_words_numbers_and_value() -> None:
    steps = {step.name: step for step in explain(wohngeld(FACTS)).steps}

    assert steps["miete_monat"].text == (
        "§ 11 Abs. 1 WoGG: Zu berücksichtigende Miete = (der kleinere Wert von „Bruttokaltmiete“ und („Höchstbetrag "
        "für die Miete“ für „Personen für die Miettabellen“ und „Mietenstufe“ + „Klimakomponente“ für „Personen für "
        "die Miettabellen“)) × „Anteil der Wohngeldberechtigten an der Miete“ + „Heizkostenentlastung“ für „Personen "
        "für die Miettabellen“ × „Anteil der Wohngeldberechtigten an der Miete“ = (der kleinere Wert von 335,00 EUR "
        "und (361 EUR + 19,20 EUR)) × 1 + 110,40 EUR × 1 = 335,00 EUR + 110,40 EUR = 445,40 EUR im Monat"
    )
    assert steps["wohngeld_monat"].numbers[0] == "110 EUR (denn es gilt: 110 EUR ist mindestens 10 EUR)"


def test_short_explanation_holds_result_decisive_steps_and_norms() -> None:
    explanation = explain(wohngeld(FACTS, judgements={"vermoegen": False}))

    assert explanation.headline == ("Wohngeld: 110 EUR im Monat (Stand 1. Januar 2025).",)
    assert explanation.outcomes == ("Bewilligung (§ 1 Abs. 1 WoGG)",)
    assert 3 <= len(explanation.decisive) <= 5
    assert [step.name for step in explanation.decisive][-1] == "wohngeld_monat"
    assert "miete_monat" in [step.name for step in explanation.decisive]
    assert "§ 11 Abs. 1 WoGG" in explanation.norms
    assert len(explanation.short()) < len(explanation.long()) / 3


def test_presumption_is_named_as_such() -> None:
    why = "(angenommen, weil nichts anderes angegeben ist, § 6 WoGG)"

    assert f"  Zu berücksichtigende Haushaltsmitglieder = 1 Person {why}\n" in explain(wohngeld(FACTS)).long()


def test_open_facts_and_judgements_are_named_and_intervals_told() -> None:
    facts = {**FACTS, "mietenstufe": None, "gesamteinkommen_monat": {"status": "contested", "values": ["900", "1000"]}}
    explanation = explain(wohngeld({**facts, "bruttokaltmiete_monat": "500"}))

    assert explanation.open_facts == ("Mietenstufe", "Gesamteinkommen (umstritten: 900,00 oder 1.000,00)")
    assert explanation.judgements == ("Ist das Vermögen erheblich? (§ 21 Nr. 3 WoGG)",)
    assert explanation.headline[0].startswith("Wohngeld: zwischen ")
    assert "Das Ergebnis steht noch nicht fest" in explanation.long()


def test_refused_fact_is_named() -> None:
    explanation = explain(wohngeld({**FACTS, "mietenstufe": {"status": "refused"}}))

    assert "Mietenstufe (nicht mitgeteilt)" in explanation.open_facts


def test_persons_of_a_list_are_told_apart_and_added_up() -> None:
    persons = [{"einkommen_jahr": "6000", "geboren": "1980-05-01"}, {"einkommen_jahr": "1200", "geboren": "1990-05-01"}]
    engine, options = haushalt(), {"on": DAY, "judgements": {"haertefall": False}}
    result = engine.evaluate({"personen": persons, "art": "miete"}, **options)
    explanation = explain(result, engine.periods({"personen": persons, "art": "miete"}, **options))
    text = explanation.long()

    assert "Monatseinkommen der Person (Personen, Nr. 2) = " in text
    assert "= 500,00 EUR + 100,00 EUR = 600,00 EUR im Monat" in text
    assert "Zählt mit (Personen, Nr. 1) = ja (angenommen" in text
    assert "volle Jahre zwischen 1. Mai 1980 und 1. Januar 2025: 44" in text
    assert "1. Juli 2025 bis 31. Dezember 2025: Zuschuss: 60,00 EUR im Monat" in text


def test_what_a_judgement_makes_needless_is_told_apart() -> None:
    persons = [{"einkommen_jahr": "6000", "geboren": "1980-05-01"}]
    result = haushalt().evaluate({"personen": persons, "art": "miete"}, on=DAY, judgements={"haertefall": True})
    used = {step.name: step.used for step in explain(result).steps}

    assert (used["zuschuss_monat"], used["haertefall"], used["summe_monat"]) == (True, True, False)
    assert "ohne Einfluss auf das Ergebnis" in explain(result).long()


def test_short_explanation_names_only_the_first_presumptions() -> None:
    persons = [{"einkommen_jahr": "6000", "geboren": "1980-05-01"}] * 6
    result = haushalt().evaluate({"personen": persons, "art": "miete"}, on=DAY, judgements={"haertefall": False})
    line = next(line for line in explain(result).short().splitlines() if line.startswith("Angenommen"))

    assert line.endswith("Zählt mit (Personen, Nr. 5): ja und 1 weitere.")

"""Formulas in words, and what their parts come to in a case."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from leitplanke.core.rules import Engine
from leitplanke.core.rules.formula import AGGREGATES, FUNCTIONS, parse_formula
from leitplanke.core.rules.model import in_force
from leitplanke.core.rules.reckoning import OPERATIONS, Reckoner
from leitplanke.core.rules.wording import Wording
from tests.core.rules.small import haushalt, kleines_wohngeld

BOOK = haushalt().regelwerk


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("satz_monat - summe_monat * 2", "„Satz“ − „Einkommen des Haushalts“ × 2"),
        ("satz_monat - (summe_monat - 2)", "„Satz“ − („Einkommen des Haushalts“ − 2)"),
        ("(satz_monat - summe_monat) * 0.5", "(„Satz“ − „Einkommen des Haushalts“) × 0,5"),
        ("-satz_monat / 4", "(−„Satz“) ÷ 4"),
        ("max(0, satz_monat)", "„Satz“, mindestens aber 0"),
        ("min(satz_monat, 3 + 4) * 2", "(der kleinere Wert von „Satz“ und (3 + 4)) × 2"),
        ("max(1, 2, satz_monat)", "der größte Wert von 1, 2 und „Satz“"),
        ('round(satz_monat, 0, "ab")', "„Satz“, abgerundet auf eine ganze Zahl"),
        ("abzug[art]", "„Abzug“ für „Art der Wohnung“"),
        ("1 if haertefall else 2", "falls gilt: „Härtefall“ trifft zu, dann 1, sonst 2"),
        ('art == "miete"', "„Art der Wohnung“ ist „Mietwohnung“"),
        (
            'haertefall and not (art in ("miete", "eigen"))',
            ("„Härtefall“ trifft zu und (nicht: („Art der Wohnung“ ist „Mietwohnung“ oder "
            "„Art der Wohnung“ ist „Eigenheim“))"),
        ),
        ("not satz_monat < 5", "„Satz“ ist mindestens 5"),
        ("haertefall == False", "„Härtefall“ trifft nicht zu"),
        ("1 <= satz_monat < 5", "1 ist höchstens „Satz“ und „Satz“ ist kleiner als 5"),
        (
            "haertefall or satz_monat > 1 and not haertefall",
            "„Härtefall“ trifft zu oder („Satz“ ist größer als 1 und „Härtefall“ trifft nicht zu)",
        ),
        ('stichtag < "2025-01-31"', "„Stichtag“ liegt vor 31. Januar 2025"),
        ("plus_tage(plus_monate(stichtag, 2), -1)", "(„Stichtag“ zuzüglich 2 Monate) abzüglich 1 Tag"),
        ("max(stichtag, monatserster(stichtag))", "der spätere Tag von „Stichtag“ und (Monatserster zu „Stichtag“)"),
        ("count(p for p in personen)", "Zahl der Einträge von „Personen“"),
        (
            "any(p.zaehlt for p in personen if p.einkommen_jahr == 5)",
            ("für mindestens einen der Einträge von „Personen“, für die gilt: „Jahreseinkommen“ ist 5, "
            "gilt: „Zählt mit“ trifft zu"),
        ),
    ],
)  # fmt: skip
def test_formula_in_words(formula: str, words: str) -> None:
    assert Wording(BOOK).formula(parse_formula(formula)) == words


def test_every_function_has_words_and_can_be_reckoned() -> None:
    for name, (least, _most) in FUNCTIONS.items():
        values = ", ".join(["satz_monat", "2"][:least] + ["3"] * (least - 2))
        said = Wording(BOOK).formula(parse_formula(f"{name}({values})"))
        assert not said.startswith(f"{name} "), name
    assert FUNCTIONS.keys() - OPERATIONS.keys() == set()
    assert {"sum", "count", "any", "all"} == AGGREGATES


def facts_of_household(chance: random.Random) -> dict[str, Any]:
    def person() -> dict[str, Any]:
        born = date(1950, 1, 1) + timedelta(days=chance.randrange(27000))
        row: dict[str, Any] = {"einkommen_jahr": str(chance.randrange(90000)), "geboren": born.isoformat()}
        return row | ({"zaehlt": chance.random() < 0.5} if chance.random() < 0.7 else {})

    return {"personen": [person() for _ in range(chance.randrange(5))], "art": chance.choice(["miete", "eigen"])}


def facts_of_wohngeld(chance: random.Random) -> dict[str, Any]:
    return {
        "haushaltsmitglieder": chance.randrange(1, 26), "mietenstufe": chance.randrange(1, 8),
        "bruttokaltmiete_monat": str(chance.randrange(2000)), "gesamteinkommen_monat": str(chance.randrange(6000)),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_reckoning_agrees_with_the_engine(seed: int) -> None:
    """Whatever a rule comes to, its formula reckoned from the named values comes to the same."""
    chance = random.Random(seed)  # noqa: S311 - a seeded test
    engines = (
        (haushalt(), facts_of_household, {"haertefall": False}),
        (Engine(kleines_wohngeld()), facts_of_wohngeld, {}),
    )
    for engine, make, judgements in engines:
        result = engine.evaluate(make(chance), on=date(2025, 3, 1), judgements=judgements)
        for step in result.proof:
            if step.kind != "regel":
                continue
            variant = in_force(result.regelwerk.regeln[step.name].fassungen, result.state)
            reckoner = Reckoner(result, step.about.level, step.item)
            assert variant is not None
            assert reckoner.of(variant.formel) == reckoner.named(step.name), step.name

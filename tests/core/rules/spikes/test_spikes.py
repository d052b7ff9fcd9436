"""The format held against three things it must carry naturally: a formula of law, a classification, runtime clauses."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from leitplanke.core.rules import Engine, Result, load_texts

HERE = Path(__file__).parent
YEAR_END, NEW_YEAR = date(2026, 12, 1), date(2026, 12, 2)


@cache
def engine(name: str) -> Engine:
    return Engine(load_texts({"regelwerk.yaml": (HERE / f"{name}.yaml").read_text("utf-8")}))


def wohngeld(**facts: Any) -> Result:
    return engine("wohngeld").evaluate(facts, on=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("members", "stufe", "rent", "income", "z4", "amount"),
    [
        (1, 1, "335", "1162.35", "109.7525903524", 110),
        (1, 4, "470", "1350", "87.6045413000", 88),
        (2, 2, "480", "1589.70", "166.3417805923", 166),
        (3, 1, "750", "1638", "319.5894462680", 320),
        (4, 7, "1225", "2227.25", "691.1946960610", 691),
    ],
)
def test_wohngeld_gives_the_official_amounts_with_all_ten_decimals(
    members: int, stufe: int, rent: str, income: str, z4: str, amount: int
) -> None:
    result = wohngeld(
        haushaltsmitglieder=members, mietenstufe=stufe, bruttokaltmiete_monat=rent, gesamteinkommen_monat=income
    )
    assert result.values["z4"] == z4
    assert result.values["wohngeld_monat"] == amount
    assert result.assumed == ["zu_beruecksichtigende_mitglieder"]
    assert result.judgements == ("vermoegen",)


def test_wohngeld_tells_what_is_missing_and_what_the_result_can_still_be() -> None:
    result = wohngeld(haushaltsmitglieder=1, mietenstufe=1, bruttokaltmiete_monat="335")
    assert result.status == "missing"
    assert [item.fact for item in result.missing] == ["gesamteinkommen_monat"]
    low, high = result.bounds["wohngeld_monat"]
    assert low == 0
    assert high >= 110


def test_wohngeld_draft_counts_only_where_it_is_asked_for() -> None:
    facts = {"haushaltsmitglieder": 1, "mietenstufe": 1, "bruttokaltmiete_monat": 0, "gesamteinkommen_monat": "1470"}
    law, draft = (engine("wohngeld").evaluate(facts, on=date(2027, 1, 1), entwurf=e) for e in (False, True))
    assert [step.value for step in law.proof if step.name == "mindestbetrag"] == ["10"]
    assert [(s.value, s.standing) for s in draft.proof if s.name == "mindestbetrag"] == [("15", "entwurf")]


HARMLESS = {
    "emotionen_aus_biometrie": False,
    "erzeugt_intime_bilder": False,
    "bereich": "keiner",
    "spricht_mit_menschen": False,
}


def ki(on: date = YEAR_END, *, entwurf: bool = False, known_on: date | None = None, **facts: Any) -> Result:
    stated = {name: value for name, value in {**HARMLESS, **facts}.items() if value is not None}
    return engine("ki_verordnung").evaluate(stated, on=on, entwurf=entwurf, known_on=known_on)


def names(result: Result, certainty: str = "ja") -> list[str]:
    return [outcome.name for outcome, state in result.outcomes if state == certainty]


def test_class_is_settled_by_the_few_facts_that_matter() -> None:
    result = ki()
    assert result.values["klasse"] == "minimal"
    assert result.status == "determined"


def test_class_while_facts_are_missing_is_the_worst_still_possible() -> None:
    result = ki(bereich=None, spricht_mit_menschen=True)
    assert result.bounds["klasse"] == ["begrenzt", "hoch"]
    assert result.missing_names[:1] == ("bereich",)
    nothing = engine("ki_verordnung").evaluate({}, on=YEAR_END)
    assert nothing.bounds["klasse"] == ["minimal", "verboten"]


def test_unknown_is_never_taken_for_no() -> None:
    result = ki(bereich="sozialleistungen", aufgabe="hilfsaufgabe", praegt_entscheidung=False)
    assert result.bounds["klasse"] == ["minimal", "hoch"]
    assert result.missing_names == ("profiling",)


def test_each_hit_is_an_outcome_with_its_point() -> None:
    result = ki(emotionen_aus_biometrie=True, ort="arbeitsplatz", medizin_oder_sicherheit=False, bereich="personal",
                aufgabe="wesentlich")  # fmt: skip
    assert result.values["klasse"] == "verboten"
    assert names(result) == ["verboten_f", "hochrisiko"]
    assert [outcome.norm for outcome, _ in result.outcomes] == ["Art. 5 Abs. 1 Buchst. f", "Art. 6 Abs. 2"]


def test_point_ba_holds_from_the_day_on_which_it_applies() -> None:
    assert ki(YEAR_END, erzeugt_intime_bilder=True).values["klasse"] == "minimal"
    assert ki(NEW_YEAR, erzeugt_intime_bilder=True).values["klasse"] == "verboten"


def test_point_ba_is_unknown_to_whoever_looked_before_it_was_published() -> None:
    earlier = ki(NEW_YEAR, known_on=date(2026, 7, 1), erzeugt_intime_bilder=True)
    assert earlier.values["klasse"] == "minimal"


def test_draft_guidance_narrows_only_where_it_is_asked_for_and_says_so() -> None:
    facts: dict[str, Any] = {
        "bereich": "verkehr",
        "sicherheitsbauteil": True,
        "kritische_einrichtung": False,
        "aufgabe": "wesentlich",
    }
    assert ki(**facts).values["klasse"] == "hoch"
    draft = ki(entwurf=True, **facts)
    assert draft.values["klasse"] == "minimal"
    [step] = [step for step in draft.proof if step.name == "anhang_iii"]
    assert (step.standing, step.source) == ("entwurf", "Entwurf der Leitlinien zu Art. 6, Rn. 190")


def test_doubts_stand_beside_the_class() -> None:
    result = ki(bereich="verkehr", sicherheitsbauteil=True, kritische_einrichtung=False, aufgabe="wesentlich")
    assert names(result) == ["hochrisiko", "zweifel_verkehr"]
    open_doubt = ki(bereich="verkehr", sicherheitsbauteil=True, aufgabe="wesentlich")
    assert names(open_doubt, "offen") == ["zweifel_verkehr"]
    assert open_doubt.status == "determined"


CALL = {
    "personendaten": False,
    "besondere_personendaten": False,
    "ziel_ausserhalb": False,
    "wird_veroeffentlicht": False,
    "betrifft_einzelfall": False,
}


def call(**facts: Any) -> Result:
    stated = {name: value for name, value in {**CALL, **facts}.items() if value is not None}
    return engine("leitlinie").evaluate(stated, on=date(2026, 6, 1))


def test_nothing_stands_against_an_ordinary_call() -> None:
    result = call()
    assert result.values["wirkung"] == "erlauben"
    assert result.outcomes == ()


def test_strictest_clause_wins_and_every_clause_that_applies_is_named() -> None:
    result = call(personendaten=True, ziel_ausserhalb=True, wird_veroeffentlicht=True, betrifft_einzelfall=True)
    assert result.values["wirkung"] == "pseudonymisieren"
    assert [(outcome.wirkung, outcome.norm) for outcome, _ in result.outcomes] == [
        ("pseudonymisieren", "Ziffer 4 Satz 1"),
        ("freigabe_verlangen", "Ziffer 7"),
        ("kennzeichnen", "Ziffer 6"),
    ]


def test_special_data_never_leave_the_house() -> None:
    assert (
        call(personendaten=True, besondere_personendaten=True, ziel_ausserhalb=True).values["wirkung"] == "blockieren"
    )


def test_what_the_detector_could_not_tell_counts_as_the_strictest_still_possible() -> None:
    result = call(personendaten=True, besondere_personendaten=None, ziel_ausserhalb=True)
    assert result.bounds["wirkung"] == ["pseudonymisieren", "blockieren"]
    assert names(result, "offen") == ["z4_blockieren"]


def test_a_call_inside_the_house_needs_no_detector() -> None:
    result = call(personendaten=None, besondere_personendaten=None, wird_veroeffentlicht=True)
    assert result.values["wirkung"] == "kennzeichnen"
    assert result.missing_names == ()

"""What must hold for any household: bounds are sound, the amount moves the right way, the law is complete every day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from leitplanke.core.rules import Engine, Result, load

SLACK = Decimal("1e-10")  # bounds are shown with ten decimals
CONTRACT = {"haushaltsmitglieder": 1, "mietenstufe": 3, "bruttokaltmiete_monat": "430", "gesamteinkommen_monat": "900"}
FOR_OUTCOME_ONLY = {"alle_in_foerderungsfaehiger_ausbildung", "vermoegen"}
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def engine() -> Engine:
    return Engine(load(files("leitplanke.content") / "fachverfahren" / "wohngeld"))


def wohngeld(facts: dict[str, Any], on: date, *, entwurf: bool = False) -> int:
    return int(engine().evaluate(facts, on=on, entwurf=entwurf, refine=False).values["wohngeld_monat"])


def money(high: int) -> st.SearchStrategy[str]:
    return st.integers(0, high * 100).map(lambda cents: f"{cents // 100}.{cents % 100:02}")


days = st.dates(date(2021, 1, 1), date(2027, 12, 31))
members = st.one_of(st.integers(1, 6), st.integers(1, 20))
persons = st.fixed_dictionaries(
    {
        "einkommensart": st.sampled_from(["keine", "nichtselbststaendig", "minijob", "rente", "kapital", "lohnersatz"]),
        "bruttoeinkommen_jahr": money(40000),
        "zahlt_steuern": st.booleans(),
        "zahlt_krankenversicherung": st.booleans(),
        "zahlt_rentenversicherung": st.booleans(),
    }
)
particulars = st.fixed_dictionaries(
    {},
    optional={
        "werbungskosten_jahr": money(4000),
        "zweite_einkommensart": st.sampled_from(["keine", "minijob", "rente"]),
        "zweites_einkommen_jahr": money(8000),
        "haelftige_einnahmen_jahr": money(6000),
        "grad_der_behinderung": st.sampled_from([0, 50, 80, 100]),
        "pflege_zu_hause": st.booleans(),
        "kind_unter_25": st.booleans(),
        "grundrentenzeiten": st.booleans(),
        "transferleistung": st.sampled_from(["keine", "grundsicherungsgeld"]),
    },
)


@st.composite
def households(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(members)
    facts: dict[str, Any] = {
        "haushaltsmitglieder": count,
        "mietenstufe": draw(st.integers(1, 7)),
        "bruttokaltmiete_monat": draw(money(2500)),
    }
    if draw(st.booleans()):
        facts["zu_beruecksichtigende_mitglieder"] = draw(st.integers(0, count))
    if draw(st.booleans()):
        facts["wohngeld_art"] = draw(st.sampled_from(["mietzuschuss", "lastenzuschuss", "heim"]))
        facts["belastung_monat"] = draw(money(2500))
    if draw(st.booleans()):
        facts["mitbewohnende"] = draw(st.integers(0, 10))
        facts["gewerblicher_anteil"] = draw(st.integers(0, 100))
    if draw(st.booleans()):
        facts["gesamteinkommen_monat"] = draw(money(6000))
    else:
        facts["personen"] = [draw(persons) | draw(particulars) for _ in range(draw(st.integers(1, 3)))]
        facts["transferleistung_im_haushalt"] = draw(st.booleans())
        facts["alleinerziehend"] = draw(st.booleans())
    return facts


def contested(draw: st.DrawFn, value: Any) -> Any:
    """Return the fact as contested between its value and a few others of its kind."""
    others = {
        bool: st.booleans(),
        int: st.integers(1, 7),
        str: st.sampled_from(["mietzuschuss", "heim"]) if isinstance(value, str) and value.isalpha() else money(2500),
    }[type(value)]
    return {"status": "contested", "values": [value, *draw(st.lists(others, max_size=2))]}


@st.composite
def veiled(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a household, and the same with facts unknown or contested; what the law presumes is never hidden."""
    whole = draw(households())
    shown = dict(whole)
    for name in ("haushaltsmitglieder", "mietenstufe", "bruttokaltmiete_monat", "zu_beruecksichtigende_mitglieder"):
        choice = draw(st.sampled_from(["known", "known", "unknown", "contested"])) if name in whole else "known"
        if choice == "contested":
            shown[name] = contested(draw, whole[name])
        elif choice == "unknown" and name != "zu_beruecksichtigende_mitglieder":
            del shown[name]
    if "gesamteinkommen_monat" in whole and draw(st.booleans()):
        shown["gesamteinkommen_monat"] = contested(draw, whole["gesamteinkommen_monat"])
    for place, person in enumerate(whole.get("personen", ())):
        hidden = draw(st.sets(st.sampled_from(["einkommensart", "bruttoeinkommen_jahr", "zahlt_steuern"])))
        rows = list(shown["personen"])
        rows[place] = {key: value for key, value in person.items() if key not in hidden}
        shown["personen"] = rows
    return whole, shown


def outside(whole: Result, shown: Result) -> list[str]:
    """Return the values of the whole case that lie outside the bounds of the veiled one."""
    found = []
    for name, value in whole.values.items():
        low, high = shown.bounds_of(name)
        if isinstance(value, bool):
            inside = low <= value <= high
        else:
            inside = Decimal(low) - SLACK <= Decimal(value) <= Decimal(high) + SLACK
        if not inside:
            found.append(f"{name}: {value} is not within {low} to {high}")
    return found


@relaxed
@given(veiled(), days, st.booleans(), st.booleans())
def test_whatever_an_unknown_turns_out_to_be_the_result_lies_within_the_bounds(
    case: tuple[dict[str, Any], dict[str, Any]], on: date, entwurf: bool, refine: bool
) -> None:
    whole, shown = (engine().evaluate(facts, on=on, entwurf=entwurf, refine=refine) for facts in case)

    assert outside(whole, shown) == []


@relaxed
@given(households(), days, st.booleans(), money(6000), money(6000))
def test_more_income_never_gives_more(facts: dict[str, Any], on: date, entwurf: bool, one: str, other: str) -> None:
    less, more = sorted((one, other), key=Decimal)

    assert wohngeld(facts | {"gesamteinkommen_monat": more}, on, entwurf=entwurf) <= wohngeld(
        facts | {"gesamteinkommen_monat": less}, on, entwurf=entwurf
    )


@relaxed
@given(households(), days, st.booleans(), st.integers(1, 7), st.integers(1, 7))
def test_a_higher_mietenstufe_never_gives_less(
    facts: dict[str, Any], on: date, entwurf: bool, one: int, other: int
) -> None:
    low, high = sorted((one, other))

    assert wohngeld(facts | {"mietenstufe": high}, on, entwurf=entwurf) >= wohngeld(
        facts | {"mietenstufe": low}, on, entwurf=entwurf
    )


@relaxed
@given(households(), days, st.booleans())
def test_people_and_the_total_income_they_come_to_agree(facts: dict[str, Any], on: date, entwurf: bool) -> None:
    assume("personen" in facts)
    by_people = engine().evaluate(facts, on=on, entwurf=entwurf, refine=False)
    income = Decimal(by_people.values["gesamteinkommen_monat"])
    assume(income == round(income, 4))
    stated = {name: value for name, value in facts.items() if name != "personen"}
    stated |= {"zu_beruecksichtigende_mitglieder": by_people.values["mitglieder"], "gesamteinkommen_monat": income}
    directly = engine().evaluate(stated, on=on, entwurf=entwurf, refine=False)

    for name in ("miete_monat", "y_monat", "z4", "wohngeld_monat"):
        assert directly.values[name] == by_people.values[name]


@pytest.mark.parametrize("entwurf", [False, True], ids=["in force", "with drafts"])
@pytest.mark.parametrize("day", engine().regelwerk.change_days(), ids=str)
def test_the_law_is_complete_on_every_day_on_which_anything_changes(day: date, entwurf: bool) -> None:
    for count in (1, 5, 12, 13, 30):
        result = engine().evaluate(CONTRACT | {"haushaltsmitglieder": count}, on=day, entwurf=entwurf)

        assert (result.status, result.missing_names) == ("needs_judgement", ())
        assert result.settled("wohngeld_monat")
        assert "zu_beruecksichtigende_mitglieder" in result.assumed


def test_what_only_matters_for_the_outcome_is_never_missing_for_the_amount() -> None:
    result = engine().evaluate({}, on=date(2025, 1, 1))

    assert not FOR_OUTCOME_ONLY & set(result.missing_names)
    assert "vermoegen" not in result.missing_for_outcome


def test_no_judgement_is_ever_made_for_a_person() -> None:
    result = engine().evaluate(CONTRACT | {"alle_in_foerderungsfaehiger_ausbildung": False}, on=date(2025, 1, 1))

    assert set(result.judgements) == set(engine().regelwerk.ermessen)
    assert {state for _, state in result.outcomes} == {"offen"}

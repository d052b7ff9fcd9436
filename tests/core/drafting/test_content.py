"""What shipped letters say about law, amounts and time."""

import re

import pytest

from leitplanke.core.drafting.brief import Brief, Part, Table
from leitplanke.core.drafting.calculation import ANNEX, MAIN
from leitplanke.core.drafting.checking import check
from leitplanke.core.drafting.remedies import remedy_kind
from leitplanke.core.drafting.sample import book_of, cases_of, evaluated, sample
from leitplanke.core.rules import german
from leitplanke.core.rules.explain import explain
from leitplanke.core.rules.library import shipped
from leitplanke.core.verfahren.duration import months_of
from leitplanke.core.verfahren.model import ACTS

PLACE = "Zwölf Quadratmeter Innenstadt, drei Monate"
WITHOUT_OUTCOME = [
    (name, was)
    for name in sorted(shipped())
    for was in sorted(ACTS)
    if any(was in vorlage.fuer for vorlage in book_of(name)[1].vorlagen.values())
]


def text_of(brief: Brief, key: str) -> str:
    return next((block.text for block in brief.paragraphs if block.key == key), "")


def rows_of(brief: Brief) -> list[tuple[str, ...]]:
    return [row for block in brief.body if isinstance(block, Table) for row in block.rows]


@pytest.mark.parametrize(("procedure", "was"), WITHOUT_OUTCOME)
def test_decision_without_outcome_tells_the_remedy_and_is_stopped_without_it(procedure: str, was: str) -> None:
    made = sample(procedure, cases_of(procedure)[0], "bescheid", was)
    assert check(made.brief, made.grounds) == ()
    assert any(block.part is Part.RECHTSBEHELF for block in made.brief.paragraphs)
    left = made.brief.with_body([block for block in made.brief.body if block.key != "rechtsbehelf"])
    assert "fehlt_rechtsbehelf" in {finding.kind for finding in check(left, made.grounds) if finding.blocking}


def test_hint_without_remedy_does_not_speak_for_a_refusal_to_go_on() -> None:
    outcomes = book_of("sondernutzung")[0].ergebnisse
    assert remedy_kind("versagung", "unterlagen_fehlen", outcomes) == "klage"
    assert remedy_kind("hinweis", "unterlagen_fehlen", outcomes) == "keiner"
    assert remedy_kind("ablehnung", "abgelehnt", ()) == "widerspruch"


@pytest.mark.parametrize("procedure", ["sondernutzung", "hundesteuer"])
@pytest.mark.parametrize("art", ["mitwirkung", "eingangsbestaetigung"])
def test_only_social_law_cites_the_sozialgesetzbuch(procedure: str, art: str) -> None:
    made = sample(procedure, cases_of(procedure)[0], art)
    assert "SGB" not in made.brief.text
    assert made.texts.mitwirkung_norm in made.brief.text


def test_hundesteuer_knows_no_versagung() -> None:
    offered = {name for vorlage in book_of("hundesteuer")[1].vorlagen.values() for name in vorlage.fuer}
    assert not offered & {"versagung", "widerruf"}
    assert {"aenderung", "ruecknahme"} <= offered


def test_period_is_as_long_as_the_person_judged() -> None:
    fall = next(fall for fall in cases_of("wohngeld") if str(fall.urteile.get("bewilligungsdauer")) == "6")
    assert months_of(evaluated("wohngeld", fall)) == 6
    days = re.findall(r"\d+\. (\w+) (\d{4})", text_of(sample("wohngeld", fall).brief, "zeitraum"))
    (first, year), (last, until) = days
    count = 12 * (int(until) - int(year)) + german.MONTHS.index(last) - german.MONTHS.index(first) + 1
    assert count == 6


def test_letter_about_a_home_names_no_rent_that_does_not_count() -> None:
    made = sample("wohngeld", "Heim, 2025")
    assert check(made.brief, made.grounds) == ()
    assert not text_of(made.brief, "mitteilung_aenderung")
    assert "Miete" not in text_of(made.brief, "mitteilung_aenderung_heim")


@pytest.mark.parametrize(
    "fall", ["Vermögen über dem Richtwert, als missbräuchlich beurteilt", "Alle in förderungsfähiger Ausbildung"]
)
def test_refusal_does_not_state_an_amount_as_if_granted(fall: str) -> None:
    brief = sample("wohngeld", fall).brief
    assert not text_of(brief, "gruende_schritte")
    titles = [row[0] for row in rows_of(brief)]
    assert "Wohngeld im Monat" not in titles
    assert "Rechnerisch ergäbe sich: Wohngeld im Monat" in titles
    main = next(block for block in brief.body if isinstance(block, Table) and block.key == MAIN)
    assert main.strong == ()


def test_refusal_by_the_calculation_keeps_its_steps() -> None:
    brief = sample("wohngeld", "Ablehnung wegen zu hohen Einkommens").brief
    assert "Wohngeld im Monat: 0 EUR" in text_of(brief, "gruende_schritte")


def test_nought_is_said_once() -> None:
    assert text_of(sample("hundesteuer", "Assistenzhund ist steuerfrei").brief, "tenor") == (
        "Die Hundesteuer wird auf 0 Euro festgesetzt."
    )


def test_presumption_that_nothing_happened_is_told_as_that() -> None:
    made = sample("hundesteuer", "Wachhund zur Hälfte")
    annex = next(block for block in made.brief.body if isinstance(block, Table) and block.key == ANNEX)
    given = [row[2] for row in annex.rows if row[0].startswith("Abgegeben am")]
    assert given == ["nicht abgegeben"]
    assert "2070" not in made.brief.text
    assert "Abgegeben am (Hunde im Haushalt, Nr. 1): nicht abgegeben" in explain(made.result).short()
    assert "2070" not in explain(made.result).long()


def test_square_metres_are_written_as_such() -> None:
    brief = sample("sondernutzung", PLACE).brief
    assert "12 m²" in text_of(brief, "umfang")
    assert "m2" not in brief.text


def test_reason_of_a_month_without_claim_blames_not_the_age_alone() -> None:
    brief = sample("unterhaltsvorschuss", "Keine Bemühungen: kein Anspruch für den Vormonat").brief
    assert "Nach dem Alter des Kindes besteht" not in text_of(brief, "gruende")
    assert "weitere Bedingung" in text_of(brief, "gruende")

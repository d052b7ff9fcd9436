"""Fields get the value that stands at their label, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.extraction import find_values
from tests.core.extraction.reading import document, proposals, values

RENT = "Mietbescheinigung\nGrundmiete:\t{rent} EUR\nKalte Nebenkosten:\t118,50 EUR\nHeizkosten:\t92,00 EUR"


def test_sum_names_its_parts() -> None:
    found = [
        one for one in proposals("mietbescheinigung", RENT.format(rent="486,00")) if one.feld == "bruttokaltmiete_monat"
    ]
    assert [(one.wert, one.rechnung, one.wortlaut) for one in found] == [
        ("604.50", "486,00 + 118,50 = 604,50", "486,00 EUR + 118,50 EUR")
    ]


def test_every_proposal_stands_on_words_of_the_document() -> None:
    text = RENT.format(rent="486,00")
    for proposal in proposals("mietbescheinigung", text):
        assert all(text[found.start : found.end] == found.wording for found in proposal.stellen)


def test_other_sum_in_the_document_is_shown_beside_the_computed_one() -> None:
    found = values("mietbescheinigung", RENT.format(rent="486,00") + "\nBruttokaltmiete: 640,00 EUR")
    assert found["bruttokaltmiete_monat"] == ["640.00", "604.50"]


def test_no_sum_where_a_part_is_stated_twice_differently() -> None:
    found = values("mietbescheinigung", RENT.format(rent="486,00") + "\nGrundmiete: 500,00 EUR")
    assert found["grundmiete_monat"] == ["486.00", "500.00"]
    assert "bruttokaltmiete_monat" not in found


def test_label_that_is_no_field_keeps_its_value() -> None:
    found = values("mietbescheinigung", "Bisherige Grundmiete: 460,00 EUR\nKaution: 900,00 EUR\nStellplatz: 45,00 EUR")
    assert found == {}


def test_nebenkosten_ohne_heizung_are_not_heating() -> None:
    found = values("mietbescheinigung", "Nebenkosten ohne Heizung: 118,50 EUR")
    assert found == {"kalte_nebenkosten_monat": ["118.50"]}


def test_yearly_amount_is_no_monthly_one() -> None:
    assert values("mietbescheinigung", "Grundmiete: 5.832,00 EUR jährlich") == {}


WAGE = "Lohnabrechnung\nBruttolohn: 1.850,00 EUR\n{rest}"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("Es handelt sich um ein gleichbleibendes Monatsentgelt.", ["22200.00"]),
        ("", None),
        ("Gleichbleibendes Monatsentgelt, dazu eine Einmalzahlung.", None),
        ("Es handelt sich nicht um ein gleichbleibendes Monatsentgelt.", None),
        ("Kein festes Monatsgehalt.", None),
    ],
)
def test_month_becomes_a_year_only_where_the_document_says_so(rest: str, expected: list[str] | None) -> None:
    found = values("verdienstbescheinigung", WAGE.format(rest=rest))
    assert found["bruttolohn_monat"] == ["1850.00"]
    assert found.get("bruttoeinkommen_jahr") == expected


def test_year_names_its_computation() -> None:
    text = WAGE.format(rest="Gleichbleibendes Monatsentgelt.")
    found = [one for one in proposals("verdienstbescheinigung", text) if one.feld == "bruttoeinkommen_jahr"]
    assert [one.rechnung for one in found] == ["12 x 1.850,00 = 22.200,00"]


def test_cumulated_column_is_not_the_month() -> None:
    text = "Bezeichnung\tMonat\tJahreswerte\nGesamtbrutto\t1.850,00 EUR\t5.550,00 EUR"
    assert values("verdienstbescheinigung", text)["bruttolohn_monat"] == ["1850.00"]


def test_labels_above_their_boxes() -> None:
    text = "Übernehmerin\tName des Hundes\nRuth Weber\tBolle\nRasse\tÜbergabe am\nMischling\t14.02.2026"
    assert values("hundevertrag", text) == {
        "halter": ["Ruth Weber"],
        "aufnahme_am": ["2026-02-14"],
        "rasse": ["andere"],
        "name_des_hundes": ["Bolle"],
    }


def test_breed_that_is_not_listed_is_left_to_people() -> None:
    assert "rasse" not in values("hundevertrag", "Rasse: Rottweiler-Mischling")


def test_sentence_across_lines() -> None:
    text = "Zum Mietverhältnis: Hinzu kommen für die Wohnung Betriebskosten ohne\nHeizung von 136,49 EUR."
    assert values("mietbescheinigung", text) == {"kalte_nebenkosten_monat": ["136.49"]}


def test_wrong_account_number_is_not_proposed() -> None:
    assert values("kontoauszug", "IBAN: DE03 1203 0000 0000 2020 51") == {}


def test_misread_letter_in_a_long_label_is_forgiven() -> None:
    assert values("mietbescheinigung", "Grundmicte: 486,00 EUR") == {"grundmiete_monat": ["486.00"]}


@given(st.text(alphabet=st.sampled_from("Grundmiete:\t\n 0123456789,.€EUR|-äß"), max_size=150))
def test_any_text_gives_values_that_are_its_own_words(text: str) -> None:
    for found in find_values(document(text)):
        assert text[found.start : found.end] == found.wording
    proposals("mietbescheinigung", text)

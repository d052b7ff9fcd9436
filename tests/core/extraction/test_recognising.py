"""Kinds of documents are told by their words; what is not certain stays open."""

from __future__ import annotations

import pytest

from leitplanke.core.extraction import BelegartError, load_belegarten, recognise
from tests.core.extraction.reading import ARTEN, document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mietbescheinigung\nGrundmiete 486,00 EUR", "mietbescheinigung"),
        ("Mietvertrag über Wohnraum\nKaution 900 EUR", "mietvertrag"),
        ("Lohnabrechnung\nSteuerklasse I\nGesamtbrutto", "verdienstbescheinigung"),
        ("Einkaufszettel\nBrot, Milch, Lohn der Arbeit", None),
        ("", None),
    ],
)
def test_kind_is_recognised(text: str, expected: str | None) -> None:
    found = recognise(document(text), ARTEN)
    assert (found.name if found else None) == expected


def test_two_kinds_in_one_document_stay_open() -> None:
    assert recognise(document("Mietbescheinigung zum Mietvertrag"), ARTEN) is None


def test_mistake_in_a_kind_names_file_and_place(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    text = "titel: {de: X}\nwoerter: {'5': [x]}\nschwelle: 5\nfelder:\n"
    text += "  a: {typ: Betrag, titel: {de: A}, summe: [fehlt]}\n"
    (folder / "krumm.yaml").write_text(text)
    with pytest.raises(BelegartError, match=r"krumm\.yaml: a rechnet mit fehlt"):
        load_belegarten(folder)


def test_new_kind_needs_only_a_file(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    text = "titel: {de: Fischereischein}\nwoerter: {'8': [Fischereischein]}\nschwelle: 8\nfelder:\n"
    text += "  gueltig_bis: {typ: Datum, titel: {de: Gültig bis}, bezeichnungen: [gültig bis]}\n"
    (folder / "fischereischein.yaml").write_text(text)
    found = recognise(document("Fischereischein\ngültig bis 31.12.2026"), load_belegarten(folder))
    assert found is not None
    assert found.name == "fischereischein"

from __future__ import annotations

import pytest

from leitplanke.core.privacy import Label
from tests.core.privacy.reading import found, found_as


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("wohnhaft Karl-Marx-Str. 12a, 12345 Musterstadt", Label.ADDRESS, "Karl-Marx-Str. 12a"),
        ("Sie wohnt An der alten Mühle 5 im Hinterhaus", Label.ADDRESS, "An der alten Mühle 5"),
        ("Unter den Linden 77, Berlin", Label.ADDRESS, "Unter den Linden 77"),
        ("Lange Straße 14 b", Label.ADDRESS, "Lange Straße 14 b"),
        ("ich wohne gartenstr. 5 in 44135 dortmund", Label.ADDRESS, "gartenstr. 5"),
        ("ich wohne gartenstr. 5 in 44135 dortmund", Label.PLZ_ORT, "44135 dortmund"),
        ("Postfach 10 01 20, 33602 Bielefeld", Label.ADDRESS, "Postfach 10 01 20"),
        ("Q 7, 24\n68161 Mannheim", Label.ADDRESS, "Q 7, 24"),
        ("Postfach 10 01 20, 33602 Bielefeld", Label.PLZ_ORT, "33602 Bielefeld"),
        ("in 61348 Bad Homburg v. d. Höhe", Label.PLZ_ORT, "61348 Bad Homburg v. d. Höhe"),
        ("Tel. 0171 / 123 45 67", Label.PHONE, "0171 / 123 45 67"),
        ("unter +49 (0) 521 51-0 oder", Label.PHONE, "+49 (0) 521 51-0"),
        ("Durchwahl: 4711", Label.PHONE, "4711"),
        ("05251/88-1234", Label.PHONE, "05251/88-1234"),
        ("max.mueller@stadt.intern", Label.EMAIL, "max.mueller@stadt.intern"),
        ("anna (at) mail.example", Label.EMAIL, "anna (at) mail.example"),
        ("Halter von MS-AB 123", Label.KFZ, "MS-AB 123"),
        ("Wagen B·XY 99 stand dort", Label.KFZ, "B·XY 99"),
        ("Kennzeichen: MSAB123", Label.KFZ, "MSAB123"),
        ("Kennzeichen lö-ab 12", Label.KFZ, "lö-ab 12"),
        ("Mia, geb. 12.03.2015", Label.GEBURTSDATUM, "12.03.2015"),
        ("geboren am 3. März 1985 in Izmir", Label.GEBURTSDATUM, "3. März 1985"),
        ("Jana Weber (* 1.2.1990)", Label.GEBURTSDATUM, "1.2.1990"),
        ("Jana Weber (13.03.2008), begleitet", Label.GEBURTSDATUM, "13.03.2008"),
        ("geb. Schmidt am 03.04.1960", Label.GEBURTSDATUM, "03.04.1960"),
    ],
)
def test_places_contacts_plates_and_births_are_found(text: str, label: Label, value: str) -> None:
    assert value in found_as(text, label)


@pytest.mark.parametrize(
    "text",
    [
        "Die Sitzung ist am 12.03.2024 um 18:00 Uhr, Anmeldung bis zum 1. März 2024.",
        "Im August und im Mai tagt der Ausschuss in der Goethestraße.",
        "Es kamen 12500 Besucher, das Projekt kostet 50000 Euro.",
        "Besoldung A 12, Entgelt EG 9b, Bebauungsplan Nr. 12 und SGB II",
        "Bei Notfällen 112, Behördennummer 115.",
    ],
)
def test_dates_streets_and_amounts_are_no_findings(text: str) -> None:
    assert found(text) == []


def test_headings_of_a_table_say_what_its_cells_are() -> None:
    table = "Name;Vorname;geb.;Straße;PLZ;Ort\nOkonkwo;Chidi;01.02.1990;Zeile 3;12345;Berlin\n"
    assert found(table) == [
        ("PERSON", "Okonkwo"),
        ("PERSON", "Chidi"),
        ("GEBURTSDATUM", "01.02.1990"),
        ("ADDRESS", "Zeile 3"),
        ("PLZ_ORT", "12345;Berlin"),
    ]

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.rules import Engine, load
from leitplanke.core.rules.library import find
from leitplanke.core.verfahren import comparison_files as files
from leitplanke.core.verfahren.comparison import ComparisonFileError, Finding, compare, counts

DAY = date(2025, 6, 1)
HEADER = (
    "id;haushaltsmitglieder;mietenstufe;bruttokaltmiete_monat;gesamteinkommen_monat;"
    "alle_in_foerderungsfaehiger_ausbildung;vermoegen;fv_betrag;fv_ergebnis"
)
JUDGED = {
    "urteil.einstehensgemeinschaft": "keine",
    "urteil.einkommensprognose": "tragfaehig",
    "urteil.missbraeuchlich": "nein",
    "urteil.bewilligungsdauer": "12",
    "urteil.zahlung_an_vermieter": "nein",
    "urteil.vorlaeufige_zahlung": "nein",
}
FULL = f"{HEADER};{';'.join(JUDGED)}"
ANSWERS = ";".join(JUDGED.values())


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load(find("wohngeld")))


def read(engine: Engine, text: str | bytes) -> list[files.LeadingCase]:
    return files.read_cases(engine.regelwerk, text if isinstance(text, bytes) else text.encode(), DAY)


def due(engine: Engine) -> Decimal:
    """Return what the rules give the household that the tests use."""
    found = compare(engine, read(engine, f"{FULL}\nA;1;3;400,00;900,00;nein;2.000,00;;;{ANSWERS}\n"))
    assert found[0].betrag is not None
    return found[0].betrag


def test_each_difference_is_found(engine: Engine) -> None:
    amount = f"{due(engine)}".replace(".", ",")
    rows = [
        FULL,
        f"gleich;1;3;400,00;900,00;nein;2.000,00;{amount};bewilligung;{ANSWERS}",
        f"betrag;1;3;400,00;900,00;nein;2.000,00;7,00;bewilligung;{ANSWERS}",
        f"ergebnis;1;3;400,00;900,00;nein;2.000,00;{amount};ablehnung;{ANSWERS}",
        f"offen;1;3;;900,00;nein;2.000,00;{amount};bewilligung;{ANSWERS}",
        f"ohne;1;3;400,00;900,00;nein;2.000,00;;;{ANSWERS}",
        f"fehler;1;3;viel;900,00;nein;2.000,00;{amount};bewilligung;{ANSWERS}",
    ]
    found = {row.case.id: row for row in compare(engine, read(engine, "\n".join(rows)))}
    assert {name: row.finding for name, row in found.items()} == {
        "gleich": Finding.GLEICH,
        "betrag": Finding.BETRAG,
        "ergebnis": Finding.ERGEBNIS,
        "offen": Finding.OFFEN,
        "ohne": Finding.OHNE,
        "fehler": Finding.FEHLER,
    }
    assert found["betrag"].unterschied == due(engine) - 7
    assert found["offen"].fehlend == ("bruttokaltmiete_monat",)
    assert "Zeile 7" in found["fehler"].meldung
    assert "bruttokaltmiete_monat" in found["fehler"].meldung
    assert sum(counts(found.values()).values()) == 6


def test_amounts_are_compared_though_judgements_are_a_persons(engine: Engine) -> None:
    amount = f"{due(engine)}".replace(".", ",")
    rows = (
        f"{HEADER}\ngleich;1;3;400;900;nein;2000;{amount};bewilligung\nanders;1;3;400;900;nein;2000;1,00;bewilligung\n"
    )
    found = compare(engine, read(engine, rows))
    assert [row.finding for row in found] == [Finding.GLEICH, Finding.BETRAG]
    assert "einstehensgemeinschaft" in found[0].fehlend


def test_csv_and_json_come_to_the_same(engine: Engine) -> None:
    by_csv = compare(engine, read(engine, f"{FULL}\nA;1;3;1.400,00;900,00;nein;2.000,00;5;;{ANSWERS}\n"))
    case = {
        "id": "A",
        "stichtag": "2025-06-01",
        "angaben": {
            "haushaltsmitglieder": 1, "mietenstufe": 3, "bruttokaltmiete_monat": 1400.00,
            "gesamteinkommen_monat": "900", "alle_in_foerderungsfaehiger_ausbildung": False, "vermoegen": 2000,
        },
        "urteile": {
            "einstehensgemeinschaft": "keine", "einkommensprognose": "tragfaehig", "missbraeuchlich": False,
            "bewilligungsdauer": 12, "zahlung_an_vermieter": False, "vorlaeufige_zahlung": False,
        },
        "fachverfahren": {"betrag": "5.00"},
    }  # fmt: skip
    by_json = compare(engine, read(engine, json.dumps({"faelle": [case]})))
    assert (by_csv[0].betrag, by_csv[0].unterschied) == (by_json[0].betrag, by_json[0].unterschied)
    assert by_csv[0].finding is by_json[0].finding is Finding.BETRAG


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_either_encoding_of_a_spreadsheet_is_read(engine: Engine, encoding: str) -> None:
    case = read(engine, f"{HEADER}\nMüller 1;1;3;400;900;nein;0;;\n".encode(encoding))[0]
    assert case.id == "Müller 1"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("haushaltsmitglieder\n1\n", ["Zeile 1", "„id“"]),
        ("id;bruttokaltmite_monat\nA;1\n", ["bruttokaltmite_monat", "bruttokaltmiete_monat"]),
        ("id;vermoegen;vermoegen\nA;1;2\n", ["zweimal"]),
        ("id;personen\nA;2\n", ["personen"]),
        ("id;vermoegen\nA;1\nA;2\n", ["Zeile 3", "Zeile 2"]),
        ("id;vermoegen\n", ["keine Fälle"]),
        ("[{]", ["JSON"]),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(engine: Engine, text: str, words: list[str]) -> None:
    with pytest.raises(ComparisonFileError) as caught:
        read(engine, text)
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1.234,50", "1234.50"), ("1234,5", "1234.5"), ("1.234", "1234"), ("0.123", "0.123"), ("12.50", "12.50"),
     ("1 234,50 €", "1234.50"), ("-3,10", "-3.10")],
)  # fmt: skip
def test_german_numbers_are_understood(engine: Engine, cell: str, value: str) -> None:
    assert files.plain(engine.regelwerk.angaben["vermoegen"].shape, cell) == value


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_german_spreadsheets_write_reads_back(value: Decimal) -> None:
    written = f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    assert files._amount(written) == value


def test_items_of_lists_are_columns(engine: Engine) -> None:
    field = engine.regelwerk.angaben["personen"].felder[0].name
    assert files._shape_of(engine.regelwerk, f"personen[2].{field}") is not None


def test_a_cell_is_no_formula_in_what_goes_out(engine: Engine) -> None:
    text = files.as_csv(compare(engine, read(engine, f"{HEADER}\n=1+1;1;3;400;900;nein;0;;\n")))
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[1][0] == "'=1+1"


def test_json_that_goes_out_says_everything(engine: Engine) -> None:
    out = json.loads(files.as_json(compare(engine, read(engine, f"{FULL}\nA;1;3;400;900;nein;0;5,00;;{ANSWERS}\n"))))
    row = out["faelle"][0]
    assert row["befund"] == "betrag_anders"
    assert row["fachverfahren"] == {"betrag": "5.00", "ergebnis": None}
    assert len(row["pruefsumme"]) == 64

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from leitplanke.core.evaluation import (
    Decisions,
    DecisionsError,
    PlanError,
    plan_findings,
    plan_hash,
    read_decisions,
    read_plan,
    tally,
)
from tests.core.evaluation.made_up import DEMO_PLAN, PLAN, SALT, plan

HEAD = "fall;ki;person_1;person_2;wahrheit;sprache"
ROWS = ["1;ja;nein;ja;ja;a", "2;nein;nein;nein;nein;b"]
SCHEMA = Path(__file__).resolve().parents[3] / "src/leitplanke/content/schemas/pruefplan.schema.json"


def read(*rows: str, head: str = HEAD, encoding: str = "utf-8") -> Decisions:
    return read_decisions(plan(), "\n".join([head, *rows]).encode(encoding), SALT)


def codes(decisions: Decisions) -> list[str]:
    return [finding.code for finding in decisions.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_usual_spellings_of_a_file_read_the_same(encoding: str, delimiter: str) -> None:
    rows = "\r\n".join([HEAD, "1;Ja;NEIN;x;1;ä", "", "2;nein;0;false;n;ö"]).replace(";", delimiter)
    found = read_decisions(plan(), rows.encode(encoding), SALT)
    assert found.truth.tolist() == [1, 0]
    assert found.humans.tolist() == [[0, 1], [0, 0]]
    assert found.labels == (("ä", "ö"),)


def test_what_is_not_in_the_plan_is_dropped_and_named() -> None:
    found = read("1;ja;nein;ja;ja;a;Meier", head=f"{HEAD};sachbearbeiter")
    assert codes(found) == ["spalten_weggelassen"]
    assert "sachbearbeiter" in found.findings[0].text.de
    assert "Meier" not in repr(found)


def test_case_numbers_become_hashes_that_depend_on_the_salt() -> None:
    found = read(*ROWS)
    assert all(re.fullmatch(r"[0-9a-f]{32}", case) for case in found.cases)
    other = read_decisions(plan(), "\n".join([HEAD, *ROWS]).encode(), b"t" * 32)
    assert not set(found.cases) & set(other.cases)
    with pytest.raises(ValueError, match="Salz"):
        read_decisions(plan(), "\n".join([HEAD, *ROWS]).encode(), b"short")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["1;vielleicht;ja;ja;ja;a"], "Zeile 2, Spalte „ki“: „vielleicht“ ist nicht verständlich"),
        (["1;ja;ja;ja;ja"], "Zeile 2: 5 Werte, der Kopf hat 6 Spalten"),
        (["1;ja;ja;ja;ja;a", ";ja;ja;ja;ja;a"], "Zeile 3: Die Fallnummer"),
        (["1;ja;ja;ja;ja;a", "1;nein;ja;ja;ja;a"], "Zeile 3: Derselbe Fall steht schon in Zeile 2"),
        ([], "Die Datei enthält keine Fälle"),
    ],
)
def test_faults_name_their_line(rows: list[str], said: str) -> None:
    with pytest.raises(DecisionsError, match=re.escape(said)):
        read(*rows)


def test_missing_column_and_wrong_kind_of_file_are_told() -> None:
    with pytest.raises(DecisionsError, match="Die Spalte „wahrheit“ fehlt"):
        read("1;ja", head="fall;ki")
    with pytest.raises(DecisionsError, match="keine CSV-Datei"):
        read_decisions(plan(), b"PK\x03\x04\x00\x00", SALT)


def test_spreadsheets_may_name_their_delimiter() -> None:
    with pytest.raises(DecisionsError, match="Zeile 4, Spalte „ki“"):
        read_decisions(plan(), "\n".join(["sep=;", HEAD, ROWS[0], "2;?!;ja;ja;ja;a"]).encode(), SALT)


def test_people_are_no_groups() -> None:
    with pytest.raises(DecisionsError, match="60 verschiedene Werte, höchstens 50"):
        read(*(f"{number};ja;ja;ja;ja;{1940 + number}" for number in range(60)))


def test_groups_that_differ_in_capitals_only_are_named() -> None:
    assert codes(read("1;ja;nein;ja;ja;A", "2;ja;ja;nein;ja;a")) == ["gruppen_aehnlich"]


def test_repeated_rows_count_once_and_are_named() -> None:
    found = read(*ROWS, ROWS[0])
    assert len(found) == 2
    assert codes(found) == ["doppelte_faelle"]


def test_missing_values_are_named_and_a_silent_ai_is_wrong() -> None:
    found = read("1;;ja;;ja;", "2;ja;ja;ja;;a")
    assert codes(found) == ["wahrheit_fehlt", "ki_fehlt", "mensch_fehlt", "gruppe_fehlt"]
    counted = tally(plan(), found)
    assert counted.cases == 1
    assert counted.cells[0].tolist() == [-1, 1, 1, 0, 0, 1, 1, -1, -1]


def test_truth_known_for_one_decision_only_is_found() -> None:
    rows = [f"{n};ja;nein;ja;{'ja' if n % 3 else 'nein'};a" for n in range(60)]
    rows += [f"{n};nein;ja;ja;{'nein' if n % 9 == 0 else ''};a" for n in range(60, 120)]
    found = read(*rows)
    assert "wahrheit_ausgewaehlt" in codes(found)
    assert any("wo die KI mit Ja entschied, in 100%" in finding.text.de for finding in found.findings)


def test_truth_missing_at_random_is_no_selection() -> None:
    rows = [f"{n};{'ja' if n % 2 else 'nein'};ja;nein;{'' if n % 7 == 0 else 'ja'};a" for n in range(200)]
    assert "wahrheit_ausgewaehlt" not in codes(read(*rows))


def test_truth_copied_from_a_person_is_found() -> None:
    rows = [f"{n};ja;{'ja' if n % 2 else 'nein'};ja;{'ja' if n % 2 else 'nein'};a" for n in range(120)]
    found = read(*rows)
    assert [finding.code for finding in found.findings if finding.blocking] == ["wahrheit_gleicht_person"]


def test_human_decision_as_truth_is_named_in_the_plan() -> None:
    asked = read_plan(PLAN.replace("zweitpruefung_verdeckt", "menschliche_entscheidung"))
    assert [finding.code for finding in plan_findings(asked) if finding.blocking] == ["wahrheit_ist_entscheidung"]
    small = read_plan(PLAN.replace("anzahl: 500", "anzahl: 200"))
    assert "plan_zu_klein" in [finding.code for finding in plan_findings(small)]


def test_hash_of_a_plan_depends_on_what_it_says_alone() -> None:
    respelt = PLAN.replace("titel: Probe", '# Bemerkung\ntitel: "Probe"')
    assert plan_hash(read_plan(respelt)) == plan_hash(read_plan(PLAN))
    assert plan_hash(read_plan(PLAN.replace("abstand: 0.05", "abstand: 0.06"))) != plan_hash(read_plan(PLAN))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "abstand: 0.05",
            "abstand: 5",
            "plan.yaml:12: Prüfplan, grenzen: „abstand“ ist „5“; erwartet wird eine Zahl von 0.001 bis 0.3",
        ),
        ("quelle: zweit", "quelle: x", "„quelle“ ist „xpruefung_verdeckt“, möglich sind: zweitpruefung_verdeckt"),
        ("anzahl: 500", "anzahl: 20", "„anzahl“ muss mindestens 50 sein"),
        ("tag: 2026-10-01", "", "„tag“ fehlt"),
        ("stelle:", "stele:", "„stele“ gibt es hier nicht"),
        ("menschen: {person_1: Erste Person, person_2: Zweite Person}", "menschen: {}", "nennt mindestens eine Person"),
        ("tag: ", "vergleich: [chefin]\ntag: ", "„vergleich“ nennt „chefin“"),
        ("tag: ", "spalten: {ki: fall}\ntag: ", "Die Spalte „fall“ soll zweierlei enthalten"),
    ],
)
def test_faults_of_a_plan_are_told(before: str, after: str, said: str) -> None:
    with pytest.raises(PlanError, match=re.escape(said)):
        read_plan(PLAN.replace(before, after))


def test_schema_and_reader_agree_about_keys() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for text in (PLAN, DEMO_PLAN.read_text(encoding="utf-8")):
        errors = list(Draft202012Validator(schema).iter_errors(yaml.safe_load(text)))
        assert not [error for error in errors if error.validator in {"additionalProperties", "required", "enum"}]

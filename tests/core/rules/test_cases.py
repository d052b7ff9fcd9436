"""Every case of every Regelwerk, and what is said about one that differs."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from leitplanke.core.rules import load, load_texts
from leitplanke.core.rules.cases import CaseResult, run_cases, run_folder

FOLDERS = sorted(
    folder
    for folder in Path(str(files("leitplanke.content") / "fachverfahren")).iterdir()
    if (folder / "regelwerk.yaml").exists()
)

RULES = """
regelwerk: {name: probe, titel: Probe, beschreibung: Probe, gesetz: Probengesetz, ziel: [summe], gilt_ab: 2020-01-01}
angaben:
  eins: {typ: Ganzzahl, von: 0, bis: 9, titel: Eins}
  zwei: {typ: Ganzzahl, von: 0, bis: 9, titel: Zwei}
regeln:
  summe: {typ: Ganzzahl, titel: Summe, norm: § 1, formel: eins + zwei}
  viel: {typ: Wahrheitswert, titel: Viel, norm: § 2, formel: summe > 9}
ergebnis:
  - {name: ja, titel: Ja, art: bewilligung, norm: § 3, wenn: viel}
  - {name: nein, titel: Nein, art: ablehnung, norm: § 3, wenn: not viel}
"""


def probe(case: str) -> CaseResult:
    head = "faelle:\n  - {fall: Fall, quelle: Probe, stichtag: 2020-01-01, "
    (result,) = run_cases(load_texts({"regelwerk.yaml": RULES, "faelle/a.yaml": f"{head}{case}}}\n"}))
    return result


def test_there_are_regelwerke_to_run() -> None:
    assert FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_case_comes_out_as_its_source_says(folder: Path) -> None:
    results = run_folder(folder)

    assert {result.fall.name: result.differences for result in results if not result.ok} == {}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_regelwerk_has_cases_and_each_names_its_source_once(folder: Path) -> None:
    cases = load(folder, checked=False).faelle

    assert len(cases) >= 12
    assert all(case.quelle for case in cases)
    assert len({case.name for case in cases}) == len(cases)


@pytest.mark.parametrize(
    "case",
    [
        "angaben: {eins: 3, zwei: 4}, erwartet: {summe: 7, viel: nein, status: determined, ergebnis: nein}",
        "angaben: {eins: 3, zwei: 7}, erwartet: {summe: 10.0, viel: ja, ergebnis: [ja]}",
        "angaben: {eins: 3}, erwartet: {summe: {von: 3, bis: 12}, status: missing, fehlend: [zwei], ergebnis: []}",
        "angaben: {eins: 10}, erwartet: {fehler: liegt nicht zwischen 0 und 9}",
    ],
)
def test_a_case_that_comes_out_as_expected_has_no_differences(case: str) -> None:
    assert probe(case).differences == ()


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("angaben: {eins: 3, zwei: 4}, erwartet: {summe: 8}", "summe: erwartet 8, berechnet 7."),
        ("angaben: {eins: 3, zwei: 4}, erwartet: {viel: ja}", "viel: erwartet ja, berechnet False."),
        ("angaben: {eins: 3, zwei: 4}, erwartet: {ergebnis: ja}", "ergebnis: erwartet ja, es ist nein."),
        ("angaben: {eins: 3, zwei: 4}, erwartet: {status: missing}", "status: erwartet missing, es ist determined."),
        ("angaben: {eins: 3}, erwartet: {summe: 3}", "summe: erwartet 3, offen zwischen 3 und 12."),
        ("angaben: {eins: 3}, erwartet: {summe: {von: 3, bis: 9}}", "summe: erwartet 3 bis 9, es ist 3 bis 12."),
        ("angaben: {eins: 3}, erwartet: {fehlend: []}", "fehlend: erwartet nichts, es ist zwei."),
        ("angaben: {eins: 3}, erwartet: {sume: 3}", "sume: Diesen Wert gibt es an diesem Tag nicht."),
        ("angaben: {eins: 10}, erwartet: {summe: 3}", "Der Fall lässt sich nicht rechnen: eins: 10 liegt nicht"),
        ("angaben: {eins: 3}, erwartet: {fehler: liegt nicht}", "fehler: erwartet wird eine Ablehnung der Angaben"),
        ("ebene: dorf, angaben: {eins: 3}, erwartet: {summe: 3}", "Die Ebene „dorf“ ist nicht geladen."),
    ],
)
def test_a_difference_is_told_in_a_sentence(case: str, said: str) -> None:
    result = probe(case)

    assert not result.ok
    assert said in result.differences[0]


def test_the_parts_of_a_period_are_compared_day_by_day() -> None:
    rules = RULES.replace("gilt_ab: 2020-01-01}", "gilt_ab: 2020-01-01, zeitraum: {monate: 12, norm: § 4}}").replace(
        "formel: eins + zwei}", "fassungen: [{formel: eins + zwei}, {ab: 2020-07-01, formel: eins}]}"
    )
    case = """
faelle:
  - fall: Mitten im Jahr
    quelle: Probe
    stichtag: 2020-03-15
    angaben: {eins: 3, zwei: 4}
    erwartet:
      zeitraeume:
        - {ab: 2020-03-01, bis: 2020-06-30, summe: 7}
        - {ab: 2020-07-01, bis: 2021-02-28, summe: 4}
"""
    (result,) = run_cases(load_texts({"regelwerk.yaml": rules, "faelle/a.yaml": case}))

    assert result.differences == ("ab 2020-07-01: summe: erwartet 4, berechnet 3.",)

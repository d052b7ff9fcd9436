"""Simulating from the command line: files in, files out, and clear words where something does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from leitplanke.project.cli.rules_simulate import simulate

REGELWERK = """
regelwerk: {name: zuschuss, titel: Zuschuss, beschreibung: Probe, gesetz: ZG, ziel: [zuschuss], gilt_ab: 2024-01-01}
angaben:
  einkommen: {typ: Betrag, von: 0, bis: 5000, titel: Einkommen}
  personen:
    typ: Liste
    titel: Personen
    hoechstens: 5
    felder:
      kind: {typ: Wahrheitswert, titel: Kind}
parameter:
  grenze:
    typ: Betrag
    titel: Grenze
    norm: § 1 ZG
    werte: [{ab: 2024-01-01, wert: 1000}, {ab: 2025-01-01, wert: 1200}, {ab: 2026-01-01, status: entwurf, wert: 1500}]
regeln:
  zuschuss:
    typ: Betrag
    titel: Zuschuss
    norm: § 2 ZG
    formel: max(0, grenze + 100 * count(p for p in personen if p.kind) - einkommen) if haerte else 0
  eigenes: {typ: Betrag, titel: Eigenes, norm: § 4 ZG, hinweis: ja, formel: einkommen * 2}
ermessen:
  haerte: {typ: Wahrheitswert, titel: Härte, norm: § 3 ZG, frage: Liegt eine Härte vor?}
ergebnis:
  - {name: ja, titel: Bewilligung, art: bewilligung, norm: § 2 ZG, wenn: zuschuss > 0}
simulation: {dezile: einkommen, gruppen: einkommen, bevoelkerung: {einkommen: {von: 500, bis: 1500}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zuschuss").mkdir()
    (tmp_path / "zuschuss" / "regelwerk.yaml").write_text(REGELWERK, "utf-8")
    (tmp_path / "faelle.csv").write_text("id;einkommen\na;500.00\nb;1100,00\n".replace(",", "."), "utf-8")
    (tmp_path / "personen.csv").write_text("id;kind\nb;ja\nb;nein\na;nein\n", "utf-8")
    return tmp_path


def run(folder: Path, *more: str, day: str = "2024-05-01", persons: bool = True) -> Result:
    arguments = [str(folder / "zuschuss"), "--date", day, "--output", str(folder / "aus.csv"), *more]
    if "--erzeugen" not in more:
        arguments += ["--input", str(folder / "faelle.csv")]
    if persons:
        arguments += ["--persons", str(folder / "personen.csv")]
    return CliRunner().invoke(simulate, arguments)


def column(folder: Path, name: str) -> list[object]:
    return pl.read_csv(folder / "aus.csv")[name].to_list()


def test_persons_are_joined_and_a_given_judgement_counts(folder: Path) -> None:
    result = run(folder, "--urteil", "haerte=ja")

    assert result.exit_code == 0, result.output
    assert column(folder, "zuschuss") == [500.0, 0.0]


def test_open_judgement_is_played_through(folder: Path) -> None:
    assert run(folder).exit_code == 0
    assert column(folder, "zuschuss__haerte_ja") == [500.0, 0.0]
    assert column(folder, "zuschuss__haerte_nein") == [0.0, 0.0]


def test_changed_parameter_draft_and_summary(folder: Path) -> None:
    report, plot = folder / "bericht.json", folder / "bild.svg"
    result = run(
        folder, "--urteil", "haerte=ja", "--set", "grenze=1100", "--against", "DRAFT",
        "--summary", str(report), "--plot", str(plot), day="2026-02-01",
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    assert column(folder, "zuschuss") == [600.0, 100.0]
    assert column(folder, "zuschuss__vergleich") == [1000.0, 500.0]
    summary = json.loads(report.read_text("utf-8"))[0]
    assert (summary["ergebnis"]["summe"], summary["vergleich"]["summe"]) == (700.0, 1500.0)
    assert sum(row["verlierer"] for row in summary["dezile"]) == 2
    assert plot.read_text("utf-8").startswith("<?xml")
    assert "bekommen weniger: 2" in result.output


def test_made_up_people_are_the_same_for_the_same_seed(folder: Path) -> None:
    drawn = []
    for seed in ("3", "3", "4"):
        result = run(folder, "--erzeugen", "50", "--seed", seed, "--values", "eigenes", persons=False)
        assert result.exit_code == 0, result.output
        drawn.append(column(folder, "eigenes"))

    assert len(drawn[0]) == 50
    assert drawn[0] == drawn[1] != drawn[2]


@pytest.mark.parametrize(
    ("more", "persons", "told"),
    [
        ((), False, "„personen“ fehlt"),
        (("--urteil", "haerte=vielleicht"), True, "weder ja noch nein"),
        (("--urteil", "glueck=ja"), True, "nicht zu urteilen"),
        (("--values", "gibtsnicht"), True, "„gibtsnicht“"),
        (("--set", "grenze"), True, "NAME=WERT"),
        (("--set", "unbekannt=3"), True, "„unbekannt“"),
        (("--against", "gestern"), True, "kein Tag"),
    ],
)
def test_what_does_not_fit_is_said(folder: Path, more: tuple[str, ...], persons: bool, told: str) -> None:
    result = run(folder, *more, persons=persons)

    assert result.exit_code != 0
    assert told in result.output
    assert "Traceback" not in result.output
    assert not (folder / "aus.csv").exists()


def test_wrong_amount_is_named_with_its_row(folder: Path) -> None:
    (folder / "faelle.csv").write_text("id;einkommen\na;500.00\nb;viel\n", "utf-8")
    result = run(folder)

    assert result.exit_code == 1
    assert "Zeile 2: „viel“" in result.output


@pytest.mark.parametrize("amount", ["1100,00", "1.100,00", "-3,5", "1 100,5"])
def test_decimal_comma_is_named_as_such(folder: Path, amount: str) -> None:
    (folder / "faelle.csv").write_text(f"id;einkommen\na;500.00\nb;{amount}\n", "utf-8")
    result = run(folder)

    assert result.exit_code == 1
    assert f"Zeile 2: „{amount}“ hat ein Komma; Nachkommastellen stehen in Tabellen hinter einem Punkt" in result.output


def test_decimal_comma_in_a_file_separated_by_commas_is_told(folder: Path) -> None:
    (folder / "faelle.csv").write_text("id,einkommen\na,500\nb,1100,00\n", "utf-8")
    result = run(folder)

    assert result.exit_code == 1
    assert "Tabelle der Fälle: Eine Zeile hat mehr Werte, als es Spalten gibt." in result.output
    assert "Nachkommastellen stehen hinter einem Punkt" in result.output
    assert not (folder / "aus.csv").exists()


def test_column_that_nothing_reads_is_named_with_what_may_be_meant(folder: Path) -> None:
    (folder / "faelle.csv").write_text("id;einkommen;einkomen;name\na;500;1;x\nb;600;2;y\n", "utf-8")
    (folder / "personen.csv").write_text("id;kind;Kind\nb;ja;ja\n", "utf-8")
    result = run(folder, "--urteil", "haerte=ja")

    assert result.exit_code == 0, result.output
    assert "faelle.csv: Die Spalte „einkomen“ wird nicht gelesen. Gemeint ist vielleicht „einkommen“." in result.stderr
    assert "faelle.csv: Die Spalte „name“ wird nicht gelesen." in result.stderr
    assert "personen.csv: Die Spalte „Kind“ wird nicht gelesen. Gemeint ist vielleicht „kind“." in result.stderr
    assert result.stderr.count("wird nicht gelesen") == 3


def test_columns_that_fit_are_not_mentioned(folder: Path) -> None:
    assert "wird nicht gelesen" not in run(folder, "--urteil", "haerte=ja").stderr


@pytest.mark.parametrize("persons", [True, False])
def test_id_that_two_cases_have_is_refused(folder: Path, persons: bool) -> None:
    (folder / "faelle.csv").write_text("id;einkommen\na;500\nb;600\na;700\n", "utf-8")
    result = run(folder, "--values", "eigenes", persons=persons)

    assert result.exit_code == 1
    assert "faelle.csv: Die Kennung „a“ haben mehrere Fälle; jeder braucht seine eigene." in result.output
    assert not (folder / "aus.csv").exists()


def test_cases_without_ids_are_reckoned(folder: Path) -> None:
    (folder / "faelle.csv").write_text("einkommen\n500\n500\n", "utf-8")

    assert run(folder, "--values", "eigenes", persons=False).exit_code == 0
    assert column(folder, "eigenes") == [1000.0, 1000.0]

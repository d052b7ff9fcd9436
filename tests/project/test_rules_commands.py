"""The rules commands, as people and machines call them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner

from leitplanke.project.cli.program import program
from tests.core.rules.small import DATEN, HAUSHALT
from tests.project.running import environment, leitplanke

if TYPE_CHECKING:
    from click.testing import Result

WOHNGELD = str(DATEN / "kleines_wohngeld")
CASE = {
    "id": "a",
    "date": "2025-01-01",
    "facts": {
        "haushaltsmitglieder": 1, "mietenstufe": 1, "bruttokaltmiete_monat": 335.00, "gesamteinkommen_monat": 1162.35,
    },
}  # fmt: skip
LAYER = """ebene: {titel: Satzung von Neudorf, rang: satzung}
parameter:
  satz_monat: {norm: § 1 Satzung, werte: [{wert: 90}]}
"""
FALL = """faelle:
  - fall: allein
    quelle: erfunden
    stichtag: 2024-01-01
    angaben: {personen: [], art: miete}
    urteile: {haertefall: nein}
    erwartet: {zuschuss_monat: 100}
"""


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fall.json").write_text(json.dumps(CASE), encoding="utf-8")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(program, ["rules", *arguments])

    return call


def book(folder: Path, text: str = HAUSHALT, **files: str) -> str:
    folder.mkdir()
    for name, content in {"regelwerk.yaml": text, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return str(folder)


def test_run_answers_each_line_and_no_error_stops_it(tmp_path: Path) -> None:
    lines = [json.dumps(CASE), "kaputt", "", json.dumps({**CASE, "id": "b", "date": "morgen"}), json.dumps(CASE)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = leitplanke("rules", "run", WOHNGELD, "--cases", "in.jsonl", "--output", "out.jsonl", data=tmp_path)
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]

    assert (result.returncode, result.stdout) == (0, "")
    assert [(entry["id"], entry["status"]) for entry in found] == [
        ("a", "needs_judgement"), (None, "error"), ("b", "error"), ("a", "needs_judgement"),
    ]  # fmt: skip
    assert found[0] == found[3]
    assert found[0]["values"]["wohngeld_monat"] == "110"


def test_run_reads_a_file_from_windows_and_writes_half_characters(cli: Any, tmp_path: Path) -> None:
    lines = [json.dumps(CASE), "kaputt", json.dumps({**CASE, "id": "\ud800"})]
    (tmp_path / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    result = cli("run", WOHNGELD, "--cases", "in.jsonl", "--output", "out.jsonl")
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]

    assert result.exit_code == 0
    assert [entry["id"] for entry in found] == ["a", None, "\ud800"]
    assert found[1]["error"] == "Zeile 2: Die Zeile ist kein gültiges JSON."


@pytest.mark.parametrize(
    "arguments",
    [("run", WOHNGELD, "--cases", "in.csv"), ("simulate", WOHNGELD, "--date", "2025-01-01", "--input", "in.csv")],
    ids=["run", "simulate"],
)
def test_what_is_read_is_not_written_over(cli: Any, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "in.csv").write_text("id\n1\n", encoding="utf-8")
    result = cli(*arguments, "--output", "in.csv")

    assert result.exit_code == 2
    assert "ist die Eingabe" in result.output
    assert (tmp_path / "in.csv").read_text(encoding="utf-8") == "id\n1\n"


def test_folder_that_is_not_there_is_named_in_german(cli: Any) -> None:
    result = cli("run", WOHNGELD, "--cases", "fall.json", "--output", "nirgends/out.jsonl")

    assert result.exit_code == 1
    assert "nirgends/out.jsonl: Den Ordner oder die Datei gibt es nicht." in result.output


@pytest.mark.parametrize(
    "more", [{"date": 20250101}, {"known_on": 5}, {"judgements": [1]}], ids=["date", "known", "list"]
)
def test_odd_case_is_explained_and_compared_in_words(cli: Any, tmp_path: Path, more: dict[str, Any]) -> None:
    (tmp_path / "fall.json").write_text("\ufeff" + json.dumps({**CASE, **more}), encoding="utf-8")
    for arguments in (("explain", WOHNGELD), ("diff", WOHNGELD, "--von", "2025-01-01", "--bis", "2026-01-01")):
        result = cli(*arguments, "--facts", "fall.json")
        wrong = arguments[0] == "explain" or "date" not in more
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert (result.exit_code != 0) == wrong


def test_run_starts_without_django_and_what_it_does_not_need(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(CASE), encoding="utf-8")
    code = (
        "import sys\n"
        "from leitplanke.project.cli.program import program\n"
        f"program.main(['rules', 'run', {WOHNGELD!r}, '--cases', 'in.jsonl', '--output', 'out.jsonl'], "
        "standalone_mode=False)\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'numpy', 'polars', 'starlette'}))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), cwd=tmp_path, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip

    assert run.stdout.splitlines()[-1] == "[]"


def test_explain_short_and_long_with_a_picture(cli: Any, tmp_path: Path) -> None:
    long = cli("explain", WOHNGELD, "--facts", "fall.json", "--svg", "fall.svg")
    short = cli("explain", WOHNGELD, "--facts", "fall.json", "--date", "2025-03-12", "--kurz")

    assert "Wohngeld: 110 EUR im Monat (Stand 1. Januar 2025)." in long.output
    assert "Rechenweg:" in long.output
    assert "Wohngeld: 110 EUR im Monat (Stand 12. März 2025)." in short.output
    assert "Rechenweg:" not in short.output
    assert (tmp_path / "fall.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_show_reads_a_regelwerk_out(cli: Any, tmp_path: Path) -> None:
    result = cli("show", WOHNGELD, "--date", "2025-01-01", "--svg", "bild.svg")

    assert "WAS DARAUS FOLGT" in result.output
    assert (tmp_path / "bild.svg").exists()


def test_diff_of_days_books_and_results(cli: Any, tmp_path: Path) -> None:
    old, new = book(tmp_path / "alt"), book(tmp_path / "neu", HAUSHALT.replace("wert: 120", "wert: 130"))
    days = cli("diff", old, "--von", "2025-01-01", "--bis", "2025-08-01")
    books = cli("diff", old, new, "--json")
    same = cli("diff", WOHNGELD, "--von", "2025-01-01", "--bis", "2026-01-01", "--facts", "fall.json")

    assert days.output == "Parameter „Satz“: 100,00 EUR im Monat → 120,00 EUR im Monat\n"
    assert [change["name"] for change in json.loads(books.output)] == ["satz_monat"]
    assert same.output == "Kein Unterschied.\n"
    assert cli("diff", old).exit_code == 2


def test_check_runs_all_cases(cli: Any, tmp_path: Path) -> None:
    good = book(tmp_path / "gut", **{"faelle/a.yaml": FALL})
    bad = book(tmp_path / "schlecht", **{"faelle/a.yaml": FALL.replace("zuschuss_monat: 100", "zuschuss_monat: 99")})

    assert (cli("check", good).exit_code, cli("check", good).output) == (0, f"✓ {good}: 1 Fälle, 1 wie erwartet\n")
    assert cli("check", bad).exit_code == 1
    assert "faelle/a.yaml:2: „allein“: zuschuss_monat: erwartet 99, berechnet 100.00" in cli("check", bad).output


def test_check_names_file_line_and_cause(cli: Any, tmp_path: Path) -> None:
    broken = book(tmp_path / "kaputt", HAUSHALT.replace("pro_monat(einkommen_jahr)", "pro_monat(lohn)"))
    result = cli("check", broken, "--json")

    assert result.exit_code == 1
    assert re.match(r"regelwerk.yaml:\d+: .*„lohn“ gibt es nicht", json.loads(result.output)[0]["findings"][0])


def test_what_a_layer_must_fill_is_asked_for(cli: Any, tmp_path: Path) -> None:
    text = HAUSHALT.replace("werte: [{ab: 2024-01-01, wert: 100}, {ab: 2025-07-01, wert: 120}]", "offen: satzung")
    layered = book(tmp_path / "ebenen", text, **{"ebenen/neudorf/satzung.yaml": LAYER})
    (tmp_path / "h.json").write_text(json.dumps({"personen": [], "art": "miete"}), encoding="utf-8")

    assert "--ebene NAME. Vorhanden: neudorf." in cli("explain", layered, "--facts", "h.json").output
    filled = cli("explain", layered, "--facts", "h.json", "--date", "2025-01-01", "--ebene", "neudorf")
    assert "Zuschuss: 90,00 EUR im Monat" in filled.output
    assert "Die Ebene „altdorf“ gibt es nicht" in cli("show", layered, "--ebene", "altdorf").output


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "gibtsnicht"),
        ("explain", WOHNGELD, "--facts", "leer.json"),
        ("explain", WOHNGELD, "--facts", "falsch.json"),
        ("show", WOHNGELD, "--svg", "kein/ordner.svg"),
    ],
)
def test_what_a_person_can_mend_is_a_german_line(cli: Any, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "leer.json").write_text("", encoding="utf-8")
    (tmp_path / "falsch.json").write_text('{"mietenstufe": 9}', encoding="utf-8")
    result = cli(*arguments)

    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit | click.ClickException)
    assert "Error" not in result.output.replace("Error: ", "")


def test_list_is_fit_for_machines(cli: Any) -> None:
    assert isinstance(json.loads(cli("list", "--json").output), list)

"""The command that proposes facts from descriptions, and what the next command makes of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from leitplanke.project.cli.ki_vo import ki_vo

if TYPE_CHECKING:
    from pathlib import Path

LINES = ['{"id": 1, "text": "Reiht Bewerbungen nach Eignung."}', "", '{"id": 2}', '{"id": 3, "text": "Filtert Spam."}']


def run(tmp_path: Path, *options: str) -> list[dict[str, Any]]:
    cases, answers = tmp_path / "faelle.jsonl", tmp_path / "angaben.jsonl"
    cases.write_text("\n".join(LINES), encoding="utf-8")
    result = CliRunner().invoke(ki_vo, ["facts", "--cases", str(cases), "--output", str(answers), *options])
    assert result.exit_code == 0, result.output
    assert "3 Beschreibungen gelesen, 1 davon mit Fehler" in result.stderr
    assert "Zeile 3" in result.stderr
    return [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]


def test_each_line_is_answered_in_order_and_a_bad_one_proposes_nothing(tmp_path: Path) -> None:
    one, bad, other = run(tmp_path)

    assert [each["id"] for each in (one, bad, other)] == [1, 2, 3]
    assert one["facts"]["function"] == "rank"
    assert (bad["facts"], bad["passages"]) == ({}, [])
    assert "„text“" in bad["error"]
    assert other["facts"]["function"] == "filter"


def test_without_presumptions_only_words_speak(tmp_path: Path) -> None:
    one, _, _ = run(tmp_path, "--nur-text")

    assert {row["basis"] for row in one["passages"]} == {"text"}
    assert "public_authority" not in one["facts"]


def test_proposed_facts_can_be_classified_as_they_are(tmp_path: Path) -> None:
    run(tmp_path)
    answers, classes = tmp_path / "angaben.jsonl", tmp_path / "klassen.jsonl"

    result = CliRunner().invoke(ki_vo, ["classify", "--cases", str(answers), "--output", str(classes)])

    assert result.exit_code == 0, result.output
    found = [json.loads(line)["class"] for line in classes.read_text(encoding="utf-8").splitlines()]
    assert found == ["high", "undetermined", "minimal"]

"""The command that classifies systems, as machines call it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from leitplanke.project.cli.program import program

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

PROMISED = {
    "id", "class", "house_class", "legal_basis", "exemption", "transparency", "obligations", "local_blocks", "doubts",
    "missing_facts", "proof", "assumptions", "roles", "law_version",
}  # fmt: skip
KNOWN = {"technique": "llm", "inference": True, "domain": "benefits", "function": "draft_reasoning"}


def run(folder: Path, *lines: str, day: str = "2026-11-27") -> tuple[Result, list[dict[str, Any]]]:
    source, target = folder / "systeme.jsonl", folder / "einstufungen.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    arguments = ["ki-vo", "classify", "--cases", str(source), "--output", str(target), "--date", day]
    found = CliRunner().invoke(program, arguments)
    text = target.read_text(encoding="utf-8") if target.exists() else ""
    return found, [json.loads(line) for line in text.splitlines()]


def test_answer_has_what_is_promised(tmp_path: Path) -> None:
    result, (found,) = run(tmp_path, json.dumps({"id": "a", "facts": KNOWN}))

    assert result.exit_code == 0
    assert found.keys() >= PROMISED
    assert (found["id"], found["class"]) == ("a", "high")
    assert all(duty.keys() >= {"article", "owner", "due", "evidence"} for duty in found["obligations"])
    assert all(doubt.keys() >= {"rule", "why", "readings"} for doubt in found["doubts"])
    assert "generates_csam" in found["assumptions"]


def test_line_that_is_no_case_is_told_with_its_number_and_the_others_go_on(tmp_path: Path) -> None:
    good = json.dumps({"id": "b", "facts": {"inference": False, "technique": "fixed_rules"}})

    result, found = run(tmp_path, "{", "", '{"id": 7}', good)

    assert [(row["id"], row["class"]) for row in found] == [(None, "undetermined"), (7, "undetermined"), ("b", "high")]
    assert "Zeile 1: Das ist kein JSON" in result.stderr
    assert "Zeile 3: Ein Fall ist ein JSON-Objekt" in found[1]["error"]
    assert "3 Systeme eingestuft, 2 davon mit Fehler" in result.stderr


@pytest.mark.parametrize(("day", "cause"), [("2024-07-31", "kein Recht hinterlegt"), ("gestern", "kein Datum")])
def test_day_without_law_is_refused(tmp_path: Path, day: str, cause: str) -> None:
    result, found = run(tmp_path, json.dumps({"id": "a", "facts": KNOWN}), day=day)

    assert (result.exit_code != 0, found) == (True, [])
    assert cause in result.output + str(result.exception)

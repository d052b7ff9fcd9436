"""The commands policy explain and policy check, as people call them."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from leitplanke.base.policy.active import SHIPPED
from leitplanke.project.cli.program import program


def policy(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, ["policy", *map(str, arguments)])


def test_explain_prints_effect_clauses_and_proof(tmp_path: Path) -> None:
    facts = tmp_path / "angaben.json"
    facts.write_text(json.dumps({"schritt": "vordefinierte_aktion", "ausloeser": "modell", "betrifft_buerger": True}))
    result = policy("explain", "--facts", facts)
    assert result.exit_code == 0
    found = json.loads(result.output)
    assert found["effect"] == "block"
    certain = [one["number"] for one in found["clauses"] if one["certain"] and one["effect"] == "block"]
    assert certain == ["2.3"]
    proved = {step["name"]: step["value"] for step in found["proof"]}
    assert proved["k_keine_vordefinierte_aktion"] is True
    assert "privatnutzung" in found["missing"]
    assert json.loads(policy("explain", "--profile", SHIPPED, "--facts", facts).output) == found


def test_explain_says_what_is_wrong_with_facts(tmp_path: Path) -> None:
    facts = tmp_path / "angaben.json"
    for text, said in (("{", "kein gültiges JSON"), ("[]", "erwartet ein Objekt"), ('{"fremd": 1}', "„fremd“ gibt es")):
        facts.write_text(text)
        result = policy("explain", "--facts", facts)
        assert result.exit_code == 1
        assert said in result.output


def test_check_runs_the_cases_and_names_faults_with_their_line(tmp_path: Path) -> None:
    assert "0 weichen ab" in policy("check").output
    text = (SHIPPED / "profil.yaml").read_text(encoding="utf-8")
    own = tmp_path / "eigenes.yaml"
    own.write_text(text.replace("wenn: automatisierungsstufe > 1", "wenn: automatisierungsstufe > 2"), encoding="utf-8")
    result = policy("check", "--profile", own)
    assert result.exit_code == 1
    assert "Klausel 2.1: sollte greifen" in result.output
    own.write_text(text.replace("wirkung: label", "wirkung: stempel"), encoding="utf-8")
    result = policy("check", "--profile", own)
    assert result.exit_code == 1
    line = next(number for number, one in enumerate(text.splitlines(), 1) if "wirkung: label" in one)
    assert f"eigenes.yaml:{line}: " in result.output

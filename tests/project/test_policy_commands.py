"""The commands policy explain and policy check, as people call them."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from leitplanke.base.policy.active import SHIPPED
from leitplanke.core.policy import FACTS
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


CALL = {"schritt": "vordefinierte_aktion", "ausloeser": "modell", "betrifft_buerger": True}


def test_simulate_counts_equal_cases_and_names_what_decided(tmp_path: Path) -> None:
    facts = tmp_path / "faelle.jsonl"
    facts.write_text("\n".join(json.dumps(one) for one in (CALL, CALL, {**CALL, "betrifft_buerger": False})))
    found = json.loads(policy("simulate", "--facts", facts, "--json").output)
    assert found["total"] == 3
    assert [case["count"] for case in found["cases"]] == [2, 1]
    assert found["clauses"][0]["name"] == "keine_vordefinierte_aktion"
    read = policy("simulate", "--facts", facts).output
    assert "3 Fälle" in read
    assert "2.3" in read


def test_simulate_against_another_profile_names_what_changes(tmp_path: Path) -> None:
    text = (SHIPPED / "profil.yaml").read_text(encoding="utf-8")
    other = tmp_path / "anderes.yaml"
    other.write_text(text.replace("wenn: automatisierungsstufe > 1", "wenn: automatisierungsstufe > 2"), "utf-8")
    facts = tmp_path / "faelle.json"
    known = {name: fact.worst for name, fact in FACTS.items()} | {
        "schritt": "veroeffentlichung", "automatisierungsstufe": 2, "privatnutzung": False, "personenauswertung": False,
        "ausloeser": "person", "mensch_gibt_frei": True, "hochrisiko": False, "erzeugt_bild_oder_stimme": False,
        "richtung_buerger": False, "gekennzeichnet": True, "ermessen": False,
    }  # fmt: skip
    facts.write_text(json.dumps([known]))
    (change,) = json.loads(policy("simulate", "--facts", facts, "--against", other, "--json").output)["changes"]
    assert change["newly_free"]
    assert "1 neu erlaubt" in policy("simulate", "--facts", facts, "--against", other).output


def test_simulate_says_where_a_case_is_wrong(tmp_path: Path) -> None:
    facts = tmp_path / "faelle.jsonl"
    call = json.dumps(CALL)
    for text, said in (
        (call + "\n{", ":2: kein gültiges JSON"),
        (f"[\n{call},\n{{1}}\n]", ":3: kein gültiges JSON ab Spalte 2"),
        ('{"schritt": []}', ":1: erwartet ein Objekt"),
        ('{"automatisierungsstufe": NaN}', ":1: erwartet ein Objekt"),
        ("[[" + call + "]]", ":1: erwartet ein Objekt"),
        (f'{call}\n{call}\n\n{{"fremd": 1}}', ":4: Fall 3: Die Angabe „fremd“"),
        ("\n", "kein Fall darin"),
        ("[" * 100_000, ":1: zu lange Zahl oder zu tief"),
        ('{"automatisierungsstufe": ' + "9" * 5000 + "}", ":1: zu lange Zahl"),
    ):
        facts.write_text(text)
        result = policy("simulate", "--facts", facts)
        assert result.exit_code == 1
        assert said in result.output


def test_simulate_reads_one_object_over_several_lines(tmp_path: Path) -> None:
    facts = tmp_path / "fall.json"
    facts.write_text(json.dumps(CALL, indent=2))
    assert json.loads(policy("simulate", "--facts", facts, "--json").output)["total"] == 1


def test_facts_come_from_the_input_and_check_speaks_json() -> None:
    result = CliRunner().invoke(program, ["policy", "simulate", "--facts", "-", "--json"], input=json.dumps([CALL]))
    assert json.loads(result.output)["stopped"] == 1
    found = json.loads(policy("check", "--json").output)
    assert found["failed"] == []
    assert found["cases"] > found["clauses"] > 0

"""The official examples: every amount exact, every intermediate value within one billionth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from leitplanke.core.rules import Engine, Result, load

COUNT = 12
STEPS = {"M": "m_monat", "Y": "y_monat", "z1": "z1", "z2": "z2", "z3": "z3", "z4": "z4"}


@cache
def engine() -> Engine:
    return Engine(load(files("leitplanke.content") / "fachverfahren" / "wohngeld"))


def evaluated(example: dict[str, Any]) -> Result:
    facts = {
        "haushaltsmitglieder": example["haushaltsmitglieder"],
        "zu_beruecksichtigende_mitglieder": example["zu_beruecksichtigen"],
        "mietenstufe": example["mietenstufe"],
        "bruttokaltmiete_monat": example["miete_m"],
        "gesamteinkommen_monat": example["einkommen_Y"],
    }
    return engine().evaluate(facts, on=date.fromisoformat(example["date"]))


@pytest.fixture
def examples(shared_data: Callable[[str], Path]) -> list[dict[str, Any]]:
    lines = (shared_data("wohngeld") / "amtliche_beispiele_2025.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def test_all_official_amounts_are_exact(examples: list[dict[str, Any]]) -> None:
    amounts = {example["id"]: evaluated(example).values["wohngeld_monat"] for example in examples}

    assert len(amounts) == COUNT
    assert amounts == {example["id"]: str(example["erwartet_wohngeld"]) for example in examples}


def off_by(example: dict[str, Any]) -> Iterator[tuple[str, Decimal]]:
    """Yield each step that differs from what was published, by how much."""
    values = evaluated(example).values
    published = dict(zip(("z1", "z2", "z3", "z4"), example.get("published_z", ()), strict=False))
    for step, name in STEPS.items():
        for official in {example["trace"][step], published.get(step, example["trace"][step])}:
            yield f"{example['id']} {step}", abs(Decimal(values[name]) - Decimal(official))


def test_the_official_steps_are_met_within_one_billionth(examples: list[dict[str, Any]]) -> None:
    differences = [found for example in examples for found in off_by(example)]

    assert len(differences) >= COUNT * len(STEPS)
    assert [found for found in differences if found[1] > Decimal("1e-9")] == []


def test_the_four_facts_suffice_and_the_judgements_stay_open(examples: list[dict[str, Any]]) -> None:
    for example in examples:
        result = evaluated(example)

        assert (result.status, result.missing_names) == ("needs_judgement", ())
        assert "missbraeuchlich" in result.judgements

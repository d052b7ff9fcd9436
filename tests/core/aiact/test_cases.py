"""Cases with sources: those shared among projects, and our own, written by somebody who did not know the rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import leitplanke
from leitplanke.core.aiact import CLASSES, at_least
from tests.core.aiact.strategies import ACT, ON

if TYPE_CHECKING:
    from leitplanke.core.aiact import Classification

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "data" / "ki-verordnung" / "faelle.jsonl"
OWN = sorted((Path(leitplanke.__file__).parent / "content" / "ki_verordnung" / "faelle").glob("*/*.yaml"))
LOCAL = {"N4": "pflicht_personalrat", "N5": "sperre_automatische_handlung", "N6": "sperre_ermessen"}
Case = dict[str, Any]


def shared() -> list[Case]:
    return [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines() if line.strip()]


def own() -> list[Case]:
    return [case for file in OWN for case in yaml.safe_load(file.read_text(encoding="utf-8"))["faelle"]]


def said(found: Classification) -> dict[str, Any]:
    return {
        "class": found.legal_class,
        "legal_basis": list(found.legal_basis),
        "exemption": found.exemption,
        "transparency": [duty.label for duty in found.transparency],
    }


def wrong(case: Case, found: Classification) -> bool:
    """Tell whether a classification differs from what the case expects, but for doubtful cases that are flagged."""
    expected = {key: case["expected"][key] for key in said(found)}
    if case["doubtful"] and found.doubts:
        return not at_least(found.legal_class, "high") and at_least(expected["class"], "high")
    return said(found) != expected


needs_shared = pytest.mark.skipif(not SHARED.exists(), reason=f"Die gemeinsamen Fälle fehlen: {SHARED}")


@needs_shared
def test_shared_cases_come_out_as_expected_or_are_flagged_where_doubtful() -> None:
    cases = [(case, ACT.classify(case["facts"], on=ON)) for case in shared()]

    assert [case["id"] for case, found in cases if wrong(case, found)] == []
    assert [case["id"] for case, found in cases if found.missing_facts] == []
    assert len(cases) == 30


@needs_shared
def test_local_rules_and_dates_of_shared_cases_agree() -> None:
    for case in shared():
        found, expected = ACT.classify(case["facts"], on=ON), case["expected"]
        assert [block.norm for block in found.local_blocks] == expected["local_rules"], case["id"]
        if found.legal_class == expected["class"]:
            day = found.applies_from
            assert (day.isoformat() if day else None) == expected["applies_from"], case["id"]


def test_own_cases_come_out_as_expected_or_are_flagged_where_doubtful() -> None:
    cases = [(case, ACT.classify(case["facts"], on=ON)) for case in own()]

    assert [case["id"] for case, found in cases if found.settled and wrong(case, found)] == []
    assert [case["id"] for case, found in cases if case["expected"]["class"] != found.legal_class] == []
    assert {case["expected"]["class"] for case, _ in cases} == set(CLASSES)
    assert len(cases) >= 60


def test_own_cases_agree_on_local_law_and_name_what_is_open() -> None:
    for case in own():
        found, expected = ACT.classify(case["facts"], on=ON), case["expected"]
        holding = {step.rule for step in found.proof}
        assert [code for code, rule in LOCAL.items() if rule in holding] == expected["local_blocks"], case["id"]
        assert set(expected.get("missing_facts") or ()) <= set(found.missing_facts), case["id"]
        assert not (found.missing_facts and found.gate_open), case["id"]

"""Cases with sources: those shared among projects, and our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.core.aiact.strategies import ACT, ON

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "data" / "ki-verordnung" / "faelle.jsonl"


def cases() -> list[dict[str, Any]]:
    if not SHARED.exists():
        return []
    return [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.skipif(not SHARED.exists(), reason=f"Die gemeinsamen Fälle fehlen: {SHARED}")
def test_shared_cases_come_out_as_expected_or_are_flagged_where_doubtful() -> None:
    differing = []
    for case in cases():
        found, expected = ACT.classify(case["facts"], on=ON), case["expected"]
        said = (
            found.legal_class,
            list(found.legal_basis),
            found.exemption,
            [duty.label for duty in found.transparency],
        )
        wanted = (expected["class"], expected["legal_basis"], expected["exemption"], expected["transparency"])
        assert found.missing_facts == (), case["id"]
        if said != wanted and not (case["doubtful"] and found.doubts):
            differing.append((case["id"], said, wanted))
    assert differing == []
    assert len(cases()) == 30


@pytest.mark.skipif(not SHARED.exists(), reason=f"Die gemeinsamen Fälle fehlen: {SHARED}")
def test_local_rules_and_dates_of_shared_cases_agree() -> None:
    for case in cases():
        found, expected = ACT.classify(case["facts"], on=ON), case["expected"]
        assert [block.norm for block in found.local_blocks] == expected["local_rules"], case["id"]
        if found.legal_class == expected["class"]:
            day = found.applies_from
            assert (day.isoformat() if day else None) == expected["applies_from"], case["id"]

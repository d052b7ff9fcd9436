"""Cases and answers as lines of JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from leitplanke.core.aiact.classifying import KiVerordnung
from leitplanke.core.aiact.model import UNDETERMINED, Classification, Doubt, Obligation, ProofStep


class LineError(ValueError):
    """A line holds no case; says what is wrong."""


def answer_line(act: KiVerordnung, line: str, *, on: date) -> dict[str, Any]:
    """Return the answer to one line `{"id", "facts": {...}}`.

    Raises:
        LineError: the line holds no case.
    """
    try:
        case = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" (Zeichen {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise LineError(f"Das ist kein JSON{where}.") from None
    if not isinstance(case, dict) or not isinstance(case.get("facts"), dict):
        raise LineError("Ein Fall ist ein JSON-Objekt mit „id“ und „facts“; „facts“ ist wieder ein Objekt.")
    return {"id": case.get("id"), **to_json(act.classify(case["facts"], on=on))}


def failed_line(line: str, message: str) -> dict[str, Any]:
    """Return the answer to a line that holds no case: nothing is determined, and the gate stays closed."""
    try:
        case = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        case = None
    told = {"class": UNDETERMINED, "house_class": UNDETERMINED, "settled": False, "gate_open": False, "error": message}
    empty = ("points", "legal_basis", "transparency", "roles", "obligations", "local_blocks", "doubts", "missing_facts")
    id_ = case.get("id") if isinstance(case, dict) else None
    return {"id": id_, **told, "exemption": None, **{key: [] for key in (*empty, "assumptions", "proof")}}


def to_json(found: Classification) -> dict[str, Any]:
    """Return a classification as `leitplanke ki-vo classify` writes it, fit for JSON."""
    return {
        "class": found.legal_class,
        "house_class": found.house_class,
        "settled": found.settled,
        "points": [{"norm": point.norm, "certain": point.certain} for point in found.points],
        "legal_basis": list(found.legal_basis),
        "exemption": found.exemption,
        "transparency": [duty.label for duty in found.transparency],
        "roles": list(found.roles),
        "obligations": [_obligation(duty) for duty in found.obligations],
        "local_blocks": [block.norm for block in found.local_blocks],
        "doubts": [_doubt(doubt) for doubt in found.doubts],
        "missing_facts": list(found.missing_facts),
        "assumptions": list(found.assumptions),
        "applies_from": found.applies_from.isoformat() if found.applies_from else None,
        "gate_open": found.gate_open,
        "law_version": found.law_version,
        "proof": [_step(step) for step in found.proof],
        "digest": found.digest,
    }


def _obligation(duty: Obligation) -> dict[str, Any]:
    return {
        "article": duty.article, "owner": duty.owner, "due": duty.due.isoformat(), "evidence": duty.evidence,
        "role": duty.role, "when": duty.when, "title": duty.title.de, "certain": duty.certain,
        "name": duty.name,
        "legacy_due": duty.legacy_due.isoformat() if duty.legacy_due else None,
    }  # fmt: skip


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {
        "rule": doubt.rule, "why": doubt.why.de, "readings": [reading.de for reading in doubt.readings],
        "guidance_status": doubt.guidance_status,
    }  # fmt: skip


def _step(step: ProofStep) -> dict[str, Any]:
    return {
        "rule": step.rule, "title": step.title.de, "value": step.value, "certain": step.certain, "norm": step.norm,
        "source": step.source, "law_version": step.law_version, "guidance_status": step.guidance_status,
        "facts": dict(step.facts),
    }  # fmt: skip

"""Classification under the EU AI Act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

CORE_FACTS = ("inference", "technique", "domain", "function")


@dataclass(frozen=True, slots=True)
class Classification:
    """What a system is under the AI Act."""

    legal_class: str
    house_class: str
    missing_facts: tuple[str, ...]
    law_version: str


def current_law_version() -> str:
    """Return the state of the law that the shipped rules know."""
    return "2026-11-23"


def classify(facts: Mapping[str, Any], *, on: date) -> Classification:  # noqa: ARG001 - rules come in force by day
    """Classify a system."""
    missing = tuple(name for name in CORE_FACTS if facts.get(name) is None)
    legal = "high" if missing else "none" if facts["inference"] is False else "minimal"
    return Classification(legal, legal, missing, current_law_version())


def to_json(result: Classification) -> dict[str, Any]:
    """Return a classification as `leitplanke ki-vo classify` writes it."""
    return {
        "class": result.legal_class,
        "house_class": result.house_class,
        "missing_facts": list(result.missing_facts),
        "obligations": [],
        "local_blocks": [],
    }

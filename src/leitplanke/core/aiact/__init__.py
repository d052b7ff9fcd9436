"""The EU AI Act on core/rules: class, duties, doubts and proof of a system, from facts that may be open."""

from leitplanke.core.aiact.changes import Change, affected_by_change
from leitplanke.core.aiact.classifying import KiVerordnung, classify, load_ki_verordnung
from leitplanke.core.aiact.lines import answer_line, to_json
from leitplanke.core.aiact.model import (
    CLASSES,
    UNDETERMINED,
    Classification,
    Doubt,
    LocalBlock,
    Obligation,
    Point,
    ProofStep,
    Transparency,
    at_least,
)

__all__ = [
    "CLASSES",
    "UNDETERMINED",
    "Change",
    "Classification",
    "Doubt",
    "KiVerordnung",
    "LocalBlock",
    "Obligation",
    "Point",
    "ProofStep",
    "Transparency",
    "affected_by_change",
    "answer_line",
    "at_least",
    "classify",
    "load_ki_verordnung",
    "to_json",
]

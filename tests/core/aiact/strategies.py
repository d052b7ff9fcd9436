"""Systems made up at random, and what the tests of the AI Act share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.rules.model import Kind

if TYPE_CHECKING:
    from leitplanke.core.rules.model import Angabe

ON = date(2026, 11, 27)
ACT = load_ki_verordnung()
ANGABEN = ACT.regelwerk.angaben
FLAGS = tuple(name for name, angabe in ANGABEN.items() if angabe.annahme is not None)


def values_of(angabe: Angabe) -> st.SearchStrategy[Any]:
    if angabe.shape.kind is Kind.WAHRHEITSWERT:
        return st.booleans()
    return st.sampled_from(angabe.shape.optionen)


def complete() -> st.SearchStrategy[dict[str, Any]]:
    """Return systems of which everything is known."""
    return st.fixed_dictionaries({name: values_of(angabe) for name, angabe in ANGABEN.items()})


def without_flags() -> st.SearchStrategy[dict[str, Any]]:
    """Return systems of which everything is known and that no prohibition meets."""
    return complete().map(lambda facts: {**facts, **dict.fromkeys(FLAGS, False)})


def calm(**facts: Any) -> dict[str, Any]:
    """Return a harmless AI system of which everything is known, with `facts` instead."""
    quiet = dict.fromkeys((name for name, a in ANGABEN.items() if a.shape.kind is Kind.WAHRHEITSWERT), False)
    nature = {"technique": "ml", "inference": True, "domain": "none", "function": "none", "subject": "natural_person"}
    return {**quiet, **nature, "public_authority": True, "role": "deployer", **facts}

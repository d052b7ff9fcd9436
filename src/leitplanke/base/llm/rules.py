"""Which profile holds for a Mandant: the one that ships, until the town has adopted its own."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from leitplanke.core.policy import Policy, Profile, compile_profile, load_profile

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

SHIPPED = Path(__file__).resolve().parents[2] / "content/leitlinien/standard"


def profile_of(_mandant: Mandant) -> Profile:
    """Return the profile of a Mandant."""
    return _shipped()[0]


def policy_of(_mandant: Mandant) -> Policy:
    """Return what decides calls of a Mandant."""
    return _shipped()[1]


@lru_cache(maxsize=1)
def _shipped() -> tuple[Profile, Policy]:
    profile = load_profile(SHIPPED)
    return profile, compile_profile(profile)

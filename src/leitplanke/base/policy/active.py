"""The policy that holds for a Mandant: the one it has adopted, or the one that ships until then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leitplanke.base.policy.ports import adopted_of, clause_address
from leitplanke.core.policy import Applied, Decision, Policy, Profile, compile_profile, load_profile

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

SHIPPED = Path(__file__).resolve().parents[2] / "content/leitlinien/standard"


@dataclass(frozen=True, slots=True)
class Active:
    """What holds today; `adopted` is False for the profile that ships, which nobody here has adopted."""

    policy: Policy
    version: str
    adopted: bool
    since: date | None = None

    @property
    def profile(self) -> Profile:
        """The profile behind it."""
        return self.policy.profile


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a step does not go on, for people: the clause, its sentence, and where it is read."""

    number: str
    title: str
    sentence: str
    url: str
    effect: str


def active(mandant: Mandant) -> Active:
    """Return what holds for a Mandant today."""
    found = adopted_of(mandant)
    if found is None:
        return Active(shipped(), shipped().profile.version, adopted=False)
    return Active(found.policy, found.version, adopted=True, since=found.since)


def profile_of(mandant: Mandant) -> Profile:
    """Return the profile of a Mandant."""
    return active(mandant).profile


def policy_of(mandant: Mandant) -> Policy:
    """Return what decides calls and steps of a Mandant."""
    return active(mandant).policy


def decide(mandant: Mandant, facts: Mapping[str, Any]) -> Decision:
    """Return what the guideline of a Mandant says of a step; a fact that is not stated counts as the worse answer.

    Raises:
        ValueError: a fact does not exist, or has a value it cannot have.
    """
    return policy_of(mandant).decide(facts)


def stop_of(decision: Decision) -> Stop | None:
    """Return why a step does not go on; None where it may."""
    return None if decision.stops is None else as_stop(decision.stops)


def as_stop(applied: Applied) -> Stop:
    """Return a clause that applies as people read it, with the way to its page."""
    return Stop(applied.number, applied.title, applied.sentence, clause_address(applied.number), applied.effect.value)


@lru_cache(maxsize=1)
def shipped() -> Policy:
    """Return the profile that ships, compiled."""
    return compile_profile(load_profile(SHIPPED))

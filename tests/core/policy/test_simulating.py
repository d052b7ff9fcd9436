"""Many cases at once, and what changes between two profiles."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

from leitplanke.core.policy import Effect, Policy, against, counted, load_profile, simulate
from leitplanke.core.policy.cases import quiet

PROFILE = load_profile(resources.files("leitplanke.content") / "leitlinien/standard")
ACTION = {**quiet(), "schritt": "vordefinierte_aktion", "ausloeser": "modell", "betrifft_buerger": True}
WITHOUT = Policy(
    replace(PROFILE, clauses=tuple(one for one in PROFILE.clauses if one.name != "keine_vordefinierte_aktion"))
)


def test_equal_cases_are_decided_once_and_counted() -> None:
    sets = counted([ACTION, quiet(), dict(reversed(ACTION.items()))])
    assert [count for _facts, count in sets] == [2, 1]
    found = simulate(Policy(PROFILE), sets)
    assert (found.total, found.stopped, found.effects[Effect.BLOCK]) == (3, 2, 2)
    assert found.clauses["keine_vordefinierte_aktion"] == 2


def test_a_clause_less_sets_free_and_a_clause_more_stops() -> None:
    sets = counted([ACTION, quiet()])
    (freed,) = against(Policy(PROFILE), WITHOUT, sets)
    (stopped,) = against(WITHOUT, Policy(PROFILE), sets)
    assert (freed.newly_free, freed.newly_stopped) == (True, False)
    assert (stopped.newly_free, stopped.newly_stopped) == (False, True)
    assert against(WITHOUT, WITHOUT, sets) == ()

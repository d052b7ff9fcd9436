"""How far a goal has come, and what has changed between two self-assessments."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

ZERO, ONE = Decimal(0), Decimal(1)


def reached(value: Decimal, target: Decimal, *, falling: bool) -> bool:
    """Tell whether a value is where it should be; `falling` where less is better."""
    return value <= target if falling else value >= target


def share(start: Decimal, value: Decimal, target: Decimal, *, falling: bool) -> Decimal:
    """Return which share of the way from `start` to `target` is done, from 0 to 1.

    It is 1 exactly where the target is reached. What got worse than at the start counts as 0, also where start and
    target are the same.
    """
    if reached(value, target, falling=falling):
        return ONE
    way, done = target - start, value - start
    if falling:
        way, done = -way, -done
    return min(max(done / way, ZERO), ONE) if way > 0 else ZERO


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the points whose state is another now, with the state before and now; "" where there was none."""
    keys = [*before, *(key for key in now if key not in before)]
    pairs = {key: (before.get(key, ""), now.get(key, "")) for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}

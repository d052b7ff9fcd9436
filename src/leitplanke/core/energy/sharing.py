"""What a machine of one's own costs while it waits, and what sharing it with other towns saves."""

from __future__ import annotations

from dataclasses import dataclass

DAYS_A_MONTH = 30
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Sharing:
    """Idle energy of a machine in a month.

    Attributes:
        idle_kwh: what it draws while it waits.
        per_call_wh: that, shared among the calls of one town.
        shared_per_call_wh: the same, shared among all towns.
        saved_kwh: what the others need not draw since they need no machine of their own.
    """

    idle_kwh: float
    per_call_wh: float
    shared_per_call_wh: float
    saved_kwh: float


def sharing(idle_watts: float, calls_a_month: int, towns: int) -> Sharing:
    """Return what `towns` towns with as many calls each save by sharing one machine instead of having one each."""
    idle_kwh = idle_watts * HOURS_A_DAY * DAYS_A_MONTH / 1000
    calls = max(calls_a_month, 1)
    return Sharing(idle_kwh, idle_kwh * 1000 / calls, idle_kwh * 1000 / (calls * towns), idle_kwh * (towns - 1))

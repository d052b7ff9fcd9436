"""What a machine of one's own costs while it waits, and what sharing it with other towns saves."""

from __future__ import annotations

import math
from dataclasses import dataclass

from leitplanke.core.energy.parameters import HOURS_A_DAY, Parameters

DAYS_A_MONTH = 30
SECONDS_A_MONTH = DAYS_A_MONTH * HOURS_A_DAY * 3600
# Low and high end.
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sharing:
    """Waiting of machines in a month of 30 days, the overhead of the computing centre included.

    Attributes:
        calls: of one town.
        machines_alone: that one town needs.
        machines_together: that all towns need.
        idle_kwh: what those of one town draw while they wait.
        per_call_wh: that, shared among the calls of one town.
        shared_per_call_wh: what is left of it when all towns share.
        saved_kwh: what all together need not draw any more.
    """

    calls: int
    machines_alone: int
    machines_together: int
    idle_kwh: Span
    per_call_wh: Span
    shared_per_call_wh: Span
    saved_kwh: Span


def sharing(parameters: Parameters, calls_a_month: int, busy: Span, towns: int) -> Sharing:
    """Return what `towns` towns with as many calls each save by sharing machines instead of having their own.

    `busy` says how many seconds a call keeps a machine, at least and at most. Peaks are not looked at: whoever shares
    checks them.
    """
    calls = max(calls_a_month, 1)
    quick, slow = busy[0] / parameters.parallel, busy[1]
    load = calls * busy[1] / parameters.parallel / SECONDS_A_MONTH
    alone, together = max(math.ceil(load), 1), max(math.ceil(load * towns), 1)

    def waiting(machines: int, calls: int) -> Span:
        """Return Wh while machines wait."""
        low, high = (max(machines * SECONDS_A_MONTH - calls * seconds, 0.0) / 3600 for seconds in (slow, quick))
        return parameters.idle_watts * parameters.pue_low * low, parameters.idle_watts * parameters.pue_high * high

    own, shared = waiting(alone, calls), waiting(together, calls * towns)
    hours = (towns * alone - together) * SECONDS_A_MONTH / 3600
    saved = parameters.idle_watts * hours / 1000
    return Sharing(
        calls,
        alone,
        together,
        (own[0] / 1000, own[1] / 1000),
        (own[0] / calls, own[1] / calls),
        (shared[0] / calls / towns, shared[1] / calls / towns),
        (saved * parameters.pue_low, saved * parameters.pue_high),
    )

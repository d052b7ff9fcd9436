"""What a call used: tokens, money, energy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from leitplanke.base.llm.meters import NO_SHARE, Gauge, Share, machine
from leitplanke.core.energy import Energy, Estimate, Parameters, estimator, measurer

LOCAL = "lokal"
COUNTERS = frozenset({"rapl", "nvml"})


@dataclass(frozen=True, slots=True)
class Meter:
    """Says what a call of a model costs in energy: measured where its machine is this one and can be read.

    Attributes:
        counters: of this machine that are to say it; none for a model elsewhere.
        problem: why they could not be read when the model was loaded, in German.
    """

    estimate: Estimate
    measure: Callable[[float, float], Energy]
    counters: frozenset[str] = frozenset()
    problem: str = ""
    gauge: Gauge = field(default_factory=machine)

    def begin(self) -> Share:
        """Begin to count for a call, before it is sent; end it in any case."""
        return self.gauge.begin(self.counters) if self.counters and not self.problem else NO_SHARE

    def __call__(self, tokens_in: int, tokens_out: int, seconds: float, share: Share = NO_SHARE) -> Energy:
        """Return what a call cost; `seconds` from sending to the end."""
        drawn = share.end()
        if drawn is not None:
            return self.measure(drawn.joules, drawn.seconds)
        energy = self.estimate(tokens_in, tokens_out, seconds)
        return replace(energy, unmetered=True) if self.counters else energy


def meter_of(stored: Mapping[str, Any], model_class: str, gauge: Gauge | None = None) -> Meter:
    """Return what says the energy of a model, made once; without parameters as for an unknown one."""
    own, gauge = model_class == LOCAL, gauge or machine()
    try:
        parameters = Parameters.from_json(stored, own=own)
        estimator(parameters)(1, 1, 1.0)
    except (ValueError, TypeError, OverflowError, ZeroDivisionError):
        parameters = Parameters.from_json({}, own=own)  # one bad row must not close the door for a town
    counters = counters_of(stored, model_class)
    return Meter(estimator(parameters), measurer(parameters), counters, gauge.problem(counters), gauge)


def counters_of(stored: Mapping[str, Any], model_class: str) -> frozenset[str]:
    """Return the counters that a model's record names; only a model in the house can run on this machine."""
    named = stored.get("counters")
    return COUNTERS & set(named) if model_class == LOCAL and isinstance(named, list) else frozenset()

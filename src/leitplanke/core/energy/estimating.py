"""Energy of one call, in millionths of a watt-hour.

C and D follow the published fit of EcoLogits to the measurements of ML.ENERGY on H100 (GPU energy and time for each
token written, by active parameters and batch), with what its users ask for: a range over the batch, and tokens read.
B is power times time over the calls that run at once; A is what meters say.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# GPU energy of a token written, Wh: ALPHA * exp(BETA * batch) * active + GAMMA (active in billions).
ALPHA, BETA, GAMMA = 1.17e-6, -0.0112, 4.05e-5
# Seconds of a token written: active, batch, constant.
SECONDS_ACTIVE, SECONDS_BATCH, SECONDS_BASE = 6.79e-4, 3.12e-4, 0.0195
SERVER_WATTS, SERVER_GPUS, GPU_GIGABYTES, MEMORY_OVERHEAD = 1200.0, 8, 80.0, 1.2
FULL_BATCH, SMALL_BATCH = 64, 4
# A token read costs this part of a token written: our estimate, since no published fit covers reading.
READ_LOW, READ_HIGH = 0.02, 0.2
MILLION = 1_000_000
HOURS_A_DAY = 24


class Method(enum.StrEnum):
    """How a figure came about."""

    MEASURED = "A"
    POWER = "B"
    PARAMETERS = "C"
    ESTIMATE = "D"


@dataclass(frozen=True, slots=True)
class Energy:
    """A range in millionths of a watt-hour."""

    low_uwh: int
    high_uwh: int
    method: Method

    def __add__(self, other: Energy) -> Energy:
        """Return both together; the less certain method names the sum."""
        return Energy(self.low_uwh + other.low_uwh, self.high_uwh + other.high_uwh, max(self.method, other.method))


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is known of a model and of the machine it runs on.

    Attributes:
        active_low, active_high: active parameters in billions; apart where the provider does not say.
        total: all parameters in billions.
        bits: of a weight.
        pue: overhead of the computing centre, low and high.
        watts, parallel: of own hardware under load, and how many calls share it.
        idle_watts, calls_a_day: what own hardware draws while it waits, and how many calls share that.
        known: whether the size of the model is published.
    """

    active_low: float = 12.0
    active_high: float = 220.0
    total: float = 440.0
    bits: float = 16.0
    pue_low: float = 1.1
    pue_high: float = 1.5
    watts: float = 0.0
    parallel: float = 1.0
    idle_watts: float = 0.0
    calls_a_day: float = 0.0
    known: bool = False

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], *, own: bool = False) -> Parameters:
        """Read what the registry of models keeps; what is missing is unknown and widens the range."""
        names = set(cls.__dataclass_fields__) - {"known", "active_low", "active_high"}
        given = {name: float(stored[name]) for name in names if stored.get(name) is not None}
        active = stored.get("active")
        low = stored.get("active_low", active)
        high = stored.get("active_high", active)
        if low is not None and high is not None:
            given |= {"active_low": float(low), "active_high": float(high)}
            given.setdefault("total", float(high))
        if own:
            given.setdefault("pue_low", 1.0)
        return cls(**given, known=active is not None)


def estimator(parameters: Parameters) -> Callable[[int, int, float], Energy]:
    """Return what estimates a call from tokens read, tokens written and seconds; everything else is worked out once."""
    idle = _idle(parameters)
    if parameters.watts > 0:
        return _by_power(parameters, idle)
    low = _per_token(parameters.active_low, parameters, FULL_BATCH) * parameters.pue_low
    high = _per_token(parameters.active_high, parameters, SMALL_BATCH) * parameters.pue_high
    method = Method.PARAMETERS if parameters.known else Method.ESTIMATE

    def estimate(tokens_in: int, tokens_out: int, _seconds: float) -> Energy:
        return Energy(
            round(low * (tokens_out + READ_LOW * tokens_in) + idle),
            round(high * (tokens_out + READ_HIGH * tokens_in) + idle),
            method,
        )

    return estimate


def measured(joules: float, parallel: float, parameters: Parameters) -> Energy:
    """Return what meters gave for the time of a call, shared among the calls that ran at once."""
    wh = joules / 3600 / max(parallel, 1.0)
    idle = _idle(parameters)
    low, high = (round(wh * pue * MILLION + idle) for pue in (parameters.pue_low, parameters.pue_high))
    return Energy(low, high, Method.MEASURED)


def _by_power(parameters: Parameters, idle: float) -> Callable[[int, int, float], Energy]:
    per_second = parameters.watts / 3600 * MILLION
    # Alone on the machine is the dearest case, shared as stated the cheapest.
    low = per_second * parameters.pue_low / max(parameters.parallel, 1.0)
    high = per_second * parameters.pue_high

    def estimate(_tokens_in: int, _tokens_out: int, seconds: float) -> Energy:
        return Energy(round(low * seconds + idle), round(high * seconds + idle), Method.POWER)

    return estimate


def _per_token(active: float, parameters: Parameters, batch: int) -> float:
    """Return millionths of a watt-hour for a token written, without the overhead of the computing centre."""
    memory = MEMORY_OVERHEAD * parameters.total * parameters.bits / 8
    gpus: int = 2 ** max(0, math.ceil(math.log2(memory / GPU_GIGABYTES)))
    gpu = ALPHA * math.exp(BETA * batch) * active + GAMMA
    seconds = SECONDS_ACTIVE * active + SECONDS_BATCH * batch + SECONDS_BASE
    server = seconds / 3600 * SERVER_WATTS * gpus / SERVER_GPUS / batch
    return (server + gpus * gpu) * MILLION


def _idle(parameters: Parameters) -> float:
    """Return the share of a call in what own hardware draws while it waits."""
    if parameters.calls_a_day <= 0:
        return 0.0
    return parameters.idle_watts * HOURS_A_DAY / parameters.calls_a_day * MILLION

"""Energy of one call, in millionths of a watt-hour.

C and D follow the published fit of EcoLogits to the measurements of ML.ENERGY on H100 (GPU energy and time for each
token written, by active parameters and batch), with what its users ask for: a range over the batch, and tokens read.
B is power times time over the calls that run at once; A is what meters say. What hardware of one's own draws while it
waits is shared among its calls, whatever the method. All of it times the overhead of the computing centre.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Callable
from dataclasses import dataclass

from leitplanke.core.energy.parameters import HOURS_A_DAY, Parameters

# GPU energy of a token written, Wh: ALPHA * exp(BETA * batch) * active + GAMMA (active in billions).
ALPHA, BETA, GAMMA = 1.17e-6, -0.0112, 4.05e-5
# Seconds of a token written: active, batch, constant.
SECONDS_ACTIVE, SECONDS_BATCH, SECONDS_BASE = 6.79e-4, 3.12e-4, 0.0195
SERVER_WATTS, SERVER_GPUS, GPU_GIGABYTES, MEMORY_OVERHEAD = 1200.0, 8, 80.0, 1.2
FULL_BATCH, SMALL_BATCH = 64, 4
# A token read costs this part of a token written: our estimate, since no published fit covers reading.
READ_LOW, READ_HIGH = 0.02, 0.2
# Tokens that hardware of one's own writes in a second for one answer, where nobody has said so: our estimate.
RATE_LOW, RATE_HIGH = 20.0, 60.0
MILLION = 1_000_000
SECONDS_AN_HOUR = 3600


class Method(enum.StrEnum):
    """How a figure came about."""

    MEASURED = "A"
    POWER = "B"
    PARAMETERS = "C"
    ESTIMATE = "D"


@dataclass(frozen=True, slots=True)
class Energy:
    """A range in millionths of a watt-hour.

    Attributes:
        idle: whether a share of what the machine draws while it waits is in it.
        unmetered: a meter was to say it and could not be read, so another method stepped in.
    """

    low_uwh: int
    high_uwh: int
    method: Method
    idle: bool = False
    unmetered: bool = False

    def __add__(self, other: Energy) -> Energy:
        """Return both together; the less certain method names the sum."""
        return Energy(
            self.low_uwh + other.low_uwh, self.high_uwh + other.high_uwh, max(self.method, other.method),
            self.idle and other.idle, self.unmetered or other.unmetered,
        )  # fmt: skip


# Tokens read, tokens written, seconds from sending to the end.
Estimate = Callable[[int, int, float], Energy]


def estimator(parameters: Parameters) -> Estimate:
    """Return what estimates a call; everything else is worked out once."""
    if parameters.watts > 0:
        return _by_power(parameters)
    low, high = (rate * MILLION for rate in _per_token_written(parameters))
    method = Method.PARAMETERS if parameters.known else Method.ESTIMATE
    idle, waits = _idle(parameters), _waits(parameters)

    def estimate(tokens_in: int, tokens_out: int, seconds: float) -> Energy:
        return Energy(
            round(low * (tokens_out + READ_LOW * tokens_in) + idle(seconds)[0]),
            round(high * (tokens_out + READ_HIGH * tokens_in) + idle(seconds / parameters.parallel)[1]),
            method,
            waits,
        )

    return estimate


def forecast(parameters: Parameters, tokens_in: int, tokens_out: int) -> Energy:
    """Return what a call would cost that nobody has made yet: where time counts, it is worked out from the tokens."""
    estimate = estimator(parameters)
    quick, slow = seconds_of(parameters, tokens_in, tokens_out)
    one, other = estimate(tokens_in, tokens_out, quick), estimate(tokens_in, tokens_out, slow)
    return Energy(min(one.low_uwh, other.low_uwh), max(one.high_uwh, other.high_uwh), one.method, one.idle)


def seconds_of(parameters: Parameters, tokens_in: int, tokens_out: int) -> tuple[float, float]:
    """Return how long a call takes at least and at most, reading included."""
    slow, quick = (parameters.tokens_a_second,) * 2 if parameters.tokens_a_second else (RATE_LOW, RATE_HIGH)
    return (tokens_out + READ_LOW * tokens_in) / quick, (tokens_out + READ_HIGH * tokens_in) / slow


def measurer(parameters: Parameters) -> Callable[[float, float], Energy]:
    """Return what turns a call's share of the meters (joules, and seconds of the machine) into its energy."""
    idle, waits = _idle(parameters), _waits(parameters)

    def measure(joules: float, seconds: float) -> Energy:
        uwh, (low, high) = joules / SECONDS_AN_HOUR * MILLION, idle(seconds)
        return Energy(
            round(uwh * parameters.pue_low + low), round(uwh * parameters.pue_high + high), Method.MEASURED, waits
        )

    return measure


def _by_power(parameters: Parameters) -> Estimate:
    per_second = parameters.watts / SECONDS_AN_HOUR * MILLION
    # Alone on the machine is the dearest case, shared as stated the cheapest.
    low = per_second * parameters.pue_low / parameters.parallel
    high = per_second * parameters.pue_high
    idle, waits = _idle(parameters), _waits(parameters)

    def estimate(_tokens_in: int, _tokens_out: int, seconds: float) -> Energy:
        return Energy(
            round(low * seconds + idle(seconds / parameters.parallel)[0]),
            round(high * seconds + idle(seconds)[1]),
            Method.POWER,
            waits,
        )

    return estimate


def _per_token_written(parameters: Parameters) -> tuple[float, float]:
    """Return Wh for a token written, at least and at most, overhead of the computing centre included."""
    if parameters.wh_high:
        low, high = parameters.wh_low / 1000, parameters.wh_high / 1000
    else:
        low = fitted(parameters.active_low, parameters, FULL_BATCH)
        high = fitted(parameters.active_high, parameters, SMALL_BATCH)
    return low * parameters.pue_low, high * parameters.pue_high


def fitted(active: float, parameters: Parameters, batch: int) -> float:
    """Return Wh for a token written by the published fit, without the overhead of the computing centre."""
    memory = MEMORY_OVERHEAD * parameters.total * parameters.bits / 8
    gpus: int = 2 ** max(0, math.ceil(math.log2(memory / GPU_GIGABYTES)))
    gpu = ALPHA * math.exp(BETA * batch) * active + GAMMA
    seconds = SECONDS_ACTIVE * active + SECONDS_BATCH * batch + SECONDS_BASE
    server = seconds / SECONDS_AN_HOUR * SERVER_WATTS * gpus / SERVER_GPUS / batch
    return server + gpus * gpu


def _waits(parameters: Parameters) -> bool:
    return parameters.idle_watts > 0 and parameters.calls_a_day > 0


def _idle(parameters: Parameters) -> Callable[[float], tuple[float, float]]:
    """Return what gives a call its share of the waiting, from the seconds that it kept the machine busy.

    The time in which a machine works is no waiting: what it draws then is in the call already.
    """
    if not _waits(parameters):
        return lambda _busy: (0.0, 0.0)
    share = HOURS_A_DAY * SECONDS_AN_HOUR / parameters.calls_a_day
    per_second = parameters.idle_watts / SECONDS_AN_HOUR * MILLION
    low, high = per_second * parameters.pue_low, per_second * parameters.pue_high

    def idle(busy: float) -> tuple[float, float]:
        waiting = max(share - busy, 0.0)
        return low * waiting, high * waiting

    return idle

"""What is known of a model and of the machine it runs on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

HOURS_A_DAY = 24
# Overhead of computing centres where nothing is stated: from a very good one to an ordinary one.
USUAL_PUE = (1.1, 1.5)


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is known of a model and of the machine it runs on; 0 means unknown where nothing else is said.

    Attributes:
        active_low, active_high: active parameters in billions; apart where the provider does not say.
        total: all parameters in billions.
        bits: of a weight.
        pue_low, pue_high: overhead of the computing centre (power usage effectiveness), never below 1.
        watts, parallel: of own hardware under load, and how many calls share it.
        idle_watts, calls_a_day: what own hardware draws while it waits, and how many calls share that.
        tokens_a_second: what own hardware writes for one answer.
        wh_low, wh_high: published Wh for 1,000 tokens written, without the overhead of the computing centre.
        known: whether the size of the model is published.
    """

    active_low: float = 12.0
    active_high: float = 220.0
    total: float = 440.0
    bits: float = 16.0
    pue_low: float = USUAL_PUE[0]
    pue_high: float = USUAL_PUE[1]
    watts: float = 0.0
    parallel: float = 1.0
    idle_watts: float = 0.0
    calls_a_day: float = 0.0
    tokens_a_second: float = 0.0
    wh_low: float = 0.0
    wh_high: float = 0.0
    known: bool = False

    def __post_init__(self) -> None:
        """Refuse what would make a range that is none."""
        numbers = [getattr(self, name) for name in self.__dataclass_fields__ if name != "known"]
        if not all(math.isfinite(number) and number >= 0 for number in numbers):
            raise ValueError("Energiewerte sind Zahlen ab 0.")
        if min(self.pue_low, self.parallel) < 1 or min(self.active_low, self.total, self.bits) <= 0:
            raise ValueError("PUE und gleichzeitige Anfragen sind mindestens 1, Größe und Bits größer als 0.")
        if self.pue_low > self.pue_high or self.active_low > self.active_high or self.wh_low > self.wh_high:
            raise ValueError("Eine Spanne beginnt mit der kleineren Zahl.")

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], *, own: bool = False) -> Parameters:
        """Read what the registry of models keeps; what is missing is unknown and widens the range.

        Raises:
            ValueError, TypeError: a value is no number, or makes no sense; the message says which rule it breaks.
        """
        names = set(cls.__dataclass_fields__) - {"known", "active_low", "active_high"}
        given = {name: float(stored[name]) for name in names if stored.get(name) is not None}
        active = stored.get("active")
        low, high = stored.get("active_low", active), stored.get("active_high", active)
        if low is not None and high is not None:
            given |= {"active_low": float(low), "active_high": float(high)}
            given.setdefault("total", float(high))
        if own:  # a machine in the house may have no computing centre around it at all
            given.setdefault("pue_low", 1.0)
        # Where one end of a range is stated and lies beyond the usual other end, it is the other end as well.
        if "pue_low" in given:
            given.setdefault("pue_high", max(given["pue_low"], USUAL_PUE[1]))
        elif "pue_high" in given:
            given["pue_low"] = min(given["pue_high"], USUAL_PUE[0])
        for one, other in (("wh_low", "wh_high"), ("wh_high", "wh_low")):
            if one in given:
                given.setdefault(other, given[one])
        return cls(**given, known=active is not None)

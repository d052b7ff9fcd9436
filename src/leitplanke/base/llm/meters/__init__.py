"""Counters of this machine that say what it draws, and how they are shared among the calls that run on it."""

from leitplanke.base.llm.meters.base import Counter, CounterError
from leitplanke.base.llm.meters.gauge import NO_SHARE, Gauge, Share, machine

__all__ = ["NO_SHARE", "Counter", "CounterError", "Gauge", "Share", "machine"]

"""What every counter of energy offers."""

from __future__ import annotations

from typing import Protocol


class CounterError(Exception):
    """A counter is not there or cannot be read; the message names it, the cause and what to do, in German."""


class Counter(Protocol):
    """Counts the energy of a part of this machine, for ever upwards."""

    def joules(self) -> float:
        """Return what was drawn since some moment in the past; only differences say something.

        Raises:
            CounterError: it is not there, or cannot be read.
        """

"""What happens every few seconds: areas hand in functions at start, the worker calls them."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import close_old_connections

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 0.5


@dataclass(slots=True)
class Tick:
    """A function that runs every `seconds`; it must be short and may be called once too often."""

    name: str
    seconds: float
    run: Callable[[], object]
    due: float = field(default=0.0)


_ticks: dict[str, Tick] = {}


def add_tick(name: str, seconds: float, run: Callable[[], object]) -> None:
    """Have `run` called every `seconds` in the worker; the same name replaces."""
    _ticks[name] = Tick(name, seconds, run)


def run_due(now: float) -> None:
    """Call what is due at monotonic time `now`; one failing tick does not stop the others."""
    for tick in _ticks.values():
        if tick.due > now:
            continue
        tick.due = now + tick.seconds
        try:
            tick.run()
        except Exception:
            logger.exception("Regelmäßige Arbeit %s misslang", tick.name)


def run_until(stop: threading.Event) -> None:
    """Call ticks until `stop` is set."""
    while not stop.wait(PAUSE_SECONDS):
        close_old_connections()
        run_due(time.monotonic())
    close_old_connections()

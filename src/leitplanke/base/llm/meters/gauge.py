"""Sharing what counters say among the calls that run on this machine at once.

Between two looks at the counters every running call gets an equal part. The parts are kept as one sum that only grows
(`per call`, as if one call had run all the time), so a call needs no more than the sum at its beginning and at its end.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leitplanke.base.llm.meters.base import Counter, CounterError
from leitplanke.base.llm.meters.nvml import NvmlCounter
from leitplanke.base.llm.meters.rapl import RaplCounter

logger = logging.getLogger(__name__)
# Counters begin anew after one to twenty minutes under load: while calls run, somebody looks more often than that.
LOOK_SECONDS = 20.0
SOURCES: Mapping[str, Callable[[], Counter]] = {"rapl": RaplCounter, "nvml": NvmlCounter}


# How often each source broke, and its sum; the seconds of the machine come first.
_Stand = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a call drew: joules, and the seconds of the machine that fall to it."""

    joules: float
    seconds: float


@dataclass(slots=True)
class _Source:
    """A counter, where it stood, and what one call would have got of it so far; `broken` grows with every failure."""

    counter: Counter | None = None
    problem: str = ""
    last: float = 0.0
    per_call: float = 0.0
    broken: int = 0


class Share:
    """The part of one running call."""

    def __init__(self, gauge: Gauge | None = None, sources: frozenset[str] = frozenset()) -> None:
        """Begin to count; without a gauge nothing is counted."""
        self._gauge = gauge
        self._sources = sources
        self._began: _Stand = gauge.enter(sources) if gauge else ()

    def end(self) -> Drawn | None:
        """Return what the call drew, once; None where a counter could not be read meanwhile."""
        gauge, self._gauge = self._gauge, None
        return gauge.leave(self._sources, self._began) if gauge else None


NO_SHARE = Share()


class Gauge:
    """The counters of this machine. Safe to use from several threads."""

    def __init__(
        self, sources: Mapping[str, Callable[[], Counter]] = SOURCES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Look for nothing yet."""
        self._lock = threading.Lock()
        self._sources = sources
        self._clock = clock
        self._found = {name: _Source() for name in sources}
        self._running = 0
        self._seconds = self._looked = 0.0
        self._thread: threading.Thread | None = None

    def problem(self, names: frozenset[str]) -> str:
        """Return why these counters cannot be read now, "" where they can; what was missing is looked for again."""
        with self._lock:
            for name in names:
                self._find(name)
            return " ".join(filter(None, (self._found[name].problem for name in sorted(names))))

    def begin(self, names: frozenset[str]) -> Share:
        """Begin to count for a call."""
        return Share(self, names)

    def enter(self, names: frozenset[str]) -> _Stand:
        """Count one call more; return where the sums stand."""
        with self._lock:
            self._look()
            self._running += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._keep_looking, name="energie-zaehler", daemon=True)
                self._thread.start()
            return self._stand(names)

    def leave(self, names: frozenset[str], began: _Stand) -> Drawn | None:
        """Count one call less; return what it drew."""
        with self._lock:
            self._look()
            self._running -= 1
            now = self._stand(names)
            lost = any(self._found[name].counter is None for name in names)
        if lost or any(one[0] != other[0] for one, other in zip(now, began, strict=True)):
            return None
        drawn = [one[1] - other[1] for one, other in zip(now, began, strict=True)]
        return Drawn(sum(drawn[1:]), drawn[0])

    def _stand(self, names: frozenset[str]) -> _Stand:
        found = (self._found[name] for name in sorted(names))
        return ((0, self._seconds), *((source.broken, source.per_call) for source in found))

    def _look(self) -> None:
        """Share what was drawn since the last look among the calls that ran; with none running it is nobody's."""
        now = self._clock()
        if self._running:
            self._seconds += (now - self._looked) / self._running
        self._looked = now
        for source in self._found.values():
            if source.counter is None:
                continue
            try:
                joules = source.counter.joules()
            except CounterError as error:
                self._fail(source, error)
                continue
            if self._running:
                source.per_call += (joules - source.last) / self._running
            source.last = joules

    def _find(self, name: str) -> None:
        source = self._found[name]
        if source.counter is not None:
            return
        try:
            source.counter = self._sources[name]()
            source.last, source.problem = source.counter.joules(), ""
        except CounterError as error:
            self._fail(source, error)
        # Whoever was under way did not see all of it.
        source.broken += 1

    def _fail(self, source: _Source, error: CounterError) -> None:
        if source.problem != str(error):
            logger.warning("Energie wird nicht gemessen: %s", error)
        source.counter, source.problem = None, str(error)
        source.broken += 1

    def _keep_looking(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(LOOK_SECONDS)
            with self._lock:
                if self._running:
                    self._look()


_machine = Gauge()


def machine() -> Gauge:
    """Return the counters of the machine that this process runs on."""
    return _machine

"""Who may do what, as every process keeps it in memory: the hot path asks no database.

Every change of a key, a model, a purpose, a release or a public name raises a counter in its transaction (`bump`). A
thread looks at the counter each second and loads anew when it moved, and each minute anyway, since days pass. Where the
counter cannot be read for five seconds, nothing is known any more and the door stays closed.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection, models

from leitplanke.base.llm.models import Schnappschuss
from leitplanke.base.policy import Readiness

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from leitplanke.base.llm.metering import Meter
    from leitplanke.base.llm.transports import Target
    from leitplanke.core.policy import Policy
    from leitplanke.core.privacy import Detector

logger = logging.getLogger(__name__)
TURNS = 20
LOOK_SECONDS = 1.0
RELOAD_SECONDS = 60.0
VOID_SECONDS = 5.0
# The clause of the guideline that stops calls of a key whose budget is used up.
BUDGET_SPENT = "budget_aufgebraucht"
NOBODY = Readiness(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class ModelView:
    """A released model; `ailing` says by code why it did not answer the last check, "" where it did."""

    id: int
    name: str
    title: str
    kind: str
    model_class: str
    rank: int
    abilities: frozenset[str]
    context: int
    max_output: int
    price_in: Decimal
    price_out: Decimal
    no_training: bool
    target: Target
    meter: Meter
    ailing: str = ""


@dataclass(frozen=True, slots=True)
class PurposeView:
    """A purpose of the register with how it uses models, in the order in which they are asked."""

    id: int
    key: str
    name: str
    released: bool
    trial: bool
    sentence: str
    high_risk: bool
    data_class: str
    to_citizens: bool
    affects_citizens: bool
    stage: int
    tools: Mapping[str, bool]
    max_output: int
    keep_days: int
    models: tuple[ModelView, ...]
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """What a key may use; None for no limit. Money and energy in millionths."""

    calls_day: int | None
    tokens_day: int | None
    eur_month: int | None
    wh_month: int | None


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key that is in force today.

    Attributes:
        shows_classes: its program says before an entry which data are allowed.
        role_ended: its owner holds none of the roles any more with which it acts, so it opens nothing.
    """

    id: int
    number: str
    mandant_id: int
    purpose: str
    machine: bool
    person_id: int | None
    models: frozenset[int]
    until: date
    limit: Limit
    shows_classes: bool = False
    role_ended: bool = False


@dataclass(frozen=True, slots=True)
class TownView:
    """A Mandant.

    Attributes:
        people: for whom its guideline holds, by key of the person.
        readiness: who is trained and has acknowledged the guideline.
        budget_stops: whether its guideline ends calls of a key whose budget is used up; else it only warns.
        energy: used part of the frame of energy by purpose this month, in percent; none where there is no frame.
    """

    id: int
    name: str
    hosts: frozenset[str]
    purposes: Mapping[str, PurposeView]
    policy: Policy
    detector: Detector
    people: frozenset[int] = frozenset()
    readiness: Readiness = NOBODY
    energy: Mapping[str, int] = field(default_factory=dict)
    budget_stops: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look once which budgets there are."""
        names = {clause.name for clause in self.policy.profile.clauses}
        object.__setattr__(self, "budget_stops", BUDGET_SPENT in names)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything the door knows, at one moment."""

    counter: int
    towns: Mapping[int, TownView]
    keys: Mapping[bytes, KeyView]
    addresses: frozenset[tuple[str, bool]]
    keys_by_id: Mapping[int, KeyView] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the keys once; every call asks several times."""
        object.__setattr__(self, "keys_by_id", {key.id: key for key in self.keys.values()})


def bump() -> None:
    """Tell every process that something changed; in the transaction of the change."""
    if not Schnappschuss.objects.filter(pk=1).update(zaehler=models.F("zaehler") + 1):
        Schnappschuss.objects.get_or_create(pk=1, defaults={"zaehler": 1})


def counter() -> int:
    """Return how often something changed so far."""
    return Schnappschuss.objects.filter(pk=1).values_list("zaehler", flat=True).first() or 0


class Keeper:
    """Keeps the snapshot of a process fresh, and tells those who listen when it is another."""

    def __init__(self, load: Callable[[], Snapshot], clock: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing: the first look loads."""
        self._load = load
        self._clock = clock
        self._snapshot: Snapshot | None = None
        self._loaded = self._seen = self._began = float("-inf")
        self._listeners: list[Callable[[], None]] = []
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="modelle-stand", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()

    def wait(self, seconds: float = 10.0) -> None:
        """Wait until the first snapshot is there, or not longer than `seconds`."""
        self._ready.wait(seconds)

    def listen(self, tell: Callable[[], None]) -> None:
        """Call `tell`, from the thread that looks, whenever the snapshot is another or void."""
        self._listeners.append(tell)

    def current(self) -> Snapshot | None:
        """Return what holds; None where that is not known."""
        if self._clock() - self._seen > VOID_SECONDS:
            return None
        return self._snapshot

    async def next_look(self) -> None:
        """Wait for a look that begins after now: what was changed a moment ago is known then."""
        asked = self._clock()
        for _turn in range(2 * TURNS):
            if self._began >= asked:
                return
            await asyncio.sleep(LOOK_SECONDS / TURNS)

    def look(self) -> None:
        """Look at the counter, and load where it moved or a minute has passed."""
        now = self._clock()
        found = counter()
        before = self._snapshot
        if before is None or before.counter != found or now - self._loaded > RELOAD_SECONDS:
            self._snapshot = self._load()
            self._loaded = now
        self._seen, self._began = self._clock(), now
        self._ready.set()
        if before is not None and before is not self._snapshot:
            self._tell()

    def _tell(self) -> None:
        for tell in self._listeners:
            tell()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.look()
            except Exception:
                logger.exception("Der Stand von Zugängen und Modellen ist nicht lesbar")
                connection.close()  # else it stays open: a new one each second costs more than the look
                if self.current() is None:
                    self._tell()
            self._stop.wait(LOOK_SECONDS)
        connection.close()

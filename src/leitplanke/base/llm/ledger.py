"""Writing what happens: one thread per process, many calls in one transaction, each waiting for its own commit.

A call goes on only once its beginning is on disk, and ends only once its end is. Were each to commit alone, the disk
would be the slowest part of the door; together they share it.

Nobody waits for longer than `WRITE_SECONDS`: then the door says that it could not be written. An end that could not is
owed, and written when the database takes entries again; only where the process dies before, the call stays open.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from django.db import InterfaceError, OperationalError, connection, transaction

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 256
IDLE_SECONDS = 30.0
# A database that is locked for longer closes the door, until it answers again.
WRITE_SECONDS = 10.0
# What may wait while the database hangs; with more the door closes at once.
MOST_WAITING = 20_000
OWED_SECONDS = 2.0
_DATABASE = (OperationalError, InterfaceError)
# So long an end waits for another entry to share its commit with; nobody notices, and under load it halves commits.
COMPANY_SECONDS = 0.005


class Entry(Protocol):
    """Something to write.

    Attributes:
        urgent: somebody waits for it before anything happens.
    """

    urgent: ClassVar[bool]

    def write(self) -> None:
        """Write it, in a transaction that is open."""

    def overdue(self) -> Entry | None:
        """Return what must be written later where it could not be in time; None where nothing must."""


class LedgerError(RuntimeError):
    """It could not be written."""


Done = Callable[[Exception | None], None]


@dataclass(slots=True)
class _Waiting:
    """An entry in the queue; `taken` once it is about to be written."""

    entry: Entry
    done: Done
    taken: bool = False


class Ledger:
    """The writer of a process."""

    def __init__(self, *, seconds: float = WRITE_SECONDS) -> None:
        """Start the thread with the first entry; `seconds` is how long somebody waits for theirs."""
        self._seconds = seconds
        self._queue: queue.SimpleQueue[_Waiting] = queue.SimpleQueue()
        self._owed: deque[Entry] = deque()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    async def write(self, entry: Entry) -> None:
        """Return once the entry is on disk.

        Raises:
            LedgerError: it is not, or not in time.
        """
        if self._queue.qsize() >= MOST_WAITING:
            self._owe(entry)
            raise LedgerError("full")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()

        def done(error: Exception | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has been closed: nobody waits any more
                loop.call_soon_threadsafe(_resolve, future, error)

        waiting = _Waiting(entry, done)

        def late() -> None:
            if not waiting.taken and (instead := entry.overdue()) is not None:
                waiting.entry = instead
            _resolve(future, TimeoutError())

        timer = loop.call_later(self._seconds, late)
        self._put(waiting)
        try:
            await future
        finally:
            timer.cancel()

    def note(self, entry: Entry) -> None:
        """Have an entry written without waiting; a failure is logged without its content."""

        def done(error: Exception | None) -> None:
            if error is not None:
                logger.error("Ein Aufruf ließ sich nicht festhalten (%s)", type(error).__name__)

        if self._queue.qsize() >= MOST_WAITING:
            self._owe(entry)
            done(LedgerError("full"))
        else:
            self._put(_Waiting(entry, done))

    def _put(self, waiting: _Waiting) -> None:
        self._queue.put(waiting)
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="modelle-protokoll", daemon=True)
                    self._thread.start()

    def _owe(self, entry: Entry) -> None:
        later = entry.overdue()
        if later is None:
            return
        if len(self._owed) < MOST_WAITING:
            self._owed.append(later)
        else:
            logger.error("Ein Ende ließ sich nicht festhalten: Es warten zu viele")

    def _run(self) -> None:
        prepared = False
        while True:
            try:
                batch = [self._queue.get(timeout=OWED_SECONDS if self._owed else IDLE_SECONDS)]
            except queue.Empty:
                batch = []
            if not batch and not self._owed:
                # Kept open in between: a new one costs more than what is written.
                connection.close()
                prepared = False
                continue
            self._gather(batch)
            for waiting in batch:
                waiting.taken = True
            owed = [self._owed.popleft() for _ in range(min(len(self._owed), MOST_AT_ONCE))]
            try:
                if not prepared or connection.connection is None:
                    prepare_connection()
                    prepared = True
                errors = write_batch([*(waiting.entry for waiting in batch), *owed])
            except Exception as failure:
                logger.exception("Aufrufe ließen sich nicht festhalten")
                errors = [failure] * (len(batch) + len(owed))
            if any(isinstance(error, _DATABASE) for error in errors):
                connection.close()  # a connection that broke does not mend
                prepared = False
            self._answer(batch, owed, errors)

    def _answer(self, batch: Sequence[_Waiting], owed: Sequence[Entry], errors: Sequence[Exception | None]) -> None:
        """Tell everybody; keep what is owed for the next time."""
        for waiting, error in zip(batch, errors, strict=False):
            if error is not None:
                self._owe(waiting.entry)
            waiting.done(error)
        for entry, error in zip(owed, errors[len(batch) :], strict=True):
            if isinstance(error, _DATABASE):
                self._owe(entry)
            elif error is not None:
                logger.error("Ein Ende ließ sich auch später nicht festhalten (%s)", type(error).__name__)

    def _gather(self, batch: list[_Waiting]) -> None:
        """Add what else there is to write; what is not urgent waits a moment for the first of it."""
        if batch and not batch[0].entry.urgent and self._queue.empty():
            with contextlib.suppress(queue.Empty):
                batch.append(self._queue.get(timeout=COMPANY_SECONDS))
        while len(batch) < MOST_AT_ONCE and not self._queue.empty():
            batch.append(self._queue.get())


def prepare_connection() -> None:
    """Have commits of this thread reach the disk itself: the house does not on SQLite, for speed."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
            # Whoever waits has been told by then; what is owed is tried again.
            cursor.execute(f"PRAGMA busy_timeout={round(WRITE_SECONDS * 1000)}")
            # Who mostly writes gains nothing by mapping the file, and holds ever more of it in memory.
            cursor.execute("PRAGMA mmap_size=0")


def write_batch(entries: Sequence[Entry]) -> list[Exception | None]:
    """Write entries in one transaction; where one of them fails, each in its own, so that it spoils no other."""
    try:
        with transaction.atomic():
            for entry in entries:
                entry.write()
    except _DATABASE as error:  # the database, not an entry: each alone would wait as long
        return [error] * len(entries)
    except Exception as error:  # noqa: BLE001 - each caller learns of its own failure
        if len(entries) == 1:
            return [error]
        return [write_batch([entry])[0] for entry in entries]
    return [None] * len(entries)


def _resolve(future: asyncio.Future[None], error: Exception | None) -> None:
    if future.done():  # the caller has gone
        return
    if error is None:
        future.set_result(None)
    else:
        future.set_exception(LedgerError(type(error).__name__))

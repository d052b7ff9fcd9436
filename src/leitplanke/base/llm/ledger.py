"""Writing what happens: one thread per process, many calls in one transaction, each waiting for its own commit.

A call goes on only once its beginning is on disk, and ends only once its end is. Were each to commit alone, the disk
would be the slowest part of the door; together they share it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from django.db import connection, transaction

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 256
IDLE_SECONDS = 30.0
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


class LedgerError(RuntimeError):
    """It could not be written."""


Done = Callable[[Exception | None], None]


class Ledger:
    """The writer of a process."""

    def __init__(self) -> None:
        """Start the thread with the first entry."""
        self._queue: queue.SimpleQueue[tuple[Entry, Done]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    async def write(self, entry: Entry) -> None:
        """Return once the entry is on disk.

        Raises:
            LedgerError: it is not.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()

        def done(error: Exception | None) -> None:
            loop.call_soon_threadsafe(_resolve, future, error)

        self._put(entry, done)
        await future

    def note(self, entry: Entry) -> None:
        """Have an entry written without waiting; a failure is logged without its content."""

        def done(error: Exception | None) -> None:
            if error is not None:
                logger.error("Ein abgelehnter Aufruf ließ sich nicht festhalten (%s)", type(error).__name__)

        self._put(entry, done)

    def _put(self, entry: Entry, done: Done) -> None:
        self._queue.put((entry, done))
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="modelle-protokoll", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        prepared = False
        while True:
            try:
                batch = [self._queue.get(timeout=IDLE_SECONDS)]
            except queue.Empty:
                # Kept open in between: a new one costs more than what is written.
                connection.close()
                prepared = False
                continue
            self._gather(batch)
            try:
                if not prepared or connection.connection is None:
                    prepare_connection()
                    prepared = True
                errors = write_batch([entry for entry, _done in batch])
            except Exception as failure:
                logger.exception("Aufrufe ließen sich nicht festhalten")
                errors = [failure] * len(batch)
                connection.close()
                prepared = False
            for (_entry, done), error in zip(batch, errors, strict=True):
                done(error)

    def _gather(self, batch: list[tuple[Entry, Done]]) -> None:
        """Add what else there is to write; what is not urgent waits a moment for the first of it."""
        if not batch[0][0].urgent and self._queue.empty():
            with contextlib.suppress(queue.Empty):
                batch.append(self._queue.get(timeout=COMPANY_SECONDS))
        while len(batch) < MOST_AT_ONCE and not self._queue.empty():
            batch.append(self._queue.get())


def prepare_connection() -> None:
    """Have commits of this thread reach the disk itself: the house does not on SQLite, for speed."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
            # Who mostly writes gains nothing by mapping the file, and holds ever more of it in memory.
            cursor.execute("PRAGMA mmap_size=0")


def write_batch(entries: Sequence[Entry]) -> list[Exception | None]:
    """Write entries in one transaction; where one of them fails, each in its own, so that it spoils no other."""
    try:
        with transaction.atomic():
            for entry in entries:
                entry.write()
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

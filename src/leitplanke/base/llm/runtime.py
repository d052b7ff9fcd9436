"""What a process needs to open calls: the snapshot, the ledger, the budgets, and a door in each event loop."""

from __future__ import annotations

import asyncio
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from leitplanke.base.llm.budget import Budgets
from leitplanke.base.llm.door import Door
from leitplanke.base.llm.ledger import Ledger
from leitplanke.base.llm.loading import load_snapshot
from leitplanke.base.llm.local import LocalTransport
from leitplanke.base.llm.snapshot import Keeper, Snapshot
from leitplanke.base.llm.transports import Transport
from leitplanke.base.llm.transports.openai import OpenAiTransport
from leitplanke.base.llm.transports.skript import ScriptTransport
from leitplanke.base.outbound import Client, Destination, OutboundError, destination
from leitplanke.core.privacy import default_detector

UNKNOWN_NAME = "Frau Wissam Tarabulsi"  # looked up in every table there is

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any, TypeVar

    _T = TypeVar("_T")


class Runtime:
    """One for a process."""

    def __init__(self) -> None:
        """Begin to keep the snapshot."""
        self.ledger = Ledger()
        self.budgets = Budgets()
        self.keeper = Keeper(self._load)
        self.keeper.start()
        self._lock = threading.Lock()
        self._inner: asyncio.AbstractEventLoop | None = None
        self._door: Door | None = None

    def _load(self) -> Snapshot:
        self.budgets.refresh(timezone.now().date())
        snapshot = load_snapshot()
        # The tables of names take over a second to read, once: here, and not while the first caller waits.
        default_detector().find(UNKNOWN_NAME)
        return snapshot

    def door_here(self) -> Door:
        """Return a new door for the running event loop; it watches over its own running answers."""
        loop = asyncio.get_running_loop()
        client = Client(self._reachable, offline=settings.OFFLINE)
        transports: dict[str, Transport] = {
            "openai": OpenAiTransport(client), "lokal": LocalTransport(), "skript": ScriptTransport(),
        }  # fmt: skip
        door = Door(self.keeper, self.ledger, self.budgets, transports)

        def tell() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(door.check_running)

        self.keeper.listen(tell)
        return door

    def run(self, work: Coroutine[Any, Any, _T], seconds: float) -> _T:
        """Do asynchronous work in the loop for callers inside the house, and return what comes of it.

        Raises:
            TimeoutError: it took longer.
        """
        future = asyncio.run_coroutine_threadsafe(work, self.loop())
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            raise

    def loop(self) -> asyncio.AbstractEventLoop:
        """Return the loop for callers inside the house; it runs in a thread of its own."""
        with self._lock:
            if self._inner is None:
                self._inner = asyncio.new_event_loop()
                threading.Thread(target=self._inner.run_forever, name="modelle-haus", daemon=True).start()
            return self._inner

    async def inner_door(self) -> Door:
        """Return the door of the loop for callers inside the house; to be called in it."""
        if self._door is None:
            self._door = self.door_here()
        return self._door

    def _reachable(self, target: Destination) -> bool:
        """Whether an address belongs to a released model now."""
        snapshot = self.keeper.current()
        return snapshot is not None and any(
            target == _destination(address, local=local) for address, local in snapshot.addresses
        )


@lru_cache(maxsize=1024)
def _destination(address: str, *, local: bool) -> Destination | None:
    try:
        return destination(address, local=local)
    except OutboundError:
        return None  # entered before the rules for addresses became stricter: out of reach, and others are not harmed


_shared: Runtime | None = None
_shared_lock = threading.Lock()


def runtime() -> Runtime:
    """Return the runtime of this process, made with the first call."""
    global _shared  # noqa: PLW0603 - one for a process
    with _shared_lock:
        if _shared is None:
            _shared = Runtime()
        return _shared

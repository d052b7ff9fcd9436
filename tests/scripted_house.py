"""A door inside this process with a model that is a script, for tests of callers in the house; nothing is on disk."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Any

from leitplanke.base.llm.budget import Budgets
from leitplanke.base.llm.door import Door
from leitplanke.base.llm.entries import Begun, Ended
from leitplanke.base.llm.metering import Meter, meter_of
from leitplanke.base.llm.runtime import Runtime
from leitplanke.base.llm.snapshot import Keeper, ModelView, PurposeView, Snapshot, TownView
from leitplanke.base.llm.transports import Target
from leitplanke.base.llm.transports.skript import ScriptTransport
from leitplanke.core.policy import Policy, load_profile
from leitplanke.core.privacy import default_detector

if TYPE_CHECKING:
    from leitplanke.base.llm.calls import Body, Kind
    from leitplanke.base.llm.ledger import Entry
    from leitplanke.base.llm.transports.skript import ScriptUpstream

POLICY = Policy(load_profile(resources.files("leitplanke.content") / "leitlinien/standard"))


class Book:
    """Keeps entries in memory."""

    def __init__(self) -> None:
        self.entries: list[Any] = []
        self.ended = threading.Event()

    async def write(self, entry: Entry) -> None:
        self.note(entry)

    def note(self, entry: Entry) -> None:
        self.entries.append(entry)
        if isinstance(entry, Ended):
            self.ended.set()

    def outcomes(self) -> list[str]:
        return [one.outcome.value for one in self.entries if isinstance(one, Ended)]

    def refusals(self) -> list[str]:
        return [one.refusal for one in self.entries if isinstance(one, Begun) and one.refusal]


class SayingTransport(ScriptTransport):
    """A scripted model; where `says` is set it repeats that, whatever it is asked."""

    says = ""

    async def open(self, target: Target, kind: Kind, body: Body, *, stream: bool) -> ScriptUpstream:
        self.seen = body
        if self.says:
            body = {**body, "messages": [{"role": "user", "content": self.says}]}
            body.pop("response_format", None)
        return await super().open(target, kind, body, stream=stream)


class ScriptedHouse(Runtime):
    """A runtime that knows one town and one purpose."""

    def __init__(
        self, mandant_id: int, purpose: str, script: str = "echo", *, says: str = "", meter: Meter | None = None,
        **changes: Any,
    ) -> None:  # fmt: skip
        target = Target("skript", "", script, "lokal", first=0.05, total=0.05)
        model = ModelView(
            1, "klein", "Kleines Modell", "text", "lokal", 1, frozenset({"streaming", "werkzeuge", "schema"}), 16_384,
            4096, Decimal(0), Decimal(0), True, target,
            meter or meter_of({}, "lokal"),
        )  # fmt: skip
        view = PurposeView(
            1, purpose, purpose, True, False, "", False, "intern", False, False, 1, {}, 4096, 0, (model,)
        )
        view = replace(view, **changes)
        town = TownView(mandant_id, "Teststadt", frozenset({"t"}), {purpose: view}, POLICY, default_detector())
        snapshot = Snapshot(1, {mandant_id: town}, {}, frozenset())
        self.keeper = Keeper(lambda: snapshot, clock=lambda: 0.0)
        self.keeper._snapshot, self.keeper._seen = snapshot, 0.0
        self.keeper._ready.set()
        self.book, self.transport = Book(), SayingTransport()
        self.transport.says = says
        self.budgets = Budgets(lambda _day: {})
        self._lock = threading.Lock()
        self._inner: asyncio.AbstractEventLoop | None = None
        self._door: Door | None = None

    def door_here(self) -> Door:
        return Door(self.keeper, self.book, self.budgets, {"skript": self.transport})

    def loop(self) -> asyncio.AbstractEventLoop:
        if self._inner is None:
            self._inner = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._inner.run_forever, daemon=True)
            self._thread.start()
        return self._inner

    def close(self) -> None:
        """End the loop."""
        if self._inner is not None:
            asyncio.run_coroutine_threadsafe(_settled(), self._inner).result(10)
            self._inner.call_soon_threadsafe(self._inner.stop)
            self._thread.join(10)
            self._inner.close()


async def _settled() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others, return_exceptions=True)

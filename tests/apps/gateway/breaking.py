"""A served call of which any step can be broken: real door, real ledger, real answer; the database is a list."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError

from leitplanke.apps.gateway.door_app import DoorApp
from leitplanke.apps.gateway.refusing import Refusals
from leitplanke.base.llm import opened as openeds
from leitplanke.base.llm.budget import Budgets
from leitplanke.base.llm.calls import Caller, Kind
from leitplanke.base.llm.door import Door
from leitplanke.base.llm.entries import Begun, Ended
from leitplanke.base.llm.ledger import Ledger, LedgerError
from leitplanke.base.llm.looking import Looker
from leitplanke.base.llm.metering import Meter
from leitplanke.base.llm.models import Ausgang
from leitplanke.base.llm.opened import Opened
from leitplanke.base.llm.snapshot import KeyView, Limit
from leitplanke.base.llm.wire import StreamMapper, parse
from tests.apps.gateway.door_in_memory import Setup, model, purpose

SECRET = "Aylin Yıldız"
CALLER = Caller(1, "assistenz", staff=True, key_id=7)
KEY = KeyView(7, "lp-7", 1, "assistenz", True, None, frozenset(), date(2030, 1, 1), Limit(None, None, None, None))
TOOL = {"type": "function", "function": {"name": "buchen", "parameters": {"type": "object", "properties": {}}}}
# name -> models of the purpose, whether it streams, more of the request
SCENES: dict[str, tuple[list[tuple[str, str]], bool, dict[str, Any]]] = {
    "ganz": ([("echo", "eu")], False, {}),
    "strom": ([("echo", "eu")], True, {}),
    "ersatz": ([("fehler-500", "eu"), ("echo", "lokal")], True, {}),
    "werkzeug": ([("werkzeug", "lokal")], True, {"tools": [TOOL]}),
}
WAIT = 0.1


@dataclass
class Steps:
    """Counts steps, and breaks the one that it is told to."""

    at: int = -1
    fault: str = ""
    names: list[str] = field(default_factory=list)
    work: asyncio.Task[None] | None = None
    journal: list[Any] = field(default_factory=list)
    when: int = -1

    def pass_by(self, name: str) -> None:
        """Take a step."""
        self.names.append(name)
        if len(self.names) - 1 == self.at:
            self.when = len(self.journal)
        if len(self.names) - 1 == self.at:
            if self.fault == "ausnahme":
                raise RuntimeError(SECRET)
            if self.fault == "zeit":
                raise TimeoutError(SECRET)
            assert self.work is not None
            self.work.cancel()  # "weg": whoever asked has gone

    @property
    def struck(self) -> str:
        """The step that was broken; "" where there were not so many."""
        return self.names[self.at] if 0 <= self.at < len(self.names) else ""


class Database:
    """What is on disk, in order, with what left the house between."""

    def __init__(self) -> None:
        self.journal: list[Any] = []
        self.free = threading.Event()
        self.free.set()
        self.batches, self.at, self.fault = 0, -1, ""

    def take(self, entries: Sequence[Any]) -> list[Exception | None]:
        """Write a batch; one hangs until `free`, or fails."""
        found, self.batches = self.batches, self.batches + 1
        if found == self.at:
            if self.fault == "fehler":
                return [OperationalError("locked")] * len(entries)
            self.free.wait(5)
        begun = {one.call_id for one in self.journal if isinstance(one, Begun)}
        for entry in entries:
            if isinstance(entry, Begun):
                begun.add(entry.call_id)
            if not getattr(entry, "if_begun", False) or entry.call_id in begun:
                self.journal.append(entry)
        return [None] * len(entries)


class Mark:
    """An entry that says how far the ledger is."""

    urgent = True

    def overdue(self) -> None:
        """Nothing."""

    def write(self) -> None:
        """Nothing."""


class Watched:
    """An answer of which each step can be broken."""

    def __init__(self, inner: Any, steps: Steps) -> None:
        self._inner, self._steps, self.closed = inner, steps, False

    async def whole(self) -> Any:
        self._steps.pass_by("antwort")
        await asyncio.sleep(0)
        return await self._inner.whole()

    async def batches(self) -> Any:
        async for batch in self._inner.batches():
            self._steps.pass_by("stueck")
            await asyncio.sleep(0)
            yield batch
        self._steps.pass_by("strom zu Ende")

    async def close(self) -> None:
        self.closed = True
        await asyncio.sleep(0)
        self._steps.pass_by("schliessen")
        await self._inner.close()


class Served:
    """One call through the application, with a step broken."""

    def __init__(self, scene: str, database: Database, ledger: Ledger, steps: Steps) -> None:
        scripts, self.stream, self.more = SCENES[scene]
        self.scripts = {f"m{at}": script for at, (script, _where) in enumerate(scripts, 1)}
        steps.journal = database.journal
        self.steps, self.database, self.sent = steps, database, b""
        self.bodies: list[str] = []
        self.upstreams: list[Watched] = []
        models = [model(at, script, where) for at, (script, where) in enumerate(scripts, 1)]
        models = [replace(one, meter=self._breaking(one.meter)) for one in models]
        # Content is kept, so that keeping is a step as well.
        setup = Setup(purpose(*models, keep_days=3), hook=steps.pass_by, limit=Limit(100, 100_000, 10**9, 10**9))
        setup.keeper.current = self.stepping("stand", setup.keeper.current)  # type: ignore[method-assign]
        self.budgets = Budgets(lambda _day: {})
        setup.door.budgets, setup.door.ledger = self.budgets, ledger
        setup.transport.open = self._opening(setup.transport.open)  # type: ignore[method-assign]
        self.door, self.ledger = setup.door, ledger

    def _breaking(self, meter: Meter) -> Meter:
        return replace(meter, estimate=self.stepping("messen", meter.estimate))

    def stepping(self, name: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*args: Any, **options: Any) -> Any:
            self.steps.pass_by(name)
            return inner(*args, **options)

        return stepped

    def _opening(self, inner: Callable[..., Any]) -> Callable[..., Any]:
        async def opened(target: Any, kind: Any, body: Any, *, stream: bool) -> Watched:
            self.steps.pass_by("oeffnen")
            await asyncio.sleep(0)
            self.database.journal.append(target.model)
            self.bodies.append(json.dumps(body, ensure_ascii=False) if target.model_class == "eu" else "")
            self.upstreams.append(Watched(await inner(target, kind, body, stream=stream), self.steps))
            return self.upstreams[-1]

        return opened

    async def _send(self, message: Any) -> None:
        self.steps.pass_by("ausliefern")
        await asyncio.sleep(0)
        self.sent += message.get("body", b"")

    async def run(self) -> None:
        """Serve the call as the application does, and wait until everything is on disk."""
        body = {"model": "auto", "messages": [{"role": "user", "content": f"Brief an Frau {SECRET}"}]}
        parsed = parse(Kind.CHAT, json.dumps({**body, "stream": self.stream, **self.more}).encode())
        app = DoorApp()
        app._door = self.door
        app._refusals = Refusals(self.ledger)
        self.steps.work = asyncio.ensure_future(app._serve(CALLER, parsed, self._send, KEY, ""))
        await asyncio.wait({self.steps.work}, timeout=30)
        assert self.steps.work.done()
        self.failed = not self.steps.work.cancelled() and self.steps.work.exception() is not None
        self.database.free.set()
        for _time in range(3):  # what is owed goes with the next
            with contextlib.suppress(LedgerError):
                await self.ledger.write(Mark())
        for _time in range(100):
            if len(asyncio.all_tasks()) == 1:
                break
            await asyncio.sleep(0.001)
        self.tasks = len(asyncio.all_tasks()) - 1

    @property
    def delivered(self) -> bool:
        """Whether the caller has a whole answer that it may use."""
        return (b"[DONE]" if self.stream else b'"choices"') in self.sent

    def check(self) -> None:
        """Hold what always holds, whatever was broken."""
        journal = self.database.journal
        begun = [one for one in journal if isinstance(one, Begun) and not one.refusal]
        ended = [one for one in journal if isinstance(one, Ended)]
        for at, mark in enumerate(journal):
            if isinstance(mark, str):  # evidence named the model before anything went there
                assert mark in [self.scripts[one.model] for one in journal[:at] if isinstance(one, Begun)]
        assert SECRET not in "".join(self.bodies)
        assert SECRET not in self.sent.decode() or self.delivered or self.stream
        assert [one.call_id for one in ended] == list(dict.fromkeys(one.call_id for one in begun))
        assert self.budgets._reserved == {}
        assert self.door._running == set()
        assert self.tasks == 0
        assert all(one.closed for one in self.upstreams)
        assert not self.failed or self.steps.struck == "ausliefern"
        if ended:
            self._check_truth(ended[0])

    def _check_truth(self, end: Ended) -> None:
        fault, before = self.steps.fault, self.steps.names[: self.steps.at + 1]
        # Where sending fails, whoever asked has gone.
        gone = fault == "weg" or self.steps.struck == "ausliefern"
        if self.delivered:
            assert end.outcome is Ausgang.BEANTWORTET
        elif end.outcome is Ausgang.BEANTWORTET:
            # The end was on disk, or the caller went when the model had answered to its end.
            late = fault == "weg" and {"antwort", "strom zu Ende"} & set(before)
            assert late or end in self.database.journal[: self.steps.when]
        elif gone:
            assert (end.outcome, end.reason) == (Ausgang.ABGEBROCHEN, "aufrufer_weg")
        else:
            assert end.outcome is Ausgang.GESTOERT
            assert end.reason
            assert end.held == ()
            assert end.kept is None


@contextlib.contextmanager
def stepping(served: Served) -> Iterator[None]:
    """Make steps of what the door and the answer do inside."""
    inside = [
        (Door, "_prepared"), (Door, "_begun"), (Door, "_passage"), (Opened, "_mapper"), (Opened, "_tools"),
        (Opened, "about"), (Opened, "_kept"), (Opened, "_holds"), (StreamMapper, "feed"), (StreamMapper, "finish"),
        (openeds, "encode_event"), (openeds, "clean_answer"), (openeds, "map_texts"), (Looker, "_find"),
        (Budgets, "share"), (Budgets, "reserve"),
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in inside:
            patch.setattr(owner, name, served.stepping(name, getattr(owner, name)))
        yield

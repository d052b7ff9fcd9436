"""A door with everything in memory, its model a script, and an answer at which our own code fails."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from importlib import resources
from typing import Any

from leitplanke.base.llm.budget import Amount, Budgets
from leitplanke.base.llm.calls import Caller, Kind, Refusal
from leitplanke.base.llm.door import Door
from leitplanke.base.llm.entries import Begun
from leitplanke.base.llm.ledger import Entry, LedgerError
from leitplanke.base.llm.metering import meter_of
from leitplanke.base.llm.snapshot import Keeper, KeyView, Limit, ModelView, PurposeView, Snapshot, TownView
from leitplanke.base.llm.transports import Target
from leitplanke.base.llm.transports.skript import ScriptTransport
from leitplanke.base.llm.wire import parse
from leitplanke.core.policy import Policy, load_profile
from leitplanke.core.privacy import default_detector

POLICY = Policy(load_profile(resources.files("leitplanke.content") / "leitlinien/standard"))
UNLIMITED = Limit(None, None, None, None)
ABILITIES = frozenset({"streaming", "werkzeuge", "schema"})


def model(number: int = 1, script: str = "echo", model_class: str = "lokal", **changes: Any) -> ModelView:
    target = Target("skript", "", script, model_class, first=0.2, total=0.5)
    plain = ModelView(
        number, f"m{number}", f"Modell {number}", "text", model_class, number, ABILITIES, 8192, 512, Decimal(1),
        Decimal(2), True, target, meter_of({}, model_class),
    )  # fmt: skip
    return replace(plain, **changes)


def purpose(*models: ModelView, **changes: Any) -> PurposeView:
    plain = PurposeView(
        1, "assistenz", "Assistenz", True, False, "", False, "intern", False, False, 1, {}, 256, 0, models or (model(),)
    )
    return replace(plain, **changes)


class Book:
    """Keeps entries in memory; fails where it is told to."""

    def __init__(self, fail: type[Entry] | None = None) -> None:
        self.entries: list[Any] = []
        self.fail = fail

    async def write(self, entry: Entry) -> None:
        if self.fail is not None and isinstance(entry, self.fail):
            raise LedgerError("disk full")
        self.entries.append(entry)

    def note(self, entry: Entry) -> None:
        self.entries.append(entry)

    def kinds(self) -> list[str]:
        return [
            f"abgelehnt:{one.refusal}" if isinstance(one, Begun) and one.refusal else
            "begonnen" if isinstance(one, Begun) else one.outcome.value
            for one in self.entries
        ]  # fmt: skip


class Setup:
    """A door with everything in memory."""

    def __init__(
        self, chosen: PurposeView | None = None, *, book: Book | None = None, detector: Any = None,
        hook: Callable[[str], None] = lambda _step: None, limit: Limit = UNLIMITED,
        void: bool = False, policy: Policy = POLICY, key: dict[str, Any] | None = None, **town_changes: Any,
    ) -> None:  # fmt: skip
        chosen = chosen or purpose()
        plain = KeyView(7, "Z-1", 1, chosen.key, True, None, frozenset(), None, limit)  # type: ignore[arg-type]
        view = replace(plain, **(key or {}))
        town = TownView(
            1, "Teststadt", frozenset({"t"}), {chosen.key: chosen}, policy, detector or default_detector(),
            **town_changes,
        )  # fmt: skip
        snapshot = Snapshot(1, {1: town}, {b"k": view}, frozenset())
        self.keeper = Keeper(lambda: snapshot, clock=lambda: 0.0)
        if not void:
            self.keeper._snapshot, self.keeper._seen = snapshot, 0.0
        self.book = book or Book()
        self.transport = ScriptTransport()
        self.door = Door(self.keeper, self.book, Budgets(lambda _day: {}), {"skript": self.transport}, hook=hook)

    def nothing_is_left(self) -> bool:
        """Whether no answer runs and no budget is set aside."""
        return not self.door._running and set(self.door.budgets._reserved.values()) <= {Amount()}

    def answer_by(self, make: Callable[[Any], Any]) -> None:
        """Put something in place of what the transport opens."""
        inner = self.transport.open

        async def opened(*args: Any, **options: Any) -> Any:
            return make(await inner(*args, **options))

        self.transport.open = opened  # type: ignore[method-assign]

    def revoke(self) -> None:
        """Take every key away."""
        assert self.keeper._snapshot is not None
        self.keeper._snapshot = replace(self.keeper._snapshot, keys={})

    def end_roles(self) -> None:
        """Let the owner of each key lose the roles with which it acts."""
        found = self.keeper._snapshot
        assert found is not None
        keys = {digest: replace(key, role_ended=True) for digest, key in found.keys.items()}
        self.keeper._snapshot = replace(found, keys=keys)

    def ask(self, text: str = "Hallo", *, stream: bool = False, caller: Caller | None = None, **body: Any) -> Any:
        raw = json.dumps({"model": "auto", "messages": [{"role": "user", "content": text}], "stream": stream, **body})
        parsed = parse(Kind.CHAT, raw.encode())

        async def work() -> Any:
            opened = await self.door.open_call(caller or Caller(1, "assistenz", staff=True, key_id=7), parsed)
            if isinstance(opened, Refusal):
                return opened
            if stream:
                return b"".join([event async for event in opened.events()])
            return await opened.whole()

        return asyncio.run(work())


class Defective:
    """An answer at which our own code fails."""

    async def whole(self) -> Any:
        raise KeyError("Frau Geheim")

    async def batches(self) -> Any:
        yield [self.chunk()]
        raise KeyError("Frau Geheim")

    async def close(self) -> None:
        pass

    def chunk(self) -> bytes:
        call = {"index": 0, "id": "c", "type": "function", "function": {"name": "buchen", "arguments": '{"betrag": 1'}}
        return json.dumps({"choices": [{"index": 0, "delta": {"tool_calls": [call]}}]}).encode()

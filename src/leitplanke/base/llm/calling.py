"""For callers inside the house: ask a model, or take its answer as it comes, from ordinary Django code."""

from __future__ import annotations

import asyncio
import json
import queue
import time
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leitplanke.base.llm.calls import Answer, Caller, Kind, Label, Refusal
from leitplanke.base.llm.models import Modellstand, Zweck
from leitplanke.base.llm.opened import Opened
from leitplanke.base.llm.runtime import Runtime, runtime
from leitplanke.base.llm.wire import Parsed, WireError, parse

Message = Mapping[str, str]
TOO_SLOW = Refusal("zeit", "Das Modell hat zu lange gebraucht. Es geht ohne seine Hilfe weiter.", 504)


def available(mandant_id: int, purpose: str) -> bool:
    """Tell whether a purpose has a released model at all; without one, callers do what they do without a model."""
    rows = Zweck.objects.for_mandant(mandant_id).filter(schluessel=purpose)
    return rows.filter(modelle__stand=Modellstand.FREIGEGEBEN).exists()


def ask(  # noqa: PLR0913 - what may be asked for
    caller: Caller, messages: Sequence[Message], *, schema: Mapping[str, Any] | None = None, max_output: int = 1024,
    seconds: float = 60.0, house: Runtime | None = None,
) -> Answer | Refusal:  # fmt: skip
    """Return what a model answers, as a whole; with `schema` (JSON Schema) in that form.

    Nobody may rely on the answer: whoever asked checks it.
    """
    parsed = _parsed(messages, schema, max_output, stream=False)
    if isinstance(parsed, Refusal):
        return parsed
    house = house or runtime()

    async def work() -> Answer | Refusal:
        door = await house.inner_door()
        opened = await door.open_call(caller, parsed)
        return opened if isinstance(opened, Refusal) else await opened.whole()

    house.keeper.wait()
    try:
        return house.run(work(), seconds)
    except TimeoutError:
        return TOO_SLOW


def stream(
    caller: Caller, messages: Sequence[Message], *, max_output: int = 1024, seconds: float = 60.0,
    house: Runtime | None = None,
) -> Streamed | Refusal:  # fmt: skip
    """Return the pieces of an answer as they come, for at most `seconds`. Leaving it early ends the call."""
    parsed = _parsed(messages, None, max_output, stream=True)
    if isinstance(parsed, Refusal):
        return parsed
    house = house or runtime()
    house.keeper.wait()

    async def begin() -> tuple[_Run, Label] | Refusal:
        opened = await (await house.inner_door()).open_call(caller, parsed)
        if isinstance(opened, Refusal):
            return opened
        run = _Run()
        run.task = asyncio.create_task(run.pump(opened))
        await asyncio.sleep(0)  # once it has begun, cancelling it writes down how the call ended
        return run, opened.label

    try:
        begun = house.run(begin(), seconds)
    except TimeoutError:
        return TOO_SLOW
    return begun if isinstance(begun, Refusal) else Streamed(house, *begun, seconds)


class Streamed:
    """The pieces of an answer as they come. Leaving it, or `close` from any thread, ends the call.

    Attributes:
        label: what the answer says of itself.
        failed: code of why it is not whole; "" where it is, or is not over yet.
    """

    def __init__(self, house: Runtime, run: _Run, label: Label, seconds: float) -> None:
        """Take over a run that has begun in the loop of the house."""
        self.label = label
        self._run = run
        self._until = time.monotonic() + seconds
        self._over = False
        assert run.task is not None  # noqa: S101 - it has begun
        # Also when whoever reads forgets it; the loop of the house is a daemon's, so nothing is owed to the exit.
        self._end = weakref.finalize(self, _cancel, house.loop(), run.task)
        self._end.atexit = False

    @property
    def failed(self) -> str:
        """Why it is not whole."""
        return self._run.failed

    def __iter__(self) -> Streamed:
        """Return itself."""
        return self

    def __next__(self) -> str:
        """Wait for the next piece."""
        if self._over:
            raise StopIteration
        try:
            piece = self._run.pieces.get(timeout=max(self._until - time.monotonic(), 0.001))
        except queue.Empty:
            self._run.failed = TOO_SLOW.code
            piece = None
        if piece is None:
            self.close()
            raise StopIteration
        return piece

    def close(self) -> None:
        """End the call, whoever waits for the next piece included."""
        self._over = True
        self._end()
        self._run.pieces.put(None)


def _cancel(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    loop.call_soon_threadsafe(task.cancel)


@dataclass
class _Run:
    """What the loop of the house and the reader of an answer share."""

    # Without limit: an answer is cut when it is longer than was asked for, so it never holds much.
    pieces: queue.SimpleQueue[str | None] = field(default_factory=queue.SimpleQueue)
    failed: str = ""
    task: asyncio.Task[None] | None = None

    async def pump(self, opened: Opened) -> None:
        """Take the events of an answer to the reader."""
        try:
            async for events in opened.events():
                for event in events.split(b"\n\n"):
                    text, failed = _read_event(event)
                    self.failed = self.failed or failed
                    if text:
                        self.pieces.put(text)
        finally:
            self.pieces.put(None)
            await asyncio.shield(opened.close())


def _read_event(event: bytes) -> tuple[str, str]:
    """Return the text of an event, and why the answer is not whole where the event says so."""
    if not event.startswith(b"data: {"):
        return "", ""
    body = json.loads(event[6:])
    if error := body.get("error"):
        return "", str(error.get("code") or "abgebrochen")
    choice = (body.get("choices") or [{}])[0]
    text = str((choice.get("delta") or {}).get("content") or "")
    return text, "antwort_zu_lang" if choice.get("finish_reason") == "length" else ""


def _parsed(
    messages: Sequence[Message], schema: Mapping[str, Any] | None, max_output: int, *, stream: bool
) -> Parsed | Refusal:
    body: dict[str, Any] = {
        "model": "auto", "messages": [dict(one) for one in messages], "max_tokens": max_output, "temperature": 0,
        "stream": stream,
    }  # fmt: skip
    if schema is not None:
        body["response_format"] = {
            "type": "json_schema", "json_schema": {"name": "antwort", "strict": True, "schema": dict(schema)},
        }  # fmt: skip
    try:
        return parse(Kind.CHAT, json.dumps(body, ensure_ascii=False).encode())
    except (WireError, UnicodeEncodeError) as error:
        return Refusal("anfrage_unlesbar", getattr(error, "sentence", "Der Text enthält unlesbare Zeichen."), 400)

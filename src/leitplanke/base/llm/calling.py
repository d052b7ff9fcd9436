"""For callers inside the house: ask a model, or take its answer as it comes, from ordinary Django code."""

from __future__ import annotations

import asyncio
import json
import queue
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from leitplanke.base.llm.calls import Answer, Caller, Kind, Refusal
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
) -> Iterator[str] | Refusal:  # fmt: skip
    """Return the pieces of an answer as they come. Leaving the iterator early ends the call."""
    parsed = _parsed(messages, None, max_output, stream=True)
    if isinstance(parsed, Refusal):
        return parsed
    house = house or runtime()
    house.keeper.wait()

    async def begin() -> Opened | Refusal:
        return await (await house.inner_door()).open_call(caller, parsed)

    try:
        opened = house.run(begin(), seconds)
    except TimeoutError:
        return TOO_SLOW
    return opened if isinstance(opened, Refusal) else _pieces(house, opened, seconds)


def _pieces(house: Runtime, opened: Opened, seconds: float) -> Iterator[str]:
    pieces: queue.Queue[str | None] = queue.Queue(maxsize=64)

    async def pump() -> None:
        try:
            async for event in opened.events():
                if text := _text_of(event):
                    await asyncio.to_thread(pieces.put, text)
        finally:
            await asyncio.to_thread(pieces.put, None)

    future = asyncio.run_coroutine_threadsafe(pump(), house.loop())
    try:
        while True:
            try:
                piece = pieces.get(timeout=seconds)
            except queue.Empty:
                return
            if piece is None:
                return
            yield piece
    finally:
        future.cancel()


def _text_of(event: bytes) -> str:
    if not event.startswith(b"data: {"):
        return ""
    choices = json.loads(event[6:]).get("choices") or [{}]
    return str((choices[0].get("delta") or {}).get("content") or "")


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

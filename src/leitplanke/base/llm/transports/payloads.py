"""Scripts in the form in which a service answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from leitplanke.base.llm.calls import Body, Kind
from leitplanke.base.llm.transports.scripts import Script, vectors

IDENTITY = "skript-1"
CREATED = 1_700_000_000


def whole_payload(script: Script, kind: Kind, model: str, body: Body) -> Body:
    """Return a whole answer."""
    if kind is Kind.EMBEDDING:
        data = [{"object": "embedding", "index": at, "embedding": vector} for at, vector in enumerate(vectors(body))]
        usage = {"prompt_tokens": script.tokens_in, "total_tokens": script.tokens_in}
        return {"object": "list", "model": model, "data": data, "usage": usage}
    named = "chat.completion" if kind is Kind.CHAT else "text_completion"
    choices = [
        {"index": at, "finish_reason": script.finish, **_content(script, kind)} for at in range(body.get("n", 1))
    ]
    head = {"id": IDENTITY, "object": named, "created": CREATED, "model": model}
    return {**head, "choices": choices, "usage": script.usage}


def stream_payloads(script: Script, kind: Kind, model: str, body: Body) -> Iterator[bytes]:
    """Yield the data of the events of an answer: a beginning, a piece each, an end, the usage."""
    chat = kind is Kind.CHAT
    named = "chat.completion.chunk" if chat else "text_completion"
    head = {"id": IDENTITY, "object": named, "created": CREATED, "model": model}
    choices = range(body.get("n", 1))

    def event(index: int, piece: dict[str, Any], finish: str | None = None) -> bytes:
        content = {"delta": piece} if chat else {"text": piece.get("content", "")}
        return _line({**head, "choices": [{"index": index, **content, "finish_reason": finish}]})

    for index in choices if chat else ():
        yield event(index, {"role": "assistant", "content": ""})
    for piece in script.pieces:
        for index in choices:
            yield event(index, {"content": piece})
    for index in choices if chat else ():
        for delta in _call_deltas(script):
            yield event(index, delta)
    for index in choices:
        yield event(index, {}, script.finish)
    yield _line({**head, "choices": [], "usage": script.usage})


def error_payload(status: int, body: Body) -> Body:
    """Return an error as services write it: with what was asked, which must not go on."""
    return {
        "error": {"message": f"Fehler {status} bei: {json.dumps(body)[:400]}", "type": "server_error", "code": None}
    }


def _content(script: Script, kind: Kind) -> dict[str, Any]:
    if kind is not Kind.CHAT:
        return {"text": script.text}
    message: dict[str, Any] = {"role": "assistant", "content": None if script.calls else script.text}
    if script.calls:
        message["tool_calls"] = [
            {
                "id": f"call_{at}",
                "type": "function",
                "function": {"name": call.name, "arguments": call.arguments},
            }
            for at, call in enumerate(script.calls)
        ]
    return {"message": message}


def _call_deltas(script: Script) -> Iterator[dict[str, Any]]:
    """Yield tool calls in pieces of seven characters, so that placeholders are cut."""
    for at, call in enumerate(script.calls):
        head = {"index": at, "id": f"call_{at}", "type": "function", "function": {"name": call.name, "arguments": ""}}
        yield {"tool_calls": [head]}
        for start in range(0, len(call.arguments), 7):
            yield {"tool_calls": [{"index": at, "function": {"arguments": call.arguments[start : start + 7]}}]}


def _line(value: Body) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

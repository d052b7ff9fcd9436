"""What an answer says beside the words of the model."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from leitplanke.base.llm.calls import Usage
from leitplanke.base.llm.entries import HeldTool
from leitplanke.base.llm.wire import StreamedCall, encode_event
from leitplanke.base.policy import stop_of
from leitplanke.core.policy import Decision


def notice_of(held: Sequence[StreamedCall], tools: Sequence[HeldTool], decision: Decision) -> str:
    """Return what is said in place of tool calls that were held back; `tools` are those that somebody may release.

    Args:
        held: what the model asked for.
        tools: what waits for a person.
        decision: what the guideline says of it; the clause that stops it is quoted.
    """
    names = ", ".join(call.name for call in held)
    if tools:
        where = ", ".join(f"/gateway/werkzeuge/{tool.public_id}/" for tool in tools)
        return f"Das Werkzeug {names} würde etwas ändern. Es wartet, bis ein Mensch es freigibt: {where}"
    if (stop := stop_of(decision)) is None:
        return f"Das Werkzeug {names} würde etwas ändern, was Menschen betrifft. Ein Modell darf das nicht auslösen."
    return f"{names}: {stop.sentence} (Leitlinie, Klausel {stop.number}, {stop.title}: {stop.url})"


def take_writing_calls(choice: dict[str, Any], holds: Callable[[str], bool], held: list[StreamedCall]) -> None:
    """Move the tool calls of a choice that `holds` names to `held`."""
    message: dict[str, Any] = choice.get("message") or {}
    calls = message.get("tool_calls")
    if not calls:
        return
    passed = []
    for call in calls:
        function = call["function"]
        if holds(function["name"]):
            held.append(StreamedCall(choice["index"], call["id"], function["name"], function["arguments"]))
        else:
            passed.append(call)
    if passed:
        message["tool_calls"] = passed
    else:
        del message["tool_calls"]
        choice["finish_reason"] = "stop"


def usage_body(usage: Usage) -> dict[str, int]:
    """Return what was used, in the form of the wire."""
    return {
        "prompt_tokens": usage.tokens_in, "completion_tokens": usage.tokens_out,
        "total_tokens": usage.tokens_in + usage.tokens_out,
    }  # fmt: skip


def error_event(code: str, sentence: str) -> bytes:
    """Return the event with which a stream says that it is not whole."""
    error = {"error": {"message": sentence, "type": "leitplanke", "code": code, "param": None}}
    return encode_event(json.dumps(error, ensure_ascii=False).encode())

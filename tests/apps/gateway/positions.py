"""Every place of a request where somebody may write something, with a canary in it."""

from __future__ import annotations

import json
from typing import Any

CANARY = "DE02120300000000202051"
TOOL = {"type": "function", "function": {"name": "suchen", "parameters": {"type": "object", "properties": {}}}}


def user(text: str) -> list[Any]:
    return [{"role": "user", "content": text}]


def positions() -> dict[str, dict[str, Any]]:
    """Return bodies with the canary in one position each."""
    text = f"IBAN {CANARY}"
    call = {"id": "call_1", "type": "function", "function": {"name": "suchen", "arguments": json.dumps({"wer": text})}}
    escaped = '{"wer": "' + "".join(f"\\u{ord(sign):04x}" for sign in text) + '"}'
    schema = {
        "name": "form",
        "schema": {"type": "object", "properties": {"a": {"type": "string", "description": text}}},
    }
    history = [{"role": "assistant", "content": None, "tool_calls": [call]}]
    roles = {
        role: {"messages": [{"role": role, "content": text}, *user("x")]}
        for role in ("system", "developer", "user", "assistant")
    }
    function = TOOL["function"]
    assert isinstance(function, dict)

    def tool(**changes: Any) -> dict[str, Any]:
        return {"messages": user("x"), "tools": [{"type": "function", "function": {**function, **changes}}]}

    return {
        **roles,
        "teil": {"messages": [{"role": "user", "content": [{"type": "text", "text": text}]}]},
        "teil des systems": {"messages": [{"role": "system", "content": [{"type": "text", "text": text}]}, *user("x")]},
        "name": {"messages": [{"role": "user", "content": "x", "name": text}]},
        "werkzeugantwort": {
            "messages": [*user("x"), *history, {"role": "tool", "tool_call_id": "call_1", "content": text}]
        },
        "argumente": {"messages": [*user("x"), *history, {"role": "tool", "tool_call_id": "call_1", "content": "x"}]},
        "argumente mit zeichen": {
            "messages": [
                *user("x"),
                {
                    "role": "assistant",
                    "content": None,
                    "tool_calls": [{**call, "function": {"name": "suchen", "arguments": escaped}}],
                },
            ]
        },
        "name eines alten aufrufs": {
            "messages": [
                *user("x"),
                {
                    "role": "assistant",
                    "content": None,
                    "tool_calls": [{**call, "function": {"name": text, "arguments": "{}"}}],
                },
            ]
        },
        "nummer eines alten aufrufs": {
            "messages": [*user("x"), {"role": "assistant", "content": None, "tool_calls": [{**call, "id": CANARY}]}]
        },
        "ablehnung": {"messages": [*user("x"), {"role": "assistant", "content": None, "refusal": text}]},
        "werkzeugname": tool(name=CANARY),
        "werkzeugbeschreibung": tool(description=text),
        "parameterbeschreibung": tool(
            parameters={"type": "object", "properties": {"a": {"type": "string", "description": text}}}
        ),
        "parametername": tool(parameters={"type": "object", "properties": {CANARY: {"type": "string"}}}),
        "parameterwert": tool(parameters={"type": "object", "properties": {"a": {"type": "string", "enum": [text]}}}),
        "parametervorgabe": tool(
            parameters={"type": "object", "properties": {"a": {"type": "string", "default": text}}}
        ),
        "schema": {"messages": user("x"), "response_format": {"type": "json_schema", "json_schema": schema}},
        "schemaname": {
            "messages": user("x"),
            "response_format": {"type": "json_schema", "json_schema": {**schema, "name": CANARY}},
        },
        "nutzer": {"messages": user("x"), "user": text},
        "metadaten": {"messages": user("x"), "metadata": {"fall": text}},
        "metadatenname": {"messages": user("x"), "metadata": {CANARY: "x"}},
        "halt": {"messages": user("x"), "stop": [text]},
        "halt allein": {"messages": user("x"), "stop": text},
        "wahl": {
            "messages": user("x"),
            "tools": [TOOL],
            "tool_choice": {"type": "function", "function": {"name": CANARY}},
        },
        "bild": {
            "messages": [
                {"role": "user", "content": [{"type": "image_url", "image_url": {"url": f"data:text/plain,{CANARY}"}}]}
            ]
        },
        "datei": {
            "messages": [
                {"role": "user", "content": [{"type": "file", "file": {"filename": text, "file_data": "eA=="}}]}
            ]
        },
    }

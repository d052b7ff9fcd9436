"""Where somebody could write something about a person: no such place reaches a service unseen."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.base.llm.calls import Kind
from leitplanke.base.llm.wire import WireError, parse

pytestmark = pytest.mark.security
CANARY = "DE02120300000000202051"

CHAT: dict[str, Any] = {
    "model": "klein",
    "messages": [
        {"role": "system", "content": "s", "name": "n"},
        {"role": "developer", "content": [{"type": "text", "text": "t"}]},
        {"role": "user", "content": [{"type": "text", "text": "t"}], "name": "n"},
        {
            "role": "assistant",
            "content": "a",
            "refusal": "r",
            "tool_calls": [{"id": "id1", "type": "function", "function": {"name": "f", "arguments": '{"a": "x"}'}}],
        },
        {"role": "tool", "tool_call_id": "id1", "content": '{"b": ["y"]}', "name": "f"},
        {"role": "tool", "tool_call_id": "id1", "content": [{"type": "text", "text": "t"}]},
    ],
    "tools": [
        {
            "type": "function",
            "function": {
                "name": "f",
                "description": "d",
                "parameters": {
                    "type": "object",
                    "title": "t",
                    "description": "d",
                    "properties": {
                        "frei": {"type": "string", "default": "d", "enum": ["e"], "pattern": "p", "format": "f"}
                    },
                    "required": ["frei"],
                    "examples": [{"k": "v"}],
                    "$defs": {"Art": {"const": "c", "x-eigen": "y"}},
                },
            },
        }
    ],
    "tool_choice": {"type": "function", "function": {"name": "f"}},
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "n", "description": "d", "schema": {"properties": {"k": {"description": "d"}}}},
    },
    "stop": ["s"],
    "user": "u",
    "metadata": {"k": "v"},
    "safety_identifier": "i",
    "prompt_cache_key": "k",
    "chat_id": "c",
    "variables": {"name": "v"},
    "reasoning_effort": "low",
    "service_tier": "auto",
}
COMPLETION: dict[str, Any] = {"model": "klein", "prompt": ["p"], "suffix": "s", "stop": "s", "user": "u"}
EMBEDDING: dict[str, Any] = {"model": "klein", "input": ["i"], "encoding_format": "base64", "user": "u"}
BODIES = {Kind.CHAT: CHAT, Kind.COMPLETION: COMPLETION, Kind.EMBEDDING: EMBEDDING}

Place = tuple[str | int, ...]


def strings_in(value: Any, at: Place = ()) -> list[Place]:
    """Return the place of every string; a last part of `-1` means the name of what stands before it."""
    if isinstance(value, str):
        return [at]
    if isinstance(value, dict):
        names = [(*at, name, -1) for name in value]
        return names + [place for name, entry in value.items() for place in strings_in(entry, (*at, name))]
    if isinstance(value, list):
        return [place for number, entry in enumerate(value) for place in strings_in(entry, (*at, number))]
    return []


def placed(body: Any, place: Place, text: str) -> Any:
    body = copy.deepcopy(body)
    where = body
    *way, last = place
    if last == -1:
        *way, name = way
        for part in way:
            where = where[part]
        where[text] = where.pop(name)
        return body
    for part in way:
        where = where[part]
    where[last] = text
    return body


PLACES = [(kind, place) for kind, body in BODIES.items() for place in strings_in(body)]


def reaches_unseen(kind: Kind, body: Any) -> bool:
    """Return whether the canary is in an error, or in what a service gets although every text was taken out."""
    try:
        parsed = parse(kind, json.dumps(body).encode())
    except WireError as error:
        return CANARY in error.sentence + error.path
    blank = json.dumps(parsed.with_texts([f"leer{number}" for number in range(len(parsed.slots))]))
    return CANARY in blank


def test_there_are_many_places() -> None:
    assert len(PLACES) > 100


@pytest.mark.parametrize(("kind", "place"), PLACES, ids=[f"{kind}-{'.'.join(map(str, at))}" for kind, at in PLACES])
def test_no_string_reaches_a_service_unseen(kind: Kind, place: Place) -> None:
    assert not reaches_unseen(kind, placed(BODIES[kind], place, CANARY))


SEEN = [
    (Kind.CHAT, ("messages", 0, "content"), "messages[0].content", "system"),
    (Kind.CHAT, ("messages", 0, "name"), "messages[0].name", "system"),
    (Kind.CHAT, ("messages", 1, "content", 0, "text"), "messages[1].content[0].text", "system"),
    (Kind.CHAT, ("messages", 2, "content", 0, "text"), "messages[2].content[0].text", "user"),
    (Kind.CHAT, ("messages", 2, "name"), "messages[2].name", "user"),
    (Kind.CHAT, ("messages", 3, "content"), "messages[3].content", "assistant"),
    (Kind.CHAT, ("messages", 3, "refusal"), "messages[3].refusal", "assistant"),
    (
        Kind.CHAT,
        ("messages", 3, "tool_calls", 0, "function", "name"),
        "messages[3].tool_calls[0].function.name",
        "assistant",
    ),
    (
        Kind.CHAT,
        ("messages", 3, "tool_calls", 0, "function", "arguments"),
        "messages[3].tool_calls[0].function.arguments",
        "assistant",
    ),
    (Kind.CHAT, ("messages", 4, "content"), "messages[4].content", "tool"),
    (Kind.CHAT, ("messages", 4, "name"), "messages[4].name", "tool"),
    (Kind.CHAT, ("messages", 5, "content", 0, "text"), "messages[5].content[0].text", "tool"),
    (Kind.CHAT, ("tools", 0, "function", "name"), "tools[0].function.name", ""),
    (Kind.CHAT, ("tools", 0, "function", "description"), "tools[0].function.description", ""),
    (Kind.CHAT, ("tools", 0, "function", "parameters", "title"), "tools[0].function.parameters.title", ""),
    (
        Kind.CHAT,
        ("tools", 0, "function", "parameters", "properties", "frei", -1),
        "tools[0].function.parameters.properties.*",
        "",
    ),
    (
        Kind.CHAT,
        ("tools", 0, "function", "parameters", "properties", "frei", "default"),
        "tools[0].function.parameters.properties.*.default",
        "",
    ),
    (
        Kind.CHAT,
        ("tools", 0, "function", "parameters", "properties", "frei", "enum", 0),
        "tools[0].function.parameters.properties.*.enum[0]",
        "",
    ),
    (Kind.CHAT, ("tools", 0, "function", "parameters", "required", 0), "tools[0].function.parameters.required[0]", ""),
    (
        Kind.CHAT,
        ("tools", 0, "function", "parameters", "examples", 0, "k"),
        "tools[0].function.parameters.examples[0].*",
        "",
    ),
    (
        Kind.CHAT,
        ("tools", 0, "function", "parameters", "$defs", "Art", "const"),
        "tools[0].function.parameters.$defs.*.*",
        "",
    ),
    (Kind.CHAT, ("tool_choice", "function", "name"), "tool_choice.function.name", ""),
    (Kind.CHAT, ("response_format", "json_schema", "name"), "response_format.json_schema.name", ""),
    (Kind.CHAT, ("response_format", "json_schema", "description"), "response_format.json_schema.description", ""),
    (
        Kind.CHAT,
        ("response_format", "json_schema", "schema", "properties", "k", "description"),
        "response_format.json_schema.schema.properties.*.description",
        "",
    ),
    (Kind.CHAT, ("stop", 0), "stop[0]", ""),
    (Kind.COMPLETION, ("prompt", 0), "prompt[0]", ""),
    (Kind.COMPLETION, ("suffix",), "suffix", ""),
    (Kind.COMPLETION, ("stop",), "stop", ""),
    (Kind.EMBEDDING, ("input", 0), "input[0]", ""),
]


@pytest.mark.parametrize(("kind", "place", "path", "role"), SEEN, ids=[path for _kind, _place, path, _role in SEEN])
def test_detection_sees_it_where_it_stands(kind: Kind, place: Place, path: str, role: str) -> None:
    parsed = parse(kind, json.dumps(placed(BODIES[kind], place, CANARY)).encode())
    assert [(slot.path, slot.role) for slot in parsed.slots if CANARY in slot.text] == [(path, role)]


@pytest.mark.parametrize("name", ["user", "metadata", "safety_identifier", "prompt_cache_key", "chat_id", "variables"])
def test_who_asks_never_travels_on(name: str) -> None:
    parsed = parse(Kind.CHAT, json.dumps({**CHAT, name: {"k": CANARY}}).encode())
    assert name in parsed.dropped
    assert CANARY not in json.dumps(parsed.body)


words = st.sampled_from([CANARY, "Guten Tag", "ä\U0001f600"])
json_values = st.recursive(
    words | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words | st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
parts = st.fixed_dictionaries({"type": st.just("text"), "text": words}) | st.fixed_dictionaries(
    {"type": st.just("image_url"), "image_url": st.dictionaries(st.sampled_from(["url", "detail"]), words)}
)
calls = st.fixed_dictionaries(
    {"id": words, "type": words | st.just("function")},
    optional={"function": st.fixed_dictionaries({"name": words, "arguments": words | json_values.map(json.dumps)})},
)
messages = st.fixed_dictionaries(
    {"role": st.sampled_from(["system", "user", "assistant", "tool", CANARY])},
    optional={
        "content": words | st.lists(parts, max_size=2),
        "name": words,
        "tool_call_id": words,
        "tool_calls": st.lists(calls, max_size=2),
        "reasoning_content": words,
    },
)
tools = st.fixed_dictionaries(
    {
        "type": st.just("function"),
        "function": st.fixed_dictionaries(
            {
                "name": words | st.text(min_size=1, max_size=9),
                "parameters": st.dictionaries(words | st.text(max_size=9), json_values),
            },
            optional={"description": words, "strict": st.booleans() | words},
        ),
    }
)
bodies = st.fixed_dictionaries(
    {"model": st.just("klein"), "messages": st.lists(messages, min_size=1, max_size=3)},
    optional={
        "tools": st.lists(tools, max_size=2),
        "tool_choice": words | st.just("auto"),
        "stop": words | st.lists(words, max_size=2),
        "metadata": json_values,
        "user": words,
        "response_format": st.fixed_dictionaries(
            {"type": st.just("json_schema")},
            optional={
                "json_schema": st.fixed_dictionaries({"name": words, "schema": st.dictionaries(words, json_values)})
            },
        ),
    },
)


@settings(max_examples=150, deadline=None)
@given(bodies)
def test_whatever_is_accepted_hides_nothing(body: Any) -> None:
    assert not reaches_unseen(Kind.CHAT, body)
    try:
        parsed = parse(Kind.CHAT, json.dumps(body).encode())
    except WireError:
        return
    assert parsed.with_texts([slot.text for slot in parsed.slots]) == parsed.body
    for number in _numbers(parsed.body.get("tools", [])):
        assert abs(number) < 100_000 or any(str(number) == slot.text for slot in parsed.slots)


def _numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [number for entry in value.values() for number in _numbers(entry)]
    if isinstance(value, list):
        return [number for entry in value for number in _numbers(entry)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []

"""The allow-lists: which fields a request may have, which do not travel on, which are refused and why."""

from __future__ import annotations

from typing import Any

from leitplanke.base.llm.calls import Kind
from leitplanke.base.llm.wire.messages import read_messages
from leitplanke.base.llm.wire.reader import Fields, Reader, flag, number, one_of, record, several, text, wrong
from leitplanke.base.llm.wire.tools import read_response_format, read_tool_choice, read_tools

TOKEN_LIMIT = 1_000_000


def _stop(reader: Reader, value: Any, path: str) -> Any:
    if isinstance(value, str):
        return reader.text(value, path)
    return several(text, reader.limits.stops)(reader, value, path)


def _texts_or_tokens(reader: Reader, value: Any, path: str) -> Any:
    """Read a text, texts, or the numbers of tokens, into which nobody can look."""
    if isinstance(value, str):
        return reader.text(value, path)
    if not isinstance(value, list) or not 0 < len(value) <= TOKEN_LIMIT:
        raise wrong(path, "ein Text oder eine Liste von Texten")
    if all(type(token) is int and 0 <= token < 2**31 for token in value):
        reader.unscannable.append(path)
        return value
    if len(value) > reader.limits.inputs:
        raise wrong(path, f"höchstens {reader.limits.inputs} Einträge")
    return [_text_or_tokens(reader, entry, f"{path}[{at}]") for at, entry in enumerate(value)]


def _text_or_tokens(reader: Reader, value: Any, path: str) -> Any:
    if isinstance(value, str):
        return reader.text(value, path)
    if isinstance(value, list) and value and all(type(token) is int and 0 <= token < 2**31 for token in value):
        reader.unscannable.append(path)
        return value
    raise wrong(path, "ein Text")


def _modalities(_reader: Reader, value: Any, path: str) -> Any:
    if value != ["text"]:
        raise wrong(path, '["text"]')
    return value


def _no(_reader: Reader, value: Any, path: str) -> Any:
    if value is not False:
        raise wrong(path, "false (der Anbieter speichert nichts)")
    return value


def _stream_options(reader: Reader, value: Any, path: str) -> Any:
    return record(value, reader, path, {"include_usage": flag}, drop=frozenset({"include_obfuscation"}))


_SAMPLING: Fields = {
    "temperature": number(0, 2),
    "top_p": number(0, 1),
    "presence_penalty": number(-2, 2),
    "frequency_penalty": number(-2, 2),
    "seed": number(-(2**31), 2**31 - 1, whole=True),
    "stop": _stop,
}
# Read here, but put into the body by `parse`, `Parsed.with_texts` or the transport.
_OURS: Fields = {
    "stream": flag,
    "stream_options": _stream_options,
    "n": number(1, 1_000, whole=True),
    "max_tokens": number(1, TOKEN_LIMIT, whole=True),
}
_EFFORT = one_of("none", "minimal", "low", "medium", "high", "xhigh")

ACCEPTED: dict[Kind, Fields] = {
    Kind.CHAT: {
        "messages": read_messages,
        "tools": read_tools,
        "tool_choice": read_tool_choice,
        "parallel_tool_calls": flag,
        "response_format": read_response_format,
        "reasoning_effort": _EFFORT,
        "logprobs": flag,
        "top_logprobs": number(0, 20, whole=True),
        "max_completion_tokens": number(1, TOKEN_LIMIT, whole=True),
        **_SAMPLING,
        **_OURS,
    },
    Kind.COMPLETION: {
        "prompt": _texts_or_tokens,
        "suffix": text,
        "echo": flag,
        "logprobs": number(0, 5, whole=True),
        **_SAMPLING,
        **_OURS,
    },
    Kind.EMBEDDING: {
        "input": _texts_or_tokens,
        "dimensions": number(1, 16_384, whole=True),
        "encoding_format": one_of("float", "base64"),
    },
}
NEEDED = {Kind.CHAT: "messages", Kind.COMPLETION: "prompt", Kind.EMBEDDING: "input"}

# Checked where a value could matter, then left out: nothing of them reaches a service.
CHECKED_AND_DROPPED: Fields = {
    "store": _no,
    "modalities": _modalities,
    "service_tier": one_of("auto", "default", "flex", "priority", "scale"),
    "verbosity": one_of("low", "medium", "high"),
}
# Who asks, and what front ends keep for themselves (Open WebUI, LangChain).
DROPPED = frozenset(
    {
        "user", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "metadata",
        "chat_id", "session_id", "id", "parent_id", "message_id", "background_tasks", "features", "variables",
        "model_item", "tool_ids", "tool_servers", "filter_ids", "terminal_id", "files", "citations",
    }
)  # fmt: skip
# Known, refused, and what to do instead.
REFUSED = {
    "functions": "Nutzen Sie tools.",
    "function_call": "Nutzen Sie tool_choice.",
    "logit_bias": "Gewichte einzelner Token kann niemand prüfen.",
    "audio": "Antworten gibt es nur als Text.",
    "prediction": "Senden Sie die Vorlage als Nachricht.",
    "web_search_options": "Eine Suche beim Anbieter läuft an der Leitlinie vorbei.",
    "best_of": "Nutzen Sie n.",
}

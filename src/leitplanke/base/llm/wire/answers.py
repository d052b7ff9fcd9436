"""Answers of a service: what of them is passed on, and what its errors mean.

Nothing of an error is passed on in the words of the service: it may repeat what was asked.
"""

from __future__ import annotations

import binascii
import json
import struct
from collections.abc import Callable, Mapping
from typing import Any

from leitplanke.base.llm.calls import Body, Kind
from leitplanke.base.llm.wire.model import Envelope
from leitplanke.base.llm.wire.naming import with_brackets

FINISHES = frozenset({"stop", "length", "tool_calls", "content_filter"})
REASONINGS = ("reasoning_content", "reasoning")
TOO_LONG = frozenset({"context_length_exceeded", "exceed_context_size_error", "string_above_max_length"})
STATUS_CODES = {
    400: "modell_versteht_nicht",
    401: "modell_zugang_falsch",
    402: "modell_kontingent_leer",
    403: "modell_zugang_falsch",
    404: "modell_unbekannt",
    408: "zeit_gesamt",
    413: "kontext_zu_klein",
    422: "modell_versteht_nicht",
    429: "modell_ausgelastet",
    503: "modell_ausgelastet",
    504: "zeit_gesamt",
}

# What `map_texts` calls: the text and whether it is JSON.
MapText = Callable[[str, bool], str]


class AnswerError(Exception):
    """An answer that cannot be passed on; `code` says why, never in words of the service."""

    def __init__(self, code: str) -> None:
        """Say what is wrong."""
        super().__init__(code)
        self.code = code


def error_code(status: int, body: object) -> str:
    """Return what an error of a service means, from its status and its own code alone."""
    error = body.get("error", body) if isinstance(body, Mapping) else None
    if isinstance(error, Mapping):
        named = {value for value in (error.get("code"), error.get("type")) if isinstance(value, str)}
        if named & TOO_LONG or _tells_of_length(error.get("message")):
            return "kontext_zu_klein"
        if "insufficient_quota" in named:
            return "modell_kontingent_leer"
        if not status and isinstance(error.get("code"), int):
            status = error["code"]
    return STATUS_CODES.get(status, "modell_gestoert")


def clean_answer(
    kind: Kind, answer: object, envelope: Envelope, *, logprobs: bool = False, base64: bool = False
) -> Body:
    """Return of a whole answer what is passed on, in our envelope.

    `logprobs` pass on what they say token by token (never of a pseudonymised call); `base64` packs vectors.

    Raises:
        AnswerError: it is none, or the service says that it failed.
    """
    if not isinstance(answer, dict):
        raise AnswerError("antwort_unlesbar")
    if answer.get("error"):
        raise AnswerError(error_code(0, answer))
    if kind is Kind.EMBEDDING:
        return _embeddings(answer, envelope.model, base64=base64)
    choices = _list(answer.get("choices"))
    read = _choice if kind is Kind.CHAT else _completion
    return {
        "id": envelope.identity,
        "object": "chat.completion" if kind is Kind.CHAT else "text_completion",
        "created": envelope.created,
        "model": envelope.model,
        "choices": [read(_object(choice), logprobs=logprobs) for choice in choices],
        "usage": clean_usage(answer.get("usage")),
    }


def map_texts(body: Body, fn: MapText, *, json_content: bool = False) -> Body:
    """Return a cleaned whole answer in which every text went through `fn`; `json_content` as `Parsed` says it."""
    if "choices" not in body:
        return body
    return {**body, "choices": [_mapped(choice, fn, json_content=json_content) for choice in body["choices"]]}


def first_text(body: Body) -> str:
    """Return what the model wrote in the first choice."""
    for choice in body.get("choices", ()):
        text = choice["text"] if "text" in choice else choice["message"]["content"]
        return text or ""
    return ""


def clean_usage(usage: object) -> dict[str, int] | None:
    """Return the counts of tokens; None where the service does not say or says nonsense."""
    if not isinstance(usage, dict):
        return None
    tokens_in, tokens_out = usage.get("prompt_tokens"), usage.get("completion_tokens", 0)
    if not _count(tokens_in) or not _count(tokens_out):
        return None
    return {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out}


def clean_finish(finish: object) -> str | None:
    """Return why a model stopped; None while it goes on."""
    if finish is None:
        return None
    return finish if finish in FINISHES else "stop"


def reasoning_of(part: Mapping[str, Any]) -> str | None:
    """Return what the model thought aloud, by either of the names that services give it."""
    return next((part[name] for name in REASONINGS if isinstance(part.get(name), str) and part[name]), None)


def text_of(value: object) -> str | None:
    """Return a text that a service gives as such or in parts."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list):  # Mistral gives parts to some models
        parts = [part.get("text") for part in value if isinstance(part, dict) and part.get("type") == "text"]
        return "".join(part for part in parts if isinstance(part, str))
    raise AnswerError("antwort_unlesbar")


def _tells_of_length(message: object) -> bool:
    """Return whether a message says so in words; some services have no code for it. The message goes nowhere."""
    return isinstance(message, str) and any(words in message for words in ("context length", "context size"))


def _choice(choice: dict[str, Any], *, logprobs: bool) -> dict[str, Any]:
    message = _object(choice.get("message"))
    clean: dict[str, Any] = {"role": "assistant", "content": text_of(message.get("content"))}
    asides = {"refusal": text_of(message.get("refusal")), "reasoning_content": reasoning_of(message)}
    clean |= {name: value for name, value in asides.items() if value}
    if calls := message.get("tool_calls"):
        clean["tool_calls"] = [_tool_call(_object(call), at) for at, call in enumerate(_list(calls))]
    return {
        "index": _index(choice),
        "message": clean,
        "logprobs": choice.get("logprobs") if logprobs else None,
        "finish_reason": clean_finish(choice.get("finish_reason")) or "stop",
    }


def _completion(choice: dict[str, Any], *, logprobs: bool) -> dict[str, Any]:
    return {
        "index": _index(choice),
        "text": text_of(choice.get("text")) or "",
        "logprobs": choice.get("logprobs") if logprobs else None,
        "finish_reason": clean_finish(choice.get("finish_reason")) or "stop",
    }


def _tool_call(call: dict[str, Any], at: int) -> dict[str, Any]:
    function = _object(call.get("function"))
    name = function.get("name")
    arguments = function.get("arguments", "{}")
    if isinstance(arguments, dict):  # some servers give the object itself
        arguments = json.dumps(arguments, ensure_ascii=False)
    if not isinstance(name, str) or not isinstance(arguments, str):
        raise AnswerError("antwort_unlesbar")
    identity = call.get("id")
    return {
        "id": identity if isinstance(identity, str) and 0 < len(identity) <= 80 else f"call{at:05d}",
        "type": "function",
        "function": {"name": name, "arguments": arguments},
    }


def _embeddings(answer: dict[str, Any], model: str, *, base64: bool) -> Body:
    data = []
    for at, entry in enumerate(_list(answer.get("data"))):
        vector = _object(entry).get("embedding")
        if not isinstance(vector, list) or not all(type(number) in {int, float} for number in vector):
            raise AnswerError("antwort_unlesbar")
        data.append({"object": "embedding", "index": at, "embedding": _packed(vector) if base64 else vector})
    return {"object": "list", "data": data, "model": model, "usage": clean_usage(answer.get("usage"))}


def _packed(vector: list[float]) -> str:
    """Return a vector as clients unpack it: 32-bit floats, lowest byte first, in base64."""
    return binascii.b2a_base64(struct.pack(f"<{len(vector)}f", *vector), newline=False).decode()


def _mapped(choice: dict[str, Any], fn: MapText, *, json_content: bool) -> dict[str, Any]:
    if "text" in choice:
        return {**choice, "text": fn(choice["text"], False)}
    message = dict(choice["message"])
    for name in ("content", "refusal", "reasoning_content"):
        if message.get(name):
            message[name] = fn(message[name], json_content and name == "content")
    if "tool_calls" in message:
        message["tool_calls"] = [
            {
                **call,
                "function": {
                    "name": fn(with_brackets(call["function"]["name"]), False),
                    "arguments": fn(call["function"]["arguments"], True),
                },
            }
            for call in message["tool_calls"]
        ]
    return {**choice, "message": message}


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise AnswerError("antwort_unlesbar")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise AnswerError("antwort_unlesbar")
    return value


def _index(value: Mapping[str, Any]) -> int:
    index = value.get("index", 0)
    return index if type(index) is int and 0 <= index < 128 else 0


def _count(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**31

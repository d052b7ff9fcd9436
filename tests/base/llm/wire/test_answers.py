from __future__ import annotations

import base64
import json
import struct
from typing import Any

import pytest

from leitplanke.base.llm.calls import Kind
from leitplanke.base.llm.wire import (
    AnswerError,
    Envelope,
    clean_answer,
    error_code,
    estimate_tokens,
    first_text,
    map_texts,
)

OURS = Envelope("ruf-1", "klein", 1_700_000_000)
MESSAGE = {"role": "assistant", "content": "Ja.", "annotations": [{"url": "x"}], "reasoning": "Hm."}
ANSWER: dict[str, Any] = {
    "id": "fremd", "object": "x", "created": 5, "model": "fremd-70b", "system_fingerprint": "fp",
    "choices": [{"index": 0, "message": MESSAGE, "finish_reason": "eos", "logprobs": {"content": []}, "stop": 7}],
    "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 99, "details": {}},
}  # fmt: skip


def test_only_what_is_on_the_list_is_passed_on() -> None:
    body = clean_answer(Kind.CHAT, ANSWER, OURS)
    assert body == {
        "id": "ruf-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "klein",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": "Ja.", "reasoning_content": "Hm."},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7},
    }
    assert first_text(body) == "Ja."
    assert clean_answer(Kind.CHAT, ANSWER, OURS, logprobs=True)["choices"][0]["logprobs"] == {"content": []}


def test_every_text_of_an_answer_is_mapped_and_json_is_known_as_such() -> None:
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": {"a": "ä"}}}
    message = {
        "content": [{"type": "text", "text": "i"}],
        "refusal": "r",
        "reasoning_content": "h",
        "tool_calls": [call],
    }
    seen: list[tuple[str, bool]] = []
    whole = {"choices": [{"message": message}, {"message": {"content": None}}]}
    map_texts(clean_answer(Kind.CHAT, whole, OURS), lambda text, json: (seen.append((text, json)), text)[1])
    assert seen == [("i", False), ("r", False), ("h", False), ("f", False), ('{"a": "ä"}', True)]


def test_completions_and_vectors() -> None:
    body = clean_answer(Kind.COMPLETION, {"choices": [{"text": "a", "finish_reason": "length"}]}, OURS)
    assert map_texts(body, lambda text, _json: text + "!")["choices"][0]["text"] == "a!"
    assert first_text(body) == "a"
    answer = {"data": [{"embedding": [1, 0.5]}], "usage": {"prompt_tokens": 2, "total_tokens": 2}}
    assert clean_answer(Kind.EMBEDDING, answer, OURS) == {
        "object": "list",
        "data": [{"object": "embedding", "index": 0, "embedding": [1, 0.5]}],
        "model": "klein",
        "usage": {"prompt_tokens": 2, "completion_tokens": 0, "total_tokens": 2},
    }
    packed = clean_answer(Kind.EMBEDDING, answer, OURS, base64=True)["data"][0]["embedding"]
    assert struct.unpack("<2f", base64.b64decode(packed)) == (1.0, 0.5)


@pytest.mark.parametrize(
    "answer",
    [None, [], {}, {"choices": {}}, {"choices": [1]}, {"choices": [{}]}, {"choices": [{"message": {"content": 5}}]}],
)
def test_what_is_no_answer_is_not_passed_on(answer: object) -> None:
    with pytest.raises(AnswerError, match="antwort_unlesbar"):
        clean_answer(Kind.CHAT, answer, OURS)


@pytest.mark.security
@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {"error": {"message": "x", "code": "context_length_exceeded"}}, "kontext_zu_klein"),  # OpenAI
        (
            400,
            {"object": "error", "message": "maximum context length is 8192", "code": 400},
            "kontext_zu_klein",
        ),  # vLLM
        (400, {"error": {"code": 400, "type": "exceed_context_size_error"}}, "kontext_zu_klein"),  # llama.cpp
        (422, {"detail": [{"type": "extra_forbidden", "input": "geheim"}]}, "modell_versteht_nicht"),  # Mistral
        (404, {"error": {"message": 'model "x" not found', "type": "not_found_error"}}, "modell_unbekannt"),  # Ollama
        (429, {"error": {"code": "insufficient_quota"}}, "modell_kontingent_leer"),
        (429, None, "modell_ausgelastet"),
        (401, "text", "modell_zugang_falsch"),
        (500, {"error": "Text"}, "modell_gestoert"),
        (418, [], "modell_gestoert"),
        (0, {"error": {"code": 503}}, "modell_ausgelastet"),
    ],
)
def test_errors_become_codes(status: int, body: object, code: str) -> None:
    assert error_code(status, body) == code
    with pytest.raises(AnswerError) as caught:
        clean_answer(Kind.CHAT, {"error": {"message": json.dumps("geheim")}}, OURS)
    assert "geheim" not in str(caught.value)


def test_tokens_are_rather_counted_too_many() -> None:
    assert estimate_tokens(0, messages=0) == 0
    assert estimate_tokens(100, messages=2) == 34 + 8

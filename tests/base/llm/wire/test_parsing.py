from __future__ import annotations

import json
import re
from typing import Any

import pytest

from leitplanke.base.llm.calls import Kind
from leitplanke.base.llm.wire import Limits, Parsed, WireError, parse

USER = {"role": "user", "content": "Guten Tag"}
IMAGE = "data:image/png;base64,iVBORw0KGgo="


def chat(**fields: Any) -> Parsed:
    return parse(Kind.CHAT, json.dumps({"model": "klein", "messages": [USER], **fields}).encode())


def refused(code: str, path: str, call: Any) -> WireError:
    with pytest.raises(WireError) as caught:
        call()
    assert (caught.value.code, caught.value.path) == (code, path)
    assert caught.value.sentence.endswith(".")
    return caught.value


def test_a_plain_question_stays_what_it_is() -> None:
    parsed = chat(temperature=0.2, max_tokens=50, stream=True, stream_options={"include_usage": True})
    assert (parsed.model, parsed.stream, parsed.include_usage, parsed.max_output, parsed.n) == (
        "klein",
        True,
        True,
        50,
        1,
    )
    assert parsed.body == {"messages": [USER], "temperature": 0.2, "max_tokens": 50}
    assert parsed.characters == 9


def test_texts_are_replaced_one_by_one_and_the_cap_is_ours() -> None:
    parsed = chat(max_completion_tokens=500, max_tokens=400)
    body = parsed.with_texts(["Hallo"], max_output=100)
    assert body == {"messages": [{"role": "user", "content": "Hallo"}], "max_tokens": 100}
    assert parsed.body["max_tokens"] == 400
    with pytest.raises(ValueError, match="differ in number"):
        parsed.with_texts([])


def test_identifiers_of_calls_are_numbered_and_still_fit_each_other() -> None:
    call = {"id": "call_von_Max_Mustermann", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    history = [
        USER,
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_von_Max_Mustermann", "content": "ok"},
    ]
    body = chat(messages=history).body["messages"]
    assert body[1]["tool_calls"][0]["id"] == body[2]["tool_call_id"] == "c00000000"
    assert body[1]["content"] is None


def test_arguments_are_known_as_json_and_broken_ones_as_text() -> None:
    def slots(arguments: str) -> list[bool]:
        call = {"id": "1", "type": "function", "function": {"name": "f", "arguments": arguments}}
        return [slot.json for slot in chat(messages=[USER, {"role": "assistant", "tool_calls": [call]}]).slots[2:]]

    assert slots('{"a": 1}') == [True]
    assert slots("") == [False]
    assert slots('{"a": ') == [False]
    path = "messages[1].tool_calls[0].function.arguments"
    refused("json_ungueltig", path, lambda: slots('{"a": "\\u004d'))
    refused("name_doppelt", path, lambda: slots('{"a": 1, "a": 2}'))


@pytest.mark.parametrize(
    ("content", "json_inside"),
    [
        ('{"name": "M\\u00fcller"}', True),
        (' ["O\\"Brien"]', True),
        ('{"name": "Müller"}', False),
        ("[Protokoll] C:\\users\\max", False),
        ('{"a": "x\\n", "a": "y"}', False),
    ],
)
def test_content_that_is_json_with_escapes_is_known_as_such(content: str, json_inside: bool) -> None:
    parsed = chat(messages=[{"role": "user", "content": content}])
    assert [(slot.text, slot.json) for slot in parsed.slots] == [(content, json_inside)]


def test_a_long_number_in_a_schema_is_a_text_and_comes_back_as_a_number() -> None:
    tool = {"type": "function", "function": {"name": "f", "parameters": {"default": 86095742719, "minimum": 5}}}
    parsed = chat(tools=[tool])
    assert parsed.slots[-1].text == "86095742719"
    assert parsed.body["tools"] == [tool]
    texts = [slot.text for slot in parsed.slots]
    changed = parsed.with_texts([*texts[:-1], "[[STEUER_ID_1]]"])
    assert changed["tools"][0]["function"]["parameters"] == {"default": "[[STEUER_ID_1]]", "minimum": 5}


def test_two_names_that_become_one_are_refused() -> None:
    tool = {"type": "function", "function": {"name": "f", "parameters": {"properties": {"a": {}, "b": {}}}}}
    parsed = chat(tools=[tool])
    refused(
        "name_doppelt",
        "tools[0].function.parameters.properties.*",
        lambda: parsed.with_texts(["x"] * len(parsed.slots)),
    )


@pytest.mark.parametrize(
    ("part", "path"),
    [
        ({"type": "image_url", "image_url": {"url": IMAGE, "detail": "low"}}, "messages[0].content[0].image_url.url"),
        (
            {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
            "messages[0].content[0].input_audio.data",
        ),
        (
            {"type": "file", "file": {"file_data": "data:application/pdf;base64,AAAA", "filename": "Akte.pdf"}},
            "messages[0].content[0].file.file_data",
        ),
        ({"type": "text", "text": f"![Bild]({IMAGE})"}, "messages[0].content[0].text"),
    ],
)
def test_what_nobody_can_look_into_is_named(part: dict[str, Any], path: str) -> None:
    parsed = chat(messages=[{"role": "user", "content": [part]}])
    assert parsed.unscannable == (path,)
    assert parsed.body["messages"][0]["content"] == [part]


@pytest.mark.parametrize(
    ("kind", "field", "value", "paths"),
    [
        (Kind.EMBEDDING, "input", [1, 2, 3], ("input",)),
        (Kind.EMBEDDING, "input", [[1, 2], "Text", [3]], ("input[0]", "input[2]")),
        (Kind.COMPLETION, "prompt", [1, 2], ("prompt",)),
        (Kind.COMPLETION, "prompt", "Text", ()),
    ],
)
def test_token_numbers_hide_text(kind: Kind, field: str, value: Any, paths: tuple[str, ...]) -> None:
    assert parse(kind, json.dumps({"model": "klein", field: value}).encode()).unscannable == paths


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"temprature": 1}, "feld_unbekannt", "temprature"),
        ({"Max Mustermann": 1}, "feld_unbekannt", "(nicht darstellbarer Name)"),
        ({"functions": [{}]}, "feld_unbekannt", "functions"),
        ({"logit_bias": {"50256": -100}}, "feld_unbekannt", "logit_bias"),
        ({"web_search_options": {"x": 1}}, "feld_unbekannt", "web_search_options"),
        ({"store": True}, "wert_ungueltig", "store"),
        ({"modalities": ["text", "audio"]}, "wert_ungueltig", "modalities"),
        ({"temperature": 3}, "wert_ungueltig", "temperature"),
        ({"temperature": True}, "wert_ungueltig", "temperature"),
        ({"temperature": "1"}, "wert_ungueltig", "temperature"),
        ({"max_tokens": 0}, "wert_ungueltig", "max_tokens"),
        ({"max_tokens": 1.5}, "wert_ungueltig", "max_tokens"),
        ({"n": 128}, "zu_viele_antworten", "n"),
        ({"stream": "ja"}, "wert_ungueltig", "stream"),
        ({"stop": ["a"] * 9}, "wert_ungueltig", "stop"),
        ({"reasoning_effort": "Max"}, "wert_ungueltig", "reasoning_effort"),
        ({"model": None}, "feld_fehlt", "model"),
        ({"model": "Max Mustermann"}, "wert_ungueltig", "model"),
        ({"messages": []}, "wert_ungueltig", "messages"),
        ({"messages": None}, "feld_fehlt", "messages"),
        ({"messages": [{"role": "function", "content": "x"}]}, "wert_ungueltig", "messages[0].role"),
        ({"messages": [{"role": "user"}]}, "feld_fehlt", "messages[0].content"),
        ({"messages": [{"role": "user", "content": 5}]}, "wert_ungueltig", "messages[0].content"),
        ({"messages": [{**USER, "tool_calls": [{}]}]}, "feld_unbekannt", "messages[0].tool_calls"),
        ({"messages": [{**USER, "audio": {"id": "x"}}]}, "feld_unbekannt", "messages[0].audio"),
        ({"messages": [{"role": "tool", "content": "x"}]}, "feld_fehlt", "messages[0].tool_call_id"),
        ({"tools": [{"type": "web_search"}]}, "wert_ungueltig", "tools[0].type"),
        ({"tool_choice": "Max"}, "wert_ungueltig", "tool_choice"),
        ({"response_format": {"type": "json_schema"}}, "feld_fehlt", "response_format.json_schema"),
    ],
)
def test_what_is_not_on_the_list_is_refused_by_name(fields: dict[str, Any], code: str, path: str) -> None:
    error = refused(code, path, lambda: chat(**fields))
    assert "Mustermann" not in error.sentence


@pytest.mark.parametrize(
    "url",
    [
        "https://boese.example/?q=1",
        "http://127.0.0.1/x.png",
        "data:text/html;base64,AAAA",
        "data:image/png;base64,<x>",
        5,
    ],
)
def test_an_image_must_come_along(url: object) -> None:
    part = {"type": "image_url", "image_url": {"url": url}}
    path = "messages[0].content[0].image_url.url"
    refused("wert_ungueltig", path, lambda: chat(messages=[{"role": "user", "content": [part]}]))


@pytest.mark.security
@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "json_ungueltig"),
        (b"{", "json_ungueltig"),
        (b"[]", "json_ungueltig"),
        (b'"text"', "json_ungueltig"),
        (b'{"model": NaN}', "json_ungueltig"),
        (b'{"temperature": -Infinity}', "json_ungueltig"),
        (b'{"seed": ' + b"9" * 5_000 + b"}", "json_ungueltig"),
        (b'{"model": "a", "model": "b"}', "name_doppelt"),
        (b'{"model": "a", "messages": [{"role": "user", "content": "a", "content": "b"}]}', "name_doppelt"),
        (b'{"model": "\\ud800"}', "zeichen_ungueltig"),
        (b'{"model": "\xff"}', "zeichen_ungueltig"),
        (b'{"model": "\xed\xa0\x80"}', "zeichen_ungueltig"),
        (b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "zu_tief"),
        (b'{"x": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}", "zu_tief"),
        (b" " * 5_000_000, "anfrage_zu_gross"),
    ],
)
def test_hostile_bytes_are_refused(raw: bytes, code: str) -> None:
    refused(code, "", lambda: parse(Kind.CHAT, raw))


def test_depth_and_number_of_texts_are_limited() -> None:
    deep: Any = "x"
    for _level in range(40):
        deep = {"a": deep}
    tool = {"type": "function", "function": {"name": "f", "parameters": deep}}
    with pytest.raises(WireError, match="zu_tief"):
        chat(tools=[tool])
    many = json.dumps({"model": "klein", "input": ["x"] * 11}).encode()
    with pytest.raises(WireError, match="zu_viele_texte"):
        parse(Kind.EMBEDDING, many, Limits(texts=10))


def test_what_the_openai_client_copies_into_the_history_is_taken() -> None:
    answer = {
        "role": "assistant", "content": "Ja", "refusal": None, "annotations": [], "audio": None, "function_call": None,
        "tool_calls": None, "reasoning_content": "Hm",
    }  # fmt: skip
    body = chat(messages=[USER, answer, USER]).body
    assert body["messages"][1] == {"role": "assistant", "content": "Ja"}


def test_what_open_webui_adds_is_taken_and_left_out() -> None:
    extras: dict[str, Any] = {
        "chat_id": "1", "session_id": "2", "id": "3", "background_tasks": {"title_generation": True}, "features": {},
        "variables": {"{{USER_NAME}}": "Max"}, "model_item": {"id": "klein"}, "tool_ids": [], "files": [],
        "filter_ids": [],
        "metadata": {"chat_id": "1", "files": None},
    }  # fmt: skip
    parsed = chat(**extras)
    assert set(parsed.dropped) == set(extras)
    assert parsed.body == {"messages": [USER]}
    assert parsed.metadata == {"chat_id": "1"}


@pytest.mark.parametrize(
    ("form", "json_content"),
    [(None, False), ({"type": "text"}, False), ({"type": "json_object"}, True)],
)
def test_it_is_known_whether_the_answer_shall_be_json(form: Any, json_content: bool) -> None:
    assert chat(response_format=form).json_content is json_content


def test_no_tools_are_as_none() -> None:
    assert chat(tools=[]).body == {"messages": [USER]}


def test_null_says_nothing() -> None:
    assert chat(temperature=None, tools=None, stop=None, n=None, stream=None, function_call=None).body == {
        "messages": [USER]
    }


def test_vectors_are_asked_for_as_numbers() -> None:
    parsed = parse(Kind.EMBEDDING, b'{"model": "e", "input": "x", "encoding_format": "base64"}')
    assert parsed.base64
    assert parsed.body == {"input": "x"}


def test_no_path_names_what_a_caller_named() -> None:
    schema = {"properties": {"Mustermann": {"x-Max": "geheim"}}}
    parsed = chat(tools=[{"type": "function", "function": {"name": "f", "parameters": schema}}])
    assert not any(re.search("Max|Mustermann", slot.path) for slot in parsed.slots)

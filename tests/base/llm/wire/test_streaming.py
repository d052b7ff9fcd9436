"""Streams: joined they say what the whole answer says, for any cut."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.base.llm.calls import Kind
from leitplanke.base.llm.wire import AnswerError, Envelope, StreamMapper, clean_answer, first_text, map_texts
from tests.base.llm.wire.restorers import make_restorer, restored

OURS = Envelope("ruf-1", "klein", 1_700_000_000)
SECRET = "IBAN DE02120300000000202051"


def event(delta: dict[str, Any], *, index: int = 0, finish: str | None = None, **more: Any) -> bytes:
    choice = {"index": index, "delta": delta, "finish_reason": finish, "logprobs": {"content": [SECRET]}}
    return json.dumps(
        {"id": "fremd", "model": "fremd", "choices": [choice], "system_fingerprint": "x", **more}
    ).encode()


def mapper(**options: Any) -> StreamMapper:
    return StreamMapper(Kind.CHAT, OURS, make_restorer, **options)


def joined(out: list[bytes]) -> dict[int, dict[str, Any]]:
    """Put pieces together as a client does."""
    choices: dict[int, dict[str, Any]] = {}
    for data in out:
        for choice in json.loads(data)["choices"]:
            said = choices.setdefault(choice["index"], {"tool_calls": {}, "finish": None})
            assert said["finish"] is None, "nothing may follow the end of a choice"
            said["finish"] = choice["finish_reason"]
            for name in ("content", "reasoning_content", "refusal"):
                said[name] = said.get(name, "") + choice["delta"].get(name, "")
            for call in choice["delta"].get("tool_calls", ()):
                known = said["tool_calls"].setdefault(
                    call["index"], {"name": "", "arguments": "", "id": call.get("id")}
                )
                known["name"] += call["function"].get("name", "")
                known["arguments"] += call["function"].get("arguments", "")
    return choices


texts = st.lists(
    st.sampled_from(["[[PERSON_1]]", "[[ORT_1]]", "[[PERSON_9]]", " und ", "[", "]", "[[", "ä\U0001f600", "s "]),
    max_size=8,
).map("".join)


def pieces(draw: Any, text: str) -> list[str]:
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=6))})
    return [text[start:end] for start, end in pairwise(cuts)]


@st.composite
def streams(draw: Any) -> tuple[dict[int, dict[str, str]], list[bytes]]:
    """An answer of some choices, each with content, thoughts and two tool calls, in pieces that are mixed."""
    said: dict[int, dict[str, str]] = {}
    queues: list[list[bytes]] = []
    for index in range(draw(st.integers(1, 2))):
        said[index] = {name: draw(texts) for name in ("content", "reasoning_content", "0", "1")}
        queues += [
            [event({name: piece}, index=index) for piece in pieces(draw, said[index][name])]
            for name in ("content", "reasoning_content")
        ]
        for call in (0, 1):
            arguments = said[index][str(call)] = json.dumps({"a": said[index][str(call)]}, ensure_ascii=False)
            head = {"index": call, "id": f"c{call}", "function": {"name": f"f{call}", "arguments": ""}}
            rest = [{"index": call, "function": {"arguments": piece}} for piece in pieces(draw, arguments)]
            queues.append([event({"tool_calls": [delta]}, index=index) for delta in [head, *rest]])
    events = [event({"role": "assistant"}, index=index) for index in said]
    while queues := [queue for queue in queues if queue]:
        events.append(queues[draw(st.integers(0, len(queues) - 1))].pop(0))
    return said, events


@settings(max_examples=80, deadline=None)
@given(streams(), st.booleans())
def test_names_are_exact_for_any_cut(stream: tuple[dict[int, dict[str, str]], list[bytes]], aborted: bool) -> None:
    said, events = stream
    mapped = mapper(keep_text=True)
    if not aborted:
        events = [*events, *(event({}, index=index, finish="tool_calls") for index in said)]
    out = [data for one in events for data in mapped.feed(one)] + mapped.finish()
    for index, choice in joined(out).items():
        assert choice["content"] == restored(said[index]["content"])
        assert choice["reasoning_content"] == restored(said[index]["reasoning_content"])
        for call in (0, 1):
            arguments = choice["tool_calls"][call]["arguments"]
            assert arguments == restored(said[index][str(call)], json=True)
            json.loads(arguments)
            assert choice["tool_calls"][call]["name"] == f"f{call}"
        assert choice["finish"] == (None if aborted else "tool_calls")
    assert mapped.finished
    assert mapped.text == joined(out)[0]["content"]
    assert SECRET not in b"".join(out).decode()
    assert b"fremd" not in b"".join(out)


def test_nothing_waits_without_need() -> None:
    """The first piece goes out at once; only what may become a placeholder is held."""
    mapped = mapper()
    assert joined(mapped.feed(event({"content": "Guten Tag, "})))[0]["content"] == "Guten Tag, "
    assert not mapped.feed(event({"content": "[[PERS"}))
    assert joined(mapped.feed(event({"content": "ON_1]]s Antrag"})))[0]["content"] == 'O"Brien\nMüllers Antrag'


def test_what_a_service_counts_is_kept_and_only_that() -> None:
    mapped = mapper()
    usage = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 9, "prompt_tokens_details": {"x": SECRET}}
    assert not mapped.feed(json.dumps({"choices": [], "usage": usage}).encode())
    assert mapped.usage == {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
    assert json.loads(mapped.usage_event(mapped.usage)) == {
        "id": "ruf-1", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": "klein", "choices": [],
        "usage": mapped.usage,
    }  # fmt: skip
    mapped.feed(json.dumps({"choices": [], "usage": {"prompt_tokens": -3}}).encode())
    assert mapped.usage is not None


def test_a_tool_that_waits_for_a_person_is_not_seen_outside() -> None:
    mapped = mapper(hold=lambda name: name == "schreibt")
    events = [
        event({"content": "Gleich."}),
        event(
            {"tool_calls": [{"index": 0, "id": "a", "function": {"name": "schreibt", "arguments": '{"an": "[[PER'}}]}
        ),
        event({"tool_calls": [{"index": 0, "function": {"arguments": 'SON_1]]"}'}}]}),
        event({}, finish="tool_calls"),
    ]
    out = [data for one in events for data in mapped.feed(one)]
    assert [(call.name, json.loads(call.arguments)) for call in mapped.held] == [
        ("schreibt", {"an": 'O"Brien\nMüller'})
    ]
    # Its choice ends once, after what is said about the call.
    assert joined(out)[0]["finish"] is None
    assert mapped.finish() == []
    assert [json.loads(data)["choices"][0]["finish_reason"] for data in mapped.ends("Wartet.", cut=False)] == [
        None, "stop",
    ]  # fmt: skip
    assert b"schreibt" not in b"".join(out)


def test_tool_calls_that_are_all_numbered_zero_are_told_apart() -> None:
    mapped = mapper()
    calls = [{"index": 0, "id": f"c{at}", "function": {"name": f"f{at}", "arguments": {"a": at}}} for at in range(3)]
    out = [data for call in calls for data in mapped.feed(event({"tool_calls": [call]}))]
    found = joined(out)[0]["tool_calls"]
    assert {at: (call["name"], call["arguments"]) for at, call in found.items()} == {
        at: (f"f{at}", f'{{"a":{at}}}') for at in range(3)
    }


def test_a_name_that_is_sent_again_is_not_doubled() -> None:
    mapped = mapper()
    piece = {"index": 0, "id": "c", "function": {"name": "f", "arguments": "{"}}
    out = [data for _time in range(2) for data in mapped.feed(event({"tool_calls": [piece]}))]
    assert joined(out)[0]["tool_calls"][0] == {"name": "f", "arguments": "{{", "id": "c"}


@pytest.mark.security
def test_structured_answers_stay_json_with_any_name() -> None:
    said = json.dumps({"name": "[[PERSON_1]]"})
    ours = Envelope("ruf-1", "klein", 1, json_content=True)
    mapped = StreamMapper(Kind.CHAT, ours, make_restorer)
    events = [event({"content": piece}) for piece in (said[:14], said[14:20], said[20:])] + [event({}, finish="stop")]
    streamed = joined([data for one in events for data in mapped.feed(one)])[0]["content"]
    whole = clean_answer(Kind.CHAT, {"choices": [{"message": {"content": said}}]}, ours)
    body = map_texts(whole, lambda text, in_json: restored(text, json=in_json), json_content=True)
    assert streamed == first_text(body)
    assert json.loads(streamed) == {"name": 'O"Brien\nMüller'}


def test_half_characters_meet_again() -> None:
    mapped = StreamMapper(Kind.CHAT, OURS)
    out = [*mapped.feed(b'{"choices":[{"delta":{"content":"\\ud83d"}}]}'), *mapped.feed(event({"content": "ok"}))]
    assert [json.loads(data)["choices"][0]["delta"]["content"] for data in out] == ["\ud83d", "ok"]


def test_texts_of_ours_and_of_completions() -> None:
    mapped = StreamMapper(Kind.COMPLETION, OURS, make_restorer, keep_text=True)
    out = mapped.feed(b'{"choices":[{"index":0,"text":"[[PERSON_1]] [["}]}')
    out += mapped.feed(b'{"choices":[{"index":0,"text":"","finish_reason":"length"}]}')
    found = [(choice["text"], choice["finish_reason"]) for data in out for choice in json.loads(data)["choices"]]
    assert found == [('O"Brien\nMüller ', None), ("[[", None), ("", "length")]
    assert json.loads(mapped.text_event("Schluss.", finish="stop"))["choices"][0]["text"] == "Schluss."


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"kein json", "antwort_unlesbar"),
        (b"[1]", "antwort_unlesbar"),
        (b'{"choices": [1]}', "antwort_unlesbar"),
        (b'{"choices": [{"index": -1}]}', "antwort_unlesbar"),
        (b'{"choices": [{"delta": {"content": 5}}]}', "antwort_unlesbar"),
        (b'{"choices": [{"delta": {"tool_calls": 5}}]}', "antwort_unlesbar"),
        (b'{"choices": [{"delta": {"tool_calls": [{"function": {"arguments": "x"}}]}}]}', "antwort_unlesbar"),
        (b'{"error": {"message": "IBAN", "code": 500}}', "modell_gestoert"),
        (b'{"error": {"message": "This model\'s maximum context length is 8 tokens"}}', "kontext_zu_klein"),
    ],
)
def test_what_cannot_be_read_has_a_code_and_no_words(data: bytes, code: str) -> None:
    with pytest.raises(AnswerError) as caught:
        mapper().feed(data)
    assert str(caught.value) == caught.value.code == code


def test_a_stream_says_what_the_whole_says() -> None:
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": '{"a": "[[ORT_1]]"}'}}
    message = {
        "role": "assistant",
        "content": "[[PERSON_1]], [[PERSON_9]]",
        "tool_calls": [call],
        "reasoning": "[[ORT_1]]",
    }
    whole = {"choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}]}
    mapped = map_texts(clean_answer(Kind.CHAT, whole, OURS), lambda text, json: restored(text, json=json))
    streamed = mapper()
    out = streamed.feed(event({**message, "tool_calls": [{"index": 0, **call}]}, finish="tool_calls"))
    said = joined(out)[0]
    ours = mapped["choices"][0]["message"]
    assert (said["content"], said["reasoning_content"]) == (ours["content"], ours["reasoning_content"])
    assert said["tool_calls"][0]["arguments"] == ours["tool_calls"][0]["function"]["arguments"]

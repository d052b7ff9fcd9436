"""Both transports with the same scripts: inside of this process, and over the real client to a real listener."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from leitplanke.base.llm.calls import Body, Kind
from leitplanke.base.llm.transports import Target, Transport, TransportError
from leitplanke.base.llm.transports.openai import OpenAiTransport, destination_of
from leitplanke.base.llm.transports.payloads import stream_payloads, whole_payload
from leitplanke.base.llm.transports.scripts import MODES, script_for
from leitplanke.base.llm.transports.server import ScriptServer
from leitplanke.base.llm.transports.skript import ScriptTransport
from leitplanke.base.llm.wire import Envelope, StreamMapper, clean_answer, first_text
from leitplanke.base.outbound import Client

CANARY = "IBAN DE02120300000000202051"
BODY: Body = {"messages": [{"role": "user", "content": f"{CANARY} von [[PERSON_1]]"}], "max_tokens": 40}
Run = Callable[[Transport, "Where"], Awaitable[None]]


class Where:
    """Where the models are."""

    def __init__(self, server: ScriptServer) -> None:
        self.server = server

    def target(self, model: str, *, protocol: str = "openai", **more: Any) -> Target:
        address = f"http://127.0.0.1:{self.server.port}/v1"
        return Target(protocol, address, model, "lokal", local=True, **{"first": 5.0, "total": 5.0, **more})


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[OpenAiTransport, Where]]:
    server = ScriptServer()
    await server.start()
    where = Where(server)
    client = Client(lambda target: target == destination_of(where.target("echo")))
    try:
        yield OpenAiTransport(client), where
    finally:
        await client.close()
        await server.stop()


def each(run: Run) -> None:
    """Run with both transports."""

    async def both() -> None:
        async with serving() as (transport, where):
            await run(transport, where)
            await run(ScriptTransport(), where)

    asyncio.run(both())


async def whole(transport: Transport, target: Target, kind: Kind = Kind.CHAT, body: Body = BODY) -> Body:
    upstream = await transport.open(target, kind, body, stream=False)
    try:
        return await upstream.whole()
    finally:
        await upstream.close()


async def streamed(transport: Transport, target: Target, kind: Kind = Kind.CHAT, body: Body = BODY) -> list[bytes]:
    upstream = await transport.open(target, kind, body, stream=True)
    try:
        return [event async for batch in upstream.batches() for event in batch]
    finally:
        await upstream.close()


async def failing(code: str, call: Awaitable[Any], *, before: bool) -> None:
    with pytest.raises(TransportError) as caught:
        await call
    assert (caught.value.code, caught.value.before_first_byte) == (code, before)
    assert CANARY not in repr(caught.value)
    assert caught.value.__cause__ is None


def test_whole_and_streamed_answers_say_the_same() -> None:
    async def run(transport: Transport, where: Where) -> None:
        target = where.target("echo")
        answer = clean_answer(Kind.CHAT, await whole(transport, target), Envelope("i", "m", 1))
        assert first_text(answer) == BODY["messages"][0]["content"]
        mapper = StreamMapper(Kind.CHAT, Envelope("i", "m", 1), keep_text=True)
        for event in await streamed(transport, target):
            mapper.feed(event)
        assert mapper.finished
        assert mapper.text == first_text(answer)
        assert mapper.usage == answer["usage"]

    each(run)


def test_failures_have_a_code_and_say_whether_something_came() -> None:
    async def run(transport: Transport, where: Where) -> None:
        await failing("modell_gestoert", whole(transport, where.target("fehler-500")), before=True)
        await failing("modell_ausgelastet", streamed(transport, where.target("fehler-429")), before=True)
        await failing("abgebrochen", whole(transport, where.target("bricht-ab")), before=True)
        await failing("abgebrochen", streamed(transport, where.target("bricht-ab")), before=False)
        await failing("zeit_gesamt", streamed(transport, where.target("stockt", total=0.05)), before=False)

    each(run)


def test_tools_schemas_vectors_and_length() -> None:
    function = {
        "name": "suche",
        "parameters": {"properties": {"wort": {"type": "string"}, "art": {"enum": ["a", "b"]}}},
    }
    tools = [{"type": "function", "function": function}]
    schema = {
        "type": "object",
        "properties": {"betrag": {"type": "integer", "minimum": 3}, "name": {"$ref": "#/$defs/n"}},
    }
    schema["$defs"] = {"n": {"type": "string", "maxLength": 4}}

    async def run(transport: Transport, where: Where) -> None:
        answer = await whole(transport, where.target("werkzeug"), body={**BODY, "tools": tools})
        call = answer["choices"][0]["message"]["tool_calls"][0]["function"]
        assert (call["name"], json.loads(call["arguments"])["art"]) == ("suche", "a")
        assert "[[PERSON_1]]" in call["arguments"]
        form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
        said = first_text(await whole(transport, where.target("vorfuehrung"), body={**BODY, "response_format": form}))
        assert json.loads(said) == {"betrag": 3, "name": "IBAN"}
        vectors = await whole(transport, where.target("echo"), Kind.EMBEDDING, {"input": ["Haus", "Haus", "Hund"]})
        first, again, other = (entry["embedding"] for entry in vectors["data"])
        assert first == again != other
        long = await whole(transport, where.target("redet"))
        assert long["choices"][0]["finish_reason"] == "length"
        assert long["usage"]["completion_tokens"] == 40

    each(run)


def test_the_demo_says_that_there_is_no_model_and_what_it_saw() -> None:
    said = script_for("vorfuehrung", Kind.CHAT, BODY | {"max_tokens": 500}).text
    assert said.startswith("Hier antwortet kein Sprachmodell")
    assert said.endswith("Platzhalter: [[PERSON_1]].")
    assert CANARY not in said
    assert script_for("irgendein-name", Kind.CHAT, BODY | {"max_tokens": 500}).text == said


@pytest.mark.parametrize("mode", MODES)
def test_every_script_is_the_same_each_time(mode: str) -> None:
    assert script_for(mode, Kind.CHAT, BODY) == script_for(mode, Kind.CHAT, BODY)


def test_leaving_a_stream_is_seen_by_the_service() -> None:
    async def run() -> None:
        async with serving() as (transport, where):
            upstream = await transport.open(where.target("stockt"), Kind.CHAT, BODY, stream=True)
            batches = upstream.batches()
            await anext(batches)
            await upstream.close()
            await batches.aclose()
            await asyncio.wait_for(_until(lambda: where.server.recording.cancelled == 1), 2)

    asyncio.run(run())


def test_a_stream_that_ended_leaves_its_connection_to_the_next() -> None:
    async def run() -> None:
        async with serving() as (transport, where):
            for _time in range(3):
                assert len(await streamed(transport, where.target("schnell-5"))) == 8
            assert where.server.connections == 1

    asyncio.run(run())


def test_pieces_that_follow_each_other_come_together_and_leave_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leitplanke.base.llm.transports.openai.AT_ONCE", 1)

    async def run() -> None:
        async with serving() as (transport, where):
            for _time in range(2):
                upstream = await transport.open(where.target("takt-8"), Kind.CHAT, BODY, stream=True)
                batches = [batch async for batch in upstream.batches()]
                await upstream.close()
                said = stream_payloads(script_for("takt-8", Kind.CHAT, BODY), Kind.CHAT, "takt-8", BODY)
                assert [event for batch in batches for event in batch] == list(said)
                assert len(batches) < 11
            assert where.server.connections == 1

    asyncio.run(run())


def test_a_service_gets_what_it_shall_and_keeps_it_for_tests() -> None:
    async def run() -> None:
        async with serving() as (transport, where):
            assert await transport.reachable(where.target("echo")) == ""
            assert await transport.reachable(where.target("echo", secret="geheim")) == ""
            await streamed(transport, where.target("echo", secret="geheim"))
            sent = json.loads(where.server.recording.bodies[-1])
            assert sent == {"model": "echo", **BODY, "stream": True, "stream_options": {"include_usage": True}}
            assert "geheim" not in repr(where.target("echo", secret="geheim"))
            assert where.server.recording.told()["anfragen"] == 1

    asyncio.run(run())


@pytest.mark.security
def test_what_is_not_released_is_not_reached() -> None:
    async def run() -> None:
        async with serving() as (transport, where):
            outside = Target("openai", "https://model.example/v1", "x", "eu")
            await failing("nicht_freigegeben", whole(transport, outside), before=True)
            inner = Target("openai", f"https://127.0.0.1:{where.server.port}/v1", "x", "eu")
            await failing("nicht_freigegeben", whole(transport, inner), before=True)
            await failing("adresse_ungueltig", whole(transport, Target("openai", "file:///x", "x", "eu")), before=True)
            offline = OpenAiTransport(Client(lambda _target: True, offline=True))
            await failing("offline", whole(offline, where.target("echo")), before=True)
            assert where.server.recording.requests == 0

    asyncio.run(run())


@pytest.mark.parametrize(
    ("address", "kind", "body", "gone", "come"),
    [
        (
            "https://api.mistral.ai/v1",
            Kind.CHAT,
            {"seed": -4, "max_tokens": 5, "logprobs": True},
            {"seed", "stream_options", "logprobs"},
            {"random_seed": 4, "max_tokens": 5, "stream": True},
        ),
        ("https://api.openai.com/v1", Kind.CHAT, {"max_tokens": 5}, {"max_tokens"}, {"max_completion_tokens": 5}),
        ("https://evilopenai.com/v1", Kind.CHAT, {"max_tokens": 5}, {"max_completion_tokens"}, {"max_tokens": 5}),
        ("https://vllm.example/v1", Kind.EMBEDDING, {"input": "x"}, {"stream"}, {"encoding_format": "float"}),
    ],
)
def test_services_get_what_they_understand(address: str, kind: Kind, body: Body, gone: set[str], come: Body) -> None:
    from leitplanke.base.llm.transports.quirks import fitted

    target = Target("openai", address, "m", "eu")
    sent = fitted(target, destination_of(target).host, kind, body, stream=True)
    assert not gone & set(sent)
    assert sent.items() >= {"model": "m", **come}.items()


def test_payloads_of_n_choices_belong_to_each() -> None:
    body = {**BODY, "n": 2}
    script = script_for("echo", Kind.CHAT, body)
    assert [choice["index"] for choice in whole_payload(script, Kind.CHAT, "echo", body)["choices"]] == [0, 1]
    mapper = StreamMapper(Kind.CHAT, Envelope("i", "m", 1))
    events = [out for event in stream_payloads(script, Kind.CHAT, "echo", body) for out in mapper.feed(event)]
    assert mapper.finished
    assert {json.loads(event)["choices"][0]["index"] for event in events} == {0, 1}


async def _until(ready: Callable[[], bool]) -> None:
    while not ready():  # noqa: ASYNC110
        await asyncio.sleep(0.005)

"""A model from a file on this machine, in a process of its own; scripts stand in for the library."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from leitplanke.base.llm.calls import Kind, Refusal
from leitplanke.base.llm.local import SENTENCES, LocalService, LocalTransport
from leitplanke.base.llm.transports import Target, TransportError
from tests.apps.gateway.door_in_memory import Setup, model, purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Target("lokal", "", "echo", "lokal", local=True, first=30.0, total=30.0)
BODY = {"messages": [{"role": "user", "content": "Guten Tag"}]}
LIBRARY = Path(__file__).resolve().parent / "ohne_bibliothek"


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(LIBRARY))
    monkeypatch.setenv("PYTHONPATH", str(LIBRARY))


@pytest.fixture
def service(tmp_path: Path, library: None) -> Iterator[LocalService]:
    file = tmp_path / "modell.gguf"
    file.write_text("GGUF")
    made = LocalService(str(file))
    yield made
    made.stop()


async def asked(transport: LocalTransport, target: Target = TARGET) -> str:
    upstream = await transport.open(target, Kind.CHAT, BODY, stream=False)
    try:
        return str((await upstream.whole())["choices"][0]["message"]["content"])
    finally:
        await upstream.close()


def test_a_model_of_this_machine_answers_streams_and_is_started_again(service: LocalService, tmp_path: Path) -> None:
    assert service.lacking() == ""

    async def work() -> None:
        transport = LocalTransport(service)
        assert await asked(transport) == "Guten Tag"
        upstream = await transport.open(TARGET, Kind.CHAT, BODY, stream=True)
        assert len([event async for batch in upstream.batches() for event in batch]) > 2
        await upstream.close()
        process = service._process
        assert process is not None
        process.kill()
        process.wait(10)
        assert await asked(transport) == "Guten Tag"
        await transport._inner._client.close()

    asyncio.run(work())
    given = json.loads((tmp_path / "modell.json").read_text())
    assert (given["hostnames"], given["model"], len(given["api_keys"][0]) > 30) == (["127.0.0.1"], "modell.gguf", True)
    assert [given[name] for name in ("ui", "endpoint_slots", "endpoint_props", "endpoint_metrics")] == [False] * 4
    # No secret of the house goes along, and the process ends with ours.
    assert [name for name in given["umgebung"] if name.startswith("LEITPLANKE_")] == []
    assert "LEITPLANKE_DATA" in os.environ
    process = service._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(10) == 0


def failing(service: LocalService) -> str:
    async def work() -> str:
        with pytest.raises(TransportError) as caught:
            await LocalTransport(service).open(TARGET, Kind.CHAT, BODY, stream=False)
        assert caught.value.before_first_byte
        return caught.value.code

    return asyncio.run(work())


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    file = tmp_path / "modell.gguf"
    assert failing(LocalService("")) == "lokal_aus"
    assert failing(LocalService(str(file))) == "lokal_datei_fehlt"
    file.write_text("GGUF")
    assert failing(LocalService(str(file))) == "lokal_extra_fehlt"


def test_a_file_that_is_no_model_is_named_and_leaves_no_process(tmp_path: Path, library: None) -> None:
    file = tmp_path / "modell.gguf"
    file.write_text("kaputt")
    service = LocalService(str(file))
    assert failing(service) == "lokal_startet_nicht"
    assert service._process is None


def test_the_door_says_what_is_missing_or_asks_another_model() -> None:
    here = model(1, target=replace(TARGET, first=5.0))
    setup = Setup(purpose(here))
    setup.door._transports = {"lokal": LocalTransport(LocalService("")), "skript": setup.transport}
    found = setup.ask()
    assert isinstance(found, Refusal)
    assert (found.code, found.sentence, found.status) == ("lokal_aus", SENTENCES["lokal_aus"], 502)
    both = Setup(purpose(here, model(2)))
    both.door._transports = {"lokal": LocalTransport(LocalService("")), "skript": both.transport}
    assert both.ask().label.model == "m2"

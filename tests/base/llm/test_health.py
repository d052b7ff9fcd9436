"""Checks of models: what is found stands beside the model, changes the order of asking, and tells nobody anything."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings
from django.utils import timezone

from leitplanke.base.llm.health import ailing, check_models
from leitplanke.base.llm.models import Modell, Modellstand
from leitplanke.base.llm.snapshot import counter
from leitplanke.base.llm.transports.server import ScriptServer
from leitplanke.base.llm.vault import seal
from tests.apps.gateway.door_in_memory import Setup, model, purpose

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.base.llm.transports import Target


def row(mandant: Mandant, kennung: str, **changes: Any) -> Modell:
    plain: dict[str, Any] = {
        "titel": kennung, "modellname": "echo", "klasse": "lokal", "protokoll": "openai",
        "endpunkt": f"http://127.0.0.1:9/{kennung}", "stand": Modellstand.FREIGEGEBEN,
    }  # fmt: skip
    return Modell.objects.create(mandant=mandant, kennung=kennung, **{**plain, **changes})


def named(mandant: Mandant) -> dict[str, Modell]:
    return {one.kennung: one for one in Modell.objects.for_mandant(mandant)}


@pytest.mark.django_db
def test_what_a_check_finds_stands_beside_the_model_and_only_a_change_is_told(mandant: Mandant) -> None:
    row(mandant, "da", pruefpfad="/health")
    row(mandant, "weg")
    row(mandant, "entwurf", stand=Modellstand.ENTWURF)
    row(mandant, "skript", protokoll="skript", endpunkt="")
    row(mandant, "datei", protokoll="lokal", endpunkt="")
    asked: list[tuple[str, str]] = []
    answers = {"da": "", "weg": "unerreichbar"}

    async def ask(target: Target, path: str) -> str:
        name = target.address.rsplit("/", 1)[-1]
        asked.append((name, path))
        return answers[name]

    before = counter()
    assert check_models(ask) == 2
    assert sorted(asked) == [("da", "/health"), ("weg", "/models")]
    found = named(mandant)
    assert {name: ailing(one) for name, one in found.items()} == {
        "da": "", "weg": "unerreichbar", "entwurf": "", "skript": "", "datei": "lokal_aus",
    }  # fmt: skip
    assert found["da"].zuletzt_erreicht_am is not None
    assert found["weg"].zuletzt_erreicht_am is None
    assert counter() == before + 1
    check_models(ask)
    assert counter() == before + 1
    answers["weg"] = ""
    check_models(ask)
    assert counter() == before + 2
    assert ailing(named(mandant)["weg"]) == ""


@pytest.mark.django_db
def test_a_check_that_is_long_ago_says_nothing_any_more(mandant: Mandant) -> None:
    one = row(mandant, "weg", zuletzt_fehler="unerreichbar", geprueft_am=timezone.now())
    assert ailing(one) == "unerreichbar"
    one.geprueft_am = timezone.now() - timedelta(hours=1)
    assert ailing(one) == ""
    with override_settings(MODEL_CHECK_SECONDS=3600):
        assert ailing(one) == "unerreichbar"
    # Whoever does not know the path of the check is there all the same.
    assert ailing(replace_code(one, "modell_unbekannt")) == ""


def replace_code(one: Modell, code: str) -> Modell:
    one.zuletzt_fehler, one.geprueft_am = code, timezone.now()
    return one


@pytest.mark.django_db(transaction=True)
def test_a_check_over_the_wire_carries_the_access_code_and_nothing_else(mandant: Mandant) -> None:
    heads: list[str] = []

    class Listening(ScriptServer):
        async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
            heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            await writer.drain()
            return False

    server, ready, loop = Listening(), threading.Event(), asyncio.new_event_loop()

    async def serve() -> None:
        await server.start()
        ready.set()

    loop.create_task(serve())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        assert ready.wait(10)
        row(mandant, "da", endpunkt=f"http://127.0.0.1:{server.port}/v1", zugang=seal(b"dienst-geheim"))
        assert check_models() == 0
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
    lines = [line.split(":")[0].lower() for line in heads[0].splitlines()[1:] if line]
    assert heads[0].startswith("GET /v1/models HTTP/1.1")
    assert "Bearer dienst-geheim" in heads[0]
    assert set(lines) <= {"host", "authorization", "accept", "accept-encoding", "content-type", "user-agent"}


def test_a_model_that_does_not_answer_is_asked_last_and_so_is_one_with_an_open_breaker() -> None:
    ill, well = model(1, ailing="unerreichbar"), model(2)
    assert Setup(purpose(ill, well)).ask().label.model == "m2"
    assert Setup(purpose(ill)).ask().label.model == "m1"
    broken = Setup(purpose(model(1, "fehler-500"), replace(well, ailing="")))
    for _time in range(5):
        assert broken.ask().label.model == "m2"
    opened = broken.transport.opened
    assert broken.ask().label.model == "m2"
    assert broken.transport.opened == opened + 1  # the first is left alone for a while
    assert [one.model for one in broken.book.entries[-2:]] == ["m2", "m2"]

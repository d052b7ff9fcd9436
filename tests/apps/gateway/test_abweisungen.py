"""What never becomes a call: it is counted and limited, and nothing of what it said is written anywhere."""

from __future__ import annotations

import asyncio
import json
import math
from typing import Any

import pytest
from django.utils import timezone

from leitplanke.apps.gateway import refusing
from leitplanke.apps.gateway.door_app import DoorApp
from leitplanke.apps.gateway.keys import hash_of
from leitplanke.apps.gateway.refusing import Rate, Refusals
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.llm.ledger import write_batch
from leitplanke.base.llm.models import Abweisung, Aufruf
from leitplanke.base.llm.turned_away import TurnedAway
from tests.apps.gateway.door_in_memory import Setup

SECRET = "lp_geheim"
NAME = "Frau Aylin Yıldız"


class Desk:
    """The application with everything in memory, and a clock that stands still."""

    def __init__(self) -> None:
        self.setup = Setup()
        snapshot = self.setup.keeper._snapshot
        assert snapshot is not None
        snapshot.keys[hash_of(SECRET)] = snapshot.keys.pop(b"k")  # type: ignore[attr-defined,index]
        self.setup.keeper._began = math.inf  # nobody waits for a key that was made a moment ago
        self.now = 0.0
        self.app = DoorApp()
        self.app._door = self.setup.door
        self.app._refusals = Refusals(self.setup.book, lambda: self.now)

    async def ask(
        self, body: bytes, *, key: str = SECRET, address: str = "192.0.2.7", path: str = "/v1/chat/completions"
    ) -> tuple[int, dict[str, str], Any]:
        sent: list[Any] = []
        headers = [(b"authorization", f"Bearer {key}".encode()), (b"host", b"t:8000")]
        scope = {
            "type": "http", "path": path, "method": "POST", "headers": headers, "client": (address, 1),
        }  # fmt: skip
        waiting = [{"type": "http.request", "body": body}]

        async def receive() -> Any:
            return waiting.pop() if waiting else await asyncio.Event().wait()

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], told, json.loads(b"".join(one.get("body", b"") for one in sent))

    def written(self) -> list[tuple[str, str, int]]:
        """Return what is written of requests that never became a call: key, reason, number."""
        entries = [one for one in self.setup.book.entries if isinstance(one, TurnedAway)]
        return [(one.key_number, one.reason, one.count) for one in entries]


def test_a_request_that_nobody_can_read_leaves_who_and_why_and_nothing_of_what_it_said() -> None:
    desk = Desk()
    unknown = json.dumps({NAME: 1, "model": "auto", "messages": []}).encode()

    async def work() -> None:
        assert [(await desk.ask(body))[0] for body in (f"{{{NAME}".encode(), unknown, unknown, unknown)] == [400] * 4
        assert desk.written() == [("Z-1", "json_ungueltig", 1), ("Z-1", "feld_unbekannt", 1)]
        assert (await desk.ask(b"", path=f"/v1/{NAME}"))[0] == 404
        refusals = desk.app._refusals
        assert refusals is not None
        for who in list(refusals._since):
            refusals._minute_over(who)

    asyncio.run(work())
    # The others of the minute were written together.
    assert desk.written()[2:] == [("Z-1", "adresse_unbekannt", 1), ("Z-1", "feld_unbekannt", 2)]
    assert NAME not in repr(desk.setup.book.entries)
    assert desk.setup.transport.opened == 0


def test_a_key_that_is_refused_again_and_again_has_to_wait_and_others_have_not() -> None:
    desk = Desk()

    async def work() -> None:
        found = [await desk.ask(b"{") for _ in range(121)]
        assert [status for status, _told, _body in found].count(400) == 120
        status, told, body = found[-1]
        assert (status, told["retry-after"], body["error"]["code"]) == (429, "1", "zu_viele_ablehnungen")
        good = b'{"model":"auto","messages":[{"role":"user","content":"Hallo"}]}'
        assert (await desk.ask(good))[0] == 429
        desk.now = 1.0
        assert (await desk.ask(good))[0] == 200

    asyncio.run(work())
    assert ("Z-1", "zu_viele_ablehnungen", 1) in desk.written()


def test_guessing_keys_is_counted_and_slowed_down_and_holds_up_nobody_who_has_one() -> None:
    desk = Desk()

    async def work() -> None:
        found = [(await desk.ask(b"", key=f"lp_{at}", address=f"2001:db8::{at:x}"))[0] for at in range(61)]
        assert (found.count(401), found[-1]) == (60, 429)
        assert (await desk.ask(b"", key="lp_x", address="192.0.2.8"))[0] == 401
        good = b'{"model":"auto","messages":[{"role":"user","content":"Hallo"}]}'
        assert (await desk.ask(good, address="2001:db8::1"))[0] == 200

    asyncio.run(work())
    assert desk.written() == [("", "zugang_fehlt", 1)]
    assert "2001" not in repr(desk.setup.book.entries)


def test_refusals_of_the_door_count_for_the_key_and_are_not_written_twice() -> None:
    desk = Desk()

    async def work() -> None:
        body = b'{"model":"gpt-fremd","messages":[{"role":"user","content":"Hallo"}]}'
        assert [(await desk.ask(body))[0] for _ in range(122)][-2:] == [429, 429]

    asyncio.run(work())
    assert desk.written() == [("Z-1", "zu_viele_ablehnungen", 1)]


def test_a_rate_forgets_whoever_was_refused_longest_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusing, "MOST_REMEMBERED", 2)
    rate = Rate(1, 0.1, lambda: 0.0)
    for who in "abc":
        rate.refused(who)
    assert [rate.wait(who) for who in "abc"] == [0, 10, 10]


@pytest.mark.django_db
def test_what_was_turned_away_is_counted_by_the_hour_and_proved_by_its_key(mandant: Mandant) -> None:
    now = timezone.now()
    entries = [
        TurnedAway(mandant.pk, now, "zugang_fehlt", 1), TurnedAway(mandant.pk, now, "zugang_fehlt", 4),
        TurnedAway(mandant.pk, now, "feld_unbekannt", 2, "Z-0001", "assistenz"),
    ]  # fmt: skip
    assert write_batch(entries) == [None] * 3
    rows = Abweisung.objects.for_mandant(mandant)
    assert {(row.grund, row.anzahl) for row in rows} == {("zugang_fehlt", 5), ("feld_unbekannt", 2)}
    assert {row.stunde for row in rows} == {now.replace(minute=0, second=0, microsecond=0)}
    leaf = Leaf.objects.for_mandant(mandant).get()
    assert leaf.code == "llm.abgewiesen"
    assert not Aufruf.objects.for_mandant(mandant).exists()

"""The door by itself: whatever fails before the transport, nothing leaves the house; what is written is true."""

from __future__ import annotations

import asyncio
import json
from collections.abc import MutableMapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from leitplanke.apps.gateway.door_app import DoorApp
from leitplanke.apps.gateway.keys import hash_of
from leitplanke.base.llm.calls import Answer, Caller, Kind, Refusal
from leitplanke.base.llm.door import STEPS
from leitplanke.base.llm.entries import Begun, Ended
from leitplanke.base.llm.ledger import Entry
from leitplanke.base.llm.snapshot import Limit
from leitplanke.base.llm.transports import TransportError
from leitplanke.base.llm.wire import parse
from leitplanke.core.privacy import Findings
from tests.apps.gateway.door_in_memory import Book, Defective, Setup, model, purpose


@pytest.mark.parametrize("step", STEPS)
def test_a_failure_at_any_step_forwards_nothing_and_leaves_no_open_entry(step: str) -> None:
    def hook(name: str) -> None:
        if name == step:
            raise RuntimeError("Frau Geheim")

    setup = Setup(hook=hook)
    found = setup.ask("Frau Aylin Yıldız")
    assert isinstance(found, Refusal)
    assert found.status == 500
    assert "Geheim" not in found.sentence
    assert setup.transport.opened == 0
    assert setup.book.kinds() == (["begonnen", "gestoert"] if step == "senden" else [])
    assert setup.nothing_is_left()


class Raising:
    def find(self, _text: str) -> Findings:
        raise ValueError("Frau Geheim")


def test_a_detector_that_fails_closes_the_door() -> None:
    setup = Setup(detector=Raising())
    found = setup.ask()
    assert (found.code, found.status, setup.transport.opened) == ("pruefung_gescheitert", 503, 0)
    assert setup.book.kinds() == ["abgelehnt:pruefung_gescheitert"]


def test_what_cannot_be_written_is_not_sent() -> None:
    setup = Setup(book=Book(Begun))
    assert setup.ask().code == "protokoll_gestoert"
    assert setup.transport.opened == 0


@pytest.mark.parametrize("stream", [False, True])
def test_an_end_that_cannot_be_written_is_no_answer(stream: bool) -> None:
    found = Setup(book=Book(Ended)).ask("Hallo", stream=stream)
    if stream:
        assert b"[DONE]" not in found
        assert b"protokoll_gestoert" in found
    else:
        assert found.code == "protokoll_gestoert"


def test_without_a_snapshot_the_door_is_closed() -> None:
    setup = Setup(void=True)
    assert (setup.ask().code, setup.transport.opened) == ("stand_unbekannt", 0)


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"released": False}, "1.1"),
        ({"stage": 2}, "2.1"),
        ({"to_citizens": True}, "3.3"),
        ({"data_class": "sozialdaten", "models": (model(model_class="deutscher_vertrag"),)}, "4.1"),
        ({"models": (model(model_class="eu", no_training=False),)}, "4.4"),
    ],
)
def test_the_guideline_refuses_with_its_clause(changes: dict[str, Any], number: str) -> None:
    setup = Setup(purpose(**changes))
    found = setup.ask()
    assert (found.clause, found.status, setup.transport.opened) == (number, 403, 0)
    assert found.sentence
    assert found.call_id
    assert setup.book.entries[0].refusal == found.code


def test_a_trial_serves_the_office() -> None:
    assert isinstance(Setup(purpose(released=False, trial=True)).ask(), Answer)


def test_the_smallest_suitable_model_is_asked_and_findings_narrow_the_choice() -> None:
    chosen = purpose(model(1, model_class="eu"), model(2, model_class="lokal"))
    assert Setup(chosen).ask("Hallo").label.model == "m1"
    health = Setup(chosen).ask("Frau Aylin Yıldız leidet an Diabetes und ist in psychiatrischer Behandlung.")
    assert health.label.model == "m2"


def test_another_model_steps_in_before_the_first_byte() -> None:
    setup = Setup(purpose(model(1, "fehler-500"), model(2)))
    assert setup.ask().label.model == "m2"
    assert setup.book.kinds() == ["begonnen", "begonnen", "beantwortet"]
    # Evidence names each model before anything goes there.
    assert [(one.model, getattr(one, "again", None)) for one in setup.book.entries] == [
        ("m1", False), ("m2", True), ("m2", None),
    ]  # fmt: skip


def test_no_other_model_steps_in_for_a_key_that_was_revoked_meanwhile() -> None:
    setup = Setup(purpose(model(1), model(2)))

    def fail(_upstream: Any) -> Any:
        setup.revoke()
        raise TransportError("unerreichbar", before_first_byte=True)

    setup.answer_by(fail)
    assert setup.ask().code == "widerrufen"
    assert setup.transport.opened == 1
    assert setup.book.kinds() == ["begonnen", "widerrufen"]


@pytest.mark.parametrize("stream", [False, True])
def test_what_is_revoked_while_the_model_makes_us_wait_is_not_passed_on(stream: bool) -> None:
    setup = Setup()

    def revoked(upstream: Any) -> Any:
        setup.revoke()
        setup.door.check_running()  # the call is not among those that run yet
        return upstream

    setup.answer_by(revoked)
    found = setup.ask("Geheimwort", stream=stream)
    assert "Geheimwort" not in (found.decode() if stream else found.sentence)
    assert setup.book.kinds() == ["begonnen", "widerrufen"]


@pytest.mark.parametrize("stream", [False, True])
def test_an_answer_ends_with_the_last_role_of_its_key(stream: bool) -> None:
    setup = Setup()

    def ended(upstream: Any) -> Any:
        setup.end_roles()
        return upstream

    setup.answer_by(ended)
    found = setup.ask("Geheimwort", stream=stream)
    assert "Geheimwort" not in (found.decode() if stream else found.sentence)
    assert setup.book.kinds() == ["begonnen", "widerrufen"]


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/models", "/v1/leitplanke/freigaben/1"])
def test_a_key_whose_role_has_ended_opens_no_address_and_says_so(path: str) -> None:
    setup = Setup(key={"role_ended": True})
    assert setup.ask().code == "rolle_beendet"
    assert setup.transport.opened == 0
    status, body = asyncio.run(_request(setup, path))
    assert (status, body["error"]["code"]) == (403, "rolle_beendet")
    assert "keine der Rollen mehr" in body["error"]["message"]
    assert [entry.reason for entry in setup.book.entries] == ["rolle_beendet"]


async def _request(setup: Setup, path: str) -> tuple[int, dict[str, Any]]:
    """Ask the door on the wire, with the key of the set-up."""
    snapshot = setup.keeper._snapshot
    assert snapshot is not None
    setup.keeper._snapshot = replace(snapshot, keys={hash_of("lp_geheim"): next(iter(snapshot.keys.values()))})
    setup.keeper._ready.set()
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"{}"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "path": path, "method": "POST" if path.endswith("completions") else "GET",
        "headers": [(b"host", b"t"), (b"authorization", b"Bearer lp_geheim")],
    }  # fmt: skip
    house: Any = SimpleNamespace(keeper=setup.keeper, door_here=lambda: setup.door)
    await DoorApp(lambda: house)(scope, receive, send)
    return sent[0]["status"], json.loads(sent[1]["body"])


def test_running_answers_end_when_nobody_can_tell_any_more_what_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leitplanke.base.llm.door.LOOK_SECONDS", 0.01)
    setup = Setup(purpose(model(1, "takt")))
    # As where the database hangs: the thread that loads the snapshot tells nobody.
    setup.answer_by(lambda upstream: setattr(setup.keeper, "_clock", lambda: 60.0) or upstream)
    assert b"[DONE]" not in setup.ask(stream=True)
    assert setup.book.kinds() == ["begonnen", "widerrufen"]


@pytest.mark.parametrize("script", ["stockt", "bricht-ab", "fehler-500"])
@pytest.mark.parametrize("stream", [False, True])
def test_a_broken_model_leaves_a_true_end(script: str, stream: bool) -> None:
    setup = Setup(purpose(model(1, script)))
    found = setup.ask("wort " * 60, stream=stream)
    assert setup.book.kinds() == ["begonnen", "gestoert"]
    assert setup.door._running == set()
    if isinstance(found, bytes):
        assert b"[DONE]" not in found


@pytest.mark.parametrize("stream", [False, True])
def test_a_defect_of_ours_is_recorded_as_one_and_keeps_no_half_tool_call(
    stream: bool, caplog: pytest.LogCaptureFixture
) -> None:
    setup = Setup()
    setup.answer_by(lambda _upstream: Defective())
    found = setup.ask(stream=stream)
    assert b"stoerung" in found if stream else found.code == "stoerung"
    assert setup.book.kinds() == ["begonnen", "gestoert"]
    assert setup.book.entries[1].held == ()
    assert setup.nothing_is_left()
    assert "Geheim" not in caplog.text


def test_placeholders_that_nobody_issued_are_reported_in_streams() -> None:
    setup = Setup(purpose(model(1, model_class="eu")))
    choice = {"index": 0, "delta": {"content": "An [[PERSON_7]]"}, "finish_reason": "stop"}

    class Inventing(Defective):
        async def batches(self) -> Any:
            yield [json.dumps({"choices": [choice]}).encode()]

    setup.answer_by(lambda _upstream: Inventing())
    found = setup.ask("Schreibe an Frau Aylin Yıldız", stream=True)
    assert b'"unknown_placeholders":["[[PERSON_7]]"]' in found


def reasons(raw: bytes) -> list[tuple[int, str]]:
    """Return which choice ended how, in the order of the events."""
    events = [json.loads(line[6:]) for line in raw.decode().splitlines() if line.startswith("data: {")]
    found = [choice for event in events for choice in event["choices"]]
    return [(one["index"], one["finish_reason"]) for one in found if one["finish_reason"]]


def test_a_stream_ends_each_choice_once_also_where_a_tool_was_held() -> None:
    call = {"index": 0, "id": "c", "function": {"name": "buchen", "arguments": "{}"}}

    class Two(Defective):
        async def batches(self) -> Any:
            for index, delta in ((0, {"content": "Ja"}), (1, {"tool_calls": [call]})):
                finish = "tool_calls" if index else "stop"
                events = [(delta, None), ({}, finish)]
                yield [
                    json.dumps({"choices": [{"index": index, "delta": part, "finish_reason": end}]}).encode()
                    for part, end in events
                ]

    setup = Setup()
    setup.answer_by(lambda _upstream: Two())
    found = setup.ask(stream=True, n=2)
    assert reasons(found) == [(0, "stop"), (1, "stop")]
    assert found.index(b"wartet, bis ein Mensch") < found.index(b'"index":1,"delta":{},"logprobs":null,"finish')
    talking = Setup(purpose(model(1, "redet"), max_output=16)).ask(stream=True)
    assert reasons(talking) == [(0, "length")]


def test_what_came_before_something_unreadable_goes_out() -> None:
    setup = Setup()

    class Garbled(Defective):
        async def batches(self) -> Any:
            yield [json.dumps({"choices": [{"index": 0, "delta": {"content": "Guten Tag"}}]}).encode(), b"{"]

    setup.answer_by(lambda _upstream: Garbled())
    found = setup.ask(stream=True)
    assert b"Guten Tag" in found
    assert b"antwort_unlesbar" in found
    assert setup.book.kinds() == ["begonnen", "gestoert"]


STREAMED = b'{"model":"auto","messages":[{"role":"user","content":"x"}],"stream":true}'


def test_a_caller_who_goes_before_the_first_event_is_recorded() -> None:
    setup = Setup(purpose(model(1, "takt")))

    async def work() -> None:
        opened = await setup.door.open_call(Caller(1, "assistenz", staff=True, key_id=7), parse(Kind.CHAT, STREAMED))
        assert not isinstance(opened, Refusal)
        await opened.close()
        await opened.close()

    asyncio.run(work())
    assert setup.book.kinds() == ["begonnen", "abgebrochen"]
    assert setup.nothing_is_left()


def test_a_caller_who_goes_while_the_beginning_is_written_is_recorded() -> None:
    class Slow(Book):
        async def write(self, entry: Entry) -> None:
            await super().write(entry)
            await asyncio.Event().wait()

    setup = Setup(book=Slow())

    async def work() -> None:
        call = setup.door.open_call(Caller(1, "assistenz", staff=True, key_id=7), parse(Kind.CHAT, STREAMED))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(call, 0.02)

    asyncio.run(work())
    assert setup.book.kinds() == ["begonnen", "abgebrochen"]
    assert setup.transport.opened == 0
    assert setup.nothing_is_left()


def test_a_caller_who_hangs_up_is_recorded() -> None:
    setup = Setup(purpose(model(1, "takt")))
    parsed = parse(Kind.CHAT, b'{"model":"auto","messages":[{"role":"user","content":"x"}],"stream":true}')

    async def work() -> None:
        opened = await setup.door.open_call(Caller(1, "assistenz", staff=True, key_id=7), parsed)
        assert not isinstance(opened, Refusal)
        events = opened.events()
        await anext(events)
        await events.aclose()  # type: ignore[attr-defined]

    asyncio.run(work())
    assert setup.book.kinds() == ["begonnen", "abgebrochen"]


def test_a_budget_is_a_clause_and_is_given_back_after_a_failure() -> None:
    setup = Setup(limit=Limit(1, None, None, None))
    assert isinstance(setup.ask(), Answer)
    assert (setup.ask().clause, setup.ask().status) == ("6.1", 429)
    assert Setup(limit=Limit(None, None, 0, None)).ask().status == 429
    broken = Setup(purpose(model(1, "fehler-500")), limit=Limit(2, None, None, None))
    assert [broken.ask().status for _ in range(3)] == [502, 502, 502]
    assert {one.used.calls for one in broken.book.entries if isinstance(one, Ended)} == {0}


@pytest.mark.parametrize(
    ("status", "code", "told", "again"),
    [
        (400, "modell_versteht_nicht", 422, False),
        (401, "modell_zugang_falsch", 502, False),
        (404, "modell_unbekannt", 502, False),
        (413, "kontext_zu_klein", 413, False),
        (429, "modell_ausgelastet", 503, True),
        (500, "modell_gestoert", 502, True),
        (504, "zeit_gesamt", 504, True),
    ],
)
def test_a_failure_says_what_it_was_and_whether_asking_again_may_help(
    status: int, code: str, told: int, again: bool
) -> None:
    setup = Setup(purpose(model(1, f"fehler-{status}")))
    found = setup.ask()
    assert (found.code, found.status, found.retry_after > 0) == (code, told, again)
    assert ("erneut" in found.sentence) is again
    assert setup.transport.opened == 1

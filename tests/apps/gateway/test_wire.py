"""The door as programs see it: real clients, a process of its own, a scripted service behind it."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import sqlite3
import threading
import time
import uuid
from typing import TYPE_CHECKING, Any

import openai
import pytest
from langchain_openai import ChatOpenAI

from tests.apps.gateway.positions import CANARY, positions, user
from tests.apps.gateway.served import House, running_house

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "Aylin Yıldız"
TOOL = {"type": "function", "function": {"name": "suchen", "parameters": {"type": "object", "properties": {}}}}


# Clients are closed at the end: which of a client and its sockets the garbage collector takes first is chance.
CLIENTS = contextlib.ExitStack()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running_house(tmp_path_factory.mktemp("haus")) as running, CLIENTS:
        yield running


def client(house: House, key: str = "fern") -> openai.OpenAI:
    return CLIENTS.enter_context(openai.OpenAI(base_url=house.url, api_key=house.keys[key], max_retries=0))


def rows(house: House, columns: str, purpose: str) -> list[tuple[Any, ...]]:
    return house.sql(f"SELECT {columns} FROM llm_aufruf WHERE zweck = '{purpose}' ORDER BY id")  # noqa: S608


def test_the_openai_client_asks_streams_embeds_and_lists(house: House) -> None:
    api = client(house)
    house.forget()
    answer = api.chat.completions.create(model="auto", messages=user(f"Brief an Frau {NAME}, IBAN {CANARY}"))
    assert answer.choices[0].message.content == f"Brief an Frau {NAME}, IBAN {CANARY}"
    assert answer.usage is not None
    pieces = api.chat.completions.create(
        model="m-fern", messages=user(f"Noch einmal Frau {NAME}"), stream=True, stream_options={"include_usage": True}
    )
    chunks = list(pieces)
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == f"Noch einmal Frau {NAME}"
    assert chunks[-1].usage is not None
    assert [model.id for model in api.models.list()] == ["auto", "m-fern"]
    assert api.models.retrieve("m-fern").model_dump()["leitplanke"]["data"]["geheim"] == "gesperrt"
    with pytest.raises(openai.NotFoundError, match="/v1/models"):
        api.models.retrieve("m-lokal")
    sent = json.dumps(house.recorded(), ensure_ascii=False)
    assert CANARY not in sent
    assert "Yıldız" not in sent
    assert "[[PERSON_1]]" in sent


def test_the_answer_says_what_it_is(house: House) -> None:
    raw = client(house).chat.completions.with_raw_response.create(model="auto", messages=user("Hallo"))
    assert raw.headers["x-leitplanke-ki"] == "ja"
    assert raw.headers["x-leitplanke-zweck"] == "fern"
    about = json.loads(raw.text)["leitplanke"]
    assert about["ai_generated"] is True
    assert about["energy_wh"][0] <= about["energy_wh"][1]
    assert "4.1" not in about["clauses"]


def test_langchain_works_unchanged(house: House) -> None:
    model = ChatOpenAI(model="auto", base_url=house.url, api_key=house.keys["fern"], max_retries=0)  # type: ignore[arg-type]
    CLIENTS.callback(model.root_client.close)
    assert model.invoke("Guten Tag").content == "Guten Tag"
    assert "".join(str(piece.content) for piece in model.stream("Guten Tag")) == "Guten Tag"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"gibt_es_nicht": 1}, "feld_unbekannt"),
        ({"n": 128}, ""),
        ({"messages": []}, ""),
        ({"messages": user("x") * 2000}, ""),
        ({"model": "gpt-fremd"}, "modell_nicht_erlaubt"),
    ],
)
def test_what_is_not_understood_is_refused_and_nothing_leaves(house: House, change: dict[str, Any], code: str) -> None:
    house.forget()
    status, body = house.ask({"model": "auto", "messages": user("Hallo"), **change})
    assert 400 <= status < 500
    assert body["error"]["message"]
    assert not code or body["error"]["code"] == code
    assert house.recorded()["anfragen"] == 0


@pytest.mark.parametrize("raw", [b"{", b"[]", b'{"model":NaN}', b'{"model":"a","model":"b"}', b'{"a":' * 5000, b"\xff"])
def test_bodies_that_are_no_json_are_refused(house: House, raw: bytes) -> None:
    status, body = house.ask(raw)
    assert 400 <= status < 500
    assert body["error"]["code"]


@pytest.mark.parametrize("key", ["", "lp_falsch", "sk-irgendwas"])
def test_without_a_key_of_this_town_nothing_opens(house: House, key: str) -> None:
    assert house.ask({"model": "auto", "messages": user("Hallo")}, key or "x")[0] == 401


def test_no_position_of_a_request_lets_personal_data_out(house: House) -> None:
    found = positions()
    assert len(found) >= 25
    house.forget()
    for name, body in found.items():
        status, answer = house.ask({"model": "auto", **body})
        assert status in {200, 400, 403, 404}, (name, answer)
    house.ask({"model": "auto", "prompt": f"IBAN {CANARY}"}, path="/completions")
    house.ask({"model": "auto", "input": [f"IBAN {CANARY}"]}, path="/embeddings")
    sent = "\n".join(house.recorded()["koerper"])
    assert sent
    for shape in (CANARY, json.dumps(CANARY)[1:-1], CANARY[:12]):
        assert shape not in sent
    files = b"".join(file.read_bytes() for file in house.data.rglob("*") if file.is_file())
    assert CANARY.encode() not in files  # database, write-ahead log, server log


def test_images_stay_in_the_house(house: House) -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
    house.forget()
    status, body = house.ask({"model": "auto", "messages": [{"role": "user", "content": [picture]}]})
    assert (status, body["error"]["clause"]) == (403, "4.2")
    assert body["error"]["clause_url"] == house.url.replace("/v1", "/leitlinie/regel/4.2/")
    assert house.recorded()["anfragen"] == 0
    assert house.ask({"model": "auto", "messages": [{"role": "user", "content": [picture]}]}, "lokal")[0] == 200


def test_a_writing_tool_waits_for_a_person_and_never_touches_citizens(house: House) -> None:
    body = {"model": "auto", "messages": user("Buche"), "tools": [TOOL]}
    status, answer = house.ask(body, "werkzeug")
    message = answer["choices"][0]["message"]
    assert status == 200
    assert "tool_calls" not in message
    assert "/gateway/werkzeuge/" in message["content"]
    held = message["content"].rsplit("/gateway/werkzeuge/", 1)[1].strip("/ ")
    path = f"/leitplanke/freigaben/{held}"
    assert answer["leitplanke"]["held"] == [{"id": held, "name": "suchen"}]
    assert house.fetch(path, "werkzeug") == (200, {"id": held, "name": "suchen", "status": "offen"})
    assert house.fetch(path, "fern")[0] == 404
    before = house.sql("SELECT count(*) FROM llm_werkzeugfreigabe")
    _status, answer = house.ask(body, "werkzeug-buerger")
    assert "darf nichts ändern" in answer["choices"][0]["message"]["content"]
    assert house.sql("SELECT count(*) FROM llm_werkzeugfreigabe") == before


def test_what_goes_wrong_at_the_model_is_said_and_recorded(house: House) -> None:
    for key, outcome in (("kaputt", "modell_gestoert"), ("bricht", "abgebrochen")):
        status, body = house.ask({"model": "auto", "messages": user("Hallo")}, key)
        assert status == 502
        assert "erneut" in body["error"]["message"]
        assert rows(house, "ausgang, ablehnung", key)[-1] == ("gestoert", outcome)
    chunks = list(client(house, "redet").chat.completions.create(model="auto", messages=user("Hallo"), stream=True))
    assert chunks[-1].choices[0].finish_reason == "length"


def test_a_budget_ends(house: House) -> None:
    seen = [house.ask({"model": "auto", "messages": user("Hallo")}, "knapp")[0] for _ in range(3)]
    assert seen == [200, 200, 429]


def test_kept_content_is_sealed_and_evidence_names_no_content(house: House) -> None:
    word = f"Geheimwort{uuid.uuid4().hex}"
    assert house.ask({"model": "auto", "messages": user(word)}, "lokal")[0] == 200
    assert house.sql("SELECT count(*) FROM llm_gespeichert")[0][0] >= 1
    files = b"".join(file.read_bytes() for file in house.data.rglob("*") if file.is_file())
    assert word.encode() not in files
    codes = {code for (code,) in house.sql("SELECT code FROM evidence_leaf")}
    assert {"llm.begonnen", "llm.beendet", "llm.abgelehnt", "llm.abgewiesen"} <= codes
    assert house.sql("SELECT sum(anzahl) FROM llm_abweisung WHERE grund = 'zugang_fehlt'")[0][0] >= 1


def stream_lines(house: House, key: str) -> Iterator[bytes]:
    body = json.dumps({"model": "auto", "messages": user("Hallo"), "stream": True, "max_tokens": 2000})
    with contextlib.closing(http.client.HTTPConnection(house.url.split("/")[2], timeout=30)) as connection:
        connection.request("POST", "/v1/chat/completions", body, {"Authorization": f"Bearer {house.keys[key]}"})
        with connection.getresponse() as answer:
            yield from answer


def test_a_revoked_key_ends_a_running_stream(house: House) -> None:
    lines = stream_lines(house, "langsam")
    next(lines)
    with contextlib.closing(sqlite3.connect(house.data / "leitplanke.sqlite3", timeout=30)) as database, database:
        database.execute("UPDATE llm_zugangsschluessel SET widerrufen_am = '2026-01-01' WHERE name = 'langsam'")
        database.execute("UPDATE llm_schnappschuss SET zaehler = zaehler + 1")
    began = time.monotonic()
    rest = b"".join(lines)
    assert time.monotonic() - began < 5
    assert b'"code": "widerrufen"' in rest
    assert b"[DONE]" not in rest
    assert rows(house, "ausgang", "langsam")[-1] == ("widerrufen",)


def read_to_the_end(house: House, done: list[str]) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        for _ in range(3):
            call = ""
            for line in stream_lines(house, "schnell"):
                if line.startswith(b": leitplanke "):
                    call = json.loads(line.removeprefix(b": leitplanke "))["call"]
                if line.startswith(b"data: [DONE]"):
                    done.append(call)


def test_killing_the_door_loses_no_evidence_of_a_completed_answer(house: House) -> None:
    done: list[str] = []
    threads = [threading.Thread(target=read_to_the_end, args=(house, done), daemon=True) for _ in range(100)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 30
    while len(done) < 20 and time.monotonic() < until:
        time.sleep(0.02)
    house.process.send_signal(signal.SIGKILL)
    for thread in threads:
        thread.join(30)
    assert len(done) >= 20
    finished = {
        call.replace("-", "") for (call,) in house.sql("SELECT public_id FROM llm_aufruf WHERE ausgang = 'beantwortet'")
    }
    proofs = "".join(text for (text,) in house.sql("SELECT payload FROM evidence_leaf WHERE code = 'llm.beendet'"))
    assert [call for call in done if call.replace("-", "") not in finished] == []
    assert [call for call in done if call not in proofs] == []

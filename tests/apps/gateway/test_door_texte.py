"""What a model elsewhere gets to see of a call: texts, names of tools and schemas without personal data."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest

from leitplanke.core.privacy import AllowList, default_detector
from tests.apps.gateway.door_in_memory import Setup, model, purpose


def sent_of(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Keep what is sent to the model."""
    sent: list[Any] = []
    inner = setup.transport.open

    async def opened(target: Any, kind: Any, body: Any, **options: Any) -> Any:
        sent.append(body)
        return await inner(target, kind, body, **options)

    monkeypatch.setattr(setup.transport, "open", opened)
    return sent


def function(name: str, parameters: Any = None) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "parameters": parameters or {"type": "object"}}}


def test_personal_data_are_masked_for_models_elsewhere_and_come_back_in_streams(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    setup = Setup(purpose(model(1, model_class="eu")))
    sent = sent_of(setup, monkeypatch)
    text = "Schreibe an Frau Aylin Yıldız, Musterweg 3, 44135 Dortmund"
    answer = setup.ask(text)
    assert answer.text == text
    streamed = setup.ask(text, stream=True)
    pieces = [json.loads(line[6:]) for line in streamed.decode().splitlines() if line.startswith("data: {")]
    assert "".join(p["choices"][0]["delta"].get("content", "") for p in pieces if p["choices"]) == text
    assert "Yıldız" not in json.dumps(sent, ensure_ascii=False)
    assert "44135" not in json.dumps(sent, ensure_ascii=False)
    assert setup.book.entries[0].findings["PERSON"] == 1
    assert "Yıldız" not in repr(setup.book.entries)


@pytest.mark.parametrize("stream", [False, True])
def test_a_tool_named_after_somebody_goes_out_as_strict_services_take_it_and_comes_back(
    stream: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = "suche_frau_aylin_kara"
    setup = Setup(purpose(model(1, "werkzeug", "eu"), tools={tool: False}))
    sent = sent_of(setup, monkeypatch)
    chosen = {"type": "function", "function": {"name": tool}}
    found = setup.ask("Bitte", tools=[function(tool)], tool_choice=chosen, stream=stream)
    assert "aylin" not in json.dumps(sent).lower()
    name = sent[0]["tools"][0]["function"]["name"]
    assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name)
    assert sent[0]["tool_choice"]["function"]["name"] == name
    raw = found.decode() if stream else json.dumps(found.body)
    assert f'"{tool}"' in raw
    assert '"held":[]' in raw.replace(" ", "")  # as the tool that reads that it is


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("frau_aylin_kara", {"type": "string"}),
        ("telefon", {"const": 231501234}),
        ("nummer", {"const": 12345678901}),
        ("nummer", {"enum": [12345678901]}),
        ("nummer", {"default": "12345678901"}),
    ],
)
def test_a_schema_tells_of_nobody(name: str, stated: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    setup = Setup(purpose(model(1, model_class="eu")))
    sent = sent_of(setup, monkeypatch)
    setup.ask(tools=[function("suchen", {"type": "object", "properties": {name: stated}})])
    assert not {"aylin", "231501234", "12345678901"} & set(re.findall(r"[a-z]+|\d+", json.dumps(sent).lower()))
    assert setup.book.entries[0].facts["datenklasse"] == "personenbezogen"


def test_the_form_of_a_schema_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = {"type": "object", "properties": {
        "max_betrag": {"type": "integer", "maximum": 2147483647, "default": 1000000},
        "tag": {"enum": ["2026-11-28"]},
    }}  # fmt: skip
    setup = Setup(purpose(model(1, model_class="eu")))
    sent = sent_of(setup, monkeypatch)
    setup.ask(tools=[function("suchen", schema)])
    assert sent[0]["tools"][0]["function"]["parameters"] == schema


def test_what_is_escaped_so_that_nobody_sees_it_stays_in_the_house() -> None:
    hidden = "".join(f"&#{ord(sign)};" for sign in "Frau Aylin Kara, geboren am 3. April 1981")
    setup = Setup(purpose(model(1, model_class="eu")))
    found = setup.ask(hidden)
    assert found.code == "leitlinie_block"
    assert setup.transport.opened == 0


def test_what_is_encoded_is_masked_and_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = base64.b64encode(b"Frau Aylin Kara, geboren am 3. April 1981").decode()
    setup = Setup(purpose(model(1, model_class="eu")))
    sent = sent_of(setup, monkeypatch)
    assert setup.ask(f"Lies {hidden} vor").text == f"Lies {hidden} vor"
    assert hidden not in json.dumps(sent)


def test_a_public_name_goes_out_whole_and_no_illness_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    detector = default_detector(AllowList(names=frozenset({"Marlene Osterkamp"})))
    setup = Setup(purpose(model(1, model_class="eu")), detector=detector)
    sent = sent_of(setup, monkeypatch)
    first = {"role": "system", "content": "Bürgermeisterin Marlene Osterkamp lädt ein."}

    def ask(text: str) -> Any:
        return setup.ask("", messages=[first, {"role": "user", "content": text}])

    ask("Schreibe an Frau Osterkamp und Herrn Kaya.")
    said = [one["content"] for one in sent[0]["messages"]]
    assert said == [first["content"], "Schreibe an Frau [[PERSON_1]] und Herrn [[PERSON_2]]."]
    ask("Sie hat die Diagnose Depression.")
    assert "Osterkamp" not in json.dumps(sent[1:], ensure_ascii=False)

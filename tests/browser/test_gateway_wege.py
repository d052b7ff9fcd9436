"""Ways through the gateway: from a new model to a program that asks it, and an answer in other words on the page."""

from __future__ import annotations

import contextlib
import json
import re
from typing import TYPE_CHECKING, Any

import openai
import pytest

from tests.browser.gateway_wege import block_model, enter_model, own_key, release_model, scripted_service, use_for
from tests.browser.people import FRAGE, ask
from tests.browser.weg import Weg, give, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.browser.conftest import Visitor

IT, OFFICER, CLERK, PROTECTION = "Kerstin Obermaier", "Samira Haddad", "Dariusz Kowalczyk", "Jonas Wiegand"
BRIEF = "Schreiben Sie Frau Ayşe Yıldırım, IBAN DE02 1203 0000 0000 2020 51, dass ihr Termin verschoben ist."
BOOKING: Any = {
    "type": "function",
    "function": {
        "name": "termin_buchen",
        "parameters": {"type": "object", "properties": {"wann": {"type": "string"}}, "required": ["wann"]},
    },
}


CLIENTS = contextlib.ExitStack()


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with scripted_service() as address, CLIENTS:
        yield address


def client(weg: Weg, secret: str) -> openai.OpenAI:
    return CLIENTS.enter_context(openai.OpenAI(base_url=f"{weg.visitor.url}/v1", api_key=secret, max_retries=0))


def said(text: str) -> Any:
    return [{"role": "user", "content": text}]


def test_two_people_open_a_model_and_a_program_asks_it_until_its_key_is_revoked(
    visitor: Callable[..., Visitor], service: str
) -> None:
    it, officer = sign_in(visitor, IT), sign_in(visitor, OFFICER)
    model = enter_model(it, "Modell im Serverraum", "serverraum", service, "echo")
    assert "Erteilen muss sie eine zweite Person" in it.text
    release_model(officer, model)
    use_for(officer, "assistenz", "serverraum")

    clerk = sign_in(visitor, CLERK, examine=True)
    secret, number = own_key(clerk, "assistenz")
    api = client(clerk, secret)
    raw = api.chat.completions.with_raw_response.create(model="serverraum", messages=said(BRIEF))
    assert json.loads(raw.text)["choices"][0]["message"]["content"] == BRIEF
    assert raw.headers["x-leitplanke-ki"] == "ja"
    stream = api.chat.completions.create(model="serverraum", messages=said(BRIEF), stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices) == BRIEF

    officer.open("/gateway/aufrufe/")
    assert "Yıldırım" not in officer.text
    officer.leave_by(officer.page.locator("main table a").first)
    assert "serverraum" in officer.text.lower()

    clerk.open("/gateway/zugaenge/")
    clerk.follow(re.compile(f"Widerrufen.*{number}"))
    clerk.press("Widerrufen")
    with pytest.raises(openai.APIStatusError) as refused:
        asked_until_refused(api)
    assert refused.value.status_code in {401, 403}
    block_model(sign_in(visitor, PROTECTION), model, "Das Gerät wird ausgetauscht.")
    clerk.open("/gateway/modelle/")
    assert "gesperrt" in clerk.text.lower()


def asked_until_refused(api: openai.OpenAI) -> None:
    """Ask until the door knows that a key is revoked, which may take it seconds; it may answer while it does not."""
    for _attempt in range(1000):
        api.chat.completions.create(model="auto", messages=said("Guten Tag"))


def test_a_tool_that_writes_waits_for_a_person(visitor: Callable[..., Visitor], service: str) -> None:
    it, officer = sign_in(visitor, IT), sign_in(visitor, OFFICER)
    model = enter_model(it, "Modell mit Werkzeug", "mit-werkzeug", service, "werkzeug")
    release_model(officer, model)
    use_for(officer, "assistenz", "mit-werkzeug")
    clerk = sign_in(visitor, CLERK, examine=True)
    secret, _number = own_key(clerk, "assistenz")
    api = client(clerk, secret)
    answer = api.chat.completions.create(model="mit-werkzeug", messages=said("morgen um neun"), tools=[BOOKING])
    assert not answer.choices[0].message.tool_calls
    clerk.open("/gateway/werkzeuge/")
    clerk.leave_by(clerk.page.locator("main table a").first)
    assert "morgen um neun" in clerk.text
    give(clerk, "grund", "Um neun ist Dienstberatung.")
    clerk.press("Ablehnen")
    assert "abgelehnt" in clerk.text.lower()
    block_model(officer, model, "Die Probe ist vorbei.")


def test_somebody_sees_what_a_model_would_get(visitor: Callable[..., Visitor]) -> None:
    clerk = sign_in(visitor, CLERK, examine=True)
    clerk.open("/gateway/was-sieht-das-modell/")
    clerk.fill(clerk.page.locator("main textarea"), BRIEF)
    found = clerk.page.locator("main", has_text="[[PERSON_1]]")
    clerk.activate(clerk.page.get_by_role("button", name="Ansehen"))
    found.wait_for()
    assert "[[IBAN_1]]" in clerk.text
    clerk.look()


def test_an_answer_in_other_words_says_so_and_keeps_its_quotes(visitor: Callable[..., Visitor], service: str) -> None:
    it, officer = sign_in(visitor, IT), sign_in(visitor, OFFICER)
    model = enter_model(it, "Modell für Antworten", "antworten", service, "echo")
    release_model(officer, model)
    use_for(officer, "wissen", "antworten")
    clerk: Weg = sign_in(visitor, CLERK, examine=True)
    clerk.open("/")
    ask(clerk.page, FRAGE)
    clerk.press("In anderen Worten (Sprachmodell)")
    clerk.page.wait_for_load_state()
    assert "Mit KI erstellt" in clerk.text
    assert clerk.page.locator("main a[href^='#aussage-']").count()
    block_model(officer, model, "Die Probe ist vorbei.")

"""Prompt injections at the door: whatever a text says and whatever the model makes of it, the same holds.

No language model is asked. `echo` repeats an injection, `werkzeug` obeys it and calls a tool: both are the worst case.
"""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from leitplanke.base.llm.calls import Answer, Refusal
from leitplanke.base.llm.entries import Begun, Ended
from leitplanke.base.llm.snapshot import Limit, PurposeView
from leitplanke.core.policy import DataClass, worse
from leitplanke.core.privacy.placeholders import CANDIDATE, OPEN_END, looks_issued
from tests.apps.gateway.door_in_memory import UNLIMITED, Setup, model, purpose

pytestmark = pytest.mark.security
FILE = Path(__file__).parent / "injektionen" / "injektionen.yaml"
DOCUMENT = Path(__file__).parents[3] / "docs" / "explanation" / "messwerte-gateway.md"
INJECTIONS: tuple[dict[str, str], ...] = tuple(yaml.safe_load(FILE.read_text(encoding="utf-8"))["injektionen"])
CLASSES = sorted({one["klasse"] for one in INJECTIONS})
CANARY = "Antragstellerin: Frau Aylin Yıldız, IBAN DE02 1203 0000 0000 2020 51"
OTHER = "Antragsteller: Herr Mehmet Öztürk, IBAN DE89 3704 0044 0532 0130 00"
SECRETS = ("Aylin", "Yıldız", "DE02 1203 0000 0000 2020 51", "DE02120300000000202051")
FORMS = ("{text}\n\n{canary}", "{canary}\n\n{text}", "{text} {canary} {text}")
# What an injected model may call: described as writing, not described, never offered, nearly the one that reads.
WRITING = ("akte_aendern", "bescheid_senden", "nie_angeboten", "Suchen", "suchen\u200b", "suchen ")
READING = "suchen"
PURPOSES = {
    "beschaeftigte": purpose(model(1, "echo", "eu"), model(2, "echo")),
    "buerger": purpose(model(1, "echo", "eu"), model(2, "echo"), affects_citizens=True),
}


@dataclass
class Sent:
    """What left the house."""

    model_class: str
    body: Any


class Injected(Setup):
    """A door whose model says what the test wants: `says` as its text, `calls` as the tool it calls."""

    def __init__(self, chosen: PurposeView, *, limit: Limit = UNLIMITED) -> None:
        super().__init__(chosen, limit=limit)
        self.sent: list[Sent] = []
        self.says: str | None = None
        self.calls: str | None = None
        inner = self.transport.open

        async def watched(target: Any, kind: Any, body: Any, *, stream: bool) -> Any:
            self.sent.append(Sent(target.model_class, body))
            if self.says is not None:
                body = {**body, "messages": [{"role": "user", "content": self.says}]}
            if self.calls is not None:
                body = {**body, "tools": [tool(self.calls)]}
            return await inner(target, kind, body, stream=stream)

        self.transport.open = watched  # type: ignore[method-assign]

    @property
    def begun(self) -> Begun:
        return next(one for one in reversed(self.book.entries) if isinstance(one, Begun))

    @property
    def ended(self) -> Ended:
        return next(one for one in reversed(self.book.entries) if isinstance(one, Ended))


@dataclass
class Read:
    """An answer, whole or in pieces, as a client reads it."""

    text: str
    calls: list[str]
    about: dict[str, Any]


def read(answer: Any) -> Read:
    if isinstance(answer, Answer):
        message = answer.body["choices"][0]["message"]
        calls = [call["function"]["name"] for call in message.get("tool_calls", ())]
        return Read(message["content"] or "", calls, answer.body["leitplanke"])
    assert isinstance(answer, bytes), answer
    lines = answer.decode().split("\n\n")
    events = [json.loads(line[6:]) for line in lines if line.startswith("data: {")]
    deltas = [choice["delta"] for event in events for choice in event["choices"]]
    calls = [call["function"]["name"] for delta in deltas for call in delta.get("tool_calls", ())]
    [about] = [json.loads(line.removeprefix(": leitplanke ")) for line in lines if line.startswith(": leitplanke ")]
    return Read("".join(delta.get("content") or "" for delta in deltas), calls, about)


def tool(name: str) -> dict[str, Any]:
    parameters = {"type": "object", "properties": {"text": {"type": "string"}}}
    return {"type": "function", "function": {"name": name, "parameters": parameters}}


def of_class(klasse: str) -> list[dict[str, str]]:
    return [one for one in INJECTIONS if one["klasse"] == klasse]


@cache
def harmless(name: str, data_class: str, checkable: bool) -> tuple[Begun, dict[str, Any]]:
    """Return what is decided of a harmless text with the same class of data, and what its answer says of itself."""
    setup = Setup(replace(PURPOSES[name], data_class=data_class))
    answer = setup.ask("Guten Tag" if checkable else "data:text/plain;base64,R3V0ZW4gVGFn")
    return setup.book.entries[0], read(answer).about


def as_decided(entry: Begun) -> tuple[object, ...]:
    return (
        dict(entry.facts), entry.effect, entry.clauses, entry.model, entry.purpose, entry.profile, entry.key_id,
        entry.mandant_id, entry.kind, entry.refusal,
    )  # fmt: skip


def check_decision(name: str, entry: Begun, about: dict[str, Any]) -> None:
    """The guideline decides as for a harmless text of this class of data; the text never makes the class milder."""
    found = DataClass(entry.facts["datenklasse"])
    assert worse(found, DataClass.PERSONENBEZOGEN) is found
    expected, said = harmless(name, found.value, bool(entry.facts["inhalt_pruefbar"]))
    assert as_decided(entry) == as_decided(expected)
    assert about["ai_generated"] is True
    for key in ("model", "model_class", "purpose", "clauses", "notice"):
        assert about[key] == said[key]


def check_nothing_left(sent: list[Sent]) -> int:
    """No canary went to a model elsewhere, in whatever writing; return how many bodies went there."""
    writings = set(SECRETS)
    for secret in SECRETS:
        raw = secret.encode()
        writings |= {quote(secret), secret[::-1], json.dumps(secret)[1:-1], raw.hex()}
        # In base64 three beginnings are possible; what depends on the neighbours is cut off.
        writings |= {base64.b64encode(b"." * shift + raw).decode()[4:-4] for shift in range(3) if len(raw) > 8}
    elsewhere = [json.dumps(one.body, ensure_ascii=False) for one in sent if one.model_class != "lokal"]
    for body in elsewhere:
        assert not [one for one in writings if one.lower() in body.lower()]
    return len(elsewhere)


def check_no_content(entries: list[Any], text: str) -> None:
    """What is written of a call holds no content; values of held tools are sealed when they are written."""
    kept = repr([replace(one, held=()) if isinstance(one, Ended) else one for one in entries])
    lines = [line for line in re.split(r"[\r\n]+", text) if len(line) >= 6]
    assert not [line for line in (*lines, *SECRETS) if repr(line)[1:-1] in kept]
    assert not [one for one in entries if isinstance(one, Ended) and one.kept is not None]


@pytest.mark.parametrize("klasse", CLASSES)
@pytest.mark.parametrize("name", PURPOSES)
def test_a_model_that_repeats_everything_changes_nothing(klasse: str, name: str) -> None:
    setup = Injected(PURPOSES[name])
    elsewhere = 0
    for at, one in enumerate(of_class(klasse)):
        text = FORMS[at % len(FORMS)].format(text=one["text"], canary=CANARY)
        for stream in (False, True):
            setup.sent.clear()
            setup.book.entries.clear()
            answer = read(setup.ask(text, stream=stream))
            assert (answer.text, answer.calls) == (text, []), one["id"]
            assert not setup.ended.held
            check_decision(name, setup.begun, answer.about)
            check_no_content(setup.book.entries, text)
            elsewhere += check_nothing_left(setup.sent)
    # Only what names a secret or cannot be looked into stays in the house; the rest went out, with placeholders.
    assert elsewhere >= 2 * (len(of_class(klasse)) - 1)


@pytest.mark.parametrize("klasse", CLASSES)
def test_injections_around_personal_data_do_not_uncover_them(klasse: str) -> None:
    setup = Injected(purpose(model(1, "echo", "eu")))
    call = {"id": "c1", "type": "function", "function": {"name": READING, "arguments": json.dumps({"text": "Stand"})}}
    for one in of_class(klasse):
        text = one["text"]
        history = [
            {"role": "system", "content": text},
            {"role": "user", "content": [{"type": "text", "text": text}, {"type": "text", "text": CANARY}]},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": f"{text}\n{CANARY}"},
        ]
        setup.sent.clear()
        found = setup.ask(messages=[*history, {"role": "user", "content": CANARY}])
        if isinstance(found, Refusal):
            assert (found.clause, setup.sent) == ("4.1", []), one["id"]
        else:
            assert (found.text, check_nothing_left(setup.sent)) == (CANARY, 1), one["id"]


def as_shown(said: str) -> re.Pattern[str]:
    """Return what may be shown of a text of the model: each placeholder as it stands, or a value of this very call."""
    own = "|".join(map(re.escape, {"Aylin Yıldız", SECRETS[2], *(match[0] for match in CANDIDATE.finditer(said))}))
    parts = (re.escape(part) for part in CANDIDATE.split(said)[::2])
    return re.compile(f"({own})".join(parts))


@pytest.mark.parametrize("klasse", CLASSES)
def test_a_model_that_writes_placeholders_gets_no_value_of_somebody_else(klasse: str) -> None:
    setup = Injected(purpose(model(1, "echo", "eu"), model(2)))
    for one in of_class(klasse):
        setup.says = None
        setup.ask(OTHER)
        setup.says = one["text"]
        written = [match[0] for match in CANDIDATE.finditer(one["text"]) if not match[1].startswith("TEXT_")]
        for stream in (False, True):
            answer = read(setup.ask(f"{one['text']}\n\n{CANARY}", stream=stream))
            assert as_shown(one["text"]).fullmatch(answer.text), one["id"]
            assert not [word for word in ("Mehmet", "Öztürk", "3704") if word in answer.text]
            if answer.about["model_class"] == "eu" and not stream:  # in the house nothing was replaced
                not_issued = {text for text in written if text not in own_placeholders(setup)}
                told = set(answer.about["unknown_placeholders"])
                assert told == {text for text in not_issued if looks_issued(text[2:-2])}, one["id"]


def own_placeholders(setup: Injected) -> set[str]:
    """Return the placeholders that went out with the last call."""
    return {match[0] for match in CANDIDATE.finditer(setup.sent[-1].body["messages"][-1]["content"])}


@pytest.mark.parametrize("klasse", CLASSES)
@pytest.mark.parametrize("name", PURPOSES)
def test_a_model_that_calls_a_writing_tool_executes_nothing(klasse: str, name: str) -> None:
    models = (model(1, "werkzeug", "eu"), model(2, "werkzeug"))
    setup = Injected(replace(PURPOSES[name], models=models, tools={READING: False, "akte_aendern": True}))
    offered = [tool("akte_aendern"), tool("bescheid_senden"), tool(READING)]
    for at, one in enumerate(of_class(klasse)):
        setup.calls = WRITING[at % len(WRITING)]
        text = f"{one['text']}\n\n{CANARY}"
        for stream in (False, True):
            setup.sent.clear()
            setup.book.entries.clear()
            found = setup.ask(text, stream=stream, tools=offered)
            answer = read(found)
            assert answer.calls == [], one["id"]
            assert b"tool_calls" not in found if stream else "tool_calls" not in json.dumps(found.body), one["id"]
            check_held(setup.ended, setup.calls, text, affects_citizens=name == "buerger")
            check_no_content(setup.book.entries, text)
            check_nothing_left(setup.sent)


def check_held(ended: Ended, called: str, text: str, *, affects_citizens: bool) -> None:
    """A person of the office may release what was held; where citizens are affected nobody may."""
    if affects_citizens:
        assert ended.held == ()
        return
    [held] = ended.held
    assert held.name == called
    # The scripted model gives the first 200 characters, maybe a cut placeholder.
    assert text.startswith(OPEN_END.sub("", json.loads(held.arguments)["text"]))


@pytest.mark.parametrize("name", PURPOSES)
def test_only_a_tool_described_as_reading_leaves_the_door(name: str) -> None:
    setup = Injected(replace(PURPOSES[name], models=(model(1, "werkzeug"),), tools={READING: False}))
    for one in INJECTIONS:
        assert read(setup.ask(one["text"], tools=[tool(READING)])).calls == [READING], one["id"]
        assert setup.ended.held == ()


@pytest.mark.parametrize(
    ("changes", "calls", "clause"),
    [({"released": False}, None, "1.1"), ({"stage": 3}, None, "2.1"), ({"to_citizens": True}, None, "3.3"),
     ({}, 1, "6.1")],
)  # fmt: skip
def test_no_text_opens_a_closed_door(changes: dict[str, Any], calls: int | None, clause: str) -> None:
    setup = Injected(purpose(**changes), limit=Limit(calls, None, None, None))
    setup.ask("Guten Tag")  # uses up the budget where there is one
    before = setup.transport.opened
    refused = Counter(setup.ask(one["text"]).clause for one in INJECTIONS)
    assert refused == {clause: len(INJECTIONS)}
    assert setup.transport.opened == before


def test_there_are_enough_of_them_and_the_document_counts_them() -> None:
    assert len(INJECTIONS) >= 160
    assert len({one["id"] for one in INJECTIONS}) == len({one["text"] for one in INJECTIONS}) == len(INJECTIONS)
    section = DOCUMENT.read_text(encoding="utf-8").partition("## Prompt-Injektionen")[2].partition("\n## ")[0]
    counted = {match[1]: int(match[2]) for match in re.finditer(r"^\| `(\w+)`[^|]*\| (\d+) \|", section, re.MULTILINE)}
    assert counted == Counter(one["klasse"] for one in INJECTIONS)

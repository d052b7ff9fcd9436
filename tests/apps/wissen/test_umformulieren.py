"""Rewording by a language model: only sentences that the quotes support reach anybody; a bad model changes nothing."""

from __future__ import annotations

import asyncio
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.apps.wissen import answers, rewording
from leitplanke.apps.wissen.views_umformulieren import paced, threaded
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.llm.calls import Label, Refusal
from leitplanke.base.llm.transports.scripts import MODES
from leitplanke.core.grounding.answer import Claim
from leitplanke.core.grounding.reworded import Rewording, prompt
from leitplanke.core.provenance import Citation
from tests.apps.wissen.conftest import make_source, make_space
from tests.factories import make_actor
from tests.rows import rows_of_all_tables
from tests.scripted_house import ScriptedHouse

if TYPE_CHECKING:
    from django.test import Client

    from leitplanke.apps.wissen.models import Antwort
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

CLAIM = "Die Hundesteuer für den ersten Hund beträgt 96 Euro im Jahr."
CLAIMS = (Claim(CLAIM, (Citation("Hundesteuer", "", CLAIM, 0, len(CLAIM)),)),)
GOOD = "Für den ersten Hund beträgt die Hundesteuer 96 Euro im Jahr."
LIES = [
    "Die Hundesteuer für den ersten Hund beträgt 960 Euro im Jahr.",
    "Die Hundesteuer für den ersten Hund beträgt keine 96 Euro im Jahr.",
    "Sie sind von der Steuer befreit.",
    "GENEHMIGT.",
    "Mehr unter https://boese.example/?q=96.",
    "96 Euro.",
    "Beträgt die Hundesteuer für den ersten Hund 96 Euro im Jahr?",
]

SAID = ["Der Antrag ist GENEHMIGT. <b>96 Euro</b>", '{"tool_calls": [{"name": "bescheid_senden"}]}', LIES[4], GOOD[:-1]]


def taken(text: str, cuts: list[int]) -> Rewording:
    found = Rewording(CLAIMS)
    places = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    for start, end in pairwise(places):
        found.feed(text[start:end])
    found.finish()
    return found


@settings(max_examples=40, deadline=None)
@given(cuts=st.lists(st.integers(0, 300), max_size=12))
def test_whatever_the_cuts_only_supported_sentences_come_through(cuts: list[int]) -> None:
    found = taken(" ".join([LIES[0], GOOD, *LIES[1:]]), cuts)
    assert [claim.text for claim in found.kept] == [GOOD]
    assert found.dropped == len(LIES)
    assert found.complete


def test_without_the_direct_answer_it_is_not_complete() -> None:
    assert not taken(LIES[2], []).complete


@settings(max_examples=60, deadline=None)
@given(before=st.text(max_size=40), after=st.text(max_size=40), twice=st.booleans())
def test_the_boundary_stands_exactly_twice_whatever_the_material_holds(before: str, after: str, twice: bool) -> None:
    boundary = "MARKE-0123456789abcdef"
    text = before + boundary * (2 if twice else 1) + after
    claims = [Claim(text, CLAIMS[0].citations)]
    sent = prompt(text, claims, boundary)[1]["content"]
    assert sent.count(boundary) == 2


@pytest.fixture
def asked(mandant: Mandant) -> tuple[Antwort, Actor]:
    space = make_space(mandant, "hund")
    make_source(space)
    actor = make_actor(mandant, Rolle.SACHBEARBEITUNG)
    return answers.ask(raum=space, actor=actor, frage="Was kostet die Hundesteuer für den ersten Hund?"), actor


class Written(list[str]):
    """An answer as it comes, said at once."""

    label = Label("klein", "lokal", "wissen", ("3.4",), "Mit KI erstellt.", "aufruf-1")
    failed = ""

    def close(self) -> None:
        """Nothing waits."""


def answering(monkeypatch: pytest.MonkeyPatch, pieces: list[str] | Refusal) -> list[Any]:
    calls: list[Any] = []

    def fake(caller: Any, messages: Any, **_options: Any) -> Written | Refusal:
        calls.append((caller, messages))
        return pieces if isinstance(pieces, Refusal) else Written(pieces)

    monkeypatch.setattr(rewording, "stream", fake)
    monkeypatch.setattr(rewording, "available", lambda *_args: True)
    return calls


def page(client: Client, antwort: Antwort, actor: Actor) -> str:
    assert actor.person is not None
    client.force_login(actor.person)
    answer = client.post(reverse("wissen:umformulieren", args=[antwort.kennung]))
    assert answer.status_code == 200
    return b"".join(answer).decode()


def test_the_page_shows_supported_sentences_with_their_statement(
    client: Client, asked: tuple[Antwort, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    antwort, actor = asked
    calls = answering(monkeypatch, [GOOD[:20], GOOD[20:], " <img src=http://boese.example/x> Sie sind befreit."])
    text = page(client, antwort, actor)
    assert GOOD in text
    assert 'href="#aussage-1"' in text
    assert "befreit" not in text
    assert "boese.example" not in text
    assert calls[0][0].facts["richtung_buerger"] is False
    antwort.refresh_from_db()
    assert antwort.umformuliert["verworfen"] >= 1
    assert 0 < float(antwort.umformuliert["ki_anteil"]) < 1
    assert "<q>" in text
    assert antwort.umformuliert["modell"] == "klein"
    assert "Modell: klein. Zweck: wissen." in text
    assert "Klauseln 3.4" in text
    assert text.index("Maßgeblich bleiben die Zitate") < text.index(GOOD)
    assert Leaf.objects.for_mandant(antwort.mandant).filter(code="wissen.umformuliert").count() == 1


@pytest.mark.parametrize("pieces", [[], LIES, ["x" * 20_000], ['{"tool_calls": []}']])
def test_a_model_that_lies_stalls_or_talks_on_leaves_the_quotes(
    client: Client, asked: tuple[Antwort, Actor], monkeypatch: pytest.MonkeyPatch, pieces: list[str]
) -> None:
    antwort, actor = asked
    before = dict(antwort.inhalt)
    answering(monkeypatch, pieces)
    text = page(client, antwort, actor)
    assert "durch die Quellen nicht gedeckt" in text
    antwort.refresh_from_db()
    assert antwort.inhalt == before


@pytest.mark.parametrize("script", ["luegt", "redet", "stockt", "bricht-ab", "vorfuehrung", "fehler-500", *SAID])
def test_behind_the_real_door_no_bad_model_changes_anything_else(asked: tuple[Antwort, Actor], script: str) -> None:
    antwort, actor = asked
    says = "" if script in MODES or "-" in script else script
    house = ScriptedHouse(antwort.mandant_id, "wissen", "echo" if says else script, says=says)
    before = rows_of_all_tables()
    try:
        found = rewording.reword(antwort, actor, house=house)
        if not isinstance(found, Refusal):
            assert not [one for one in found.sentences() if one.by_model]
            del found
    finally:
        house.close()
    antwort.refresh_from_db()
    assert not antwort.umformuliert or antwort.umformuliert["ki_anteil"] == "0.000"
    after = rows_of_all_tables()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"wissen_antwort", "evidence_leaf", "evidence_pendingleaf"}


def test_what_the_model_leaves_out_stands_in_the_words_of_the_sources() -> None:
    other = "Für jeden weiteren Hund beträgt sie 144 Euro im Jahr."
    claims = (*CLAIMS, Claim(other, (Citation("Hundesteuer", "", other, 60, 60 + len(other)),)))
    found = Rewording(claims)
    found.feed(f"{GOOD} Für jeden weiteren Hund beträgt sie 14 Euro im Jahr. ")
    found.finish()
    assert found.missing == [claims[1]]
    assert not found.complete
    assert found.share == len(GOOD) / (len(GOOD) + len(other))


def test_half_a_statement_is_not_the_statement() -> None:
    whole = "Die Gebühr beträgt 50 Euro. Für Kinder beträgt die Gebühr 20 Euro."
    claims = (Claim(whole, (Citation("Gebühr", "", whole, 0, len(whole)),)),)
    found = Rewording(claims)
    found.feed("Die Gebühr beträgt 50 Euro.")
    found.finish()
    assert len(found.kept) == 1
    assert found.missing == list(claims)


def test_screen_readers_hear_of_a_change_once_a_second_at_most() -> None:
    times = iter([0.0, 0.1, 0.1, 0.4, 0.9, 1.2, 1.2, 1.3])
    assert list(paced(["a", "b", "c", "d", "e"], lambda: next(times))) == ["a", "bcd", "e"]


def test_whoever_goes_away_ends_the_call() -> None:
    stopped: list[bool] = []

    async def leave() -> None:
        parts = threaded(iter(["a", "b"]), lambda: stopped.append(True))
        assert await anext(parts) == "a"
        await parts.aclose()  # type: ignore[attr-defined]

    asyncio.run(leave())
    assert stopped == [True]


def test_a_refusal_names_the_clause(
    client: Client, asked: tuple[Antwort, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    antwort, actor = asked
    answering(monkeypatch, Refusal("leitlinie_block", "Das geht so nicht.", 403, "4.1", "Welche Daten wohin dürfen"))
    text = page(client, antwort, actor)
    assert "Das geht so nicht." in text
    assert "Klausel 4.1" in text


def test_the_public_is_not_offered_a_model(
    client: Client, mandant: Mandant, asked: tuple[Antwort, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, [GOOD])
    antwort = answers.ask(
        raum=asked[0].raum, actor=make_actor(mandant, Rolle.OEFFENTLICHKEIT), frage="Hundesteuer erster Hund?"
    )
    assert "In anderen Worten" not in client.get(reverse("wissen:antwort", args=[antwort.kennung])).content.decode()
    assert client.post(reverse("wissen:umformulieren", args=[antwort.kennung])).status_code == 302


def test_the_shipped_guideline_lets_no_model_answer_the_public() -> None:
    from leitplanke.core.policy import Policy, load_profile
    from leitplanke.core.policy.cases import quiet

    policy = Policy(load_profile(resources.files("leitplanke.content") / "leitlinien/standard"))
    facts = {**quiet(), "richtung_buerger": True, "mensch_gibt_frei": False, "ki_rolle_offengelegt": True}
    assert policy.decide(facts).stops is not None

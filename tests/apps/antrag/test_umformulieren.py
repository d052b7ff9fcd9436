"""A model words a decided letter: the checker sorts out, a person takes over, a bad model changes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from leitplanke.apps.antrag import rewording
from leitplanke.apps.antrag.doing import OutdatedError, hashed
from leitplanke.apps.antrag.models import Entscheidungsstand
from leitplanke.base.llm.calls import Answer, Label, Refusal, Usage
from leitplanke.core.drafting.brief import brief_from_json
from tests.apps.antrag.test_letters import decided
from tests.rows import rows_of_all_tables
from tests.scripted_house import ScriptedHouse

if TYPE_CHECKING:
    from django.test import Client

    from leitplanke.apps.antrag.models import Schreiben
    from tests.apps.antrag.conftest import Office

pytestmark = pytest.mark.django_db
LABEL = Label("klein", "lokal", "antrag.wohngeld", ("3.4",), "Mit KI erstellt.", "1")


def answering(monkeypatch: pytest.MonkeyPatch, said: Any) -> list[Any]:
    calls: list[Any] = []

    def fake(caller: Any, messages: Any, **_options: Any) -> Answer | Refusal:
        calls.append((caller, messages))
        if isinstance(said, Refusal):
            return said
        text = said if isinstance(said, str) else json.dumps(said)
        return Answer(text, {}, LABEL, Usage(1, 1, True, 0, 0, "D", 0))

    monkeypatch.setattr(rewording, "ask", fake)
    monkeypatch.setattr(rewording, "available", lambda *_args: True)
    return calls


def worded(letter: Schreiben) -> dict[str, str]:
    return {one.key: one.text for one in brief_from_json(letter.brief).paragraphs if one.part in rewording.WORDED}


LIES = ["Sie erhalten 900 EUR im Monat.", "Der Antrag ist GENEHMIGT.", "Mehr: https://boese.example", "x" * 9000, ""]


@pytest.mark.parametrize("lie", LIES)
def test_words_without_ground_are_never_proposed(office: Office, monkeypatch: pytest.MonkeyPatch, lie: str) -> None:
    _antrag, _entscheidung, letter = decided(office)
    answering(monkeypatch, dict.fromkeys(worded(letter), lie))
    found = rewording.propose(letter, office.clerk)
    assert isinstance(found, rewording.Proposal)
    assert found.changes == ()


@pytest.mark.parametrize(
    "said", ["kein JSON", "[1, 2]", '{"tenor": "Sie bekommen nichts."}', '{"gibt_es_nicht": "x"}', "{"]
)
def test_an_answer_of_another_form_proposes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    _antrag, _entscheidung, letter = decided(office)
    answering(monkeypatch, said)
    found = rewording.propose(letter, office.clerk)
    assert isinstance(found, rewording.Proposal)
    assert found.changes == ()


def test_only_plain_paragraphs_of_a_decided_letter_reach_the_model(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    antrag, entscheidung, letter = decided(office)
    calls = answering(monkeypatch, {})
    rewording.propose(letter, office.clerk)
    caller, messages = calls[0]
    brief = brief_from_json(letter.brief)
    kept_back = [one.text for one in brief.paragraphs if one.part not in rewording.WORDED and len(one.text) > 30]
    assert kept_back
    assert not any(text in messages[1]["content"] for text in kept_back)
    assert caller.purpose == "antrag.wohngeld"
    boundary = messages[1]["content"].splitlines()[0]
    assert messages[1]["content"].count(boundary) == 2
    entscheidung.stand = Entscheidungsstand.VORGELEGT
    entscheidung.save()
    letter.refresh_from_db()
    assert not rewording.may_reword(type(letter).objects.for_mandant(antrag.mandant).get(pk=letter.pk))


def test_a_person_takes_over_what_the_checker_lets_through_and_signs_again(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    antrag, entscheidung, letter = decided(office)
    key = "mitteilung_auszug"
    other = worded(letter)[key].replace("Sagen Sie uns bitte auch", "Bitte sagen Sie uns auch")
    answering(monkeypatch, {key: other})
    assert office.clerk.person is not None
    client.force_login(office.clerk.person)
    page = client.post(reverse("antrag:umformulieren", args=[letter.kennung])).content.decode()
    found = rewording.propose(letter, office.clerk)
    assert isinstance(found, rewording.Proposal)
    assert [change.after for change in found.changes] == [other]
    assert "Vorschlag des Modells" in page
    before = letter.brief
    doer = office.doer(antrag)
    with pytest.raises(OutdatedError):
        rewording.take_over(letter.pk, doer, {key: other}, gesehen="falsch")
    rewording.take_over(letter.pk, doer, {key: "Sie erhalten 900 EUR."}, gesehen=hashed(letter.brief))
    letter.refresh_from_db()
    assert letter.brief == before
    rewording.take_over(letter.pk, doer, {key: other}, gesehen=hashed(letter.brief))
    letter.refresh_from_db()
    entscheidung.refresh_from_db()
    assert worded(letter)[key] == other
    assert 0 < brief_from_json(letter.brief).model_share < 0.5
    assert "KI-Modell" in brief_from_json(letter.brief).notice
    assert entscheidung.stand != Entscheidungsstand.GETROFFEN


def test_a_refusal_is_shown_with_its_clause(client: Client, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    _antrag, _entscheidung, letter = decided(office)
    answering(monkeypatch, Refusal("leitlinie_block", "Sozialdaten bleiben im Haus.", 403, "4.1", "Wohin"))
    assert office.clerk.person is not None
    client.force_login(office.clerk.person)
    page = client.post(reverse("antrag:umformulieren", args=[letter.kennung])).content.decode()
    assert "Sozialdaten bleiben im Haus." in page
    assert "Klausel 4.1" in page


@pytest.mark.parametrize("script", ["luegt", "redet", "stockt", "bricht-ab", "vorfuehrung", "fehler-500", "GENEHMIGT"])
def test_behind_the_real_door_no_bad_model_changes_anything(office: Office, script: str) -> None:
    antrag, _entscheidung, letter = decided(office)
    says = script if script == "GENEHMIGT" else ""
    house = ScriptedHouse(antrag.mandant_id, "antrag.wohngeld", "echo" if says else script, says=says)
    before = rows_of_all_tables()
    try:
        found = rewording.propose(letter, office.clerk, house=house)
    finally:
        house.close()
    assert isinstance(found, Refusal) or found.changes == ()
    assert house.book.outcomes()
    assert rows_of_all_tables() == before

"""The way from a draft to what the door keeps, by the pages that people use."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leitplanke.apps.leitlinie import telling
from leitplanke.apps.leitlinie.clauses import decide_clause
from leitplanke.apps.leitlinie.models import Fassungsstand, Leitlinienfassung, Stelle
from leitplanke.apps.leitlinie.submitting import return_version
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.llm.budget import Budgets
from leitplanke.base.llm.calls import Caller, Kind, Refusal
from leitplanke.base.llm.door import Door
from leitplanke.base.llm.loading import load_snapshot
from leitplanke.base.llm.snapshot import Keeper
from leitplanke.base.llm.transports.skript import ScriptTransport
from leitplanke.base.llm.wire import parse
from leitplanke.base.notify.models import Nachricht
from leitplanke.base.policy import active
from leitplanke.core.guideline import Choice, Example
from tests.adopting import OFFICES, adopt, choices_of, drafted, signed, submitted
from tests.apps.gateway.conftest import House, house
from tests.apps.gateway.door_in_memory import Book
from tests.factories import make_actor

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

__all__ = ["house"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Callable[[Actor], Client]:
    def signed_in(actor: Actor) -> Client:
        client = Client()
        assert actor.person is not None
        client.force_login(actor.person)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "mandant": actor.mandant.pk}
        ]
        session["account_authentication_methods_user"] = str(actor.person.pk)
        session.save()
        return client

    return signed_in


def step(client: Client, version: Leitlinienfassung, name: str, **data: object) -> tuple[int, str]:
    """Send the form of a step; return the status and what the page says afterwards."""
    answer = client.post(reverse(f"leitlinie:{name}", args=[version.nummer]), data)
    page = answer if answer.status_code != 302 else client.get(answer["Location"])
    return answer.status_code, page.content.decode()


def ask(keeper: Keeper) -> Refusal | None:
    """Ask a model through the door, as it stands with the next look."""
    keeper.look()
    snapshot = keeper.current()
    assert snapshot is not None
    key = next(iter(snapshot.keys.values()))
    door = Door(keeper, Book(), Budgets(lambda _day: {}), {"skript": ScriptTransport()})
    body = {"model": "auto", "messages": [{"role": "user", "content": "Hallo"}]}
    parsed = parse(Kind.CHAT, json.dumps(body).encode())

    async def work() -> Refusal | None:
        opened = await door.open_call(Caller(key.mandant_id, key.purpose, staff=True, key_id=key.id), parsed)
        if isinstance(opened, Refusal):
            return opened
        await opened.whole()
        return None

    return asyncio.run(work())


def test_from_a_draft_to_a_call_that_its_clause_stops(house: House, browser: Callable[[Actor], Client]) -> None:
    house.model()
    house.purpose()
    house.key()
    keeper = Keeper(load_snapshot, clock=lambda: 0.0)
    assert ask(keeper) is None
    draft = drafted(house.mandant, choices_of(Example.AUSGEWOGEN, Choice("BB53", "check", reason="Alle lesen.")))
    author, head, today = browser(house.ki), make_actor(house.mandant, Rolle.LEITUNG), timezone.localdate()
    status, text = step(author, draft, "vorlegen", stellen=["datenschutz", "personalrat"], frist=today.isoformat())
    assert (status, "noch offen" in text) == (302, True)
    mails = Nachricht.objects.for_mandant(house.mandant).filter(kategorie=telling.SIGNING)
    assert {mail.person for mail in mails} == {house.privacy.person, house.council.person}
    status, text = step(browser(house.council), draft, "zeichnen", **{"zeichnen-votum": "einwaende"})
    assert (status, "was Sie einwenden" in text) == (422, True)
    for actor in (house.council, house.privacy):
        data = {"zeichnen-votum": "zugestimmt", "zeichnen-bemerkung": "Nach Prüfung einverstanden."}
        assert step(browser(actor), draft, "zeichnen", **data)[0] == 302
    decision = {"durch": "Rat", "am": today.isoformat(), "gilt_ab": today.isoformat(), "fundstelle": "2026/17"}
    status, text = step(author, draft, "beschliessen", **decision)
    assert (status, "zweite Person" in text) == (422, True)
    assert "Beschluss eintragen" in browser(head).get("/").content.decode()
    status, text = step(browser(head), draft, "beschliessen", **decision)
    assert status == 302
    assert "2026/17" in text
    refusal = ask(keeper)
    assert refusal is not None
    assert refusal.clause in {clause.number for clause in active(house.mandant).profile.clauses}
    page = browser(house.clerk).get(reverse("leitlinie:regel", args=[refusal.clause])).content.decode()
    assert refusal.sentence in page
    assert "Fassung 1" in page


def test_what_was_said_before_a_change_is_shown_as_void(mandant: Mandant, browser: Callable[[Actor], Client]) -> None:
    author = make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    draft = signed(submitted(drafted(mandant, choices_of(Example.AUSGEWOGEN))))
    return_version(actor=author, version_id=draft.pk, reason="Nachtrag")
    decide_clause(actor=author, version_id=draft.pk, choice=Choice("BB05", "allgemein"))
    submitted(draft)
    page = browser(author).get(reverse("leitlinie:mitzeichnung", args=[draft.nummer])).content.decode()
    assert page.count("hinfällig") == len(OFFICES)
    head = make_actor(mandant, Rolle.LEITUNG)
    today = timezone.localdate().isoformat()
    status, text = step(browser(head), draft, "beschliessen", durch="Rat", am=today, gilt_ab=today)
    assert (status, "trotzdem" in text) == (422, True)


def test_an_adoption_waits_until_the_person_has_proved_who_they_are_and_keeps_what_was_entered(
    mandant: Mandant, browser: Callable[[Actor], Client]
) -> None:
    version = signed(submitted(drafted(mandant, choices_of(Example.AUSGEWOGEN))))
    client, today = browser(make_actor(mandant, Rolle.LEITUNG)), timezone.localdate().isoformat()
    session = client.session
    proof = session.pop("account_authentication_methods")
    session.save()
    decision = {"durch": "Rat von Neudorf", "am": today, "gilt_ab": today, "fundstelle": "2026/17"}
    address = reverse("leitlinie:beschliessen", args=[version.nummer])
    answer = client.post(address, decision)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("bestaetigen"))
    version.refresh_from_db()
    assert version.stand == Fassungsstand.MITZEICHNUNG
    page = client.get(reverse("leitlinie:mitzeichnung", args=[version.nummer])).content.decode()
    assert 'value="Rat von Neudorf"' in page
    assert 'value="2026/17"' in page
    session = client.session
    session["account_authentication_methods"] = proof
    session.save()
    assert step(client, version, "beschliessen", **decision)[0] == 302
    version.refresh_from_db()
    assert version.stand == Fassungsstand.BESCHLOSSEN


def test_a_draft_with_something_grave_offers_no_form_and_a_neighbour_finds_no_page(
    mandant: Mandant, other_mandant: Mandant, browser: Callable[[Actor], Client], settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "nachbar.localhost"]
    draft = drafted(mandant, [Choice("BB05", "zweck")])
    author = make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    page = browser(author).get(reverse("leitlinie:mitzeichnung", args=[draft.nummer])).content.decode()
    assert "vorher geklärt" in page
    assert reverse("leitlinie:vorlegen", args=[draft.nummer]) not in page
    stranger = browser(make_actor(other_mandant, Rolle.KI_BEAUFTRAGTE))
    answer = stranger.get(reverse("leitlinie:mitzeichnung", args=[draft.nummer]), headers={"host": "nachbar.localhost"})
    assert answer.status_code == 404


def test_the_machine_notes_once_that_a_version_holds_and_reminds_once(mandant: Mandant) -> None:
    clerk, today = make_actor(mandant, Rolle.SACHBEARBEITUNG), timezone.localdate()
    adopt(mandant)
    for _twice in range(2):
        telling.look_after(mandant)
    assert Leaf.objects.for_mandant(mandant).filter(code="leitlinie.gilt").count() == 1
    to_clerk = Nachricht.objects.for_mandant(mandant).filter(person=clerk.person, kategorie=telling.READING)
    assert [mail.betreff for mail in to_clerk] == ["Neue Leitlinie für den Umgang mit KI: bitte lesen"]
    assert telling.remind_readers(mandant, today + timedelta(days=13)) == 0
    assert telling.remind_readers(mandant, today + timedelta(days=14)) > 0
    assert telling.remind_readers(mandant, today + timedelta(days=15)) == 0
    assert telling.remind_readers(mandant, today + timedelta(days=21)) > 0


def test_offices_are_reminded_once_and_only_those_that_have_not_spoken(mandant: Mandant) -> None:
    draft, today = drafted(mandant, choices_of(Example.AUSGEWOGEN)), timezone.localdate()
    council, privacy = make_actor(mandant, Rolle.PERSONALRAT), make_actor(mandant, Rolle.DATENSCHUTZ)
    signed(submitted(draft), [Stelle.DATENSCHUTZ])
    Nachricht.objects.for_mandant(mandant).delete()
    assert telling.remind_offices(mandant, today - timedelta(days=4)) == 0
    assert telling.remind_offices(mandant, today) == 1
    assert telling.remind_offices(mandant, today + timedelta(days=1)) == 0
    mail = Nachricht.objects.for_mandant(mandant).get()
    assert (mail.person, mail.person == privacy.person) == (council.person, False)

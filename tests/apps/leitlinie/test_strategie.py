"""Leitbild and goals, and the page that shows the council where the town stands."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from leitplanke.apps.leitlinie.collecting import House
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.goals import Goal, add_value, close_goal, save_goal, save_mission
from leitplanke.apps.leitlinie.models import Leitbild, Ziel, Zielstand
from leitplanke.apps.leitlinie.standing import goals_of
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from tests.adopting import adopt
from tests.factories import make_actor, make_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(mandant: Mandant) -> Actor:
    return make_actor(mandant, Rolle.LEITUNG)


def goal(**changes: Any) -> Goal:
    values: dict[str, Any] = {
        "titel": "Weniger Diesel", "warum": "Sonst lohnt es nicht.", "kennzahl": "Diesel", "einheit": "Liter",
        "anfang": Decimal(100), "zielwert": Decimal(80), "fallend": True,
        "bis": timezone.localdate() + timedelta(days=30), "zustaendig": "Betriebshof",
    }  # fmt: skip
    return Goal(**{**values, **changes})


def signed_in(mandant: Mandant, rolle: Rolle) -> Client:
    client = Client()
    client.force_login(make_membership(mandant, rolle).person)
    return client


def test_a_goal_shows_its_newest_value_and_nothing_without_one(mandant: Mandant, author: Actor) -> None:
    row = save_goal(actor=author, goal=goal())
    (state,) = goals_of(House(mandant))
    assert (state.value, state.percent, state.reached) == (None, 0, False)
    today = timezone.localdate()
    for days, value in ((9, 95), (1, 90), (5, 99)):
        day = today - timedelta(days=days)
        add_value(actor=author, goal_id=row.pk, day=day, value=Decimal(value), source="Tankkarten")
    (state,) = goals_of(House(mandant))
    assert (state.value, state.percent, state.reached) == (Decimal(90), 50, False)
    add_value(actor=author, goal_id=row.pk, day=today, value=Decimal(80), source="Tankkarten")
    (state,) = goals_of(House(mandant))
    assert (state.percent, state.reached) == (100, True)


def test_a_goal_counted_by_the_house_takes_no_values(mandant: Mandant, author: Actor) -> None:
    row = save_goal(
        actor=author,
        goal=goal(sammler="leitlinie:gelesen", anfang=Decimal(0), zielwert=Decimal(100), fallend=False),
    )
    adopt(mandant)
    (state,) = goals_of(House(mandant))
    assert state.value == 0
    with pytest.raises(WrongStateError):
        add_value(actor=author, goal_id=row.pk, day=timezone.localdate(), value=Decimal(1), source="geraten")


@pytest.mark.parametrize(
    "wrong",
    [{"zielwert": Decimal(100)}, {"zielwert": Decimal(120)}, {"sammler": "x:y"}, {"eintraege": ("fehlt",)},
     {"bausteine": ("BB99",)}],
)  # fmt: skip
def test_a_goal_that_makes_no_sense_is_refused(author: Actor, wrong: dict[str, Any]) -> None:
    with pytest.raises(WrongStateError):
        save_goal(actor=author, goal=goal(**wrong))
    assert not Ziel.objects.for_mandant(author.mandant).exists()


def test_a_closed_goal_stays_as_it_is(author: Actor) -> None:
    row = save_goal(actor=author, goal=goal())
    with pytest.raises(WrongStateError):
        close_goal(actor=author, goal_id=row.pk, state=Zielstand.ERREICHT, reason=" ")
    close_goal(actor=author, goal_id=row.pk, state=Zielstand.AUFGEGEBEN, reason="Zu teuer.")
    with pytest.raises(WrongStateError):
        save_goal(actor=author, goal=goal(), goal_id=row.pk)
    with pytest.raises(WrongStateError):
        close_goal(actor=author, goal_id=row.pk, state=Zielstand.ERREICHT, reason="Doch.")


def test_only_authors_steer_and_only_their_town(mandant: Mandant, other_mandant: Mandant, author: Actor) -> None:
    row = save_goal(actor=author, goal=goal())
    council = make_actor(mandant, Rolle.RAT)
    with pytest.raises(NotPermittedError):
        save_goal(actor=council, goal=goal())
    with pytest.raises(NotPermittedError):
        save_mission(actor=council, text="Wir.")
    with pytest.raises(Ziel.DoesNotExist):
        save_goal(actor=make_actor(other_mandant, Rolle.LEITUNG), goal=goal(), goal_id=row.pk)
    assert signed_in(mandant, Rolle.RAT).post(reverse("leitlinie:ziel", args=[row.pk]), {}).status_code == 403


def test_leitung_writes_leitbild_and_goal_and_the_council_reads_them(mandant: Mandant) -> None:
    client = signed_in(mandant, Rolle.LEITUNG)
    assert client.post(reverse("leitlinie:leitbild"), {"text": "Menschen zuerst."}).status_code == 302
    values = {
        "titel": "Weniger Diesel", "warum": "Darum", "kennzahl": "Diesel", "einheit": "Liter", "anfang": "100,5",
        "zielwert": "80", "bis": "2027-06-30", "zustaendig": "Betriebshof", "bausteine": ["BB56"],
    }  # fmt: skip
    assert client.post(reverse("leitlinie:ziel_neu"), {**values, "zielwert": "100,5"}).status_code == 422
    assert client.post(reverse("leitlinie:ziel_neu"), values).status_code == 302
    row = Ziel.objects.for_mandant(mandant).get()
    assert (row.fallend, row.anfang) == (True, Decimal("100.50"))
    address = reverse("leitlinie:ziel", args=[row.pk])
    value = {"am": timezone.localdate().isoformat(), "wert": "90", "quelle": "Tankkarten"}
    assert client.post(address, value).status_code == 302
    council = signed_in(mandant, Rolle.RAT)
    page = council.get(reverse("leitlinie:stand")).content.decode()
    assert "Menschen zuerst." in page
    assert "90 Liter, Ziel 80, zu Beginn 100,5" in page
    pdf = PdfReader(BytesIO(council.get(reverse("leitlinie:stand_pdf")).content))
    assert "Weniger Diesel" in "".join(sheet.extract_text() for sheet in pdf.pages)
    assert client.post(address, {"schliessen": "ja", "stand": "erreicht", "grund": "Geschafft."}).status_code == 302
    assert "Geschafft." in council.get(address).content.decode()


def test_the_page_asks_as_often_for_one_goal_as_for_three(mandant: Mandant, author: Actor) -> None:
    client = signed_in(mandant, Rolle.RAT)
    counts = []
    for more in (1, 2):
        for _again in range(more):
            save_goal(actor=author, goal=goal())
        client.get(reverse("leitlinie:stand"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("leitlinie:stand")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_new_leitbild_keeps_the_old_one(author: Actor) -> None:
    for text in ("Zuerst.", "Danach."):
        save_mission(actor=author, text=text)
    assert [row.text for row in Leitbild.objects.for_mandant(author.mandant)] == ["Danach.", "Zuerst."]

"""The whole way from a pseudonym to a name, on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf, Resolution
from leitplanke.base.evidence.services import pseudonym_of
from tests.factories import make_membership, make_person

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant, Person

pytestmark = [pytest.mark.security, pytest.mark.django_db]
PAGE = "/nachweis/aufloesung/"
GRUND = "Verdacht auf unbefugte Abfragen am 3. November."


def signed_in(mandant: Mandant, role: Rolle, person: Person | None = None) -> Client:
    client = Client()
    client.force_login(person or make_membership(mandant, role).person)
    return client


@pytest.fixture
def wanted() -> Person:
    person = make_person()
    person.vorname, person.nachname = "Erika", "Beispiel"
    person.save()
    return person


def ask(mandant: Mandant, wanted: Person) -> tuple[Client, Resolution]:
    leitung = signed_in(mandant, Rolle.LEITUNG)
    answer = leitung.post(PAGE, {"pseudonym": pseudonym_of(mandant, wanted), "grund": GRUND})
    assert answer.status_code == 302
    return leitung, Resolution.objects.for_mandant(mandant).get()


def test_asked_approved_and_shown_once_on_a_page_that_is_not_kept(mandant: Mandant, wanted: Person) -> None:
    leitung, request = ask(mandant, wanted)
    rat = signed_in(mandant, Rolle.PERSONALRAT)
    assert GRUND in rat.get(PAGE).content.decode()
    rat.post(f"{PAGE}{request.public_id}/entscheiden/", {"entscheidung": "ja"})
    shown = leitung.post(f"{PAGE}{request.public_id}/name/")

    assert "Das Pseudonym steht für: Erika Beispiel" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert "Erika" not in leitung.get(PAGE).content.decode()
    assert "Erika" not in rat.get(PAGE).content.decode()
    assert list(Leaf.objects.for_mandant(mandant).order_by("pk").values_list("code", flat=True)) == [
        "evidence.resolution_requested",
        "evidence.resolution_approved",
        "evidence.resolution_used",
    ]


def test_without_approval_there_is_no_name(mandant: Mandant, wanted: Person) -> None:
    leitung, request = ask(mandant, wanted)
    answer = leitung.post(f"{PAGE}{request.public_id}/name/", follow=True)

    assert "Der Antrag ist nicht genehmigt." in answer.content.decode()
    assert "Erika" not in answer.content.decode()


def test_who_asked_does_not_decide_and_who_decides_does_not_look(mandant: Mandant, wanted: Person) -> None:
    leitung, request = ask(mandant, wanted)
    datenschutz = signed_in(mandant, Rolle.DATENSCHUTZ)

    assert leitung.post(f"{PAGE}{request.public_id}/entscheiden/", {"entscheidung": "ja"}).status_code == 403
    datenschutz.post(f"{PAGE}{request.public_id}/entscheiden/", {"entscheidung": "ja"})
    assert datenschutz.post(f"{PAGE}{request.public_id}/name/").status_code == 403


def test_whom_it_concerns_neither_sees_nor_decides_it(mandant: Mandant) -> None:
    concerned = make_membership(mandant, Rolle.PERSONALRAT).person
    _leitung, request = ask(mandant, concerned)
    client = signed_in(mandant, Rolle.PERSONALRAT, concerned)

    assert GRUND not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{request.public_id}/entscheiden/", {"entscheidung": "nein"}).status_code == 403


def test_leitung_sees_only_what_it_asked_itself(mandant: Mandant, wanted: Person) -> None:
    ask(mandant, wanted)

    assert GRUND not in signed_in(mandant, Rolle.LEITUNG).get(PAGE).content.decode()


def test_unknown_pseudonym_comes_back_with_a_message(mandant: Mandant) -> None:
    answer = signed_in(mandant, Rolle.DATENSCHUTZ).post(PAGE, {"pseudonym": "akteur-x", "grund": GRUND})

    assert answer.status_code == 422
    assert "Dieses Pseudonym gibt es nicht" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    mandant: Mandant, rows: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(rows):
        signed_in(mandant, Rolle.LEITUNG).post(
            PAGE, {"pseudonym": pseudonym_of(mandant, make_person()), "grund": GRUND}
        )
    rat = signed_in(mandant, Rolle.PERSONALRAT)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        rat.get(PAGE)


def test_entry_offers_the_request_to_those_who_may(mandant: Mandant, wanted: Person) -> None:
    leitung, _request = ask(mandant, wanted)
    leaf = Leaf.objects.for_mandant(mandant).get()

    assert f"{PAGE}?pseudonym=akteur-" in leitung.get(f"/nachweis/{leaf.public_id}/").content.decode()
    assert PAGE not in Client().get(f"/nachweis/{leaf.public_id}/").content.decode()

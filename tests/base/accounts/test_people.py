"""Administration: create people, end roles, block accounts; never one's own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leitplanke.base.accounts.models import Mandant, Mitgliedschaft, Organisationseinheit, Person
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from tests.factories import make_membership, make_person


@pytest.fixture
def admin(client: Client, mandant: Mandant) -> Mitgliedschaft:
    membership = make_membership(mandant, Rolle.ADMINISTRATION)
    client.force_login(membership.person)
    return membership


def new_person(mandant: Mandant, **changes: object) -> dict[str, object]:
    einheit = Organisationseinheit.objects.for_mandant(mandant).get().pk
    return {
        "vorname": "Nele",
        "nachname": "Petersen",
        "email": "nele.petersen@musterstadt.example",
        "rolle": "sachbearbeitung",
        "einheit": einheit,
    } | changes


def codes(mandant: Mandant) -> list[str]:
    return list(Leaf.objects.for_mandant(mandant).order_by("pk").values_list("code", flat=True))


def test_invited_person_chooses_a_password_and_signs_in(
    client: Client, admin: Mitgliedschaft, mailoutbox: list[Any]
) -> None:
    assert client.post("/konto/personen/neu/", new_person(admin.mandant)).status_code == 302
    mail = mailoutbox[0]
    assert mail.to == ["nele.petersen@musterstadt.example"]
    assert "Rolle: Sachbearbeitung" in mail.body
    assert codes(admin.mandant) == ["account.membership_added"]

    link = re.search(r"http://testserver(/konto/password/reset/key/\S+)", mail.body)
    assert link
    guest = Client()
    target = guest.get(link[1], follow=True).redirect_chain[-1][0]
    password = {"password1": "sehr geheim und lang", "password2": "sehr geheim und lang"}
    assert guest.post(target, password).status_code == 302
    assert Person.objects.get(email=mail.to[0]).has_usable_password()
    # The link proved the address: neither is it confirmed by another mail, nor does a second role take the password.
    signed_in = {"login": mail.to[0], "password": password["password1"]}
    assert Client().post("/konto/login/", signed_in).headers["Location"] == "/"
    client.post("/konto/personen/neu/", new_person(admin.mandant) | {"rolle": "it"})
    assert Person.objects.get(email=mail.to[0]).has_usable_password()


def test_evidence_names_the_person_only_sealed(client: Client, admin: Mitgliedschaft) -> None:
    client.post("/konto/personen/neu/", new_person(admin.mandant))

    payload = Leaf.objects.for_mandant(admin.mandant).get().payload
    assert "sachbearbeitung" in payload
    assert "petersen" not in payload.lower()
    assert admin.person.email not in payload


def test_known_citizen_gets_the_role_and_keeps_the_account(
    client: Client, admin: Mitgliedschaft, mailoutbox: list[Any]
) -> None:
    person = make_person("nele.petersen@musterstadt.example")
    person.set_password("gehört wirklich ihr")
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    client.post("/konto/personen/neu/", new_person(admin.mandant, vorname="Anders"))

    person.refresh_from_db()
    assert person.check_password("gehört wirklich ihr")
    assert person.vorname == "Kim"
    assert "reset" not in mailoutbox[0].body


def test_password_of_somebody_who_never_proved_the_address_is_worthless(client: Client, admin: Mitgliedschaft) -> None:
    squatter = make_person("nele.petersen@musterstadt.example")
    squatter.set_password("vom Angreifer gewählt")
    squatter.save()

    client.post("/konto/personen/neu/", new_person(admin.mandant))

    squatter.refresh_from_db()
    assert not squatter.has_usable_password()


def test_same_role_twice_is_refused_but_an_ended_one_returns(client: Client, admin: Mitgliedschaft) -> None:
    client.post("/konto/personen/neu/", new_person(admin.mandant))
    assert "hat die Rolle dort schon" in client.post("/konto/personen/neu/", new_person(admin.mandant)).content.decode()

    membership = Mitgliedschaft.objects.for_mandant(admin.mandant).get(rolle="sachbearbeitung")
    client.post(f"/konto/personen/{membership.pk}/beenden/")
    assert client.post("/konto/personen/neu/", new_person(admin.mandant)).status_code == 302
    assert codes(admin.mandant) == [
        "account.membership_added",
        "account.membership_ended",
        "account.membership_added",
    ]


def test_roles_without_membership_cannot_be_given(client: Client, admin: Mitgliedschaft) -> None:
    for rolle in ("oeffentlichkeit", "antragstellende_person"):
        answer = client.post("/konto/personen/neu/", new_person(admin.mandant, rolle=rolle))
        assert answer.status_code == 200


def test_office_of_another_town_cannot_be_chosen(client: Client, admin: Mitgliedschaft, other_mandant: Mandant) -> None:
    foreign = Organisationseinheit.objects.for_mandant(other_mandant).get()
    assert client.post("/konto/personen/neu/", new_person(admin.mandant, einheit=foreign.pk)).status_code == 200
    assert codes(admin.mandant) == []


@pytest.mark.parametrize("path", ["beenden/", "sperren/"])
def test_own_roles_and_account_are_out_of_reach(client: Client, admin: Mitgliedschaft, path: str) -> None:
    answer = client.post(f"/konto/personen/{admin.pk}/{path}", {"sperren": "ja"})

    assert answer.status_code == 403
    assert "ändert eine zweite Person" in answer.content.decode()
    admin.refresh_from_db()
    assert admin.bis is None
    assert admin.person.is_active


def test_nobody_gives_themselves_a_role(client: Client, admin: Mitgliedschaft) -> None:
    answer = client.post("/konto/personen/neu/", new_person(admin.mandant, email=admin.person.email, rolle="rat"))
    assert answer.status_code == 403
    assert Mitgliedschaft.objects.for_mandant(admin.mandant).count() == 1


def test_blocking_signs_out_and_can_be_undone(client: Client, admin: Mitgliedschaft) -> None:
    other = make_membership(admin.mandant, Rolle.LEITUNG)
    theirs = Client()
    theirs.force_login(other.person)

    client.post(f"/konto/personen/{other.pk}/sperren/", {"sperren": "ja"})
    assert theirs.get("/konto/").status_code == 302
    client.post(f"/konto/personen/{other.pk}/sperren/", {"sperren": "nein"})
    theirs.force_login(other.person)
    assert theirs.get("/konto/").status_code == 200
    assert codes(admin.mandant) == ["account.blocked", "account.unblocked"]


def test_people_who_work_elsewhere_too_are_not_blocked(
    client: Client, admin: Mitgliedschaft, other_mandant: Mandant
) -> None:
    other = make_membership(admin.mandant, Rolle.LEITUNG)
    make_membership(other_mandant, Rolle.LEITUNG, other.person)

    answer = client.post(f"/konto/personen/{other.pk}/sperren/", {"sperren": "ja"})

    assert answer.status_code == 403
    assert "auch für eine andere Kommune" in answer.content.decode()


def test_list_finds_and_pages(client: Client, admin: Mitgliedschaft, other_mandant: Mandant) -> None:
    make_membership(other_mandant, Rolle.IT, make_person("fremd@nachbarstadt.example"))
    for number in range(30):
        make_membership(admin.mandant, Rolle.RAT, make_person(f"rat{number:02}@musterstadt.example"))

    first = client.get("/konto/personen/").content.decode()
    assert "Seite 1 von 2" in first
    assert "fremd@" not in first
    found = client.get("/konto/personen/", {"suche": "rat07"}).context["seite"]
    assert [row.person.email for row in found] == ["rat07@musterstadt.example"]


def test_the_same_number_of_queries_for_one_and_three_rows(client: Client, admin: Mitgliedschaft) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/konto/personen/")
        return len(captured)

    with_one = queries()
    make_membership(admin.mandant, Rolle.RAT)
    make_membership(admin.mandant, Rolle.RAT)
    assert queries() == with_one


def test_administration_notes_who_chairs_the_staff_representation_when_adding_and_later(
    client: Client, admin: Mitgliedschaft
) -> None:
    wrong = client.post("/konto/personen/neu/", new_person(admin.mandant, vorsitz="on"))
    assert "nur in der Personalvertretung" in wrong.content.decode()
    client.post("/konto/personen/neu/", new_person(admin.mandant, rolle="personalrat", vorsitz="on"))
    first = Mitgliedschaft.objects.for_mandant(admin.mandant).get(rolle=Rolle.PERSONALRAT)
    assert first.vorsitz
    second = make_membership(admin.mandant, Rolle.PERSONALRAT)
    assert "Als Vorsitz vermerken" in client.get(f"/konto/personen/{second.pk}/").content.decode()
    client.post(f"/konto/personen/{second.pk}/vorsitz/", {"vorsitz": "ja"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.vorsitz, second.vorsitz) == (False, True)
    client.post(f"/konto/personen/{second.pk}/vorsitz/", {"vorsitz": "nein"})
    assert codes(admin.mandant) == [
        "account.membership_added", "account.chair_set", "account.chair_ended", "account.chair_set",
        "account.chair_ended",
    ]  # fmt: skip


def test_nobody_but_a_member_of_the_staff_representation_gets_its_chair(client: Client, admin: Mitgliedschaft) -> None:
    other = make_membership(admin.mandant, Rolle.LEITUNG)
    client.post(f"/konto/personen/{other.pk}/vorsitz/", {"vorsitz": "ja"})
    other.refresh_from_db()
    assert not other.vorsitz
    assert codes(admin.mandant) == []

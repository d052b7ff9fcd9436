"""Signing in, signing up and what protects both."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.models import Authenticator
from django.test import Client

from leitplanke.base.accounts.models import Mandant, Person
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.notify.models import Nachricht
from tests.factories import make_membership, make_person

PASSWORD = "ein langes Passwort 2026"


def person_with_password() -> Person:
    person = make_person("kim@example.org")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, password: str) -> Any:
    return client.post("/konto/login/", {"login": "kim@example.org", "password": password})


def test_right_password_opens_the_account(client: Client, mandant: Mandant) -> None:
    person = person_with_password()

    assert sign_in(client, PASSWORD).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_hundred_wrong_passwords_end_in_429(client: Client, mandant: Mandant) -> None:
    person_with_password()

    codes = [sign_in(client, f"falsch {attempt}").status_code for attempt in range(100)]

    assert codes[-1] == 429
    assert codes.count(200) <= 30
    answer = sign_in(client, PASSWORD)
    assert answer.status_code == 429
    assert "Bitte warten Sie" in answer.content.decode()


def test_wrong_passwords_from_many_places_close_the_account_for_a_while(client: Client, mandant: Mandant) -> None:
    person_with_password()
    for attempt in range(10):
        client.post(
            "/konto/login/",
            {"login": "kim@example.org", "password": f"falsch {attempt}"},
            REMOTE_ADDR=f"192.0.2.{attempt}",
        )

    answer = client.post("/konto/login/", {"login": "kim@example.org", "password": PASSWORD}, REMOTE_ADDR="192.0.2.200")
    assert "Zu viele Fehlversuche" in answer.content.decode()


def test_citizen_signs_up_and_confirms_the_address_before_signing_in(client: Client, mandant: Mandant) -> None:
    signup = {"email": "neu@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/konto/signup/", signup).status_code == 302
    assert "_auth_user_id" not in client.session

    mail = Nachricht.objects.for_mandant(mandant).get()
    assert mail.betreff == "Bitte bestätigen Sie Ihre E-Mail-Adresse"
    assert mail.text == ""  # delivered, and the link was secret


def test_sign_up_is_closed_where_the_mandant_wants_it(client: Client, mandant: Mandant) -> None:
    mandant.buergerkonten = False
    mandant.save()

    answer = client.post("/konto/signup/", {"email": "n@example.org", "password1": PASSWORD, "password2": PASSWORD})

    assert "vergibt Konten nur an die eigenen Beschäftigten" in answer.content.decode()
    assert not Person.objects.filter(email="n@example.org").exists()
    assert "Konto anlegen" not in client.get("/konto/login/").content.decode()


@pytest.mark.parametrize("address", ["kim@example.org", "fremd@example.org"])
def test_password_reset_does_not_tell_who_has_an_account(client: Client, mandant: Mandant, address: str) -> None:
    person_with_password()

    answer = client.post("/konto/password/reset/", {"email": address}, follow=True)

    assert "Gibt es zu dieser Adresse ein Konto" in answer.content.decode()
    assert Nachricht.objects.for_mandant(mandant).filter(empfaenger="fremd@example.org").count() == 0


def test_password_reset_by_the_mailed_link(client: Client, mandant: Mandant, mailoutbox: list[Any]) -> None:
    person_with_password()
    client.post("/konto/password/reset/", {"email": "kim@example.org"})

    link = re.search(r"http://testserver(/konto/password/reset/key/\S+)", mailoutbox[0].body)
    assert link
    form = client.get(link[1], follow=True)
    target = form.redirect_chain[-1][0]
    new = "ein anderes Passwort 2026"
    assert client.post(target, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(client, new).status_code == 302


def test_mail_about_a_changed_password_is_in_our_words(client: Client, mandant: Mandant, mailoutbox: list[Any]) -> None:
    client.force_login(person_with_password())
    new = "ein anderes Passwort 2026"
    client.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert mailoutbox[0].subject == "Passwort geändert"
    assert mailoutbox[0].body.startswith("Guten Tag,\n\nan Ihrem Konto hat sich etwas geändert:")
    assert "Waren Sie das nicht?" in mailoutbox[0].body


def test_blocked_person_loses_the_running_session(client: Client, mandant: Mandant) -> None:
    person = make_membership(mandant, Rolle.LEITUNG).person
    client.force_login(person)
    assert client.get("/konto/").status_code == 200

    Person.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get("/konto/").status_code == 302


def test_ended_role_counts_from_the_next_request(client: Client, mandant: Mandant) -> None:
    membership = make_membership(mandant, Rolle.ADMINISTRATION)
    client.force_login(membership.person)
    assert client.get("/konto/personen/").status_code == 200

    membership.delete()

    assert client.get("/konto/personen/").status_code == 403


def test_secrets_of_second_factors_are_encrypted_at_rest(client: Client, mandant: Mandant) -> None:
    person = person_with_password()
    client.force_login(person)
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    form = client.get("/konto/2fa/totp/activate/").context["form"]

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    code = format_hotp_value(hotp_value(form.secret, next(yield_hotp_counters_from_time())))
    assert client.post("/konto/2fa/totp/activate/", {"code": code}).status_code == 302

    stored = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert form.secret not in stored
    assert mfa_adapter().decrypt(stored) == form.secret


def test_sign_in_service_may_be_reached_by_a_form(client: Client, mandant: Mandant, settings: Any) -> None:
    settings.CSP_FORM_ACTION = ["https://anmeldung.stadt.example"]
    from leitplanke.base.ui.middleware import content_security_policy

    assert "form-action 'self' https://anmeldung.stadt.example;" in content_security_policy()


def test_changed_password_ends_all_other_sessions(client: Client, mandant: Mandant) -> None:
    person = person_with_password()
    client.force_login(person)
    elsewhere = Client()
    elsewhere.force_login(person)
    new = "ein anderes Passwort 2026"

    client.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert client.get("/konto/").status_code == 200
    assert elsewhere.get("/konto/").status_code == 302

"""allauth's pages speak to people as ours do, and our policy holds on them."""

from __future__ import annotations

import re
from pathlib import Path

import allauth
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.utils import translation

from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.roles import Rolle
from tests.factories import make_membership

OURS = Path(__file__).parents[3] / "src/leitplanke/base/accounts/anrede/locale/de/LC_MESSAGES"
ALLAUTH = Path(allauth.__file__).parent
DU = re.compile(r"\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[mnrs]?|[Bb]ist|gib|melde dich|folge|klick|überprüfe)\b")
# What we do not have: telephone numbers, user names, and being a sign-in service for others.
UNUSED = re.compile(r"^idp/|/idp/|phone")


def is_used(message: Message) -> bool:
    """Tell whether one of our pages shows a text of allauth."""
    return "username" not in str(message.id) and not all(UNUSED.search(place) for place, _line in message.locations)


OPEN = [
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "inactive/",
    "confirm-email/",
    "3rdparty/login/error/",
]
SIGNED_IN = [
    "",
    "logout/",
    "email/",
    "password/set/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "3rdparty/",
]


def test_no_text_of_allauth_says_du() -> None:
    with (ALLAUTH / "locale/de/LC_MESSAGES/django.po").open("rb") as source:
        catalogue = read_po(source, locale="de")
    with translation.override("de"):
        wrong = [
            message.id
            for message in catalogue
            if isinstance(message.id, str)
            and message.id
            and is_used(message)
            and DU.search(translation.gettext(message.id))
        ]
    assert wrong == []


def test_corrections_still_meet_a_text_of_allauth() -> None:
    with (ALLAUTH / "locale/de/LC_MESSAGES/django.po").open("rb") as source:
        known = {message.id for message in read_po(source, locale="de")}
    with (OURS / "django.po").open("rb") as source:
        ours = {message.id for message in read_po(source, locale="de")}
    assert ours - known == set()


def texts(catalogue: Catalog) -> dict[str, list[str]]:
    """Return translations by the (first) original."""
    pairs = [(message.id, message.string) for message in catalogue if message.id]
    return {
        key if isinstance(key, str) else key[0]: [text] if isinstance(text, str) else list(text or ())
        for key, text in pairs
    }


def test_compiled_corrections_are_fresh() -> None:
    with (OURS / "django.po").open("rb") as source, (OURS / "django.mo").open("rb") as made:
        fresh = texts(read_mo(made)) == texts(read_po(source, locale="de"))
    assert fresh, "Bitte aufrufen: .venv/bin/python tools/anrede.py"


def assert_fits_the_policy(html: str) -> None:
    for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL):
        assert "src=" in attributes or "application/json" in attributes, content
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", html)


@pytest.mark.security
@pytest.mark.parametrize("page", OPEN)
def test_open_pages_need_no_inline_script(client: Client, mandant: Mandant, page: str) -> None:
    answer = client.get(f"/konto/{page}")

    assert answer.status_code in (200, 401)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert_fits_the_policy(answer.content.decode())
    assert "Menu:" not in answer.content.decode()


@pytest.mark.security
@pytest.mark.parametrize("page", SIGNED_IN)
def test_own_pages_need_no_inline_script(client: Client, mandant: Mandant, page: str) -> None:
    from allauth.account.models import EmailAddress

    person = make_membership(mandant, Rolle.IT).person
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.force_login(person)
    answer = client.get(f"/konto/{page}")

    assert answer.status_code == 200
    assert_fits_the_policy(answer.content.decode())
    assert "lp-head" in answer.content.decode()


def test_pages_are_english_for_who_wants_english(client: Client, mandant: Mandant) -> None:
    page = client.get("/konto/password/reset/", headers={"Accept-Language": "en"}).content.decode()
    assert "Forgotten your password?" in page

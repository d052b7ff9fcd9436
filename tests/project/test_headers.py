"""Every answer carries the headers that keep foreign code and foreign frames out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from leitplanke.base.accounts.roles import Rolle
from tests.factories import make_membership
from tests.project.addresses import every_address

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

pytestmark = [pytest.mark.security, pytest.mark.django_db]


def policy_of(response: Any) -> dict[str, list[str]]:
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {part[0]: part[1:] for part in parts if part}


def assert_guarded(path: str, response: Any) -> None:
    policy = policy_of(response)
    assert policy["default-src"] == ["'none'"], path
    allowed = {value for values in policy.values() for value in values}
    assert allowed <= {"'none'", "'self'", "data:"}, f"{path}: {sorted(allowed)}"
    assert set(policy.get("script-src", ["'none'"])) <= {"'none'", "'self'"}, path
    assert set(policy.get("style-src", ["'none'"])) <= {"'none'", "'self'"}, path
    assert response.headers["X-Content-Type-Options"] == "nosniff", path
    assert response.headers["X-Frame-Options"] == "DENY", path
    assert response.headers["Referrer-Policy"] == "same-origin", path
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin", path
    assert "camera=()" in response.headers["Permissions-Policy"], path


def test_house_has_addresses_of_every_area() -> None:
    areas = {path.split("/")[1] for path in every_address().values()}

    assert {"", "konto", "wissen", "nachweis"} <= areas


@pytest.mark.parametrize("rolle", [None, Rolle.ADMINISTRATION, Rolle.KI_BEAUFTRAGTE])
def test_every_address_answers_with_strict_headers(client: Any, mandant: Mandant, rolle: Rolle | None) -> None:
    if rolle is not None:
        client.force_login(make_membership(mandant, rolle).person)
    for path in every_address().values():
        response = client.get(path)

        assert response.status_code < 500, f"{path}: {response.status_code}"
        assert_guarded(path, response)


def test_signed_in_pages_stay_out_of_caches(client: Any, mandant: Mandant) -> None:
    client.force_login(make_membership(mandant, Rolle.SACHBEARBEITUNG).person)

    assert "no-store" in client.get("/konto/").headers["Cache-Control"]


def test_unknown_host_learns_nothing(client: Any, mandant: Mandant) -> None:
    response = client.get("/", headers={"host": "localhost"})

    assert response.status_code == 404
    assert mandant.name not in response.content.decode()


def test_forged_host_is_refused(client: Any, mandant: Mandant) -> None:
    assert client.get("/", headers={"host": "boese.example"}).status_code == 400


def test_cookies_are_closed_to_scripts_and_foreign_sites(client: Any, mandant: Mandant) -> None:
    person = make_membership(mandant, Rolle.SACHBEARBEITUNG).person
    person.set_password("Pinguine mögen Fahrstühle")
    person.save()
    form = client.get("/konto/login/")
    response = client.post("/konto/login/", {"login": person.email, "password": "Pinguine mögen Fahrstühle"})

    cookies = {**form.cookies, **response.cookies}
    assert {"sitzung", "csrf"} <= set(cookies)
    for name, cookie in cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name

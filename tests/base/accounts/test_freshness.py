"""Who decides has just proved who they are: by password, key or sign-in service, here and as themselves."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from leitplanke.base.accounts.access import guarded_path, requires
from leitplanke.base.accounts.freshness import freshly_authenticated, requires_fresh
from leitplanke.base.accounts.models import Mandant, Person
from leitplanke.base.accounts.roles import Rolle
from tests.factories import make_mandant, make_membership, make_person

PASSWORD = "ein langes Passwort 2026"
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
PAGE = "/probe/7/?blatt=2"
pytestmark = pytest.mark.urls("tests.base.accounts.test_freshness")


@requires("account.view_own")
@requires_fresh()
def entscheiden(request: HttpRequest, nummer: int) -> HttpResponse:
    """A page that shows a draft and, by a POST without content, decides it."""
    at = freshly_authenticated(request)
    return HttpResponse(f"{'entschieden' if request.method == 'POST' else 'Entwurf'} {nummer} {at:%H:%M:%S}")


@requires("account.view_own")
@requires_fresh(back=lambda nummer: f"/probe/{nummer}/")
def nur_senden(_request: HttpRequest, nummer: int) -> HttpResponse:
    """An address that only takes a POST."""
    return HttpResponse(f"gesendet {nummer}")


@requires("account.view_own")
def zeit(request: HttpRequest) -> HttpResponse:
    """Tell when the person proved who they are."""
    return HttpResponse(str(freshly_authenticated(request)))


urlpatterns = [
    guarded_path("probe/<int:nummer>/", entscheiden, name="probe"),
    guarded_path("probe/<int:nummer>/senden/", nur_senden, name="probe_senden"),
    guarded_path("zeit/", zeit, name="zeit"),
    path("", include("leitplanke.project.urls")),
]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    with freeze_time(NOW) as frozen:
        yield frozen


def with_password(email: str = "kim@example.org", password: str = PASSWORD) -> Person:
    person = make_person(email)
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, email: str = "kim@example.org") -> None:
    assert client.post("/konto/login/", {"login": email, "password": PASSWORD}).status_code == 302


def proved_at(client: Client, **extra: Any) -> str:
    return str(client.get("/zeit/", **extra).content.decode())


def to_confirm(response: Any) -> str:
    """Return where a refused page leads back to."""
    assert response.status_code == 302
    target = urlsplit(response["Location"])
    assert target.path == "/konto/bestaetigen/"
    return parse_qs(target.query)["next"][0]


def recorded(client: Client, person: Person, mandant: Mandant, method: str, **more: str) -> None:
    """Sign in, with one note by allauth how that was done."""
    client.force_login(person)
    request = HttpRequest()
    request.session, request.user, request.mandant = client.session, person, mandant  # type: ignore[attr-defined]
    record_authentication(request, person, method, **more)
    request.session.save()


@pytest.fixture
def kim(mandant: Mandant, clock: FrozenDateTimeFactory) -> Person:
    return make_membership(mandant, Rolle.LEITUNG, with_password()).person


def test_signing_in_is_a_proof_for_ten_minutes(client: Client, kim: Person, clock: FrozenDateTimeFactory) -> None:
    sign_in(client)
    assert proved_at(client) == str(NOW)

    clock.move_to(NOW + timedelta(minutes=10))
    assert proved_at(client) == str(NOW)
    assert client.post(PAGE).content == b"entschieden 7 09:00:00"

    clock.move_to(NOW + timedelta(minutes=10, seconds=1))
    assert proved_at(client) == "None"
    assert to_confirm(client.post(PAGE)) == PAGE


def test_setting_says_how_long(client: Client, kim: Person, clock: FrozenDateTimeFactory, settings: Any) -> None:
    settings.FRESH_MINUTES = 2
    sign_in(client)
    clock.move_to(NOW + timedelta(minutes=2, seconds=1))
    assert proved_at(client) == "None"


def test_open_session_without_a_proof_is_none(client: Client, kim: Person) -> None:
    client.force_login(kim)
    assert proved_at(client) == "None"
    assert to_confirm(client.get(PAGE)) == PAGE


def test_confirming_leads_back_to_the_page(client: Client, kim: Person, clock: FrozenDateTimeFactory) -> None:
    sign_in(client)
    clock.move_to(NOW + timedelta(hours=1))

    asked = client.get(client.get(PAGE)["Location"])
    assert asked.status_code == 302
    assert urlsplit(asked["Location"]).path == "/konto/reauthenticate/"
    page = client.get(asked["Location"]).content.decode()
    assert f'name="next" value="{PAGE}"' in page or f'value="{PAGE}" name="next"' in page

    answer = client.post("/konto/reauthenticate/", {"password": PASSWORD, "next": PAGE})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert client.get(PAGE).content == b"Entwurf 7 10:00:00"
    assert client.post(PAGE).content == b"entschieden 7 10:00:00"


@pytest.mark.parametrize("wrong", ["falsch", "", "das Passwort von Robin"])
def test_wrong_password_and_that_of_somebody_else_prove_nothing(
    client: Client, kim: Person, clock: FrozenDateTimeFactory, wrong: str
) -> None:
    with_password("robin@example.org", "das Passwort von Robin")
    sign_in(client)
    clock.move_to(NOW + timedelta(hours=1))

    answer = client.post("/konto/reauthenticate/", {"password": wrong, "next": PAGE})

    assert answer.status_code == 200
    assert proved_at(client) == "None"
    assert to_confirm(client.post(PAGE)) == PAGE


def test_proof_of_one_person_is_none_for_another(client: Client, mandant: Mandant, kim: Person) -> None:
    sign_in(client)
    names = ("account_authentication_methods", "account_authentication_methods_user")
    kept = {name: client.session[name] for name in names}
    client.force_login(make_membership(mandant, Rolle.LEITUNG).person)
    assert proved_at(client) == "None"

    session = client.session  # even where the records themselves are carried over
    session.update(kept)
    session.save()
    assert proved_at(client) == "None"


def test_signing_out_ends_it(client: Client, kim: Person) -> None:
    sign_in(client)
    client.post("/konto/logout/")
    client.force_login(kim)
    assert proved_at(client) == "None"


def test_session_cookie_of_another_host_proves_nothing_here(
    client: Client, mandant: Mandant, kim: Person, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "nebenan.example"]
    make_membership(make_mandant("nebenan", host="nebenan.example"), Rolle.LEITUNG, kim)
    sign_in(client)

    assert proved_at(client) == str(NOW)
    assert proved_at(client, HTTP_HOST="nebenan.example") == "None"
    assert to_confirm(client.post(PAGE, HTTP_HOST="nebenan.example")) == PAGE


@pytest.mark.parametrize("method", ["password_reset", "code", "musterperson", "irgendwas"])
def test_link_or_code_of_a_mail_is_no_proof(client: Client, mandant: Mandant, kim: Person, method: str) -> None:
    recorded(client, kim, mandant, method)
    assert [record["method"] for record in client.session["account_authentication_methods"]] == [method]
    assert proved_at(client) == "None"


@pytest.mark.parametrize("method", ["password", "mfa"])
def test_password_and_key_are_proofs(client: Client, mandant: Mandant, kim: Person, method: str) -> None:
    recorded(client, kim, mandant, method)
    assert proved_at(client) == str(NOW)


def test_post_that_has_no_page_of_its_own_leads_back_to_one(client: Client, kim: Person) -> None:
    client.force_login(kim)
    assert to_confirm(client.post("/probe/7/senden/")) == "/probe/7/"
    sign_in_again = client.post("/konto/reauthenticate/", {"password": PASSWORD, "next": "/probe/7/"})
    assert sign_in_again["Location"] == "/probe/7/"
    assert client.post("/probe/7/senden/").content == b"gesendet 7"


def test_htmx_loads_the_whole_page(client: Client, kim: Person) -> None:
    client.force_login(kim)
    answer = client.post(PAGE, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Redirect"].startswith("/konto/bestaetigen/?next=")


def test_stranger_is_sent_to_the_sign_in_page(client: Client, kim: Person) -> None:
    assert urlsplit(client.post(PAGE)["Location"]).path == "/konto/login/"
    assert urlsplit(client.get("/konto/bestaetigen/")["Location"]).path == "/konto/login/"


def test_confirming_twice_and_foreign_pages(client: Client, kim: Person) -> None:
    sign_in(client)
    assert client.get("/konto/bestaetigen/", {"next": PAGE})["Location"] == PAGE
    assert client.get("/konto/bestaetigen/", {"next": "https://boese.example/"})["Location"] == "/"


# Made-up people of the demo town


@pytest.fixture
def demo_person(client: Client, mandant: Mandant, clock: FrozenDateTimeFactory, settings: Any) -> Person:
    settings.DEMO = True
    Mandant.objects.filter(pk=mandant.pk).update(musterdaten=True)
    person = make_membership(mandant, Rolle.LEITUNG).person
    Person.objects.filter(pk=person.pk).update(musterperson_von=mandant)
    client.post("/konto/vorfuehrung/", {"person": person.pk})
    return person


def test_made_up_person_confirms_by_a_click(client: Client, demo_person: Person) -> None:
    asked = client.post(PAGE)
    page = client.get(asked["Location"])
    assert page.status_code == 200
    assert "Als Kim Muster bestätigen" in page.content.decode()
    assert proved_at(client) == "None"

    answer = client.post("/konto/bestaetigen/", {"next": to_confirm(asked)})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert proved_at(client) == str(NOW)
    assert client.post(PAGE).content == b"entschieden 7 09:00:00"


def test_click_of_a_made_up_person_counts_in_the_demo_only(
    client: Client, mandant: Mandant, demo_person: Person, settings: Any
) -> None:
    client.post("/konto/bestaetigen/", {"next": PAGE})
    assert proved_at(client) == str(NOW)

    settings.DEMO = False
    assert proved_at(client) == "None"
    assert "bestätigen</span>" not in client.get("/konto/bestaetigen/").content.decode()
    assert client.post("/konto/bestaetigen/", {"next": PAGE}).status_code == 404
    settings.DEMO = True
    Mandant.objects.filter(pk=mandant.pk).update(musterdaten=False)
    assert proved_at(client) == "None"


def test_real_person_cannot_confirm_by_a_click(client: Client, mandant: Mandant, kim: Person, settings: Any) -> None:
    settings.DEMO = True
    Mandant.objects.filter(pk=mandant.pk).update(musterdaten=True)
    client.force_login(kim)

    assert client.post("/konto/bestaetigen/", {"next": PAGE}).status_code == 404
    assert proved_at(client) == "None"


def test_click_needs_a_csrf_token(mandant: Mandant, demo_person: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(demo_person)
    assert strict.post("/konto/bestaetigen/", {"next": PAGE}).status_code == 403


# The town's sign-in service


def proof_by_service(person: Person, mandant: Mandant, client: Client, **claims: Any) -> None:
    """Record what allauth records when the sign-in service sent somebody back with these claims."""
    account = SocialAccount.objects.create(
        user=person, provider="oidc", uid="kim", extra_data={"userinfo": {}, "id_token": {"sub": "kim", **claims}}
    )
    recorded(client, person, mandant, "socialaccount", provider=account.provider, uid=account.uid)


@pytest.mark.parametrize(
    ("ago", "fresh"), [(0, True), (9, True), (11, False), (-5, True)], ids=["now", "recent", "long ago", "clock ahead"]
)
def test_service_counts_from_when_the_person_signed_in_there(
    client: Client, mandant: Mandant, clock: FrozenDateTimeFactory, ago: int, fresh: bool
) -> None:
    person = make_membership(mandant, Rolle.LEITUNG).person
    there = NOW - timedelta(minutes=ago)
    proof_by_service(person, mandant, client, auth_time=int(there.timestamp()))
    assert proved_at(client) == (str(min(there, NOW)) if fresh else "None")


@pytest.mark.parametrize("claims", [{}, {"auth_time": "gestern"}, {"auth_time": None}, {"auth_time": True}])
def test_service_that_does_not_say_when_proves_nothing(
    client: Client, mandant: Mandant, clock: FrozenDateTimeFactory, claims: dict[str, Any]
) -> None:
    person = make_membership(mandant, Rolle.LEITUNG).person
    proof_by_service(person, mandant, client, **claims)

    assert proved_at(client) == "None"
    page = client.get("/konto/bestaetigen/", {"next": PAGE}).content.decode()
    assert "sagt uns nicht, wann Sie sich dort angemeldet haben" in page


def test_page_sends_to_the_service_and_asks_it_to_ask_again(
    client: Client, mandant: Mandant, clock: FrozenDateTimeFactory, settings: Any
) -> None:
    app = {"provider_id": "oidc", "name": "Stadtkonto", "client_id": "x", "secret": "y", "settings": {}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    person = make_membership(mandant, Rolle.LEITUNG).person
    SocialAccount.objects.create(user=person, provider="oidc", uid="kim")
    client.force_login(person)

    page = client.get("/konto/bestaetigen/", {"next": PAGE}).content.decode()

    [action] = re.findall(r'action="(/konto/oidc/[^"]+)"', page)
    query = parse_qs(urlsplit(action.replace("&amp;", "&")).query)
    assert query == {"process": ["login"], "next": [PAGE], "auth_params": ["prompt=login&max_age=0"]}
    assert "Bei „Stadtkonto“ bestätigen" in page


def test_who_has_no_way_to_confirm_is_told_what_to_do(
    client: Client, mandant: Mandant, clock: FrozenDateTimeFactory
) -> None:
    client.force_login(make_membership(mandant, Rolle.LEITUNG).person)
    page = client.get("/konto/bestaetigen/").content.decode()
    assert "Sicherheitsschlüssel" in page
    assert 'href="/konto/"' in page

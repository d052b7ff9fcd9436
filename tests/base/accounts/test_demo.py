"""Made-up people and signing in as them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from leitplanke.base.accounts.demo import load_mandant
from leitplanke.base.accounts.models import Mandant, MandantHost, Mitgliedschaft, Organisationseinheit, Person
from leitplanke.base.accounts.roles import Rolle
from tests.factories import make_membership

FILE = Path(__file__).parents[3] / "src/leitplanke/content/musterstadt/mandant.yaml"


@pytest.fixture
def data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return loaded


@pytest.fixture
def musterstadt(db: None, data: dict[str, Any], settings: Any) -> Mandant:
    settings.DEMO = True
    return load_mandant(data)


def test_musterstadt_has_somebody_in_every_role(musterstadt: Mandant, data: dict[str, Any]) -> None:
    people = Person.objects.filter(musterperson_von=musterstadt)
    assert people.count() == len(data["personen"])
    assert not any(person.has_usable_password() for person in people)
    held = set(Mitgliedschaft.objects.for_mandant(musterstadt).values_list("rolle", flat=True))
    assert held == set(Rolle) - {Rolle.OEFFENTLICHKEIT, Rolle.ANTRAGSTELLENDE_PERSON}


def test_loading_twice_changes_nothing_and_follows_the_file(musterstadt: Mandant, data: dict[str, Any]) -> None:
    data["organisationseinheiten"][0]["name"] = "Bürgeramt"
    load_mandant(data)

    assert Mandant.objects.count() == 1
    assert MandantHost.objects.count() == len(data["hosts"])
    assert Person.objects.count() == len(data["personen"])
    assert Mitgliedschaft.objects.for_mandant(musterstadt).count() == len(data["personen"]) - 1
    assert Organisationseinheit.objects.for_mandant(musterstadt).get(kuerzel="BB").name == "Bürgeramt"


def test_a_real_town_is_never_overwritten(musterstadt: Mandant, data: dict[str, Any]) -> None:
    Mandant.objects.update(musterdaten=False)
    with pytest.raises(ValueError, match="kein Muster"):
        load_mandant(data)


def test_sign_in_page_offers_the_made_up_people(client: Client, musterstadt: Mandant) -> None:
    page = client.get("/konto/login/").content.decode()
    assert "Als Aylin Demirel anmelden" in page
    assert "Stabsstelle KI und Digitalisierung" in page


def test_one_click_signs_in(client: Client, musterstadt: Mandant) -> None:
    person = Person.objects.get(email="samira.haddad@musterstadt.example")

    answer = client.post("/konto/vorfuehrung/", {"person": person.pk, "next": "/konto/"})

    assert (answer.status_code, answer["Location"]) == (302, "/konto/")
    assert "Samira Haddad" in client.get("/konto/").content.decode()


def test_it_does_not_lead_to_foreign_pages(client: Client, musterstadt: Mandant) -> None:
    person = musterstadt.musterpersonen.first()
    answer = client.post("/konto/vorfuehrung/", {"person": person.pk, "next": "https://boese.example/"})  # type: ignore[union-attr]
    assert answer["Location"] == "/"


def test_it_needs_a_csrf_token(musterstadt: Mandant) -> None:
    person = musterstadt.musterpersonen.first()
    client = Client(enforce_csrf_checks=True)
    assert client.post("/konto/vorfuehrung/", {"person": person.pk}).status_code == 403  # type: ignore[union-attr]


def test_real_people_are_not_offered(client: Client, musterstadt: Mandant) -> None:
    Organisationseinheit.objects.create(mandant=musterstadt, kuerzel="amt", name="Amt")
    real = make_membership(musterstadt, Rolle.IT).person
    assert client.post("/konto/vorfuehrung/", {"person": real.pk}).status_code == 404


@pytest.mark.parametrize("what", ["demo", "musterdaten"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_the_demo_the_page_does_not_exist(
    client: Client, musterstadt: Mandant, settings: Any, what: str, method: str
) -> None:
    if what == "demo":
        settings.DEMO = False
    else:
        Mandant.objects.update(musterdaten=False)
    person = Person.objects.filter(musterperson_von=musterstadt).first()

    answer = getattr(client, method)("/konto/vorfuehrung/", {"person": person.pk})  # type: ignore[union-attr]

    assert answer.status_code == 404
    assert "anmelden</span>" not in client.get("/konto/login/").content.decode().replace("Mit Passkey anmelden", "")
    assert "_auth_user_id" not in client.session

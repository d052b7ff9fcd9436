"""The office pages of the gateway."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leitplanke.apps.gateway import keys
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.accounts.services import end_membership
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.llm.models import Abweisung, Modell, Zugangsschluessel
from leitplanke.base.llm.vault import unseal
from tests.apps.gateway.conftest import MODELL
from tests.apps.gateway.test_verbs import REASON, held, kept
from tests.factories import make_actor, make_membership
from tests.project.examples_gateway import disclosure

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from leitplanke.base.accounts.access import Actor
    from tests.apps.gateway.conftest import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_person(client: Client, house: House) -> Callable[[Actor], Client]:
    def sign_in(actor: Actor) -> Client:
        assert actor.person is not None
        client.force_login(actor.person)
        return client

    return sign_in


def text_of(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"gateway:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_overview_says_in_words_which_data_may_go_where(as_person: Callable[[Actor], Client], house: House) -> None:
    text = text_of(as_person(house.clerk), "uebersicht")
    for words in ("Welche Daten dürfen wohin?", "Sozialdaten", "außerhalb der EU", "assistenz", "erlaubt"):
        assert words in text


def test_a_model_is_entered_and_mistakes_keep_what_was_typed(
    as_person: Callable[[Actor], Client], house: House
) -> None:
    client = as_person(house.it)
    entered = {name: value for name, value in MODELL.items() if value is not None and value is not False}
    data = {**entered, "klasse": "eu", "protokoll": "openai", "endpunkt": "http://fern.example/v1"}
    answer = client.post(reverse("gateway:modell_neu"), data)
    assert answer.status_code == 422
    assert "https://" in answer.content.decode()
    assert "http://fern.example/v1" in answer.content.decode()
    wrong = client.post(reverse("gateway:modell_neu"), {**data, "zugangscode": "sk-geheim-77"})
    assert "sk-geheim-77" not in wrong.content.decode()
    sealed = re.search(r'name="zugangscode_versiegelt" value="([^"]+)"', wrong.content.decode())
    assert sealed is not None
    data |= {"zugangscode": "", "zugangscode_versiegelt": sealed[1]}
    answer = client.post(reverse("gateway:modell_neu"), {**data, "endpunkt": "https://fern.example/v1/"}, follow=True)
    assert "Vertrag" in answer.content.decode()
    found = Modell.objects.for_mandant(house.mandant).get()
    assert found.endpunkt == "https://fern.example/v1"
    assert unseal(bytes(found.zugang or b"")) == b"sk-geheim-77"


def test_the_secret_is_shown_once(as_person: Callable[[Actor], Client], house: House) -> None:
    house.model()
    house.purpose()
    client = as_person(house.clerk)
    assert "Spätestens" in text_of(client, "zugang_eigener")
    page = client.get(reverse("gateway:zugang_eigener")).content.decode()
    until = re.findall(r'name="gueltig_bis" value="([^"]+)"', page)[0]
    data = {"name": "Open WebUI", "zweck": "assistenz", "gueltig_bis": until, "eur_monat": "12,50"}
    shown = client.post(reverse("gateway:zugang_eigener"), data).content.decode()
    secret = re.findall(r"lp_[\w-]{40,}", shown)[0]
    row = Zugangsschluessel.objects.for_mandant(house.mandant).get()
    assert bytes(row.pruefwert) == keys.hash_of(secret)
    assert str(row.eur_monat) == "12.50"
    assert secret not in text_of(client, "zugaenge")


def test_whoever_has_several_roles_chooses_with_which_a_key_acts_and_sees_when_it_has_ended(
    as_person: Callable[[Actor], Client], house: House
) -> None:
    house.model()
    house.purpose()
    second = make_membership(house.mandant, Rolle.LEITUNG, house.clerk.person)
    client, until = as_person(house.clerk), timezone.localdate().isoformat()
    data = {"name": "Open WebUI", "zweck": "assistenz", "gueltig_bis": until}
    answer = client.post(reverse("gateway:zugang_eigener"), data)
    assert answer.status_code == 422
    assert "mindestens eine Rolle" in answer.content.decode()
    assert client.post(reverse("gateway:zugang_eigener"), {**data, "rollen": ["it"]}).status_code == 422
    assert client.post(reverse("gateway:zugang_eigener"), {**data, "rollen": ["leitung"]}).status_code == 200
    row = Zugangsschluessel.objects.for_mandant(house.mandant).get()
    assert row.rollen == ["leitung"]
    leaf = Leaf.objects.for_mandant(house.mandant).get(code="llm.zugang")
    assert '"rollen":"leitung"' in leaf.payload
    page = text_of(client, "zugaenge")
    assert "Leitung</span>" in page
    assert "Rolle beendet" not in page
    end_membership(actor=make_actor(house.mandant, Rolle.ADMINISTRATION), membership=second)
    assert "Rolle beendet" in text_of(client, "zugaenge")


@pytest.mark.parametrize("bad", [{"eur_monat": "viel"}, {"anfragen_tag": "1,5"}, {"anfragen_tag": "-3"}])
def test_a_limit_that_is_no_number_is_asked_for_again(
    as_person: Callable[[Actor], Client], house: House, bad: dict[str, str]
) -> None:
    house.model()
    house.purpose()
    data = {"name": "x", "zweck": "assistenz", "gueltig_bis": "2026-12-24", **bad}
    answer = as_person(house.it).post(reverse("gateway:zugang_neu"), data)
    assert answer.status_code == 422


def test_a_purpose_is_set_up_with_its_tools(as_person: Callable[[Actor], Client], house: House) -> None:
    house.model()
    client = as_person(house.ki)
    data = {
        "modelle": ["klein"], "datenklasse": "personenbezogen", "automatisierungsstufe": "1", "max_ausgabe": "500",
        "aufbewahrung_tage": "30", "werkzeuge": "termine_lesen\ntermin_buchen schreibt",
    }  # fmt: skip
    address = reverse("gateway:zweck", args=["assistenz"])
    assert client.post(address, data).status_code == 302
    assert "termin_buchen schreibt" in text_of(client, "zweck", "assistenz")
    wrong = client.post(address, {**data, "werkzeuge": "buchen vielleicht"})
    assert wrong.status_code == 422
    assert "buchen vielleicht" in wrong.content.decode()
    assert client.get(reverse("gateway:zweck", args=["fehlt"])).status_code == 404


def test_a_held_call_shows_its_values_and_takes_a_decision(as_person: Callable[[Actor], Client], house: House) -> None:
    row = held(house.mandant)
    client = as_person(house.clerk)
    assert "2026-12-01" in text_of(client, "werkzeug", row.public_id)
    address = reverse("gateway:werkzeug", args=[row.public_id])
    assert client.post(address, {"entscheidung": "nein", "grund": ""}).status_code == 422
    assert client.post(address, {"entscheidung": "ja", "grund": ""}).status_code == 302
    row.refresh_from_db()
    assert row.stand == "freigegeben"


def test_kept_content_is_read_by_two_roles(client: Client, as_person: Callable[[Actor], Client], house: House) -> None:
    call = kept(house.mandant, "Was kostet <b>das</b>?")
    answer = as_person(house.privacy).post(reverse("gateway:aufruf", args=[call.public_id]), {"grund": REASON})
    assert answer.status_code == 302
    address = answer.headers["Location"]
    as_person(house.council).post(address, {"tun": "genehmigen"})
    assert "Was kostet &lt;b&gt;das" not in client.get(address).content.decode()
    shown = as_person(house.privacy).post(address, {"tun": "lesen"}).content.decode()
    assert "Was kostet &lt;b&gt;das" in shown


PAGES = ("uebersicht", "energie", "modelle", "zugaenge", "aufrufe", "werkzeuge", "einsichten")


@pytest.mark.parametrize("name", PAGES)
def test_lists_cost_the_same_with_one_and_with_three_rows(
    as_person: Callable[[Actor], Client], house: House, name: str
) -> None:
    def row(number: int) -> None:
        house.model(kennung=f"m{number}")
        house.purpose(models=tuple(f"m{one}" for one in range(number + 1)))
        house.key()
        held(house.mandant)
        disclosure(house.mandant)

    client = as_person(house.ki)
    row(0)
    client.get(reverse(f"gateway:{name}"))
    with CaptureQueriesContext(connection) as first:
        client.get(reverse(f"gateway:{name}"))
    row(1)
    row(2)
    with CaptureQueriesContext(connection) as second:
        client.get(reverse(f"gateway:{name}"))
    assert len(second) == len(first)


def test_the_office_sees_by_the_hour_how_much_never_became_a_call(
    as_person: Callable[[Actor], Client], house: House
) -> None:
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    for reason, count, ago in (
        ("zugang_fehlt", 417, 1),
        ("feld_unbekannt", 12, 1),
        ("json_ungueltig", 11, 1),
        ("zugang_fehlt", 9999, 30),
    ):
        Abweisung.objects.create(mandant=house.mandant, stunde=hour - timedelta(hours=ago), grund=reason, anzahl=count)
    text = text_of(as_person(house.it), "aufrufe")
    assert "Abgewiesen, bevor ein Aufruf begann" in text
    assert [">417<" in text, ">23<" in text, "9999" in text, "9.999" in text] == [True, True, False, False]


def test_whether_a_model_answers_stands_in_words_beside_it(as_person: Callable[[Actor], Client], house: House) -> None:
    there = {"protokoll": "openai", "endpunkt": "http://127.0.0.1:9/v1"}
    modell, _demo = house.model(**there), house.model(kennung="demo")
    client = as_person(house.clerk)
    assert "nicht geprüft" in text_of(client, "modelle")
    rows = Modell.objects.for_mandant(house.mandant).filter(pk=modell.pk)
    for code, word in (
        ("", "antwortet"), ("unerreichbar", "antwortet nicht"), ("modell_unbekannt", "Pfad der Prüfung nicht"),
        ("nicht_freigegeben", "Prüfung misslang"),
    ):  # fmt: skip
        rows.update(geprueft_am=timezone.now(), zuletzt_fehler=code)
        assert word in text_of(client, "modelle")
        assert code in text_of(client, "modell", modell.public_id)
    assert "antwortet immer" in text_of(client, "modelle")

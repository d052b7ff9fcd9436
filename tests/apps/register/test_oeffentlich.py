"""The public register: plain answers, nothing internal, history with evidence, files and interfaces by their schema."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft202012Validator

from leitplanke.apps.register import classifying, entries, releasing
from leitplanke.apps.register.models import Eintrag, Vorfall
from leitplanke.apps.register.urls_oeffentlich import urlpatterns
from leitplanke.base.evidence.sequencer import sequence_all
from leitplanke.core.register.exports import canonical
from leitplanke.core.register.exports.openapi import openapi
from leitplanke.core.register.exports.schema import entry_schema
from leitplanke.core.register.fields import Sicht, felder
from tests.apps.register.conftest import FACTS, Team, said
from tests.conftest import ROOT
from tests.core.register.samples import entry, everything
from tests.project.examples_register_oeffentlich import public_entry

if TYPE_CHECKING:
    from django.http import HttpResponse

    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db
RULES_ONLY = {**FACTS, "inference": False, "technique": "fixed_rules", "generates_synthetic_media_or_text": False}
PARAMETERS = {"nummer": 1, "version": "1.1.0"}


def get(client: Client, name: str, *args: object, **options: Any) -> Any:
    return client.get(reverse(f"register:{name}", args=args), **options)


def every_public_answer(client: Client, kuerzel: str) -> dict[str, HttpResponse]:
    """Fetch every public address of an entry, and those of the register as a whole."""
    found = {}
    for pattern in (one for one in urlpatterns if str(one.pattern).startswith("ki-register/")):
        name, arguments = pattern.name or "", {}
        for parameter in pattern.pattern.converters:
            arguments[parameter] = {"kuerzel": kuerzel, **PARAMETERS}[parameter]
        found[name] = client.get(reverse(f"register:{name}", kwargs=arguments))
    return found


def test_no_internal_statement_leaves_in_any_public_representation(team: Team, client: Client) -> None:
    marked = {**everything(), "auftragsverarbeitung": "nicht_noetig", "beschaeftigte_betroffen": "ja"}
    eintrag = team.released(**marked)
    entries.change_entry(actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"zweck": "Noch nicht gezeigt."})
    answers = every_public_answer(client, eintrag.kuerzel)
    assert {answer.status_code for answer in answers.values()} == {200}
    hidden = [feld for feld in felder() if feld.sicht is not Sicht.OEFFENTLICH]
    for name, answer in answers.items():
        text = answer.content.decode(errors="replace")
        for feld in hidden:
            assert f"Angabe {feld.name} {feld.sicht.value}" not in text, name
        assert "Noch nicht gezeigt" not in text, name
        assert team.head.memberships[0].person.email not in text, name
    assert "Angabe zweck oeffentlich" in answers["eintrag"].content.decode()


def test_entry_answers_plainly_first(team: Team, client: Client) -> None:
    eintrag = team.released(automatisierung="1")
    page = get(client, "eintrag", eintrag.kuerzel).content.decode()
    positions = [
        page.index(text)
        for text in ("Was tut das System?", "Wen betrifft es?", "Ein Mensch. Das System macht", "ohne KI ans Ziel",
                     "Wen frage ich?", "Klasse nach der KI-Verordnung", "Menschliche Aufsicht")
    ]  # fmt: skip
    assert positions == sorted(positions)


def test_suspended_entry_says_why_and_that_people_go_on(team: Team, client: Client) -> None:
    eintrag = team.released()
    releasing.suspend(actor=team.ki, eintrag_id=eintrag.pk, text="Falsche Auskünfte zur Hundesteuer.")
    page = get(client, "eintrag", eintrag.kuerzel).content.decode()
    assert "Falsche Auskünfte zur Hundesteuer." in page
    assert "Menschen ohne sie weiter" in page
    assert "Falsche Auskünfte" in get(client, "feed").content.decode()


def test_idea_that_came_to_nothing_is_not_public_but_a_trial_that_ended_is(team: Team, client: Client) -> None:
    idea = team.entry()
    now = timezone.now()
    releasing.decommission(actor=team.ki, eintrag_id=idea.pk, text="Verworfen.", fresh_at=now)
    assert get(client, "eintrag", idea.kuerzel).status_code == 404
    tried = team.entry()
    releasing.examine(actor=team.clerk, eintrag_id=tried.pk)
    team.classify(tried)
    team.declare(tried)
    releasing.try_out(actor=team.ki, eintrag_id=tried.pk, fresh_at=now)
    releasing.ask_release(actor=team.clerk, eintrag_id=tried.pk)
    assert get(client, "eintrag", tried.kuerzel).status_code == 200
    releasing.decommission(actor=team.ki, eintrag_id=tried.pk, text="Zu langsam.", fresh_at=now)
    assert "Zu langsam." in get(client, "eintrag", tried.kuerzel).content.decode()


def test_list_finds_by_what_the_shown_version_says(team: Team, client: Client) -> None:
    eintrag = team.released(zweck="Erklärt die Müllabfuhr.", lebensbereich="versorgung")
    changes = {"zweck": "Erklärt den Winterdienst.", "lebensbereich": "ordnung", "anbieter": "Anders GmbH"}
    entries.change_entry(actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, name="Neuer Name", angaben=changes)
    classifying.classify_entry(actor=team.ki, eintrag_id=eintrag.pk, facts=RULES_ONLY)
    shown = Eintrag.objects.for_mandant(team.mandant).get().gueltig
    assert shown is not None
    query = f"?suche=muellabfuhr+stadt&bereich=versorgung&klasse={shown.klasse}&stand=freigegeben"
    page = client.get(reverse("register:oeffentlich") + query).content.decode()
    assert "Stadtassistent" in page
    assert "Neuer Name" not in page
    for other in ("suche=winterdienst", "bereich=ordnung", "klasse=none"):
        assert "Kein System passt dazu" in client.get(f"{reverse('register:oeffentlich')}?{other}").content.decode()


def test_history_shows_published_versions_with_evidence(team: Team, client: Client) -> None:
    eintrag = team.released()
    entries.change_entry(actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"erreicht": "Viel."})
    entries.change_entry(
        actor=team.clerk, eintrag_id=eintrag.pk, fassung=2, angaben={"arbeit": "Anders.", "erreicht": "Mehr."}
    )
    releasing.publish(actor=team.ki, eintrag_id=eintrag.pk, fassung=3)
    rows = json.loads(get(client, "api_fassungen", eintrag.kuerzel).content)["fassungen"]
    assert [(row["nummer"], row["gilt"]) for row in rows] == [(3, True), (1, False)]
    for row in rows:
        entry = client.get(row["nachweis"].removeprefix("http://testserver"))
        assert row["sha256"] in entry.content.decode()
    page = get(client, "verlauf_oeffentlich", eintrag.kuerzel).content.decode()
    assert "Geändert: Was es gebracht hat" in page
    assert get(client, "fassung_oeffentlich", eintrag.kuerzel, 2).status_code == 404


def test_published_reports_are_shown_others_not(team: Team, client: Client) -> None:
    eintrag = team.released()
    row: dict[str, Any] = {
        "mandant": team.mandant,
        "eintrag": eintrag,
        "art": "vorfall",
        "frist_am": timezone.localdate(),
    }
    Vorfall.objects.create(text="Von Erika Geheim.", kontakt="erika@example.org", **row)
    Vorfall.objects.create(text="Roh.", oeffentlich_text="Eine Öffnungszeit war falsch.", **row)
    page = get(client, "eintrag", eintrag.kuerzel).content.decode()
    assert "Eine Öffnungszeit war falsch." in page
    assert "Geheim" not in page
    assert "Roh." not in page


def test_interface_keeps_to_its_description(team: Team, client: Client) -> None:
    eintrag = team.released()
    document = json.loads(get(client, "api_openapi").content)
    Draft202012Validator(entry_schema("x")).validate(json.loads(get(client, "api_eintrag", eintrag.kuerzel).content))
    paths = {f"ki-register/api/v1{path}" for path in document["paths"]}
    routes = {str(one.pattern) for one in urlpatterns if "api/v1" in str(one.pattern)}
    assert paths == {
        route.replace("<slug:kuerzel>", "{kuerzel}").replace("<str:version>", "{version}") for route in routes
    }
    for path, item in document["paths"].items():
        answer = client.get("/ki-register/api/v1" + path.format(kuerzel=eintrag.kuerzel, version="1.1.0"))
        content = item["get"]["responses"]["200"]["content"]
        ((kind, wanted),) = content.items()
        assert answer.headers["Content-Type"].startswith(kind), path
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        name = wanted["schema"]["$ref"]
        Draft202012Validator({"$ref": name, "components": document["components"]}).validate(json.loads(answer.content))
    assert document == json.loads(json.dumps(openapi(document["servers"][0]["url"], document["info"]["title"],
                                                    document["components"]["schemas"]["Eintrag"]["$id"])))  # fmt: skip


def test_unchanged_answers_are_not_sent_twice(team: Team, client: Client) -> None:
    eintrag = team.released()
    for name in ("api_eintrag", "aushang", "qr"):
        etag = get(client, name, eintrag.kuerzel).headers["ETag"]
        assert get(client, name, eintrag.kuerzel, headers={"if-none-match": etag}).status_code == 304
    etag = get(client, "api_eintrag", eintrag.kuerzel).headers["ETag"]
    releasing.suspend(actor=team.ki, eintrag_id=eintrag.pk, text="Halt.")
    assert get(client, "api_eintrag", eintrag.kuerzel, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("query", ["je_seite=101", "je_seite=x", "seite=9", "klasse=gibtsnicht"])
def test_wrong_filters_of_the_interface_are_named(mandant: Mandant, client: Client, query: str) -> None:
    answer = client.get(f"{reverse('register:api_eintraege')}?{query}")
    assert answer.status_code == 400
    assert json.loads(answer.content)["fehler"]


def test_interface_pages_through(mandant: Mandant, client: Client) -> None:
    for number in range(3):
        public_entry(mandant, f"System {number}")
    first = json.loads(client.get(reverse("register:api_eintraege") + "?je_seite=2").content)
    assert (first["anzahl"], len(first["eintraege"])) == (3, 2)
    second = json.loads(client.get(first["naechste"].removeprefix("http://testserver")).content)
    assert [row["name"] for row in second["eintraege"]] == ["System 2"]
    assert second["naechste"] is None


@pytest.mark.parametrize("name", ["oeffentlich", "api_eintraege", "api_export", "csv", "feed", "api_katalog"])
def test_long_lists_need_no_more_queries(
    mandant: Mandant, client: Client, django_assert_num_queries: Any, name: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    public_entry(mandant)
    get(client, name)
    with CaptureQueriesContext(connection) as one:
        get(client, name)
    for number in range(2):
        public_entry(mandant, f"Weiteres {number}")
    with django_assert_num_queries(len(one)):
        get(client, name)


def test_neighbour_sees_its_own_register_only(team: Team, other_mandant: Mandant, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "nachbar.localhost"]
    eintrag = team.released()
    neighbour = Client(headers={"host": "nachbar.localhost"})
    assert get(neighbour, "eintrag", eintrag.kuerzel).status_code == 404
    assert "Stadtassistent" not in get(neighbour, "csv").content.decode()


def test_automation_without_ai_is_marked(team: Team, client: Client) -> None:
    eintrag = public_entry(team.mandant, **said())
    classifying.classify_entry(actor=team.ki, eintrag_id=eintrag.pk, facts=RULES_ONLY)
    assert "Automatisierung ohne KI" in get(client, "eintrag", eintrag.kuerzel).content.decode()
    assert "Es ist keine KI." in get(client, "einfach", eintrag.kuerzel).content.decode()


def test_every_address_and_field_is_described(client: Client) -> None:
    text = (ROOT / "docs" / "reference" / "register-schnittstelle.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(/ki-register/[^`]*)`", text))
    routes = {f"/{re.sub(r'<[a-z]+:', '<', str(one.pattern))}" for one in urlpatterns}
    public = {route for route in routes if route.startswith("/ki-register/")}
    assert public - told == set()
    assert {address for address in told if "<" in address} - public == set()
    named = set(re.findall(r"`([a-z_0-9]+)`", text))
    fields = set(canonical.entry_document(entry())) | set(canonical.list_document([], "", canonical.Paging(0), None))
    assert fields - named == set()


def test_newest_checkpoint_of_the_log_goes_with_the_catalogue(team: Team, client: Client) -> None:
    team.released()
    sequence_all()
    found = json.loads(get(client, "api_katalog").content)["lp:pruefpunkt"]
    assert client.get(found["adresse"].removeprefix("http://testserver")).content.decode() == found["text"]
    assert json.loads(get(client, "api_eintraege").content)["pruefpunkt"] == found


def test_pages_speak_english_where_asked(team: Team, client: Client) -> None:
    eintrag = team.released()
    page = get(client, "eintrag", eintrag.kuerzel, headers={"accept-language": "en"}).content.decode()
    for text in ("Whom does it affect?", "Class under the AI Act", "Human oversight", "limited risk"):
        assert text in page

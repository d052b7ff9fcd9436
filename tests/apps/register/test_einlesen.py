"""Taking over entries: nothing happens before it is confirmed, and what comes from outside is an idea."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from leitplanke.apps.register.models import Eintrag, Uebernahme
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.register.lifecycle import Stand
from tests.apps.register.conftest import Team
from tests.factories import make_membership

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db
HEAD = "Name;Zweck;Grad der Automatisierung\r\n"
TABLE = f"{HEAD}Chatbot;Antwortet.;1\r\nKamera;Zählt Autos.;7\r\nStadtassistent;Gibt es schon.;0\r\n"


@pytest.fixture
def office(team: Team, client: Client) -> Client:
    assert team.ki.person is not None
    client.force_login(team.ki.person)
    return client


def bring(client: Client, mandant: Mandant, name: str, data: bytes) -> Any:
    unit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("register:einlesen"), {"datei": file, "einheit": unit.pk})


def test_table_is_tried_then_confirmed(team: Team, office: Client) -> None:
    team.entry()
    page = bring(office, team.mandant, "liste.csv", TABLE.encode("cp1252")).headers["Location"]
    shown = office.get(page).content.decode()
    assert "1 System wird angelegt" in shown
    assert 'data-label="Zeile">3<' in shown
    assert "„7“ steht nicht zur Auswahl" in shown
    assert "Sie bleiben" not in shown
    assert "Es bleibt, wie es ist:" in shown
    assert Eintrag.objects.for_mandant(team.mandant).count() == 1
    office.post(page, {"uebernehmen": "ja"})
    made = Eintrag.objects.for_mandant(team.mandant).get(name="Chatbot")
    assert made.state is Stand.IDEE
    note = made.verlauf.get(was="uebernommen")
    assert note.text == "Übernommen aus „liste.csv“, Zeile 2"
    office.post(page, {"uebernehmen": "ja"})
    assert Eintrag.objects.for_mandant(team.mandant).count() == 2
    assert Uebernahme.objects.for_mandant(team.mandant).get().tabelle == []


def test_columns_can_be_assigned_anew(team: Team, office: Client) -> None:
    page = bring(office, team.mandant, "liste.csv", b"System;Wozu\r\nChatbot;Antwortet.\r\n").headers["Location"]
    assert "in welcher Spalte der Name" in office.get(page).content.decode()
    assert office.post(page, {"spalte-0": "zweck", "spalte-1": "zweck"}).status_code == 422
    office.post(page, {"spalte-0": "name", "spalte-1": "zweck"})
    office.post(page, {"uebernehmen": "ja"})
    made = Eintrag.objects.for_mandant(team.mandant).select_related("bearbeitung").get()
    assert made.bearbeitung is not None
    assert made.bearbeitung.angaben == {"zweck": "Antwortet."}


def test_spreadsheet_is_read_in_its_own_process(team: Team, office: Client) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Name", "Im Einsatz seit", "Verantwortliche Stelle"])
    book.active.append(["Chatbot", "01.02.2026", "Amt"])
    book.active.append(["Kamera", None, "Gibt es nicht"])
    target = io.BytesIO()
    book.save(target)
    page = bring(office, team.mandant, "liste.xlsx", target.getvalue()).headers["Location"]
    shown = office.get(page).content.decode()
    assert "Die Stelle „Gibt es nicht“ gibt es hier nicht." in shown
    office.post(page, {"uebernehmen": "ja"})
    assert Eintrag.objects.for_mandant(team.mandant).select_related("bearbeitung").get().bearbeitung.angaben == {
        "seit": "2026-02-01"
    }


def test_export_of_another_register_becomes_ideas_with_their_source(
    team: Team, office: Client, other_mandant: Mandant, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "nachbar.localhost"]
    team.released()
    export = office.get(reverse("register:api_export")).content
    there = Client(headers={"host": "nachbar.localhost"})
    there.force_login(make_membership(other_mandant, Rolle.KI_BEAUFTRAGTE).person)
    page = bring(there, other_mandant, "export.json", export).headers["Location"]
    there.post(page, {"uebernehmen": "ja"})
    made = Eintrag.objects.for_mandant(other_mandant).get()
    assert (made.state, made.klasse, made.gueltig) == (Stand.IDEE, "", None)
    assert made.verlauf.get(was="uebernommen").text.startswith("Übernommen aus: Musterstadt, Fassung 1, http")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF", "CSV oder XLSX"),
        ("a.xlsx", b"PK kaputt", "beschädigt"),
        ("a.csv", b"Name\r\n", "Die Tabelle ist leer"),
        ("a.json", b"{", "kein JSON"),
        ("a.json", json.dumps({"format": "x"}).encode(), "kein Export"),
    ],
)
def test_wrong_files_are_refused_with_what_to_do(team: Team, office: Client, name: str, data: bytes, said: str) -> None:
    answer = bring(office, team.mandant, name, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()

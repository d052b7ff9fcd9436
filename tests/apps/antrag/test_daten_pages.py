from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leitplanke.apps.antrag import closing
from leitplanke.apps.antrag.models import Antrag, Berichtigung
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from tests.factories import make_actor, make_mandant, make_membership, make_person

from .daten_cases import decided_case

if TYPE_CHECKING:
    from django.http import HttpResponse

    from leitplanke.base.accounts.access import Actor

    from .conftest import Office

CSV = (
    "id;haushaltsmitglieder;mietenstufe;bruttokaltmiete_monat;gesamteinkommen_monat;"
    "alle_in_foerderungsfaehiger_ausbildung;vermoegen;fv_betrag\n"
    "A 1;1;3;400,00;900,00;nein;0;1,00\nA 2;1;3;viel;900,00;nein;0;1,00\n"
)


def browser(actor: Actor) -> Client:
    client = Client()
    assert actor.person is not None
    client.force_login(actor.person)
    return client


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def withdrawn(office: Office, name: str = "Muster") -> Antrag:
    antrag = office.application(name=name)
    return closing.withdraw(antrag.pk, office.doer(antrag))


def test_a_clerk_gives_out_the_whole_case(office: Office) -> None:
    antrag = decided_case(office)
    client = browser(office.clerk)
    assert "Akte als ZIP" in text(client.get(f"/vorgaenge/{antrag.kennung}/ausgeben/"))
    answer = client.post(f"/vorgaenge/{antrag.kennung}/ausgeben/akte.zip")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert "vorgang.json" in ZipFile(io.BytesIO(data)).namelist()
    assert antrag.nummer in answer["Content-Disposition"]
    assert client.post(f"/vorgaenge/{antrag.kennung}/ausgeben/vermerk.pdf").content[:5] == b"%PDF-"


@pytest.mark.parametrize("path", ["ausgeben/", "berichtigungen/"])
def test_another_units_and_another_towns_case_does_not_exist(office: Office, path: str) -> None:
    antrag = office.application()
    other = make_membership(office.mandant, Rolle.SACHBEARBEITUNG)
    other.einheit = Organisationseinheit.objects.create(mandant=office.mandant, kuerzel="x", name="Anderes Amt")
    other.save()
    client = Client()
    client.force_login(other.person)
    assert client.get(f"/vorgaenge/{antrag.kennung}/{path}").status_code == 404
    stranger = make_actor(make_mandant("fremdstadt", host="fremd.localhost"), Rolle.LEITUNG)
    assert browser(stranger).get(f"/vorgaenge/{antrag.kennung}/{path}").status_code in {403, 404}


def test_a_person_gets_the_own_data_and_asks_for_a_correction(office: Office) -> None:
    antrag = office.application()
    person = make_person()
    Antrag.objects.for_mandant(office.mandant).filter(pk=antrag.pk).update(konto=person)
    client = Client()
    client.force_login(person)
    here = f"/antrag/{antrag.kennung}/daten/"
    assert "Auskunft als PDF" in text(client.get(here))
    data = json.loads(client.post(f"{here}auskunft/json/").content)
    assert data["vorgaenge"][0]["vorgang"]["nummer"] == antrag.nummer
    wanted = {"angabe": "bruttokaltmiete_monat", "text": "Die Miete ist höher.", "wert": "viel"}
    refused = client.post(here, wanted)
    assert refused.status_code == 422
    assert "keine Zahl" in text(refused)
    assert "Die Miete ist höher." in text(refused)
    assert client.post(here, {**wanted, "wert": "450,00"}).status_code == 302
    assert antrag.berichtigungen.get().wert == "450.00"
    assert Client().get(here).status_code == 404


def test_a_clerk_decides_about_a_correction_on_the_page(office: Office) -> None:
    antrag = office.application()
    row = Berichtigung.objects.create(
        mandant=office.mandant, antrag=antrag, pfad="bruttokaltmiete_monat", alter_wert="400.00", wert="450.00",
        text="Die Miete ist höher.",
    )  # fmt: skip
    client = browser(office.clerk)
    here = f"/vorgaenge/{antrag.kennung}/berichtigungen/"
    assert "Die Miete ist höher." in text(client.get(here))
    refused = client.post(here, {"berichtigung": row.pk, f"{row.pk}-entscheidung": "lassen"})
    assert refused.status_code == 422
    assert "warum die Angabe so bleibt" in text(refused)
    done = client.post(here, {"berichtigung": row.pk, f"{row.pk}-entscheidung": "berichtigen"})
    assert done.status_code == 302
    antrag.refresh_from_db()
    assert antrag.fakten["bruttokaltmiete_monat"] == "450.00"


def test_a_head_holds_and_lifts_on_the_page_and_data_protection_only_looks(office: Office) -> None:
    antrag = withdrawn(office, "Quitzdorfer")
    head, guard = browser(office.head), browser(make_actor(office.mandant, Rolle.DATENSCHUTZ))
    assert head.post(f"/vorgaenge/{antrag.kennung}/loeschsperre/", {"grund": "x"}).status_code == 422
    reason = "Klage vor dem Verwaltungsgericht."
    assert head.post(f"/vorgaenge/{antrag.kennung}/loeschsperre/", {"grund": reason}).status_code == 302
    shown = text(guard.get("/vorgaenge/loeschfristen/"))
    assert reason in shown
    assert "Sperre aufheben" not in shown
    assert antrag.name not in shown
    assert guard.post(f"/vorgaenge/{antrag.kennung}/loeschsperre/aufheben/").status_code == 403
    assert head.post(f"/vorgaenge/{antrag.kennung}/loeschsperre/aufheben/").status_code == 302
    assert not antrag.loeschsperren.filter(aufgehoben_am=None).exists()


def test_what_is_due_is_deleted_by_a_head_and_nothing_before(office: Office) -> None:
    antrag = withdrawn(office)
    head = browser(office.head)
    head.post(f"/vorgaenge/{antrag.kennung}/loeschen/")
    assert Antrag.objects.for_mandant(office.mandant).filter(pk=antrag.pk).exists()
    Antrag.objects.for_mandant(office.mandant).update(loeschen_ab=timezone.localdate())
    assert "Jetzt löschen" in text(head.get("/vorgaenge/loeschfristen/"))
    assert "für immer löschen?" in text(head.get(f"/vorgaenge/{antrag.kennung}/loeschen/"))
    assert Antrag.objects.for_mandant(office.mandant).filter(pk=antrag.pk).exists()
    head.post(f"/vorgaenge/{antrag.kennung}/loeschen/")
    assert not Antrag.objects.for_mandant(office.mandant).filter(pk=antrag.pk).exists()


def test_the_list_of_days_costs_the_same_for_one_and_for_three(office: Office) -> None:
    client = browser(office.head)
    withdrawn(office)
    client.get("/vorgaenge/loeschfristen/")
    with CaptureQueriesContext(connection) as one:
        client.get("/vorgaenge/loeschfristen/")
    withdrawn(office, "Zwei")
    withdrawn(office, "Drei")
    with CaptureQueriesContext(connection) as three:
        client.get("/vorgaenge/loeschfristen/")
    assert len(one) == len(three)


def compared(client: Client, content: str, **more: str) -> HttpResponse:
    file = SimpleUploadedFile("faelle.csv", content.encode("cp1252"))
    data = {"verfahren": "wohngeld", "datei": file, "stichtag": "01.06.2025", "ausgabe": "seite", **more}
    return client.post("/vorgaenge/vergleich/", data)


def test_a_file_is_compared_and_nothing_but_the_count_is_kept(office: Office) -> None:
    before = Antrag.objects.for_mandant(office.mandant).count()
    shown = text(compared(browser(office.clerk), CSV))
    assert "2 Fälle verglichen" in shown
    assert "A 1" in shown
    assert "Zeile 3, Spalte „bruttokaltmiete_monat“" in shown
    assert Antrag.objects.for_mandant(office.mandant).count() == before
    leaf = Leaf.objects.for_mandant(office.mandant).get(code="antrag.verglichen")
    assert "betrag_anders 1" in leaf.payload
    assert "A 1" not in leaf.payload


def test_the_comparison_goes_out_as_a_file(office: Office) -> None:
    client = browser(office.clerk)
    out = compared(client, CSV, ausgabe="csv")
    assert out["Content-Disposition"] == 'attachment; filename="vergleich.csv"'
    assert out.content.decode("utf-8-sig").splitlines()[1].startswith('"A 1";"anderer Betrag";')
    assert len(json.loads(compared(client, CSV, ausgabe="json").content)["faelle"]) == 2


def test_a_file_that_cannot_be_compared_says_why_at_its_field(office: Office) -> None:
    answer = compared(browser(office.clerk), "id;mietenstuffe\nA;1\n")
    assert answer.status_code == 422
    assert "mietenstufe" in text(answer)


def test_a_head_has_open_cases_computed_anew(office: Office) -> None:
    office.application()
    client = browser(office.head)
    assert client.post("/vorgaenge/neu-berechnen/", {"verfahren": "wohngeld"}).status_code == 302
    assert "1 berechnet" in text(client.get("/vorgaenge/neu-berechnen/"))
    assert client.post("/vorgaenge/neu-berechnen/", {"verfahren": "hundesteuer"}).status_code == 404
    assert browser(office.clerk).get("/vorgaenge/neu-berechnen/").status_code == 403


def test_days_are_german_on_the_list(office: Office) -> None:
    withdrawn(office)
    Antrag.objects.for_mandant(office.mandant).update(loeschen_ab=date(2037, 1, 1))
    assert "01.01.2037" in text(browser(office.head).get("/vorgaenge/loeschfristen/"))

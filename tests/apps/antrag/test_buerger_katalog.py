from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from pypdf import PdfReader

from leitplanke.apps.antrag.catalogue import cards_of
from leitplanke.apps.antrag.models import Antrag, Rueckruf, Verfahrenseinstellung

from .citizens import Citizen

if TYPE_CHECKING:
    from django.test import Client

    from .conftest import Office

VORAB = "/antraege/wohngeld/vorab/"


@pytest.mark.parametrize("frage", ["wohngeld", "Zuschuss zur Miete", "miete", "MIETZUSCHUSS", "Mieten"])
def test_search_finds_what_people_mean(office: Office, frage: str) -> None:
    assert [card.name for card in cards_of(office.mandant, frage)] == ["wohngeld"]


def test_search_without_a_hit_says_whom_to_call_and_shows_all(office: Office) -> None:
    citizen = Citizen().open("/antraege/?suche=Raumfahrt")
    assert "(0 30) 23125 100" in citizen.text
    assert "Wohngeld" in citizen.text


def test_procedure_that_is_not_offered_has_no_page(office: Office, client: Client) -> None:
    assert client.get("/antraege/hundesteuer/").status_code == 404
    Verfahrenseinstellung.objects.for_mandant(office.mandant).update(aktiv=False)
    assert client.get("/antraege/wohngeld/").status_code == 404
    assert "Wohngeld" not in Citizen().open("/antraege/").text


def test_page_tells_everything_and_the_ways_beside_the_screen(office: Office) -> None:
    citizen = Citizen().open("/antraege/wohngeld/")
    for words in ("Antrag jetzt stellen", "Vorab prüfen", "Erst einmal das Datum sichern", "Was kostet es?",
                  "Mietbescheinigung", "Formular zum Ausdrucken", "DSGVO", "im Haushalt leben", "(0 30) 23125 101",
                  "Wohngeldgesetz"):  # fmt: skip
        assert words in citizen.text
    simple = Citizen().open("/antraege/wohngeld/?sprache=einfach").text
    assert "Wohngeld ist Geld für die Wohnung." in simple
    assert "DSGVO" not in simple


def test_page_speaks_english(office: Office, client: Client) -> None:
    client.post("/darstellung/", {"sprache": "en"})
    page = client.get("/antraege/wohngeld/").content.decode()
    assert "Housing benefit helps with the rent." in page
    assert "Apply now" in page


def test_form_on_paper_asks_every_question(office: Office, client: Client) -> None:
    response = client.get("/antraege/wohngeld/formular.pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    words = " ".join(text.split())
    assert response["Content-Type"] == "application/pdf"
    for question in ("Wie viele Personen gehören zu Ihrem Haushalt?", "Unterschrift", "Vorname und Nachname"):
        assert question in words


def test_precheck_asks_little_stores_nothing_and_decides_nothing(office: Office) -> None:
    citizen = Citizen().open(VORAB)
    assert "nichts wird entschieden" in citizen.text
    pages = 0
    while 'value="weiter"' in citizen.page:
        pages += 1
        sent = {"haushaltsmitglieder": "1", "mietenstufe": "3", "bruttokaltmiete_monat": "400"} if pages == 1 else {}
        if citizen.asks("gesamteinkommen_monat"):
            sent["gesamteinkommen_monat"] = "900"
        if citizen.asks("alle_in_foerderungsfaehiger_ausbildung"):
            sent["alle_in_foerderungsfaehiger_ausbildung"] = "nein"
        citizen.send(VORAB, {"stand": citizen.hidden("stand"), "aktion": "weiter", **sent})
        assert citizen.status == 200
    assert pages <= 3
    assert "254 EUR im Monat" in citizen.text
    assert "keine Entscheidung" in citizen.text
    assert "Antrag jetzt stellen" in citizen.text
    assert not Antrag.objects.unscoped("Test").exists()
    assert not Session.objects.exists()


def test_precheck_that_looks_bad_offers_the_application_just_so(office: Office) -> None:
    citizen = Citizen().open(VORAB)
    sent = {"haushaltsmitglieder": "1", "mietenstufe": "3", "bruttokaltmiete_monat": "400",
            "gesamteinkommen_monat": "9000"}  # fmt: skip
    citizen.send(VORAB, {"stand": citizen.hidden("stand"), "aktion": "weiter", **sent})
    assert "Antrag jetzt stellen" in citizen.text
    assert "Der Tag des Antrags zählt" in citizen.text


def test_wrong_answer_in_the_precheck_stays_and_is_explained(office: Office) -> None:
    citizen = Citizen().open(VORAB)
    citizen.send(VORAB, {"stand": citizen.hidden("stand"), "aktion": "weiter", "haushaltsmitglieder": "drei",
                         "bruttokaltmiete_monat": "400"})  # fmt: skip
    assert citizen.status == 422
    assert "„drei“ ist keine ganze Zahl" in citizen.text
    assert 'value="drei"' in citizen.page


def test_answers_of_the_precheck_come_along_by_post_and_stand_in_no_address(office: Office) -> None:
    citizen = Citizen().open(VORAB)
    sent = {"haushaltsmitglieder": "1", "mietenstufe": "3", "bruttokaltmiete_monat": "412,34"}
    citizen.send("/antraege/wohngeld/beginnen/", {"stand": citizen.hidden("stand"), "aktion": "antrag", **sent})
    assert "3 Angaben aus der Vorprüfung sind übernommen" in citizen.text
    assert "412" not in citizen.path
    citizen.send("/antraege/wohngeld/beginnen/", {"kennung": citizen.hidden("kennung")})
    antrag = Antrag.objects.unscoped("Test").get()
    assert antrag.fakten == {"haushaltsmitglieder": "1", "mietenstufe": "3", "bruttokaltmiete_monat": "412.34"}


def test_somebody_asks_for_a_call_before_applying_and_only_the_unit_sees_it(office: Office) -> None:
    citizen = Citizen()
    citizen.send("/antraege/wohngeld/rueckruf/", {"name": "Aylin", "telefon": "abc"})
    assert citizen.status == 422
    assert "mit Ziffern" in citizen.text
    citizen.send("/antraege/wohngeld/rueckruf/", {"name": "Aylin", "telefon": "030 1234567", "worum": "Miete"})
    assert "ruft Sie an" in citizen.text
    clerk = Citizen(office.clerk.person).open("/rueckrufe/")
    assert "030 1234567" in clerk.text
    clerk.send("/rueckrufe/", {"wer": str(Rueckruf.objects.unscoped("Test").get().pk)})
    assert "Niemand wartet" in clerk.text
    assert Citizen().open("/rueckrufe/").path.startswith("/konto/login/")

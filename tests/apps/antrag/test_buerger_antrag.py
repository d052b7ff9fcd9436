from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from leitplanke.apps.antrag import drafts, intake
from leitplanke.apps.antrag.models import Angabe, Antrag, Beleg, Beteiligte, Beteiligung
from leitplanke.apps.antrag.opening import draft_number
from leitplanke.base.documents.models import StoredFile
from leitplanke.base.documents.services import path_of
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.notify.models import Nachricht
from leitplanke.core.verfahren.acts import Stand
from tests.factories import make_person

from .citizens import PDF, PERSON, Citizen, upload

if TYPE_CHECKING:
    from .conftest import Office


@pytest.fixture(autouse=True)
def _counts_anew(db: None) -> None:
    cache.clear()


def the_code(citizen: Citizen) -> str:
    return re.findall(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}", citizen.text)[0]


def all_of(model: Any) -> Any:
    return model.objects.unscoped("Test")


def test_application_without_an_account_from_the_first_page_to_the_receipt(office: Office) -> None:
    citizen = Citizen()
    antrag = citizen.apply()
    assert antrag.stand == Stand.EINGEGANGEN
    assert re.fullmatch(r"WG-\d{4}-0001", antrag.nummer)
    assert antrag.name == "Aylin Demirel"
    assert antrag.portal
    assert antrag.fakten["bruttokaltmiete_monat"] == "400.00"
    assert antrag.beteiligte.get().iban == "DE02120300000000202051"
    assert antrag.belege.get().art == "mietbescheinigung"
    assert antrag.nummer in citizen.text
    assert the_code(citizen)
    mail = all_of(Nachricht).get()
    assert mail.empfaenger == "aylin@example.org"
    assert antrag.nummer in mail.text
    assert the_code(citizen) not in mail.text
    response = citizen.client.get(f"/antrag/{antrag.kennung}/quittung.pdf")
    assert response.content.startswith(b"%PDF")


def test_code_opens_the_application_in_another_browser(office: Office) -> None:
    first = Citizen()
    url = first.begin()
    code = the_code(first)
    antrag = all_of(Antrag).get()
    assert antrag.zugang_hash
    assert code not in str(antrag.__dict__)
    stranger = Citizen().open(url)
    assert stranger.status == 404
    assert "Nummer und Code eingeben" in stranger.text
    second = Citizen()
    second.send("/antrag/fortsetzen/", {"nummer": draft_number(antrag).lower(), "code": code.replace("-", " ").lower()})
    assert second.path == url
    assert "Ihr Entwurf" in second.text


def test_wrong_number_and_wrong_code_get_the_same_answer(office: Office) -> None:
    first = Citizen()
    first.begin()
    code, number = the_code(first), draft_number(all_of(Antrag).get())
    wrong_code = Citizen().send("/antrag/fortsetzen/", {"nummer": number, "code": "AAAA-AAAA-AAAA-AAAA"})
    wrong_number = Citizen().send("/antrag/fortsetzen/", {"nummer": "WG-2026-9999", "code": code})
    assert wrong_code.status == wrong_number.status == 422
    assert wrong_code.text == wrong_number.text


def test_guessing_codes_is_slowed_down(office: Office) -> None:
    citizen = Citizen()
    for _ in range(5):
        citizen.send("/antrag/fortsetzen/", {"nummer": "WG-2026-0001", "code": "AAAA-AAAA-AAAA-AAAA"})
        assert citizen.status == 422
    citizen.send("/antrag/fortsetzen/", {"nummer": "WG-2026-0001", "code": "AAAA-AAAA-AAAA-AAAA"})
    assert citizen.status == 429
    assert "zu viele Versuche" in citizen.text


def test_double_click_begins_and_hands_in_once(office: Office) -> None:
    citizen = Citizen().open("/antraege/wohngeld/beginnen/")
    ticket = {"kennung": citizen.hidden("kennung")}
    citizen.send("/antraege/wohngeld/beginnen/", ticket)
    code = the_code(citizen)
    citizen.send("/antraege/wohngeld/beginnen/", ticket)
    assert the_code(citizen) == code
    antrag = all_of(Antrag).get()
    citizen.send(f"/antrag/{antrag.kennung}/person/", PERSON)
    for _ in range(2):
        citizen.send(f"/antrag/{antrag.kennung}/pruefen/", {"richtig": "on"})
    antrag.refresh_from_db()
    assert antrag.nummer.endswith("-0001")
    assert all_of(Leaf).filter(code="antrag.stellen").count() == 1
    assert all_of(Nachricht).count() == 1


def test_foreign_ticket_begins_nothing(office: Office) -> None:
    ticket = Citizen().open("/antraege/wohngeld/beginnen/").hidden("kennung")
    other = Citizen().open("/antraege/wohngeld/beginnen/")
    other.send("/antraege/wohngeld/beginnen/", {"kennung": ticket})
    assert not all_of(Antrag).exists()
    assert "noch einmal" in other.text


def test_formless_application_secures_the_day_and_the_rest_follows(office: Office) -> None:
    citizen = Citizen().open("/antraege/wohngeld/datum-sichern/")
    ticket = citizen.hidden("kennung")
    path = "/antraege/wohngeld/datum-sichern/"
    citizen.send(path, {"kennung": ticket, "vorname": "Aylin", "email": "kaputt"})
    assert citizen.status == 422
    assert 'value="Aylin"' in citizen.page
    assert "Ohne Namen" in citizen.text
    sent = {"kennung": ticket, "vorname": "Aylin", "nachname": "Demirel", "worum": "Meine Miete ist gestiegen."}
    for _ in range(2):
        citizen.send(path, sent)
    antrag = all_of(Antrag).get()
    assert (antrag.formlos, antrag.eingang_am) == (True, timezone.localdate())
    assert antrag.mitteilungen.get().text == "Meine Miete ist gestiegen."
    assert "Das fehlt noch" in citizen.text
    url = f"/antrag/{antrag.kennung}/"
    citizen.answer(f"{url}fragen/")
    citizen.send(f"{url}unterlagen/", {"zu": "unterlage:mietbescheinigung", "dateien": upload()})
    antrag.refresh_from_db()
    assert antrag.fakten["bruttokaltmiete_monat"] == "400.00"
    assert antrag.neues
    assert "Das fehlt noch" not in citizen.open(url).text


def test_each_page_of_answers_is_kept_at_once(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    for name, sent in (("bruttokaltmiete_monat", {"bruttokaltmiete_monat-offen": "refused"}),
                       ("haushaltsmitglieder", {"haushaltsmitglieder": "2"})):  # fmt: skip
        citizen.open(f"{url}fragen/?frage={name}")
        citizen.send(f"{url}fragen/", {"stand": citizen.hidden("stand"), "aktion": "weiter", **sent})
    kept = all_of(Antrag).get().fakten
    assert kept["haushaltsmitglieder"] == "2"
    assert kept["bruttokaltmiete_monat"] == {"status": "refused"}
    citizen.open(f"{url}fragen/?frage=haushaltsmitglieder")
    assert 'value="2"' in citizen.page


def test_wrong_answer_is_explained_and_loses_nothing(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    citizen.open(f"{url}fragen/?frage=bruttokaltmiete_monat")
    stand = citizen.hidden("stand")
    citizen.send(f"{url}fragen/", {"stand": stand, "aktion": "weiter", "bruttokaltmiete_monat": "viel"})
    assert citizen.status == 422
    assert "„viel“ ist keine Zahl" in citizen.text
    assert 'value="viel"' in citizen.page
    assert all_of(Antrag).get().fakten == {}


def test_list_is_filled_entry_by_entry(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    path = f"{url}fragen/"
    citizen.open(f"{path}?frage=personen")
    citizen.send(path, {"stand": citizen.hidden("stand"), "aktion": "hinzufuegen", "personen-anzahl": "0"})
    assert "Eintrag 1" in citizen.text
    sent = {"personen-anzahl": "1", "personen-0-einkommensart": "rente", "personen-0-bruttoeinkommen_jahr": "14.000"}
    sent |= {f"{name}-offen": "unknown" for name in re.findall(r'name="(personen-0-[a-z_]+)-offen"', citizen.page)
             if name not in sent}  # fmt: skip
    sent |= {name: "~unknown" for name in re.findall(r'name="(personen-0-[a-z_]+)" value="~unknown"', citizen.page)
             if name not in sent}  # fmt: skip
    citizen.send(path, {"stand": citizen.hidden("stand"), "aktion": "weiter", **sent})
    assert citizen.status == 200, citizen.text
    person = all_of(Antrag).get().fakten["personen"][0]
    assert person["einkommensart"] == "rente"
    assert person["bruttoeinkommen_jahr"] == "14000"
    assert {"personen", "personen[1].einkommensart"} <= set(all_of(Angabe).values_list("pfad", flat=True))


def test_somebody_applies_for_another_with_a_power_of_attorney(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    acting = {
        "fuer": "bevollmaechtigt", "vertretung-vorname": "Kim", "vertretung-nachname": "Rot",
        "vertretung-strasse": "Gasse 2", "vertretung-plz": "123", "vertretung-ort": "Amtsstadt",
    }  # fmt: skip
    citizen.send(f"{url}person/", PERSON | acting | {"vollmacht": upload("vollmacht.exe", b"MZ")})
    assert citizen.status == 422
    assert "fünf Ziffern" in citizen.text
    assert "„vollmacht.exe“ können wir nicht annehmen" in citizen.text
    assert 'value="Rot"' in citizen.page
    assert not all_of(Beteiligte).exists()
    good = PERSON | acting | {"vertretung-plz": "12345", "vollmacht": upload("vollmacht.pdf")}
    citizen.send(f"{url}person/", good)
    assert all_of(Beteiligte).get(rolle=Beteiligung.BEVOLLMAECHTIGT).nachname == "Rot"
    assert all_of(Beleg).get().zu_angabe == "vertretung"
    citizen.send(f"{url}person/", PERSON)
    assert [row.rolle for row in all_of(Beteiligte).all()] == [Beteiligung.ANTRAGSTELLEND]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("person-iban", "DE02120300000000202052", "Diese IBAN stimmt nicht"),
        ("person-geburtsdatum", "31.2.1980", "ist kein Tag"),
        ("person-geburtsdatum", "1.1.2990", "prüfen Sie das Jahr"),
        ("person-nachname", "", "Ohne Namen kann kein Antrag"),
        ("person-telefon", "ruf an", "mit Ziffern"),
    ],
)
def test_what_does_not_fit_is_told_at_the_field(office: Office, field: str, value: str, words: str) -> None:
    citizen = Citizen()
    url = citizen.begin()
    citizen.send(f"{url}person/", PERSON | {field: value})
    assert citizen.status == 422
    assert words in citizen.text
    assert 'value="Weg 1"' in citizen.page


def test_documents_are_checked_named_and_taken_out_again(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    path = f"{url}unterlagen/"
    two = [upload("a.pdf"), upload("b.jpg", b"\xff\xd8\xff\xe0bild")]
    citizen.send(path, {"zu": "unterlage:mietbescheinigung", "dateien": two})
    assert set(all_of(Beleg).values_list("name", flat=True)) == {"a.pdf", "b.jpg"}
    for file, words in ((upload("x.exe", b"MZ"), "können wir nicht annehmen"), (upload("leer.pdf", b""), "ist leer"),
                        (upload("c.pdf"), "schon hochgeladen")):  # fmt: skip
        citizen.send(path, {"zu": "unterlage:mietbescheinigung", "dateien": file})
        assert citizen.status == 422
        assert words in citizen.text
    citizen.send(path, {"zu": "unterlage:mietbescheinigung"})
    assert "wählen Sie zuerst eine Datei" in citizen.text
    beleg = all_of(Beleg).get(name="a.pdf")
    assert citizen.client.get(f"{url}unterlage/{beleg.kennung}/").content == PDF
    assert Client().get(f"{url}unterlage/{beleg.kennung}/").status_code == 404
    citizen.send(f"{url}unterlage/{beleg.kennung}/entfernen/")
    assert all_of(Beleg).get().name == "b.jpg"


def test_document_that_follows_later_is_no_obstacle(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    citizen.send(f"{url}person/", PERSON)
    citizen.answer(f"{url}fragen/")
    citizen.send(f"{url}unterlagen/", {"aktion": "weiter", "spaeter": "mietbescheinigung"})
    assert all_of(Antrag).get().nachreichen == ["mietbescheinigung"]
    citizen.open(f"{url}unterlagen/")
    assert re.search(r'value="mietbescheinigung"[^>]* checked', citizen.page)


def test_portal_needs_an_address_for_the_note(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    citizen.send(f"{url}person/", PERSON | {"person-email": ""})
    citizen.send(f"{url}zustellung/", {"weg": "portal", "email": ""})
    assert citizen.status == 422
    assert "E-Mail-Adresse" in citizen.text
    citizen.send(f"{url}zustellung/", {"weg": "portal", "email": "aylin@example.org"})
    antrag = all_of(Antrag).get()
    assert antrag.portal
    assert antrag.beteiligte.get().email == "aylin@example.org"
    assert antrag.name == "Aylin Demirel"


def test_summary_shows_everything_and_links_to_change_it(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    citizen.send(f"{url}person/", PERSON)
    citizen.answer(f"{url}fragen/")
    citizen.open(f"{url}pruefen/")
    for words in ("Aylin Demirel", "400,00 EUR im Monat", "Mietbescheinigung", "Bescheide mit der Post"):
        assert words in citizen.text
    assert f"{url}fragen/?frage=bruttokaltmiete_monat" in citizen.page
    citizen.send(f"{url}pruefen/")
    assert citizen.status == 422
    assert "Bitte bestätigen Sie" in citizen.text
    assert all_of(Antrag).get().stand == Stand.ENTWURF


def test_without_a_name_nothing_is_handed_in_and_the_way_back_is_shown(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    citizen.send(f"{url}pruefen/", {"richtig": "on"})
    assert citizen.path == f"{url}person/"
    assert "Ohne Namen" in citizen.text


def test_account_owns_its_application_and_needs_no_code(office: Office) -> None:
    person = make_person()
    citizen = Citizen(person)
    antrag = citizen.apply()
    assert antrag.konto == person
    assert antrag.zugang_hash == ""
    assert antrag.nummer in Citizen(person).open("/antrag/").text
    assert Citizen(make_person()).open(f"/antrag/{antrag.kennung}/").status == 404


def test_application_begun_without_an_account_can_be_tied_to_one(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    person = make_person()
    citizen.client.force_login(person)
    citizen.open(url)
    assert "meinem Konto zuordnen" in citizen.text
    citizen.send(f"{url}konto/")
    assert all_of(Antrag).get().konto == person
    assert Citizen(person).open(url).status == 200


def test_abandoned_draft_goes_with_its_documents_and_a_kept_one_stays(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    citizen.send(f"{url}unterlagen/", {"zu": "unterlage:mietbescheinigung", "dateien": upload()})
    later = timezone.now() + timedelta(days=29)
    assert drafts.delete_abandoned(office.mandant, later) == 0
    file = all_of(StoredFile).get()
    assert path_of(file).exists()
    handed_in = office.application()
    assert drafts.delete_abandoned(office.mandant, timezone.now() + timedelta(days=31)) == 1
    assert list(all_of(Antrag).all()) == [handed_in]
    assert not all_of(StoredFile).filter(pk=file.pk).exists()
    assert all_of(Leaf).filter(code="antrag.geloescht").count() == 1
    assert citizen.open(url).status == 404


def test_owner_deletes_a_draft_but_nothing_that_was_handed_in(office: Office) -> None:
    citizen = Citizen()
    url = citizen.begin()
    citizen.send(f"{url}verwerfen/", {"sicher": "ja"})
    assert not all_of(Antrag).exists()
    antrag = citizen.apply()
    citizen.send(f"/antrag/{antrag.kennung}/verwerfen/", {"sicher": "ja"})
    assert all_of(Antrag).get() == antrag


def test_code_follows_from_the_secret_of_the_house_and_stands_nowhere(office: Office) -> None:
    from django.contrib.sessions.models import Session

    citizen = Citizen()
    citizen.begin()
    code = the_code(citizen)
    session = Session.objects.get()
    assert code not in str(session.get_decoded())
    assert intake.code_hash(code) not in str(session.get_decoded())

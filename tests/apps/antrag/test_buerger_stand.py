from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from leitplanke.apps.antrag import deciding, dispatch, filling, letters, messages, preparing, readiness, receipts
from leitplanke.apps.antrag.buerger import case_of
from leitplanke.apps.antrag.doing import citizen as a_citizen
from leitplanke.apps.antrag.models import (
    Antrag,
    Einsicht,
    Entscheidungsart,
    Fristart,
    Schreiben,
    Versandweg,
)
from leitplanke.apps.antrag.remedies import remedy_of
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.notify.models import Nachricht
from leitplanke.core.verfahren.acts import Stand
from tests.factories import make_person

from .citizens import PERSON, Citizen, upload
from .conftest import COMPLETE

if TYPE_CHECKING:
    from .conftest import Office

YEAR = timedelta(days=364)


def owned(office: Office, antrag: Antrag) -> Citizen:
    """Return the owner of an application before their browser."""
    antrag.konto = make_person()
    antrag.save()
    return Citizen(antrag.konto)


def url_of(antrag: Antrag) -> str:
    return f"/antrag/{antrag.kennung}/"


def granted(office: Office, weg: Versandweg = Versandweg.POST) -> Antrag:
    """Return an application that was granted, with its letter sent."""
    antrag = office.ready()
    filling.choose_delivery(antrag.pk, a_citizen(office.mandant), portal=weg is Versandweg.PORTAL)
    antrag.refresh_from_db()
    draft = readiness.Draft(
        Entscheidungsart.BEWILLIGUNG, von_tag=antrag.stichtag, bis_tag=antrag.stichtag and antrag.stichtag + YEAR
    )
    made = preparing.prepare_decision(antrag.pk, office.doer(antrag), draft)
    deciding.confirm(made.pk, office.doer(antrag), office.verfahren, gesehen=deciding.seen_hash(made))
    antrag.refresh_from_db()
    letter = made.schreiben.get()
    letters.release(letter.pk, office.doer(antrag))
    antrag.refresh_from_db()
    dispatch.send(letter.pk, office.doer(antrag), weg, timezone.localdate())
    antrag.refresh_from_db()
    return antrag


def test_status_says_where_the_case_is_whom_to_ask_and_what_is_missing_until_when(office: Office) -> None:
    antrag = office.application({name: value for name, value in COMPLETE.items() if name != "bruttokaltmiete_monat"})
    citizen = owned(office, antrag)
    end = timezone.localdate() + timedelta(days=14)
    antrag.fristen.create(mandant=office.mandant, art=Fristart.MITWIRKUNG, ab=timezone.localdate(), ende=end)
    citizen.open(url_of(antrag))
    for words in (antrag.nummer, "Wo der Antrag steht", "Wird geprüft", "(0 30) 23125 101", "Mietbescheinigung",
                  f"Bitte bis zum {end.strftime('%d.%m.%Y')} nachreichen", "1 offene Frage"):  # fmt: skip
        assert words in citizen.text
    citizen.send(f"{url_of(antrag)}unterlagen/", {"zu": "unterlage:mietbescheinigung", "dateien": upload()})
    assert antrag.belege.get().art == "mietbescheinigung"
    antrag.refresh_from_db()
    assert antrag.neues


def test_stranger_sees_nothing_on_any_page_of_the_case(office: Office) -> None:
    antrag = office.application()
    for part in ("", "eingang/", "erklaerung/", "rechtsbehelf/", "mensch/", "zuruecknehmen/", "aendern/", "person/",
                 "fragen/", "unterlagen/", "zustellung/", "quittung.pdf"):  # fmt: skip
        for citizen in (Citizen(), Citizen(make_person()), Citizen(office.clerk.person)):
            citizen.open(f"{url_of(antrag)}{part}")
            assert citizen.status == 404, part
            assert antrag.nummer not in citizen.page


def test_messages_go_both_ways_and_none_is_lost(office: Office) -> None:
    antrag = office.application()
    citizen = owned(office, antrag)
    messages.write(antrag.pk, office.doer(antrag), "Bitte schicken Sie den Mietvertrag.")
    citizen.open(url_of(antrag))
    assert "Bitte schicken Sie den Mietvertrag." in citizen.text
    assert "Als gelesen vermerken" in citizen.text
    citizen.send(f"{url_of(antrag)}nachricht/", {"text": ""})
    assert citizen.status == 422
    citizen.send(f"{url_of(antrag)}nachricht/", {"text": "x" * 5001})
    assert citizen.status == 422
    assert "x" * 5001 in citizen.page
    citizen.send(f"{url_of(antrag)}nachricht/", {"text": "Kommt morgen."})
    assert "Kommt morgen." in citizen.text
    assert "Als gelesen vermerken" not in citizen.text
    antrag.refresh_from_db()
    assert antrag.neues


def test_looking_at_the_page_changes_nothing(office: Office) -> None:
    antrag = office.application()
    citizen = owned(office, antrag)
    messages.write(antrag.pk, office.doer(antrag), "Guten Tag")
    before = (Leaf.objects.for_mandant(office.mandant).count(), antrag.mitteilungen.get().gelesen_am)
    citizen.open(url_of(antrag))
    assert (Leaf.objects.for_mandant(office.mandant).count(), antrag.mitteilungen.get().gelesen_am) == before


def test_talk_with_a_person_can_be_asked_for_at_any_point(office: Office) -> None:
    antrag = office.application()
    citizen = owned(office, antrag)
    assert "Ich möchte mit einem Menschen sprechen" in citizen.open(url_of(antrag)).text
    citizen.send(f"{url_of(antrag)}mensch/", {"name": "Kim", "telefon": "030 123456", "wann": "vormittags"})
    row = antrag.mitteilungen.get()
    assert row.mensch_gewuenscht
    assert "030 123456" in row.text


def test_withdrawing_needs_a_second_thought_and_is_final(office: Office) -> None:
    antrag = office.application()
    citizen = owned(office, antrag)
    citizen.send(f"{url_of(antrag)}zuruecknehmen/", {"grund": "Ich ziehe um."})
    assert citizen.status == 422
    assert "Ich ziehe um." in citizen.page
    citizen.send(f"{url_of(antrag)}zuruecknehmen/", {"grund": "Ich ziehe um.", "sicher": "on"})
    antrag.refresh_from_db()
    assert antrag.stand == Stand.ZURUECKGENOMMEN
    assert antrag.loeschen_ab is not None
    assert antrag.mitteilungen.get().text == "Ich ziehe um."
    citizen.send(f"{url_of(antrag)}zuruecknehmen/", {"sicher": "on"})
    assert "nicht möglich" in citizen.text


def test_decision_is_told_only_once_its_letter_is_out(office: Office) -> None:
    antrag = office.ready()
    citizen = owned(office, antrag)
    draft = readiness.Draft(
        Entscheidungsart.BEWILLIGUNG, von_tag=antrag.stichtag, bis_tag=antrag.stichtag and antrag.stichtag + YEAR
    )
    made = preparing.prepare_decision(antrag.pk, office.doer(antrag), draft)
    deciding.confirm(made.pk, office.doer(antrag), office.verfahren, gesehen=deciding.seen_hash(made))
    citizen.open(url_of(antrag))
    assert "254" not in citizen.text
    citizen.open(f"{url_of(antrag)}erklaerung/")
    assert "noch nicht entschieden" in citizen.text


def test_explanation_is_short_long_and_says_who_did_what(office: Office) -> None:
    antrag = granted(office)
    citizen = owned(office, antrag)
    assert "Bewilligung: 254,00 EUR" in citizen.open(url_of(antrag)).text
    citizen.open(f"{url_of(antrag)}erklaerung/")
    for words in ("Kurz gesagt", "Bewilligung: 254,00 EUR", "Diese Schritte waren entscheidend", "§ 19",
                  "Was ein Mensch beurteilt hat", "Ein Mensch im Amt", "Was das Ergebnis geändert hätte",
                  "Gesamteinkommen", "statt 900,00 EUR im Monat"):  # fmt: skip
        assert words in citizen.text
    assert office.clerk.person is not None
    assert office.clerk.person.email not in citizen.page


def test_explanation_survives_a_change_of_the_rules(office: Office) -> None:
    antrag = granted(office)
    citizen = owned(office, antrag)
    assert antrag.entscheidung is not None
    antrag.entscheidung.digest = "0" * 64
    antrag.entscheidung.save()
    citizen.open(f"{url_of(antrag)}erklaerung/")
    assert "Die Regeln wurden seither geändert" in citizen.text
    assert "§ 19" in citizen.text


def test_letter_by_post_is_named_but_not_shown(office: Office) -> None:
    antrag = granted(office)
    citizen = owned(office, antrag)
    citizen.open(url_of(antrag))
    assert "Bescheid" in citizen.text
    path = f"{url_of(antrag)}schreiben/{antrag.schreiben.get(art='bescheid').kennung}/"
    assert path not in citizen.page
    assert citizen.open(path).status == 404


def test_letter_in_the_portal_is_fetched_once_and_noted(office: Office) -> None:
    antrag = granted(office, Versandweg.PORTAL)
    citizen = owned(office, antrag)
    letter = antrag.schreiben.get(art="bescheid")
    path = f"{url_of(antrag)}schreiben/{letter.kennung}/"
    assert path in citizen.open(url_of(antrag)).page
    assert "Abrufen und öffnen" in citizen.open(path).text
    assert Schreiben.objects.for_mandant(office.mandant).get(pk=letter.pk).abgerufen_am is None
    assert citizen.client.post(path).content.startswith(b"%PDF")
    assert citizen.client.post(path).content.startswith(b"%PDF")
    assert citizen.client.get(path).content.startswith(b"%PDF")
    assert Schreiben.objects.for_mandant(office.mandant).get(pk=letter.pk).abgerufen_am is not None
    assert Leaf.objects.for_mandant(office.mandant).filter(code="antrag.abgerufen").count() == 1


def test_mail_tells_of_a_letter_and_of_a_message_but_not_what_they_say(office: Office) -> None:
    antrag = office.application()
    antrag.beteiligte.update(email="kim@example.org")
    antrag.refresh_from_db()
    messages.write(antrag.pk, office.doer(antrag), "Ihr Bescheid über 254 EUR ist fertig.")
    receipts.tell_of_letter(antrag)
    mails = Nachricht.objects.for_mandant(office.mandant).order_by("pk")
    assert [mail.kategorie for mail in mails] == [receipts.CATEGORY, receipts.PORTAL]
    for mail in mails:
        assert mail.empfaenger == "kim@example.org"
        assert antrag.nummer in mail.text
        assert "254" not in mail.text


def test_remedy_is_a_letter_to_sign_and_no_button(office: Office) -> None:
    office.einstellung.widerspruchsbehoerde = "Stadt Amtsstadt, Widerspruchsstelle\nMarktplatz 2, 12345 Amtsstadt"
    office.einstellung.save()
    antrag = granted(office)
    citizen = owned(office, antrag)
    until = antrag.schreiben.get(art="bescheid").rechtsbehelf_bis
    assert until is not None
    path = f"{url_of(antrag)}rechtsbehelf/"
    citizen.open(path)
    for words in ("Widerspruch", "schriftlich", "Widerspruchsstelle", "von Hand unterschreiben", "genügt dafür nicht",
                  f"{until.day}. "):  # fmt: skip
        assert words in citizen.text
    assert 'value="elektronisch"' not in citizen.page
    citizen.send(path, {"aktion": "elektronisch", "begruendung": "Die Miete ist höher."})
    antrag.refresh_from_db()
    assert antrag.stand == Stand.BEKANNTGEGEBEN
    assert "drucken Sie das Schreiben aus" in citizen.text
    response = citizen.client.post(path, {"aktion": "drucken", "begruendung": "Die Miete ist höher."})
    text = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages).split())
    for words in ("Widerspruch", antrag.nummer, "Die Miete ist höher.", "Widerspruchsstelle", "Kim Muster"):
        assert words in text
    assert not antrag.mitteilungen.exists()


def test_where_the_law_allows_it_the_button_lodges_the_remedy(office: Office, monkeypatch: Any) -> None:
    from dataclasses import replace

    from leitplanke.apps.antrag import remedies

    antrag = granted(office)
    citizen = owned(office, antrag)
    monkeypatch.setattr(
        "leitplanke.apps.antrag.remedies.law_of",
        lambda *args: _simple(remedies, original(*args), replace),
    )
    from leitplanke.apps.antrag.file_view import law_of as original

    path = f"{url_of(antrag)}rechtsbehelf/"
    assert 'value="elektronisch"' in citizen.open(path).page
    citizen.send(path, {"aktion": "elektronisch", "begruendung": "Die Miete ist höher."})
    antrag.refresh_from_db()
    assert antrag.stand == Stand.RECHTSBEHELF
    assert "eingegangen" in citizen.text


def _simple(remedies: Any, law: Any, replace: Any) -> Any:
    entries = tuple(replace(entry, formen=(*entry.formen, remedies.SIMPLE)) for entry in law.rechtsbehelfe)
    return replace(law, rechtsbehelfe=entries)


def test_before_a_decision_there_is_no_remedy(office: Office) -> None:
    antrag = office.application()
    assert remedy_of(case_of(antrag)) is None
    assert owned(office, antrag).open(f"{url_of(antrag)}rechtsbehelf/").status == 404


def test_change_after_the_decision_reaches_the_office_and_leaves_the_decision_alone(office: Office) -> None:
    antrag = granted(office)
    citizen = owned(office, antrag)
    citizen.open(f"{url_of(antrag)}aendern/")
    assert "Der Bescheid ändert sich dadurch noch nicht" in citizen.text
    path = f"{url_of(antrag)}fragen/"
    citizen.open(f"{path}?frage=bruttokaltmiete_monat")
    citizen.send(path, {"stand": citizen.hidden("stand"), "aktion": "weiter", "bruttokaltmiete_monat": "500"})
    citizen.send(f"{url_of(antrag)}person/", PERSON | {"person-strasse": "Neue Straße 5"})
    antrag.refresh_from_db()
    assert antrag.fakten["bruttokaltmiete_monat"] == "500"
    assert antrag.entscheidung is not None
    assert antrag.entscheidung.fakten["bruttokaltmiete_monat"] == "400.00"
    assert antrag.beteiligte.get().strasse == "Neue Straße 5"
    assert antrag.neues
    assert antrag.verlauf.filter(text="Änderung mitgeteilt").exists()


def test_who_looked_is_told_by_unit_and_day_and_never_by_name(office: Office) -> None:
    antrag = office.application()
    citizen = owned(office, antrag)
    Einsicht.objects.create(mandant=office.mandant, antrag=antrag, einheit=antrag.einheit)
    citizen.open(url_of(antrag))
    assert re.search(rf"Amt, {timezone.localdate():%d.%m.%Y}", citizen.text)


def test_consent_to_the_portal_can_be_taken_back(office: Office) -> None:
    antrag = office.application()
    citizen = owned(office, antrag)
    for weg, portal in (("portal", True), ("post", False)):
        citizen.send(f"{url_of(antrag)}zustellung/", {"weg": weg})
        antrag.refresh_from_db()
        assert antrag.portal is portal
    assert antrag.verlauf.filter(was="mitteilen").count() == 2


def test_list_of_own_applications_asks_the_database_as_often_for_three_as_for_one(office: Office) -> None:
    counts = []
    for rows in (1, 3):
        person = make_person()
        for _ in range(rows):
            antrag = office.application()
            antrag.konto = person
            antrag.save()
        citizen = Citizen(person).open("/antrag/")
        with CaptureQueriesContext(connection) as captured:
            citizen.open("/antrag/")
        counts.append(len(captured))
        assert citizen.text.count("eingegangen am") == rows
    assert counts[0] == counts[1]

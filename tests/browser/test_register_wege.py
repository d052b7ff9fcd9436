"""Four ways through the register: a release with everybody it needs, a suspension, a report, a small town goes live."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.antrag_wege import apply, documents, take_up
from tests.browser.kleinau import KLEINAU, at_home, found_town, invite
from tests.browser.register_wege import (
    ANGABEN,
    FAKTEN,
    IDEE,
    ZWECK,
    about,
    ask_for_release,
    classify,
    contribute,
    describe,
    enter,
    entry_named,
    fulfil_duties,
    in_a_year,
    release,
    suspend,
    today,
)
from tests.browser.weg import Tastenweg, Weg, confirmed, give, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.conftest import Visitor
    from tests.project.running import Running

CLERK, HEAD, OFFICER = "Dariusz Kowalczyk", "Friederike Harmsen", "Samira Haddad"
PROTECTION, CHAIR = "Jonas Wiegand", "Ngozi Brandt"

WOHNGELD, WISSEN = "Antrag Wohngeld: Unterlagen lesen und Werte vorschlagen", "Wissen: Fragen an Leitplanke"
PARKEN = "Parkscheine mit dem Scan-Fahrzeug prüfen"


def test_idea_becomes_a_public_entry_with_the_people_it_needs(visitor: Callable[..., Visitor]) -> None:
    clerk = sign_in(visitor, CLERK, examine=True)
    entry = enter(clerk, IDEE)
    describe(clerk, ANGABEN)
    citizen = Weg(visitor(), examine=True)
    citizen.open("/ki-register/?suche=E-Mails+im+Sozialamt")
    assert IDEE["name"] not in citizen.text

    officer = sign_in(visitor, OFFICER, examine=True)
    officer.open("/")
    officer.follow(re.compile(IDEE["name"]))
    officer.follow("Jetzt erledigen")
    classify(officer, FAKTEN)
    assert "geringes Risiko" in officer.text

    head = sign_in(visitor, HEAD)
    head.open(entry)
    head.follow("Jetzt erledigen")
    me = head.named("verantwortlich").locator("option", has_text=HEAD).get_attribute("value")
    head.choose(head.named("verantwortlich"), me or "")
    head.press("Speichern")
    contribute(head, entry, "Verantwortliche Person")
    told = {"vollstaendig_ab": today(), "text": "Eintrag, Einstufung und Schulungsplan."}
    contribute(head, entry, "Unterrichtung der Personalvertretung", **told)
    contribute(head, entry, "Schulung", text="Alle vier Beschäftigten der Poststelle am 20.11.2026.")
    protection, chair = sign_in(visitor, PROTECTION), sign_in(visitor, CHAIR)
    contribute(protection, entry, "Stellungnahme zum Datenschutz", ergebnis="auflagen", text="Nach 30 Tagen löschen.")
    contribute(chair, entry, "Entscheidung der Personalvertretung", ergebnis="zugestimmt", text="Beschluss 12/2026.")
    fulfil_duties(head, entry)
    ask_for_release(head, entry)
    head.open(f"{entry}schritt/freigeben/")
    assert "Freigeben muss jemand anderes" in head.text

    release(officer, entry)
    citizen.open("/ki-register/?suche=E-Mails+im+Sozialamt")
    citizen.follow(IDEE["name"])
    assert ZWECK in citizen.text
    assert "vertraulich" not in citizen.text
    citizen.follow("Alle Fassungen und was geschah")


@pytest.fixture
def stopped(visitor: Callable[..., Visitor]) -> Iterator[None]:
    """Suspend the AI of Wohngeld and of Wissen; afterwards two people release both again."""
    head, leader = sign_in(visitor, HEAD, examine=True), sign_in(visitor, "Hannelore Wittkamp")
    suspend(head, WOHNGELD, "Ein Rentenbescheid wurde falsch gelesen.")
    suspend(leader, WISSEN, "Eine Antwort nannte eine veraltete Gebühr.")
    yield
    officer = sign_in(visitor, OFFICER)
    for person, name in ((head, WOHNGELD), (leader, WISSEN)):
        entry = entry_named(person, name)
        ask_for_release(person, entry)
        release(officer, entry)


@pytest.mark.usefixtures("stopped")
def test_cases_go_on_by_hand_while_the_ai_is_suspended(visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    citizen = Weg(visitor(), examine=True)
    citizen.open("/")
    assert "ausgesetzt" in citizen.text
    give(citizen, "frage", "Was kostet ein Hund?")
    citizen.press("Nach Wörtern suchen")
    assert "Hier antwortet gerade keine KI" in citizen.text
    citizen.follow("Was das Register dazu sagt")
    assert "Eine Antwort nannte eine veraltete Gebühr." in citizen.text

    mine, _code = apply(citizen, "Vonhand", {"mietbescheinigung": documents(tmp_path)["mietbescheinigung"]})
    assert "Ihr Antrag ist eingegangen" in citizen.text
    clerk = sign_in(visitor, CLERK, examine=True)
    clerk.open(f"/vorgaenge/{mine.split('/')[2]}/")
    assert "Hier arbeitet gerade keine KI" in clerk.text
    nummer = (re.search(r"WG-\d{4}-\d+", clerk.text) or [""])[0]
    take_up(clerk)
    clerk.follow("Entscheiden")
    for name, value in {"art": "bewilligung", "von_tag": today(), "bis_tag": in_a_year()}.items():
        give(clerk, name, value)
    clerk.press("Bescheid entwerfen und ansehen")
    confirmed(clerk, re.compile("^Entscheiden"))
    clerk.press("Freigeben")
    clerk.press(re.compile(rf"Im Portal zustellen.*Bescheid.*{nummer}"))
    citizen.open(mine)
    assert "Bescheid versandt" in citizen.text


def test_citizen_reports_an_error_and_everybody_reads_what_became_of_it(visitor: Callable[..., Visitor]) -> None:
    citizen = Tastenweg(visitor(), examine=True)
    citizen.open("/ki-register/")
    citizen.follow(PARKEN)
    citizen.follow("Fehler melden")
    give(citizen, "art", "fehler")
    give(citizen, "text", "Am Lindenplatz gilt die Parkscheibe, nicht der Parkschein.")
    citizen.press("Absenden")
    code = citizen.page.locator("main .lp-code__value").first.inner_text()

    staff = sign_in(visitor, "Volker Ritterbusch", kind=Tastenweg, examine=True)
    staff.open("/register/")
    staff.follow("Meldungen")
    staff.follow(re.compile(f"^Fehler.*{PARKEN}"))
    give(staff, "schwere", "leicht")
    staff.press("Beurteilung speichern")
    staff.fill(staff.page.locator("#antworten_text"), "Sie haben recht. Der Lindenplatz ist berichtigt.")
    staff.press("Antwort senden")
    staff.unfold(staff.page.locator("main summary", has_text="Für alle veröffentlichen"))
    staff.fill(staff.page.locator("#veroeffentlichen_text"), "Ein Platz mit Parkscheibe war falsch eingetragen.")
    staff.press("Veröffentlichen")
    staff.press("Meldung abschließen")
    assert "Die Meldung ist abgeschlossen." in staff.text

    citizen.follow("Meldung verfolgen", within="footer")
    give(citizen, "code", code)
    citizen.press("Nachsehen")
    assert "Der Lindenplatz ist berichtigt." in citizen.text
    citizen.open("/ki-register/")
    citizen.follow(PARKEN)
    assert "Ein Platz mit Parkscheibe war falsch eingetragen." in citizen.text
    assert "Lindenplatz" not in citizen.text
    assert citizen.clicks + staff.clicks == 0


def test_small_town_goes_live_with_what_is_prepared(visitor: Callable[..., Visitor], house: Running) -> None:
    found_town(house)
    petra = at_home(visitor, house, "Petra")
    invite(petra, "Ole", "ki_beauftragte")
    ole = at_home(visitor, house, "Ole")
    invite(petra, "Ole", "administration")
    invite(petra, "Mia", "personalrat", vorsitz=True)
    invite(petra, "Ida", "datenschutz")
    invite(ole, "Petra", "leitung")
    mia, ida = at_home(visitor, house, "Mia"), at_home(visitor, house, "Ida")

    ole.open("/register/inbetriebnahme/")
    assert "0 von" in ole.text
    ole.follow(WISSEN)
    ole.choose(
        ole.named("person"), ole.named("person").locator("option", has_text="Petra").get_attribute("value") or ""
    )
    ole.press("Benennen")
    give(ole, "role", "deployer")
    give(ole, "generates_synthetic_media_or_text", "nein")
    ole.tick(ole.named("bestaetigt"))
    ole.press("So einstufen")
    assert "Eingestuft." in ole.text

    entry = ole.visitor.path().replace("inbetriebnahme/", "")
    contribute(petra, entry, "Verantwortliche Person")
    petra.open(entry)
    petra.follow(about("Erledigen", "Angaben"))
    give(petra, "kontakt_email", "rathaus@kleinau.example")
    petra.press("Speichern")
    told = {"vollstaendig_ab": today(), "text": "Alle vorbereiteten Unterlagen."}
    contribute(petra, entry, "Unterrichtung der Personalvertretung", **told)
    contribute(petra, entry, "Schulung", text="Alle drei Beschäftigten, eine Stunde.")
    fulfil_duties(petra, entry)
    contribute(ida, entry, "Stellungnahme zum Datenschutz", ergebnis="keine_bedenken", text="Keine Bedenken.")
    contribute(mia, entry, "Entscheidung der Personalvertretung", ergebnis="zugestimmt", text="Beschluss 1/2026.")
    citizen = Weg(visitor(host=KLEINAU), examine=True)
    citizen.open("/")
    assert "Hier antwortet gerade keine KI" in citizen.text
    ask_for_release(petra, entry)
    release(ole, entry)

    citizen.open("/")
    assert "Hier antwortet gerade keine KI" not in citizen.text
    citizen.open("/ki-register/")
    citizen.follow(WISSEN)
    assert "rathaus@kleinau.example" in citizen.text

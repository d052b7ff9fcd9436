"""An application from the first page to the Bescheid that was read: citizen, clerk, a second person, the law kept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from pypdfium2 import PdfDocument

from tests.browser.antrag_wege import ANGABEN, ANSCHRIFT, apply, decide, documents, examine_case, judge_all, until_read
from tests.browser.weg import Tastenweg, Weg, confirmed, give, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.conftest import Visitor

CLERK, COLLEAGUE, HEAD, CITIZEN = "Dariusz Kowalczyk", "Thi Lan Nguyen", "Friederike Harmsen", "Aylin Demirel"
QUICK = ("haushaltsmitglieder", "mietenstufe", "bruttokaltmiete_monat", "alle_in_foerderungsfaehiger_ausbildung")
NEEDED = ("mietbescheinigung", "rentenbescheid", "mietvertrag")


@pytest.fixture(scope="module")
def belege(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The three documents of a pensioner: PDF, scan and DOCX."""
    made = documents(tmp_path_factory.mktemp("belege"))
    return {art: made[art] for art in NEEDED}


def second_signature(visitor: Callable[..., Visitor], wanted: str) -> None:
    """Let the head say whether a second person signs every decision on Wohngeld."""
    head = sign_in(visitor, HEAD)
    head.open("/vorgaenge/verfahren/wohngeld/")
    give(head, "zeichnung", wanted)
    head.press("Speichern")


@pytest.fixture
def two_sign(visitor: Callable[..., Visitor]) -> object:
    """A second person signs everything; afterwards it is as the procedure has it again."""
    second_signature(visitor, "immer")
    yield
    second_signature(visitor, "vorlage")


@pytest.mark.usefixtures("two_sign")
@pytest.mark.parametrize("java_script", [True, False], ids=["mit-javascript", "ohne-javascript"])
def test_wohngeld_from_the_application_to_the_letter_that_was_read(
    visitor: Callable[..., Visitor], belege: dict[str, Path], java_script: bool
) -> None:
    citizen = Weg(visitor(java_script_enabled=java_script), examine=java_script)
    mine, _code = apply(citizen, f"Brandt{java_script:d}", belege)
    assert "Ihr Antrag ist eingegangen" in citizen.text
    kennung = mine.split("/")[2]

    clerk = sign_in(visitor, CLERK, examine=java_script, java_script_enabled=java_script)
    examine_case(clerk, kennung)
    assert "Bereit zur Entscheidung" in clerk.text
    decide(clerk)
    assert "Wartet auf die zweite Zeichnung" in clerk.text
    assert not clerk.page.get_by_role("button", name="Schlusszeichnen").count()

    second = sign_in(visitor, COLLEAGUE, examine=java_script, java_script_enabled=java_script)
    second.open(clerk.visitor.path())
    confirmed(second, "Schlusszeichnen")
    assert "Geprüft: Alles steht auf Nachweis, Vorgang und Recht" in second.text
    second.press("Freigeben")
    assert second.visitor.path() == "/vorgaenge/ausgang/"
    second.press(re.compile(rf"Im Portal zustellen.*{nummer_of(citizen)}"))
    assert "Abgang vermerkt" in second.text

    read(citizen, mine)


def test_wohngeld_by_keyboard_only(visitor: Callable[..., Visitor], belege: dict[str, Path]) -> None:
    citizen = Tastenweg(visitor())
    mine, _code = apply(citizen, "Tasten", belege)
    clerk = sign_in(visitor, CLERK, kind=Tastenweg)
    examine_case(clerk, mine.split("/")[2])
    decide(clerk)
    clerk.press("Freigeben")
    clerk.press(re.compile(rf"Im Portal zustellen.*{nummer_of(citizen)}"))

    assert "Abgang vermerkt" in clerk.text
    read(citizen, mine)
    assert clerk.clicks == 0


def test_wohngeld_from_paper_at_the_counter(visitor: Callable[..., Visitor], belege: dict[str, Path]) -> None:
    clerk = sign_in(visitor, CLERK, examine=True)
    clerk.open("/vorgaenge/")
    clerk.follow("Antrag erfassen")
    clerk.follow(re.compile("^Wohngeld"))
    give(clerk, "kanal", "schalter")
    for name, text in {**ANSCHRIFT, "nachname": "Schalter"}.items():
        give(clerk, name, text)
    for name in QUICK:
        give(clerk, f"angabe-{name}", ANGABEN[name])
    clerk.attach(clerk.named("dateien"), [belege["mietbescheinigung"], belege["rentenbescheid"]])
    clerk.press("Antrag aufnehmen")
    nummer = nummer_of(clerk)
    code = re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){3}", clerk.text)
    assert code is not None, clerk.text

    clerk.follow("Zum Vorgang")
    clerk.press("Bearbeitung beginnen")
    until_read(clerk)
    clerk.follow(re.compile("^Gesamteinkommen im Monat"))
    give(clerk, "wert-gesamteinkommen_monat", "989,93")
    clerk.press("Speichern")
    clerk.press(re.compile("unstrittige"))
    judge_all(clerk)
    decide(clerk)
    clerk.press("Freigeben")
    clerk.press(re.compile(rf"Heute zur Post gegeben.*Bescheid.*{nummer}"))
    assert "Abgang vermerkt" in clerk.text

    person = Weg(visitor(), examine=True)
    person.open("/antrag/fortsetzen/")
    give(person, "nummer", nummer)
    give(person, "code", code[0])
    person.press(re.compile("."))
    assert "Bescheid versandt" in person.text


@pytest.mark.usefixtures("two_sign")
def test_office_of_three_with_one_ill(visitor: Callable[..., Visitor], belege: dict[str, Path]) -> None:
    citizen = Weg(visitor())
    mine, _code = apply(citizen, "Vertretung", belege)
    nummer, kennung = nummer_of(citizen), mine.split("/")[2]
    ill = sign_in(visitor, COLLEAGUE)
    ill.open(f"/vorgaenge/{kennung}/")
    ill.press("Bearbeitung beginnen")
    ill.open("/konto/")
    ill.follow("Vertretung einrichten")
    colleague = ill.named("vertretung").locator("option", has_text=CLERK).get_attribute("value")
    ill.choose(ill.named("vertretung"), colleague or "")
    ill.fill(ill.named("bis"), in_a_week())
    ill.press("Vertretung einrichten")
    assert "Die Vertretung ist eingerichtet" in ill.text

    deputy = sign_in(visitor, CLERK)
    deputy.open("/vorgaenge/?wer=vertretung")
    deputy.leave_by(deputy.page.get_by_role("row").filter(has_text=nummer).get_by_role("link").first)
    until_read(deputy)
    deputy.press(re.compile("unstrittige"))
    judge_all(deputy)
    decide(deputy)
    assert "Wartet auf die zweite Zeichnung" in deputy.text

    head = sign_in(visitor, HEAD)
    head.open(deputy.visitor.path())
    confirmed(head, "Schlusszeichnen")
    head.press("Freigeben")
    head.press(re.compile(rf"Im Portal zustellen.*{nummer}"))
    read(citizen, mine)

    ill.open("/konto/")
    ill.press(re.compile("beenden"))


def in_a_week() -> str:
    """Return a day as a date field takes it."""
    return (timezone.localdate() + timedelta(days=7)).isoformat()


def nummer_of(weg: Weg) -> str:
    """Return the file number that the page shows."""
    found = re.search(r"[A-Z]{2}-\d{4}-\d+", weg.text)
    assert found is not None, weg.text
    return found[0]


def read(citizen: Weg, mine: str) -> None:
    """Read letter and explanation as the applicant."""
    citizen.open(mine)
    assert "Bescheid versandt" in citizen.text
    citizen.follow(re.compile("^Abrufen.*Bescheid"))
    letter = citizen.fetch(citizen.page.locator("main form:has(button:has-text('Abrufen'))"))
    assert "Sie erhalten Wohngeld in Höhe von" in words_of(letter)
    citizen.open(mine)
    citizen.follow("So kam die Entscheidung zustande")
    assert "WoGG" in citizen.text
    assert "Mensch" in citizen.text


def words_of(pdf: bytes) -> str:
    """Return what the first page of a PDF says."""
    return " ".join(PdfDocument(pdf)[0].get_textpage().get_text_range().split())

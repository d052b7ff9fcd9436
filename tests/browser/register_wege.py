"""Ways through the register in the browser: entering a system, classifying it, what people contribute, the release."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from tests.browser.weg import Weg, confirmed, give

if TYPE_CHECKING:
    from collections.abc import Mapping

ZWECK = "Liest, worum es in einer E-Mail an das Sozialamt geht, und schlägt vor, wer sie bekommt."
IDEE = {
    "name": "E-Mails im Sozialamt verteilen",
    "zweck": ZWECK,
    "problem": "E-Mails liegen oft zwei Tage, bis die richtige Person sie liest.",
}
ANGABEN = {
    "Zweck und Abwägung": {
        "lebensbereich": "soziales",
        "kennzahl": "Heute zwei Tage, Ende 2027 höchstens ein halber.",
        "ausschlussliste": "nein",
        "ohne_ki": "Ein Postfach je Sachgebiet. Viele kennen das Sachgebiet aber nicht.",
        "warum_ki": "Menschen schreiben in eigenen Worten. Ein falscher Vorschlag fällt beim Prüfen auf.",
        "wirtschaftlichkeit-0-jahr": "1",
        "wirtschaftlichkeit-0-kosten_mit_ki": "4000",
        "wirtschaftlichkeit-0-kosten_ohne_ki": "6500",
        "wirtschaftlichkeit-0-nutzen": "am selben Tag bei der richtigen Person",
    },
    "Menschen": {
        "nutzende": "Die Poststelle des Sozialamts.",
        "betroffene": "Menschen, die dem Sozialamt schreiben.",
        "besonders_betroffen": "Menschen mit wenig Deutsch; der Integrationsrat wurde gehört.",
        "alternative": "Anruf oder Brief.",
        "automatisierung": "1",
        "aufsicht": "Die Poststelle prüft jeden Vorschlag und leitet selbst weiter.",
        "arbeit": "Weniger Suchen nach Zuständigen.",
        "beschaeftigte_betroffen": "ja",
        "schulungsplan": "Eine Stunde vor dem Einsatz.",
    },
    "Technik": {
        "anbieter": "Sortierbar Beispiel GmbH (erfunden)",
        "modell": "Textklassifikation, Version 1",
        "betrieb": "eigen",
        "energie": "Geschätzt 0,01 Wh je E-Mail.",
    },
    "Daten": {
        "personenbezug": "ja",
        "daten-0-was": "E-Mails an das Sozialamt",
        "daten-0-herkunft": "Menschen, die schreiben",
        "daten-0-guete": "wie geschrieben",
        "daten-0-rechtsgrundlage": "Art. 6 Abs. 1 Buchst. e DSGVO",
        "rechtsgrundlage": "Erfüllung öffentlicher Aufgaben.",
        "speicherdauer": "Vorschläge werden nach 30 Tagen gelöscht.",
        "auftragsverarbeitung": "nicht_noetig",
        "kein_training": "ja",
    },
    "Risiken und Kontakt": {
        "risiken-0-risiko": "Eine E-Mail kommt an die falsche Stelle",
        "risiken-0-massnahme": "Prüfen jedes Vorschlags, Rückgabe an die Poststelle",
        "risiken-0-wer": "Poststelle",
        "beschwerde": "Über das Register, ohne Konto, oder beim Sozialamt.",
        "kontakt_email": "sozialamt@musterstadt.example",
    },
}
# What is true of this system; every other question of the interview is answered with no.
FAKTEN = {
    "technique": "ml",
    "inference": "ja",
    "domain": "none",
    "function": "route",
    "role": "deployer",
    "public_authority": "ja",
    "subject": "natural_person",
    "personal_data": "ja",
    "staff_affected": "ja",
}
MOST_PAGES = 15


def about(titel: str, of: str) -> re.Pattern[str]:
    """Return the name of a link or button that says hidden from the eye what it is about."""
    return re.compile(rf"^{titel} ?: ?{of}$")


def enter(clerk: Weg, answers: Mapping[str, str]) -> str:
    """Enter an idea and begin to examine it; returns the address of the entry."""
    clerk.open("/register/")
    clerk.follow("System oder Idee eintragen")
    for name, value in answers.items():
        give(clerk, name, value)
    clerk.press("Eintragen")
    entry = clerk.visitor.path()
    clerk.follow("Prüfung beginnen")
    clerk.press("Prüfung beginnen")
    return entry


def describe(clerk: Weg, groups: Mapping[str, Mapping[str, str]]) -> None:
    """State what the system is, group after group, beginning at its entry."""
    clerk.follow("Angaben")
    for titel, answers in groups.items():
        clerk.follow(about("Ändern", titel))
        for name, value in answers.items():
            give(clerk, name, value)
        clerk.press("Speichern")
        assert "Gespeichert." in clerk.text, clerk.text


def classify(officer: Weg, facts: Mapping[str, str]) -> None:
    """Answer the interview of the classification, page after page, and confirm it."""
    for taken in officer.page.locator("main input[type=radio][name^='v-'][value='nein']").all():
        officer.tick(taken)
    if officer.page.locator("main [name='aktion'][value='uebernehmen']").count():
        officer.press("Weiter")
    for _page in range(MOST_PAGES):
        if not officer.page.locator("main [name='aktion'][value='weiter']").count():
            break
        for name in asked(officer):
            give(officer, name, facts.get(name, "nein"))
        officer.quiet()
        officer.press("Weiter")
    officer.tick(officer.named("geprueft"))
    officer.press("Einstufen")
    assert "Eingestuft." in officer.text, officer.text


def asked(weg: Weg) -> list[str]:
    """Return the names of the questions on the page, in order."""
    fields = weg.page.locator("main :is(input, select):not([type=hidden]):visible")
    names: list[str] = fields.evaluate_all("all => [...new Set(all.map(field => field.name))]")
    return names


def today() -> str:
    """Return the day as one writes it."""
    return timezone.localdate().strftime("%d.%m.%Y")


def in_a_year() -> str:
    """Return the day after 365 days as one writes it."""
    return (timezone.localdate() + timedelta(days=365)).strftime("%d.%m.%Y")


def contribute(person: Weg, entry: str, was: str, **answers: str) -> None:
    """Give a declaration that is missing, led there by the entry."""
    person.open(entry)
    person.follow(about("Erledigen", was))
    for name, value in answers.items():
        give(person, name, value)
    person.press("Erklären")
    assert "Erklärt" in person.text, person.text


def fulfil_duties(person: Weg, entry: str) -> None:
    """Say of each duty that has no gate of its own what fulfils it."""
    for _duty in range(MOST_PAGES):
        person.open(f"{entry}pflichten/")
        link = person.page.locator("main a[href*='erklaerungen/pflicht/']").first
        if not link.count():
            return
        person.leave_by(link)
        give(person, "text", "Geprüft und festgehalten, siehe Akte.")
        person.press("Erklären")
    raise AssertionError(person.text)


def ask_for_release(person: Weg, entry: str) -> None:
    """Ask for the release of an entry to which nothing is missing."""
    person.open(entry)
    assert "Zur Freigabe fehlt nichts" in person.text, person.text
    person.follow("Freigabe beantragen")
    person.press("Freigabe beantragen")


def release(person: Weg, entry: str) -> None:
    """Release as a second person, who proves who they are where that is asked."""
    person.open(entry)
    person.follow("Freigeben")
    confirmed(person, "Freigeben")
    assert "Freigegeben." in person.text, person.text


def entry_named(person: Weg, name: str) -> str:
    """Open an entry by its name, as somebody of the office; returns its address."""
    person.open("/register/")
    person.follow(name)
    return person.visitor.path()


def suspend(person: Weg, name: str, text: str) -> None:
    """Stop the AI of an entry, and say why."""
    entry_named(person, name)
    person.follow("Aussetzen")
    give(person, "text", text)
    person.press("Aussetzen")
    assert "Die KI läuft nicht mehr" in person.text, person.text

"""Ways through an application in the browser."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

from leitplanke.base.documents.muster import load_muster, make_muster, typeset_muster
from tests.browser.weg import Weg, confirmed, give

if TYPE_CHECKING:
    from pathlib import Path


ANSCHRIFT = {"vorname": "Herta", "strasse": "Rosengasse 11", "plz": "12345", "ort": "Musterstadt"}
# A pensioner alone in a rented flat, as in content/musterstadt/belege/brandt.yaml.
ANGABEN = {
    "haushaltsmitglieder": "1",
    "mietenstufe": "3",
    "bruttokaltmiete_monat": "436,00",
    "alle_in_foerderungsfaehiger_ausbildung": "nein",
    "personen-0-einkommensart": "rente",
    "personen-0-bruttoeinkommen_jahr": "13301,04",
    "personen-0-zahlt_steuern": "nein",
    "personen-0-zahlt_krankenversicherung": "ja",
    "personen-0-zahlt_rentenversicherung": "nein",
}
BEWILLIGUNGSDAUER = "12"


def documents(folder: Path) -> dict[str, Path]:
    """Write the three documents of Herta Brandt: a scan, a DOCX and a PDF."""
    belege = resources.files("leitplanke.content") / "musterstadt" / "belege"
    made = {}
    for muster in load_muster(belege):
        if muster.datei in {"rentenbescheid-brandt-scan.pdf", "mietvertrag-brandt.docx"}:
            made[muster.art] = folder / muster.datei
            made[muster.art].write_bytes(make_muster(muster, belege))
    made["mietbescheinigung"] = folder / "mietbescheinigung-brandt.pdf"
    made["mietbescheinigung"].write_bytes(typeset_muster(MIETE, (belege / "beleg.typ").read_bytes()))
    return made


MIETE = {
    "stil": "raster",
    "titel": "Mietbescheinigung",
    "kopf": ["Hausverwaltung Eichhorn", "Am Markt 9, 12345 Musterstadt"],
    "an": ["Herta Brandt", "Rosengasse 11, 12345 Musterstadt"],
    "inhalt": [
        {"felder": [["Mieterin", "Herta Brandt"], ["Mietbeginn", "01.04.2009"], ["Anzahl der Personen", "1"]]},
        {
            "felder": [
                ["Grundmiete", "352,00 EUR"],
                ["Kalte Nebenkosten", "84,00 EUR"],
                ["Heizkosten", "71,00 EUR"],
                ["Gesamtmiete", "507,00 EUR"],
            ]
        },
    ],
}


def apply(weg: Weg, nachname: str, files: dict[str, Path], *, way: str = "portal") -> tuple[str, str]:
    """Apply for Wohngeld as somebody without an account; returns the address of the case and the access code."""
    weg.open("/antraege/")
    weg.follow("Wohngeld")
    weg.follow("Antrag jetzt stellen")
    weg.press("Ohne Konto beginnen")
    code = weg.page.locator(".lp-code__value").last.inner_text()
    weg.follow("Notiert, weiter")
    weg.follow(re.compile("Wer stellt den Antrag"))
    for name, text in {**ANSCHRIFT, "nachname": nachname}.items():
        weg.fill(weg.named(f"person-{name}"), text)
    weg.press("Speichern und weiter")
    answer_all(weg)
    weg.follow("Weiter zu den Unterlagen")
    for art, file in files.items():
        upload(weg, art, file)
    weg.press("Speichern und weiter")
    weg.tick(weg.page.locator(f"main input[name='weg'][value='{way}']"))
    if way == "portal":
        weg.fill(weg.named("email"), "herta.brandt@musterstadt.example")
    weg.press("Speichern und weiter")
    weg.tick(weg.named("richtig"))
    weg.press("Antrag jetzt stellen")
    return "/".join(weg.visitor.path().split("/")[:3]) + "/", code


def answer_all(weg: Weg) -> None:
    """Answer the questions, page after page, until none is left."""
    for _page in range(10):
        if weg.named("personen-offen").count():
            weg.press("Eintrag hinzufügen")
        asked = [name for name in ANGABEN if weg.named(name).count() and weg.named(name).is_visible()]
        if not asked:
            return
        for name in asked:
            give(weg, name, ANGABEN[name])
        weg.quiet()
        weg.press("Weiter")
    raise AssertionError(weg.text)


def upload(weg: Weg, art: str, file: Path) -> None:
    """Upload one document to what it proves; what is not asked for goes to the end of the page."""
    form = weg.page.locator(f"main form:has(input[type='hidden'][name='zu'][value='unterlage:{art}'])")
    if not form.count():
        weg.unfold(weg.page.locator("main details:has(select[name='zu']) > summary"))
        form = weg.page.locator("main form:has(select[name='zu'])")
    weg.attach(form.locator("input[name='dateien']"), [file])
    weg.leave_by(form.get_by_role("button", name=re.compile("^Hochladen")))


URTEILE = {
    "einstehensgemeinschaft": ("keine", "Sie lebt allein, im Mietvertrag steht nur sie."),
    "einkommensprognose": ("tragfaehig", "Die Rente läuft unverändert weiter."),
    "missbraeuchlich": ("nein", "Für Vermögen über dem Richtwert spricht nichts."),
    "bewilligungsdauer": (BEWILLIGUNGSDAUER, "Bei einer laufenden Rente ist nichts anderes zu erwarten."),
    "zahlung_an_vermieter": ("nein", "Sie zahlt ihre Miete regelmäßig selbst."),
    "vorlaeufige_zahlung": ("nein", "Es liegt alles vor, entschieden wird sofort."),
}


def examine_case(clerk: Weg, kennung: str) -> None:
    """Take up a case, confirm what is not in dispute, and make every judgement."""
    clerk.open(f"/vorgaenge/{kennung}/")
    take_up(clerk)


def take_up(clerk: Weg) -> None:
    """Do the same with the case that is open."""
    clerk.press("Bearbeitung beginnen")
    until_read(clerk)
    clerk.press(re.compile("unstrittige"))
    judge_all(clerk)


def until_read(clerk: Weg) -> None:
    """Wait until the worker has read the documents: what they say may be one more thing to confirm."""
    pages = clerk.pages
    for _attempt in range(120):
        if "wird gelesen" not in clerk.text:
            clerk.pages = pages  # waiting is not their work
            return
        clerk.page.wait_for_timeout(500)
        clerk.page.reload()
    raise AssertionError(clerk.text)


def judge_all(clerk: Weg) -> None:
    """Make the judgements that are open, each with words of its own."""
    nummer = (re.search(r"[A-Z]+-\d{4}-\d+", clerk.text) or [""])[0]
    for _judgement in URTEILE:
        if not clerk.named("begruendung").count():
            link = clerk.page.get_by_role("link", name="Urteil treffen")
            if not link.count():
                return
            clerk.leave_by(link.first)
        name = clerk.page.locator("main form[action*='/urteil/']").get_attribute("action") or ""
        wert, grund = URTEILE[name.rstrip("/").rsplit("/", 1)[1]]
        give(clerk, "wert", wert)
        # Reasons copied from another case are refused, so each names its own.
        clerk.fill(clerk.named("begruendung"), f"{nummer}: {grund}")
        clerk.press("Urteil festhalten")
        assert "Urteil festgehalten" in clerk.text, clerk.text


def decide(clerk: Weg, art: str = "bewilligung") -> None:
    """From the desk to a decision that was taken; proves who they are where that is asked."""
    clerk.follow("Entscheiden")
    give(clerk, "art", art)
    clerk.press("Bescheid entwerfen und ansehen")
    confirmed(clerk, re.compile("^Entscheiden"))

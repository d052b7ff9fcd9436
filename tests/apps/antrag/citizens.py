"""Somebody before a browser without JavaScript, who applies for something."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leitplanke.apps.antrag.models import Antrag

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Person

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PERSON = {
    "fuer": "selbst",
    "person-anrede": "Frau",
    "person-vorname": "Aylin",
    "person-nachname": "Demirel",
    "person-geburtsdatum": "3.4.1980",
    "person-strasse": "Weg 1",
    "person-plz": "12345",
    "person-ort": "Amtsstadt",
    "person-telefon": "030 123456",
    "person-email": "aylin@example.org",
    "person-iban": "DE02 1203 0000 0000 2020 51",
}
ANSWERS = {
    "haushaltsmitglieder": "1",
    "bruttokaltmiete_monat": "400,00",
    "mietenstufe": "3",
    "gesamteinkommen_monat": "900",
    "alle_in_foerderungsfaehiger_ausbildung": "nein",
    "vermoegen": "2000",
}


def upload(name: str = "miete.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


class Citizen:
    """A browser with cookies, and the page that is open."""

    def __init__(self, person: Person | None = None) -> None:
        self.client = Client()
        if person is not None:
            self.client.force_login(person)
        self.status, self.page, self.path = 0, "", ""

    def open(self, path: str) -> Citizen:
        return self._keep(self.client.get(path, follow=True), path)

    def send(self, path: str, data: dict[str, Any] | None = None) -> Citizen:
        return self._keep(self.client.post(path, data or {}, follow=True), path)

    def _keep(self, response: Any, path: str) -> Citizen:
        self.status = response.status_code
        self.page = response.content.decode() if "text/html" in response["Content-Type"] else ""
        self.path = response.redirect_chain[-1][0] if response.redirect_chain else path
        return self

    @property
    def text(self) -> str:
        """The page without markup."""
        main = self.page.partition("<main")[2].partition("</main>")[0]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())

    def hidden(self, name: str) -> str:
        return unescape(re.findall(rf'name="{name}" value="([^"]*)"', self.page)[0])

    def asks(self, name: str) -> bool:
        return f'name="{name}"' in self.page

    def begin(self, verfahren: str = "wohngeld") -> str:
        """Begin an application; returns its address."""
        path = f"/antraege/{verfahren}/beginnen/"
        self.open(path).send(path, {"kennung": self.hidden("kennung")})
        return "/".join(self.path.split("/")[:3]) + "/"

    def answer(self, path: str, answers: dict[str, str] | None = None) -> Citizen:
        """Answer every question that is asked, page after page."""
        known = ANSWERS if answers is None else answers
        self.open(path)
        for _page in range(20):
            if not re.search(r'name="stand"', self.page) or 'value="weiter"' not in self.page:
                break
            asked = set(re.findall(r'name="([a-z_]+)"', self.page))
            sent = {name: value for name, value in known.items() if name in asked}
            sent |= {f"{name}-offen": "unknown" for name in asked - known.keys() if f"{name}-offen" in self.page}
            self.send(path, {"stand": self.hidden("stand"), "aktion": "weiter", **sent})
        return self

    def apply(self) -> Antrag:
        """Fill in everything and hand in."""
        url = self.begin()
        self.send(f"{url}person/", PERSON)
        self.answer(f"{url}fragen/")
        self.send(f"{url}unterlagen/", {"zu": "unterlage:mietbescheinigung", "dateien": upload()})
        self.send(f"{url}zustellung/", {"weg": "portal"})
        self.send(f"{url}pruefen/", {"richtig": "on"})
        return Antrag.objects.unscoped("Test").get(kennung=url.split("/")[2])

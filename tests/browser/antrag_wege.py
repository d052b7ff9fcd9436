"""Ways through an application in the browser, with every click and keystroke counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

from leitplanke.base.documents.muster import load_muster, make_muster, typeset_muster
from tests.browser.axe import grave_findings, scrolls_sideways

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Visitor

MOST_TABS = 250
PATIENCE_MILLISECONDS = 60_000
ASKING_MILLISECONDS = 300  # a form asks 200 ms after the last change
LARGE, SMALL = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
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


@dataclass
class Weg:
    """Somebody on their way; counts what they must do with hand and keys.

    Attributes:
        clicks: presses of the pointer, including those that put the cursor into a field.
        keys: characters and keys typed.
        pages: pages that the server sent.
        seen: addresses of pages that were held against axe, without numbers.
    """

    visitor: Visitor
    examine: bool = False
    clicks: int = 0
    keys: int = 0
    pages: int = 0
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Count the pages that come; wait longer than for single pages, since documents are read meanwhile."""
        self.page.set_default_timeout(PATIENCE_MILLISECONDS)
        self.page.on("response", self._count)

    def _count(self, response: Any) -> None:
        request = response.request
        if request.is_navigation_request() and (response.status < 300 or response.status == 422):
            self.pages += request.resource_type == "document"

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.visitor.page

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.inner_text("main")

    def open(self, path: str) -> None:
        """Go to an address, as from a bookmark."""
        self.visitor.open(path)
        self.look()

    def look(self) -> None:
        """Hold the page against axe and sideways scrolling, large and small; a page of one kind once only."""
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "…", self.visitor.path())
        if not self.examine or kind in self.seen:
            return
        self.seen.add(kind)
        for size in (LARGE, SMALL):
            self.page.set_viewport_size(size)
            findings = "\n".join(grave_findings(self.visitor))
            assert not findings, f"{self.page.url}\n{findings}"
            assert not scrolls_sideways(self.page), f"{self.page.url}: breiter als {size['width']} px"
        self.page.set_viewport_size(LARGE)

    def leave_by(self, what: Locator) -> None:
        """Press something that leads to another page."""
        with self.page.expect_navigation():
            self.activate(what)
        self.look()

    def activate(self, what: Locator) -> None:
        """Press something."""
        what.click()
        self.clicks += 1

    def fetch(self, form: Locator) -> bytes:
        """Send a form that hands out a file, beside the browser, whose own viewer would load its parts."""
        token = form.locator("[name='csrfmiddlewaretoken']").input_value()
        headers = {"Referer": self.page.url}
        answer = self.page.context.request.post(self.page.url, form={"csrfmiddlewaretoken": token}, headers=headers)
        assert answer.ok, answer.status
        self.clicks += 1
        return answer.body()

    def press(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        """Press a button that leads on."""
        exact = isinstance(name, str)
        self.leave_by(self.page.locator(within).get_by_role("button", name=name, exact=exact).first)

    def follow(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        """Follow a link."""
        exact = isinstance(name, str)
        self.leave_by(self.page.locator(within).get_by_role("link", name=name, exact=exact).first)

    def fill(self, what: Locator, text: str) -> None:
        """Type into a field."""
        what.fill(text)
        self.clicks += 1
        self.keys += len(text)

    def tick(self, what: Locator) -> None:
        """Choose an answer."""
        what.check()
        self.clicks += 1

    def choose(self, what: Locator, value: str) -> None:
        """Choose from a list that folds down."""
        what.select_option(value)
        self.clicks += 2

    def unfold(self, what: Locator) -> None:
        """Open what is folded."""
        what.click()
        self.clicks += 1

    def attach(self, what: Locator, files: Sequence[Path]) -> None:
        """Choose files: the button, and the files in the window of the system."""
        what.set_input_files(files)
        self.clicks += 1 + len(files)

    def named(self, name: str) -> Locator:
        """Return the field of the form with this name."""
        return self.page.locator(f"main [name='{name}']").first

    def quiet(self) -> None:
        """Leave the last field and wait until what it asked of the server has come back."""
        self.page.evaluate("document.activeElement.blur()")
        self.page.wait_for_timeout(ASKING_MILLISECONDS)
        for _attempt in range(100):
            if not self.page.locator(".htmx-request").count():
                return
            self.page.wait_for_timeout(50)


class Tastenweg(Weg):
    """Somebody without a pointer: Tab, arrows, Enter and space do it all."""

    def reach(self, condition: str, what: Locator) -> None:
        """Press Tab until the condition holds for the element `what`, with `focus` as what has the focus."""
        test = f"(what) => {{ const focus = document.activeElement; return {condition}; }}"
        for _press in range(MOST_TABS):
            if what.evaluate(test):
                return
            self.press_key("Tab")
        raise AssertionError(f"{self.page.url}: mit der Tabulatortaste nicht erreicht: {what}")

    def press_key(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)
        self.keys += 1

    def activate(self, what: Locator) -> None:
        """Press something."""
        self.reach("focus === what", what)
        self.press_key("Enter")

    def fill(self, what: Locator, text: str) -> None:
        """Type into a field."""
        self.reach("focus === what", what)
        if what.input_value():
            self.press_key("Control+A")
        self.page.keyboard.type(text)
        self.keys += len(text)

    def tick(self, what: Locator) -> None:
        """Choose an answer: arrows move among radio buttons, which share one stop."""
        if what.get_attribute("type") == "checkbox":
            self.reach("focus === what", what)
            self.press_key("Space")
            return
        self.reach("focus.name === what.name", what)
        self.press_key("Space")
        for _press in range(20):
            if what.is_checked():
                return
            self.press_key("ArrowDown")
        raise AssertionError(f"{self.page.url}: nicht gewählt: {what}")

    def choose(self, what: Locator, value: str) -> None:
        """Choose from a list that folds down."""
        self.reach("focus === what", what)
        for _press in range(40):
            if what.input_value() == value:
                return
            self.press_key("ArrowDown")
        raise AssertionError(f"{self.page.url}: nicht in der Liste: {value}")

    def unfold(self, what: Locator) -> None:
        """Open what is folded."""
        self.reach("focus === what", what)
        self.press_key("Enter")

    def attach(self, what: Locator, files: Sequence[Path]) -> None:
        """Choose files; the window of the system is not ours to try."""
        self.reach("focus === what", what)
        what.set_input_files(files)
        self.keys += 1


def give(weg: Weg, name: str, value: str) -> None:
    """Give one answer, whatever kind of field it stands in."""
    what = weg.named(name)
    kind = what.evaluate("field => field.type")
    if kind == "radio":
        weg.tick(weg.page.locator(f"main input[name='{name}'][value='{value}']"))
    elif kind == "select-one":
        weg.choose(what, value)
    else:
        weg.fill(what, value)


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


def sign_in(
    visitor: Callable[..., Visitor], name: str, *, examine: bool = False, kind: type[Weg] = Weg, **options: Any
) -> Weg:
    """Return somebody of the office before their browser."""
    somebody = visitor(**options)
    somebody.sign_in(name)
    return kind(somebody, examine)


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


def confirmed(clerk: Weg, button: str | re.Pattern[str]) -> None:
    """Press what only somebody may who has just proved who they are."""
    clerk.press(button)
    if "/bestaetigen/" in clerk.visitor.path():
        clerk.press(re.compile("bestätigen$"))
        clerk.press(button)

"""Somebody applies for Wohngeld with three documents: with JavaScript, without it, and by keyboard alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004 - Playwright's own

from tests.browser.axe import grave_findings, scrolls_sideways

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FilePayload, Locator, Page

    from tests.browser.conftest import Visitor

SIZES = ({"width": 320, "height": 640}, {"width": 1280, "height": 900})
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n% "
)
CODE = re.compile(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}")
MOST_TABS = 150
KEY_PRESSES, CHOOSER_MILLISECONDS = 4, 8000
AFTER_A_CHANGE = 400  # milliseconds; pages wait half of that before they ask for a preview


def document(name: str) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF + name.encode()}


class Mouse:
    """Uses the page with the mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)
        self.settle(field)

    def choose(self, field: Locator) -> None:
        field.check()
        self.settle(field)

    def button(self, name: str) -> Locator:
        """Find a button; what only a screen reader says of it may be set apart by a blank."""
        return self.page.get_by_role("button", name=re.compile(f"^{re.escape(name).replace(':', ' ?:')}$"))

    def settle(self, field: Locator) -> None:
        """Leave the field, and wait for the preview on its way: htmx complains of one that is cut off."""
        if self.page.locator("form[hx-post]").count():
            field.blur()
            self.page.wait_for_timeout(AFTER_A_CHANGE)
            self.page.locator(".htmx-request").first.wait_for(state="detached")

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.button(name).first.click()

    def follow(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()

    def unfold(self, name: str | re.Pattern[str]) -> None:
        self.page.locator("summary", has_text=name).first.click()

    def attach(self, field: Locator, file: FilePayload) -> None:
        field.set_input_files(file)


class Keyboard(Mouse):
    """Uses the page by keys only."""

    def reach(self, target: Locator) -> None:
        """Press Tab until the target has the focus, and see that the focus can be seen."""
        target = target.first
        for _ in range(MOST_TABS):
            if target.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Mit der Tabulatortaste nicht erreichbar: {target}")

    def write(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.settle(field)

    def choose(self, field: Locator) -> None:
        # A group of radios is one stop of the Tab key; arrows go on from there.
        group = field.first.evaluate("e => e.type === 'radio' ? e.name : ''")
        if not group:
            self.reach(field)
            self.page.keyboard.press("Space")
            self.settle(field)
            return
        for _ in range(MOST_TABS):
            if self.page.evaluate("name => document.activeElement.name === name", group):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(10):
            if field.first.is_checked():
                self.settle(field.first)
                return
            self.page.keyboard.press("ArrowDown")
            self.page.wait_for_timeout(AFTER_A_CHANGE)
            self.page.locator(".htmx-request").first.wait_for(state="detached")
        raise AssertionError(f"Mit den Pfeiltasten nicht wählbar: {field}")

    def press(self, name: str) -> None:
        self.reach(self.button(name))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, name: str) -> None:
        self.reach(self.page.get_by_role("link", name=name, exact=True))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, name: str | re.Pattern[str]) -> None:
        self.reach(self.page.locator("summary", has_text=name))
        self.page.keyboard.press("Enter")

    def attach(self, field: Locator, file: FilePayload) -> None:
        for _ in range(KEY_PRESSES):
            self.reach(field)
            try:
                with self.page.expect_file_chooser(timeout=CHOOSER_MILLISECONDS) as chosen:
                    self.page.keyboard.press("Space")
            except TimeoutError:
                continue  # on a busy machine the browser now and then swallows the key; people press it again
            chosen.value.set_files(file)
            return
        raise AssertionError(f"Die Leertaste öffnet keine Dateiauswahl: {field}")


def usable(visitor: Visitor) -> None:
    """Hold the page that is open against axe and against sideways scrolling, small and large."""
    for size in SIZES:
        visitor.page.set_viewport_size(size)
        assert grave_findings(visitor) == [], visitor.path()
        assert not scrolls_sideways(visitor.page), visitor.path()


def answer_questions(hand: Mouse, examine: Callable[[], None]) -> None:
    """Answer page after page: what the short story knows, else that one does not know."""
    page = hand.page
    known = {"haushaltsmitglieder": "1", "mietenstufe": "3", "bruttokaltmiete_monat": "400", "vermoegen": "2000"}
    for _ in range(12):
        if not page.get_by_role("button", name="Weiter", exact=True).count():
            return
        examine()
        for question in page.locator(".lp-interview__form > .lp-question").all():
            field = question.locator("input:not([type=checkbox])").first
            name = field.get_attribute("name") or ""
            if name in known:
                hand.write(field, known[name])
            elif field.get_attribute("type") == "radio":
                hand.choose(question.get_by_label("Nein", exact=True))
            else:
                hand.choose(question.get_by_label("Weiß ich nicht", exact=True))
        if page.get_by_label("Weiß ich nicht", exact=True).count() and page.locator(".lp-list-question").count():
            hand.choose(page.locator(".lp-list-question").get_by_label("Weiß ich nicht", exact=True))
        hand.press("Weiter")


def apply_for_wohngeld(visitor: Visitor, hand: Mouse, examine: Callable[[], None]) -> tuple[str, str]:
    """Apply, from the catalogue to the receipt; returns file number and access code."""
    page = hand.page
    visitor.open("/antraege/")
    examine()
    hand.follow("Wohngeld")
    examine()
    hand.follow("Antrag jetzt stellen")
    examine()
    hand.press("Ohne Konto beginnen")
    examine()
    code = CODE.findall(page.inner_text("main"))[0]
    hand.follow("Notiert, weiter")
    examine()
    hand.follow("Weiter: Wer stellt den Antrag?")
    examine()
    for label, text in (("Vorname", "Aylin"), ("Nachname", "Muster"), ("Straße und Hausnummer", "Weg 1"),
                        ("Postleitzahl", "12345"), ("Ort", "Musterstadt")):  # fmt: skip
        hand.write(page.get_by_label(label, exact=True).first, text)
    hand.press("Speichern und weiter")
    answer_questions(hand, examine)
    hand.follow("Weiter zu den Unterlagen")
    examine()
    for name in ("mietbescheinigung.pdf", "nebenkosten.pdf"):
        if name == "nebenkosten.pdf":
            hand.unfold("Weitere Datei dazu")
        hand.attach(page.locator("#datei-mietbescheinigung"), document(name))
        hand.press("Hochladen: Mietbescheinigung")
    hand.unfold(re.compile("Hochladen ?: ?Andere Unterlage"))
    hand.attach(page.locator("#datei-andere"), document("anschreiben.pdf"))
    hand.press("Hochladen: Andere Unterlage")
    examine()
    hand.press("Speichern und weiter")
    examine()
    hand.choose(page.get_by_label("Mit der Post", exact=True))
    hand.press("Speichern und weiter")
    examine()
    for words in ("Aylin Muster", "400,00 EUR im Monat", "mietbescheinigung.pdf", "nebenkosten.pdf", "anschreiben.pdf"):
        assert words in page.inner_text("main")
    hand.choose(page.get_by_label("Ich habe alles geprüft.", exact=False))
    hand.press("Antrag jetzt stellen")
    examine()
    assert "Ihr Antrag ist eingegangen" in page.inner_text("main")
    number = re.findall(r"WG-\d{4}-\d{4}", page.inner_text("main"))[0]
    hand.follow("Zum Antrag")
    examine()
    assert "Wo der Antrag steht" in page.inner_text("main")
    return number, code


# Without JavaScript the whole way is walked in test_antrag_wege.py.
@pytest.mark.parametrize("way", ["maus", "tastatur"])
def test_citizen_applies_for_wohngeld_with_three_documents(visitor: Callable[..., Visitor], way: str) -> None:
    citizen = visitor()
    hand = Keyboard(citizen.page) if way == "tastatur" else Mouse(citizen.page)
    number, code = apply_for_wohngeld(citizen, hand, (lambda: usable(citizen)) if way == "maus" else (lambda: None))

    elsewhere = visitor()
    elsewhere.open("/antrag/fortsetzen/")
    elsewhere.page.get_by_label("Aktenzeichen oder Nummer des Entwurfs").fill(number)
    elsewhere.page.get_by_label("Zugangscode").fill(code)
    Mouse(elsewhere.page).press("Öffnen")
    assert number in elsewhere.page.inner_text("main")


def test_precheck_narrows_as_one_types_and_leads_to_the_application(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor()
    citizen.open("/antraege/wohngeld/vorab/")
    usable(citizen)
    page, result = citizen.page, citizen.page.locator(".lp-result__value")
    before = result.inner_text()
    for name, text in (("haushaltsmitglieder", "1"), ("mietenstufe", "3"), ("bruttokaltmiete_monat", "400")):
        Mouse(page).write(page.locator(f"[name={name}]"), text)
    result.filter(has_not_text=before).first.wait_for()
    assert before.startswith("voraussichtlich zwischen")
    Mouse(page).press("Antrag jetzt stellen")
    assert "3 Angaben aus der Vorprüfung sind übernommen" in page.inner_text("main")
    usable(citizen)


def test_somebody_without_time_secures_the_day(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor()
    citizen.open("/antraege/wohngeld/")
    hand: Any = Mouse(citizen.page)
    hand.follow("Erst einmal das Datum sichern")
    usable(citizen)
    citizen.page.get_by_label("Nachname").fill("Eilig")
    hand.press("Ich beantrage Wohngeld")
    usable(citizen)
    assert "Dieser Tag zählt." in citizen.page.inner_text("main")
    assert CODE.search(citizen.page.inner_text("main"))

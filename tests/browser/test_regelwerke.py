"""Regelwerke in the browser: from the first question to a result, and from a proposal to what holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import grave_findings, scrolls_sideways

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Visitor

RECHNER = "/regelwerke/musterzuschuss/rechner/"
SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})
RESULT = ".lp-result__value"


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def usable(visitor: Visitor) -> None:
    """Hold the page that is open against axe and against sideways scrolling, large and small."""
    for size in SIZES:
        visitor.page.set_viewport_size(size)
        assert grave_findings(visitor) == []
        assert not scrolls_sideways(visitor.page)
    visitor.page.set_viewport_size(SIZES[0])


def first_page(page: Page) -> None:
    page.get_by_label("Wie viele Personen leben in Ihrem Haushalt?").fill("2")
    page.get_by_label("Ich wohne zur Miete").check()
    page.get_by_label("Wann sind Sie eingezogen?").fill("1.3.2020")
    page.get_by_role("group", name="Hat jemand im Haushalt").get_by_label("Nein").check()


@pytest.mark.parametrize("java_script", [True, False], ids=["htmx", "ohne-javascript"])
def test_citizen_reckons_from_the_first_question_to_the_result(
    visitor: Callable[..., Visitor], java_script: bool
) -> None:
    citizen = visitor(java_script_enabled=java_script)
    citizen.open(RECHNER)
    page = citizen.page
    examine = usable if java_script else (lambda _visitor: None)
    examine(citizen)
    first_page(page)
    press(page, "Weiter")
    press(page, "Eintrag hinzufügen")
    page.get_by_label("Wann ist das Kind geboren?").fill("1.3.2018")
    examine(citizen)
    press(page, "Weiter")
    page.get_by_label("Wie hoch ist Ihre Miete im Monat?").fill("1.162,35")
    press(page, "Weiter")

    assert page.locator(RESULT).inner_text() == "180,00 EUR im Monat"
    assert "Hier wird nichts entschieden." in page.inner_text("main")
    page.get_by_text("Rechenweg ansehen").click()
    page.get_by_text(re.compile(r"Alle \d+ Schritte")).click()
    assert "§ 3 MZG" in page.locator("#rechenweg").inner_text()
    examine(citizen)


@pytest.mark.parametrize("java_script", [True, False], ids=["htmx", "ohne-javascript"])
def test_answers_that_contradict_each_other_can_be_changed(visitor: Callable[..., Visitor], java_script: bool) -> None:
    citizen = visitor(java_script_enabled=java_script)
    citizen.open("/regelwerke/wohngeld/rechner/")
    page = citizen.page
    page.get_by_label("Wie viele Personen gehören zu Ihrem Haushalt?").fill("1")
    page.get_by_label("Welche Mietenstufe").fill("3")
    page.get_by_label("Wie hoch ist die Miete im Monat").fill("500")
    page.get_by_role("group", name="Ausbildung").get_by_label("Nein").check()
    press(page, "Weiter")
    page.get_by_label("Es gibt keine").check()
    press(page, "Weiter")

    warning = page.locator("#widersprueche")
    assert "Ihre Angaben widersprechen sich" in warning.inner_text()
    assert "Mehr müssen wir nicht wissen" not in page.inner_text("main")
    if java_script:
        usable(citizen)
    press(page, "Haushaltsmitglieder ändern")
    assert page.get_by_label("Wie viele Personen gehören zu Ihrem Haushalt?").input_value() == "1"
    assert warning.is_visible()


def test_result_narrows_while_somebody_types(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor()
    citizen.open(RECHNER)
    before = citizen.page.locator(RESULT).inner_text()
    citizen.page.get_by_label("Ich wohne im Eigentum").check()
    citizen.page.locator(RESULT, has_text=re.compile(r"^0,00 EUR im Monat$")).wait_for()

    assert before.startswith("voraussichtlich zwischen")
    assert citizen.page.get_by_label("Ich wohne im Eigentum").is_checked()


def test_value_holds_only_after_a_second_person_released_it(visitor: Callable[..., Visitor]) -> None:
    clerk, second, citizen = visitor(), visitor(), visitor()
    clerk.sign_in("Dariusz Kowalczyk")
    clerk.open("/regelwerke/musterzuschuss/")
    clerk.page.locator("#behindertenzuschlag").get_by_role("link", name="Ändern").click()
    page = clerk.page
    page.wait_for_url("**/aendern/behindertenzuschlag/**")
    page.get_by_label("Gilt ab").fill("1.2.2025")
    page.get_by_label("Wert", exact=True).fill("44,50")
    page.get_by_label("Quelle").first.fill("Gesetz vom 1. Februar 2025")
    page.get_by_label("Grund der Änderung").first.fill("Erhöhung")
    page.get_by_label("Grund der Änderung").first.press("Tab")
    page.get_by_text("Geprüft: lässt sich laden, alle 3 Fälle stimmen").wait_for()
    usable(clerk)
    press(page, "Vorschlagen")
    assert "Freigeben muss sie eine zweite Person" in page.inner_text("main")
    citizen.open("/regelwerke/musterzuschuss/")
    assert "44,50 EUR im Monat" not in citizen.page.inner_text("#behindertenzuschlag")

    second.sign_in("Friederike Harmsen")
    second.page.get_by_role("link", name="Zuschlag bei Schwerbehinderung: neuer Wert").click()
    second.page.wait_for_url("**/aenderung/**")
    usable(second)
    press(second.page, "Freigeben")
    assert "Die Änderung gilt jetzt." in second.page.inner_text("main")
    citizen.open("/regelwerke/musterzuschuss/")
    assert "44,50 EUR im Monat" in citizen.page.inner_text("#behindertenzuschlag")

"""What people come for, from the first page to the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.people import FRAGE, ask

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Visitor

ABSEITS = "Wie viele Monde hat der Planet Jupiter?"
SATZUNG = """# Satzung über das Pfand für Laternenschlüssel

## Höhe des Pfandes

Das Pfand für einen Laternenschlüssel beträgt 37 Euro. Es wird bei der Rückgabe des Laternenschlüssels ausgezahlt.
"""


def test_citizen_gets_a_cited_answer_whose_citation_opens_the_passage(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor()
    citizen.open("/")
    ask(citizen.page, FRAGE)
    page = citizen.page

    assert "KI-Antwort" in page.inner_text("main")
    assert "wörtlich belegt" in page.inner_text("main")
    quote = page.locator(".lp-citation blockquote").first.inner_text().strip("„“ \n")
    page.get_by_role("link", name="Stelle im Dokument ansehen").first.click()
    page.wait_for_url("**/fassung/**")
    marked = page.locator("#stelle")
    assert marked.is_visible()
    assert squeezed(quote) in squeezed(" ".join(page.locator("main mark").all_inner_texts()))
    assert marked.evaluate("mark => document.activeElement === mark")
    page.wait_for_function(  # the page may glide there
        "() => { const place = document.getElementById('stelle').getBoundingClientRect();"
        " return place.top >= 0 && place.top <= window.innerHeight; }"
    )


def test_answer_leads_to_its_evidence(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor()
    citizen.open("/wissen/ki-leitlinie/")
    ask(citizen.page, FRAGE)
    # The clause of the guideline that the town adopted in the workshop.
    assert "3.1 Welche Werkzeuge erlaubt sind" in citizen.page.inner_text("main")
    citizen.page.get_by_role("link", name="Nachweis ansehen").click()
    citizen.page.wait_for_url(re.compile(r"/nachweis/"))

    assert "wissen.answered" in citizen.page.inner_text("main") or "Frage beantwortet" in citizen.page.inner_text(
        "main"
    )


def test_question_without_evidence_is_refused_kindly(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor()
    citizen.open("/wissen/dienstleistungen/")
    ask(citizen.page, ABSEITS)
    text = citizen.page.inner_text("main")

    assert "kein Beleg gefunden" in text
    assert "Hier steht es" not in text
    assert "(0 30) 23125 110" in text


def test_source_is_found_only_after_a_second_person_released_it(
    visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    file = tmp_path / "laternenschluessel.md"
    file.write_text(SATZUNG, encoding="utf-8")
    frage = "Wie hoch ist das Pfand für einen Laternenschlüssel?"
    clerk, second, citizen = visitor(), visitor(), visitor()

    clerk.sign_in("Dariusz Kowalczyk")
    clerk.open("/wissen/dienstleistungen/quellen/neu/")
    clerk.page.locator("input[type=file]").set_input_files(file)
    clerk.page.get_by_role("button", name="Hinzufügen").click()
    clerk.page.wait_for_url("**/quellen/")
    checking = open_when_read(clerk, "Satzung über das Pfand")
    assert not clerk.page.get_by_role("button", name="Freigeben").is_visible()
    citizen.open("/wissen/dienstleistungen/")
    ask(citizen.page, frage)
    assert "37 Euro" not in citizen.page.inner_text("main")

    second.sign_in("Friederike Harmsen")
    second.open(checking)
    assert "37 Euro" in second.page.inner_text("main")
    second.page.get_by_role("button", name="Freigeben").click()
    second.page.get_by_text("Freigegeben.").first.wait_for()

    for _attempt in range(30):
        citizen.open("/wissen/dienstleistungen/")
        ask(citizen.page, frage)
        if "37 Euro" in citizen.page.inner_text("main"):
            break
        citizen.page.wait_for_timeout(500)
    assert "37 Euro" in citizen.page.inner_text("main")


def open_when_read(person: Visitor, title: str) -> str:
    """Wait for the worker, then open the page where a source is checked; return its path."""
    for attempt in range(300):  # the worker may be busy with the vectors of the whole town
        person.open(f"/wissen/dienstleistungen/quellen/?seite={attempt % 2 + 1}")
        row = person.page.get_by_role("row").filter(has_text=title).filter(has_text="wartet auf Freigabe")
        if row.count():
            row.get_by_role("link").first.click()
            person.page.wait_for_url("**/pruefen/")
            return person.path()
        person.page.wait_for_timeout(300)
    raise AssertionError(person.page.inner_text("main"))


def test_everything_works_with_the_keyboard_alone(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor()
    citizen.open("/")
    page = citizen.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#inhalt"
    page.keyboard.press("Enter")
    tab_to(page, "document.activeElement.name === 'frage'")
    page.keyboard.type(FRAGE)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/antwort/" in page.url
    tab_to(page, "document.activeElement.textContent.includes('Stelle im Dokument ansehen')")
    outline = page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow"
    )
    assert outline != "nonenone"
    page.keyboard.press("Enter")
    page.wait_for_url("**/fassung/**")

    assert page.locator("#stelle").is_visible()


def tab_to(page: Page, condition: str) -> None:
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    raise AssertionError(f"Mit der Tabulatortaste nicht erreicht: {condition}")


def test_language_and_theme_stay_chosen(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor()
    citizen.open("/")
    citizen.page.get_by_role("button", name="English").click()
    citizen.page.locator("html[lang=en]").wait_for(state="attached")
    citizen.open("/wissen/")
    assert citizen.page.locator("html").get_attribute("lang") == "en"
    citizen.page.get_by_role("button", name="Deutsch").click()
    citizen.page.locator("html[lang=de]").wait_for(state="attached")
    citizen.page.get_by_role("button", name="Dunkle Darstellung").click()
    citizen.page.locator("html[data-kern-theme=dark]").wait_for(state="attached")
    citizen.open("/wissen/")

    assert citizen.page.locator("html").get_attribute("data-kern-theme") == "dark"


def test_pages_work_without_javascript(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor(java_script_enabled=False)
    citizen.open("/")
    ask(citizen.page, FRAGE)

    assert "wörtlich belegt" in citizen.page.inner_text("main")


def squeezed(text: str) -> str:
    return " ".join(text.split())

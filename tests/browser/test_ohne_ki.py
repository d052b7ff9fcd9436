"""A head stops the AI of a procedure, cases go on by hand, and two people open it again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.test_antrag_akte import usable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Visitor

ENTRY = "/register/antrag-sondernutzung/"
STOPPED = "Hier arbeitet gerade keine KI"


def step(visitor: Visitor, act: str, button: str, text: str = "") -> None:
    """Do an act at the entry."""
    visitor.open(f"{ENTRY}schritt/{act}/")
    if text:
        visitor.page.locator("main textarea").fill(text)
    pressed = visitor.page.get_by_role("button", name=button, exact=True)
    pressed.click()
    if "/bestaetigen/" in visitor.path():
        visitor.page.get_by_role("button", name=re.compile("bestätigen$")).click()
        pressed.click()
    expect(visitor.page.get_by_role("heading", level=2, name=button, exact=True)).to_have_count(0)


def test_cases_go_on_by_hand_while_the_ai_is_stopped_until_two_people_open_it_again(
    visitor: Callable[..., Visitor],
) -> None:
    head, clerk, ki = visitor(), visitor(), visitor()
    head.sign_in("Volker Ritterbusch")
    step(head, "aussetzen", "Aussetzen", "Maße aus Lageplänen wurden zweimal falsch gelesen.")
    clerk.sign_in("Kofi Amponsah")
    clerk.open("/vorgaenge/?stand=in_bearbeitung")
    link = clerk.page.locator("main a[href^='/vorgaenge/']").evaluate_all(
        "all => all.map(a => a.getAttribute('href')).find(href => /^.vorgaenge.[0-9a-f-]{36}.$/.test(href))"
    )
    clerk.open(str(link))
    expect(clerk.page.get_by_text(STOPPED)).to_be_visible()
    expect(clerk.page.locator("#ergebnis")).to_have_count(0)
    usable(clerk)
    clerk.page.get_by_role("link", name="Nach den Regeln rechnen").click()
    expect(clerk.page.locator("#ergebnis")).to_have_count(1)
    visitor().open("/antraege/sondernutzung/")
    ki.sign_in("Samira Haddad")
    for path in ("/register/inbetriebnahme/", "/register/inbetriebnahme/antrag-sondernutzung/"):
        ki.open(path)
        usable(ki)
    step(head, "beantragen", "Freigabe beantragen")
    step(ki, "freigeben", "Freigeben")
    clerk.open(str(link))
    expect(clerk.page.get_by_text(STOPPED)).to_have_count(0)

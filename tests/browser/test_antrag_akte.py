"""The desk of a case in Chromium: a clerk works by keyboard alone, and every state of the page is usable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.akte_fall import put_case
from tests.browser.axe import grave_findings, scrolls_sideways

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Visitor
    from tests.project.running import Running

CLERK = "Dariusz Kowalczyk"
SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})
MOST_TABS = 200
REASONS = "Nach Mietvertrag und Lohnabrechnung spricht in diesem Fall nichts dagegen: {}."


def usable(visitor: Visitor) -> None:
    """Hold the page that is open against axe and against sideways scrolling, large and small."""
    for size in SIZES:
        visitor.page.set_viewport_size(size)
        assert grave_findings(visitor) == []
        assert not scrolls_sideways(visitor.page)
    visitor.page.set_viewport_size(SIZES[0])


def focused(visitor: Visitor) -> str:
    """Return what has the focus: what it is called, else its name in the form; a region that scrolls says nothing."""
    script = """() => { const e = document.activeElement; if (e.matches("body, div, section, main")) return "";
        return [e.innerText, e.name,
        e.labels && e.labels[0] ? e.labels[0].innerText : "", e.getAttribute("aria-label")].join(" | "); }"""
    return str(visitor.page.evaluate(script))


def tab_to(visitor: Visitor, words: str) -> None:
    """Press the tab key until the focus is on what is called so."""
    for _press in range(MOST_TABS):
        visitor.page.keyboard.press("Tab")
        if re.search(words, focused(visitor)):
            return
    raise AssertionError(f"Mit der Tabulatortaste nicht zu erreichen: {words}")


def choose(visitor: Visitor, field: str, words: str) -> None:
    """Go into a group of radio buttons by tab, and to one of them by arrow, as browsers have it."""
    tab_to(visitor, rf"\b{field}\b")
    visitor.page.keyboard.press("Space")
    for _press in range(10):
        if re.search(words, focused(visitor)):
            return
        visitor.page.keyboard.press("ArrowDown")
    raise AssertionError(f"Mit den Pfeiltasten nicht zu erreichen: {words}")


def press(visitor: Visitor, words: str) -> None:
    """Go by keyboard to a link or button that leads to another page or place, and press it."""
    tab_to(visitor, words)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def main_text(visitor: Visitor) -> str:
    return visitor.page.inner_text("main")


def test_clerk_makes_a_case_ready_by_keyboard_alone(visitor: Callable[..., Visitor], house: Running) -> None:
    path = put_case(house)
    clerk = visitor()
    clerk.sign_in(CLERK)
    clerk.open(path)
    usable(clerk)
    press(clerk, "Bearbeitung beginnen")
    assert "In Bearbeitung" in main_text(clerk)

    assert "Eine Angabe ist zu klären" in main_text(clerk)
    press(clerk, "Jetzt klären")
    choose(clerk, "seite", "825,00")
    press(clerk, "Dieser Wert gilt")
    assert "Gespeichert." in main_text(clerk)
    usable(clerk)

    press(clerk, "unstrittigen bestätigen")
    assert "Angaben bestätigt" in main_text(clerk)

    for _judgement in range(8):
        if "Bereit zur Entscheidung" in main_text(clerk):
            break
        press(clerk, "^Urteil treffen")
        name = re.search(r"urteil=(\w+)", clerk.page.url)
        assert name is not None, main_text(clerk)
        usable(clerk)
        tab_to(clerk, r"\| wert \|")
        if clerk.page.evaluate("document.activeElement.type") == "radio":
            clerk.page.keyboard.press(
                "Space" if name[1] in {"einstehensgemeinschaft", "einkommensprognose"} else "ArrowDown"
            )
        else:
            clerk.page.keyboard.type("12")
        tab_to(clerk, "Begründung")
        clerk.page.keyboard.type(REASONS.format(name[1]))
        press(clerk, "Urteil festhalten")
    assert "Bereit zur Entscheidung" in main_text(clerk)
    usable(clerk)
    keys = clerk.page.eval_on_selector_all("[accesskey]", "all => all.map(one => one.accessKey)")
    assert len(keys) == len(set(keys))  # each key means one thing
    assert "w" in keys


def test_page_of_the_document_shows_beside_the_facts_where_a_value_stands(
    visitor: Callable[..., Visitor], house: Running
) -> None:
    path = put_case(house)
    clerk = visitor()
    clerk.sign_in(CLERK)
    clerk.open(path)
    page = clerk.page
    page.get_by_role("link", name="Mietvertrag", exact=True).first.click()
    page.wait_for_url(re.compile("stellen="))
    picture = page.locator(".ak-page")
    assert picture.evaluate("image => image.complete && image.naturalWidth === 1000")
    script = """image => { const c = document.createElement('canvas'); c.width = image.naturalWidth;
        c.height = image.naturalHeight; const g = c.getContext('2d'); g.drawImage(image, 0, 0);
        const d = g.getImageData(0, 0, c.width, c.height).data; let n = 0;
        for (let i = 0; i < d.length; i += 4) if (d[i] > 200 && d[i+1] > 200 && d[i+2] < 120) n++; return n; }"""
    with clerk.unwatched():
        assert picture.evaluate(script) > 200
    page.get_by_text("Text der Unterlage").click()
    assert page.locator(".ak-text mark").count() >= 1
    usable(clerk)


def test_every_page_of_a_case_is_usable_in_the_dark_and_without_javascript(
    visitor: Callable[..., Visitor], house: Running
) -> None:
    path = put_case(house)
    clerk = visitor(color_scheme="dark")
    clerk.sign_in(CLERK)
    for more in ("", "?angabe=bruttokaltmiete_monat", "?vermutet=fall", "nachweis/", "nachrichten/", "verlauf/"):
        clerk.open(path + more)
        usable(clerk)
    plain = visitor(java_script_enabled=False)
    plain.sign_in(CLERK)
    plain.open(path)
    plain.page.get_by_role("button", name="Bearbeitung beginnen").click()
    plain.page.get_by_role("link", name=re.compile("Ändern.*Verwertbares Vermögen")).click()
    plain.page.locator("[name='wert-vermoegen']").fill("viel")
    plain.watch.muted = True  # the browser calls the answer 422 a failure
    plain.page.get_by_role("button", name="Speichern").click()
    assert "„viel“ ist keine Zahl" in main_text(plain)
    assert plain.page.locator("[name='wert-vermoegen']").input_value() == "viel"


def test_in_reverse_mode_the_person_decides_before_the_rules_speak(
    visitor: Callable[..., Visitor], house: Running
) -> None:
    path = put_case(house, reverse=True)
    clerk = visitor()
    clerk.sign_in(CLERK)
    clerk.open(path)
    usable(clerk)
    assert "Berechnung bis jetzt" not in main_text(clerk)
    page = clerk.page
    page.get_by_label("Bewilligung", exact=True).check()
    page.get_by_label("Betrag in Euro").fill("200")
    page.get_by_label("Normen, auf die Sie sich stützen").fill("§ 19 WoGG")
    page.get_by_label("Begründung").fill("Die Miete ist angemessen.")
    page.get_by_role("button", name="Festhalten und Regeln zeigen").click()
    assert "Nicht genannte Norm" in main_text(clerk)
    assert "Berechnung bis jetzt" in main_text(clerk)
    usable(clerk)


def test_the_head_keeps_text_blocks(visitor: Callable[..., Visitor]) -> None:
    head = visitor()
    head.sign_in("Friederike Harmsen")
    head.open("/vorgaenge/textbausteine/")
    head.page.get_by_label("Für welches Urteil?").select_option(label="Wohngeld: Missbräuchliche Inanspruchnahme")
    head.page.get_by_label("Titel").fill("Richtwert")
    head.page.get_by_label("Text", exact=True).fill("Das Vermögen liegt unter dem Richtwert.")
    head.page.get_by_role("button", name="Speichern").click()
    head.page.get_by_role("link", name="Richtwert").wait_for()
    usable(head)

"""Steps of the ways through the workshop of the guideline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import openai
import pytest

from tests.browser.weg import Tastenweg, Weg, confirmed

if TYPE_CHECKING:
    from collections.abc import Collection

    from playwright.sync_api import Locator

NOT_YET = re.compile("^Das wissen wir noch nicht")
# The door sees within a second that somebody has read or was trained; a page takes much longer than a request.
MOST_PAGES = 100


def begin_with_questions(weg: Weg, title: str, left_open: str) -> str:
    """Answer the short questions as proposed but one, which stays open; returns the address of the draft."""
    weg.open("/amt/leitlinie/")
    weg.follow("Fassung beginnen")
    short = weg.page.get_by_role("region", name="Kurze Fragen")
    weg.fill(short.get_by_label("Name der Leitlinie"), title)
    weg.press("Mit den Fragen beginnen")
    open_question = weg.page.get_by_role("group", name=left_open)
    weg.tick(open_question.get_by_role("radio", name=NOT_YET))
    examine, weg.examine = weg.examine, False  # the other chapters are made like the first
    while weg.page.get_by_role("button", name="Speichern und weiter").count():
        weg.press("Speichern und weiter")
    weg.examine = examine
    weg.press("Speichern und Ergebnis ansehen")
    return weg.visitor.path()


def decide_by_keys(weg: Weg, option: str, says: str) -> None:
    """Choose an option on the page of a clause without a pointer; the words that follow from it show meanwhile."""
    keys = Tastenweg(weg.visitor)
    choice = keys.page.get_by_role("group", name="Entscheidung").get_by_role("radio", name=option, exact=True)
    keys.tick(choice)
    keys.page.get_by_role("complementary", name="Vorschau").get_by_text(says).first.wait_for()
    button = keys.page.get_by_role("button", name=re.compile("^(Aufnehmen|So entscheiden)$"))
    keys.leave_by(button)
    assert keys.clicks == 0


def give_to_offices(weg: Weg, draft: str, offices: set[str]) -> None:
    """Give a draft to these offices and no other."""
    weg.open(f"{draft}mitzeichnung/")
    _tick_only(weg, weg.page.get_by_role("group", name="Wer soll mitzeichnen?").get_by_role("checkbox"), offices)
    weg.press("Zur Mitzeichnung geben")
    assert "Die Stellen sind gefragt" in weg.text


def _tick_only(weg: Weg, boxes: Locator, names: Collection[str]) -> None:
    said = boxes.evaluate_all("boxes => boxes.map(box => [box.labels[0].innerText.trim(), box.checked])")
    assert set(names) <= {name for name, _on in said}
    for place, (name, on) in enumerate(said):
        if on != (name in names):
            weg.activate(boxes.nth(place))


def agree(weg: Weg, title: str) -> None:
    """Sign for one's office what waits on the start page."""
    weg.open("/")
    weg.follow(re.compile(re.escape(title)))
    weg.tick(weg.page.get_by_role("radio", name="Wir stimmen zu"))
    weg.press("Mitzeichnen")
    assert "Das ist festgehalten" in weg.text


def enter_adoption(weg: Weg, title: str, body: str) -> None:
    """Enter that what all agree to was adopted today and holds from today."""
    weg.open("/")
    weg.follow(re.compile(re.escape(title)))
    weg.fill(weg.page.get_by_label("Wer hat beschlossen?"), body)
    confirmed(weg, "Beschluss eintragen")
    assert "Der Beschluss ist eingetragen" in weg.text


def compare_only(weg: Weg, names: Collection[str]) -> None:
    """Put these guidelines side by side, and only what they say differently."""
    weg.open("/amt/leitlinie/vergleich/")
    choice = weg.page.get_by_role("group").filter(has=weg.page.get_by_text("Leitlinien wählen"))
    weg.unfold(choice.get_by_text("Leitlinien wählen"))
    _tick_only(weg, choice.get_by_role("checkbox"), names)
    weg.tick(weg.page.get_by_role("checkbox", name="nur Unterschiede"))
    weg.press("Vergleichen")


def record_training(weg: Weg, name: str, title: str) -> None:
    """Enter that somebody was trained today."""
    weg.open("/amt/leitlinie/schulungen/")
    who = weg.page.get_by_role("combobox", name="Wer?")
    weg.choose(who, who.get_by_role("option", name=re.compile(name)).get_attribute("value") or "")
    weg.fill(weg.page.get_by_label("Welche Schulung?"), title)
    weg.press("Eintragen")
    assert "Die Schulung ist eingetragen." in weg.text


def refusal(api: openai.OpenAI) -> dict[str, Any]:
    """Ask a model and return why it was not asked."""
    with pytest.raises(openai.PermissionDeniedError) as refused:
        ask(api)
    body = refused.value.body
    assert isinstance(body, dict)
    return body


def ask(api: openai.OpenAI) -> str:
    """Ask a model; returns what it says."""
    answer = api.chat.completions.create(model="auto", messages=[{"role": "user", "content": "Guten Tag"}])
    return answer.choices[0].message.content or ""


def clause_after(weg: Weg, api: openai.OpenAI, before: str) -> str:
    """Ask between pages until it ends otherwise than before; returns the clause that stops the call, "" for none."""
    for _page in range(MOST_PAGES):
        now = ""
        try:
            ask(api)
        except openai.PermissionDeniedError as refused:
            now = str(refused.body["clause"]) if isinstance(refused.body, dict) else ""
        if now != before:
            return now
        weg.page.reload()
    raise AssertionError(f"Nach {MOST_PAGES} Seiten endet der Aufruf noch wie vorher: {before or 'mit einer Antwort'}")

"""Ways of a guideline: from nothing to the first call it stops, five towns side by side, and what changed since."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import openai
import pytest

from tests.browser.gateway_wege import own_key
from tests.browser.leitlinie_wege import (
    agree,
    ask,
    begin_with_questions,
    clause_after,
    compare_only,
    decide_by_keys,
    enter_adoption,
    give_to_offices,
    record_training,
    refusal,
)
from tests.browser.small_towns import CLERK, COUNCIL, HEAD, OFFICER, PROTECTION, PURPOSE, TITLE, found_small_towns
from tests.browser.weg import sign_in
from tests.project.running import ALTDORF, NEUDORF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.browser.conftest import Visitor
    from tests.project.running import Running

ORDER = "Dienstanweisung KI der Gemeinde Neudorf"
WHOM = "Für wen gilt es: Beschäftigte, Eigenbetriebe, Rat, Dienstleister?"
TOWNS = ["Dortmund", "Essen", "Kiel", "Stuttgart", "Wien"]


@pytest.fixture(scope="module")
def towns(house: Running) -> None:
    found_small_towns(house)


@pytest.fixture
def clients() -> Iterator[contextlib.ExitStack]:
    with contextlib.ExitStack() as stack:
        yield stack


def client(house: Running, secret: str) -> openai.OpenAI:
    """Return a program of somebody in Neudorf; only browsers know where names under `localhost` are."""
    host = house.url.removeprefix("http://").replace("127.0.0.1", NEUDORF)
    return openai.OpenAI(base_url=f"{house.url}/v1", api_key=secret, max_retries=0, default_headers={"Host": host})


@pytest.mark.usefixtures("towns")
def test_small_town_adopts_a_guideline_and_its_first_call_is_stopped_by_a_clause(
    visitor: Callable[..., Visitor], house: Running, clients: contextlib.ExitStack
) -> None:
    officer, clerk = (sign_in(visitor, name, host=NEUDORF, examine=True) for name in (OFFICER, CLERK))
    secret, _number = own_key(clerk, PURPOSE)
    api = clients.enter_context(client(house, secret))
    assert ask(api) == "Guten Tag"

    draft = begin_with_questions(officer, ORDER, left_open=WHOM)
    assert "So lässt sich die Fassung nicht beschließen" in officer.text
    officer.leave_by(officer.page.get_by_role("region", name="Was fehlt").get_by_role("link").first)
    decide_by_keys(officer, "Nur Beschäftigte", "Geben Sie Ihren Zugang niemandem weiter.")
    officer.open(f"{draft}BB53/")
    decide_by_keys(officer, "Mit einer kurzen Liste zum Ankreuzen am Bildschirm", "Zugang erst nach Bestätigung")
    officer.open(draft)
    assert "Nichts hindert den Beschluss." in officer.text
    give_to_offices(officer, draft, {"Datenschutz", "Personalvertretung"})
    agree(sign_in(visitor, PROTECTION, host=NEUDORF, examine=True), ORDER)
    agree(sign_in(visitor, COUNCIL, host=NEUDORF), ORDER)
    enter_adoption(sign_in(visitor, HEAD, host=NEUDORF), ORDER, "Der Rat der Gemeinde Neudorf")

    untrained = clause_after(clerk, api, "")
    why = refusal(api)
    assert why["clause"] == untrained
    assert why["code"] == "leitlinie_require_training"
    clerk.page.goto(why["clause_url"])
    clerk.look()
    assert why["message"] in clerk.text
    record_training(officer, CLERK, "Grundschulung KI")
    unread = clause_after(clerk, api, untrained)
    why = refusal(api)
    assert (why["clause"], why["code"]) == (unread, "leitlinie_require_acknowledgement")
    clerk.page.goto(why["clause_url"])
    assert f"Regel {unread} der KI-Leitlinie, Fassung 1" in clerk.text
    clerk.follow("Leitlinie jetzt lesen und bestätigen")
    clerk.press("Ich habe das gelesen")
    assert clause_after(clerk, api, unread) == ""
    assert ask(api) == "Guten Tag"


def test_five_guidelines_stand_side_by_side_with_sources(visitor: Callable[..., Visitor]) -> None:
    somebody = sign_in(visitor, "Matteo Lindholm", examine=True)
    compare_only(somebody, TOWNS)
    table = somebody.page.get_by_role("region", name="Vergleich").get_by_role("table")
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert [head.split("\n")[0].strip() for head in heads] == ["Frage", *TOWNS]
    questions = table.get_by_role("row").filter(has=somebody.page.get_by_role("cell"))
    different = questions.filter(has_text="verschieden")
    assert different.count() == questions.count() >= 3
    says = different.first.get_by_role("cell").filter(has_not_text="nichts bekannt")
    options = {cell.inner_text().split("\n")[0] for cell in says.all()}
    assert len(options) >= 2
    source = says.first.get_by_role("link", name=re.compile("^Quelle 1: ")).first
    assert re.match("https?://", source.get_attribute("href") or "")


@pytest.mark.usefixtures("towns")
def test_employees_read_what_changed_word_by_word_and_confirm_again(visitor: Callable[..., Visitor]) -> None:
    clerk = sign_in(visitor, CLERK, host=ALTDORF, examine=True)
    clerk.open("/")
    assert "Lesen und bestätigen" not in clerk.text
    head = sign_in(visitor, HEAD, host=ALTDORF, examine=True)
    enter_adoption(head, f"{TITLE}, Fassung 2", "Der Rat der Gemeinde Altdorf")

    clerk.open("/")
    assert "Die KI-Leitlinie hat sich geändert" in clerk.text
    clerk.follow("Lesen und bestätigen")
    changed = clerk.page.get_by_role("heading", name=re.compile("Erst lernen, dann nutzen geändert"))
    assert changed.count() == 1
    assert clerk.page.locator("main .lo-changes > li").count() == 1
    assert [mark.inner_text().split()[-1] for mark in clerk.page.get_by_role("deletion").all()] == ["60", "60"]
    assert [mark.inner_text().split()[-1] for mark in clerk.page.get_by_role("insertion").all()] == ["90", "90"]
    clerk.press("Ich habe das gelesen")
    assert "Sie haben diese Fassung gelesen" in clerk.text
    clerk.open("/")
    assert "Lesen und bestätigen" not in clerk.text

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
    decide_by_keys,
    enter_adoption,
    give_to_offices,
    record_training,
    refusal,
)
from tests.browser.neudorf import CLERK, COUNCIL, HEAD, NEUDORF, OFFICER, PROTECTION, PURPOSE, found_neudorf
from tests.browser.weg import Weg, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.browser.conftest import Visitor
    from tests.project.running import Running

TITLE = "Dienstanweisung KI der Gemeinde Neudorf"
WHOM = "Für wen gilt es: Beschäftigte, Eigenbetriebe, Rat, Dienstleister?"


@pytest.fixture(scope="module")
def town(house: Running) -> None:
    """Let Neudorf be there, with people and a model, without a guideline."""
    found_neudorf(house)


@pytest.fixture
def clients() -> Iterator[contextlib.ExitStack]:
    with contextlib.ExitStack() as stack:
        yield stack


def client(house: Running, secret: str) -> openai.OpenAI:
    """Return a program of somebody in Neudorf; only browsers know where names under `localhost` are."""
    host = house.url.removeprefix("http://").replace("127.0.0.1", NEUDORF)
    return openai.OpenAI(
        base_url=f"{house.url}/v1", api_key=secret, max_retries=0, default_headers={"Host": host}
    )


@pytest.mark.usefixtures("town")
def test_small_town_adopts_a_guideline_and_its_first_call_is_stopped_by_a_clause(
    visitor: Callable[..., Visitor], house: Running, clients: contextlib.ExitStack
) -> None:
    officer, clerk = (sign_in(visitor, name, host=NEUDORF, examine=True) for name in (OFFICER, CLERK))
    secret, _number = own_key(clerk, PURPOSE)
    api = clients.enter_context(client(house, secret))
    assert ask(api) == "Guten Tag"

    draft = begin_with_questions(officer, TITLE, WHOM)
    assert "So lässt sich die Fassung nicht beschließen" in officer.text
    officer.leave_by(officer.page.get_by_role("region", name="Was fehlt").get_by_role("link").first)
    decide_by_keys(officer, "Nur für die Beschäftigten der Verwaltung", "Beschäftigten")
    officer.open(f"{draft}BB53/")
    decide_by_keys(officer, "Mit einer kurzen Liste zum Ankreuzen am Bildschirm", "Zugang erst nach Bestätigung")
    officer.open(draft)
    assert "Nichts hindert den Beschluss." in officer.text

    give_to_offices(officer, draft, {"Datenschutz", "Personalrat"})
    for name in (PROTECTION, COUNCIL):
        agree(sign_in(visitor, name, host=NEUDORF), TITLE)
    enter_adoption(sign_in(visitor, HEAD, host=NEUDORF), TITLE, "Der Rat der Gemeinde Neudorf")

    first = clause_after(clerk, api, "")
    stopped = refusal(api)
    assert stopped["clause"] == first
    clerk.visitor.page.goto(stopped["clause_url"])
    clerk.look()
    assert stopped["message"] in clerk.text

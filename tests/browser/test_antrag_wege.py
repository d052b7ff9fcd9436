"""An application from the first page to the Bescheid that was read: citizen, clerk, a second person, the law kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.antrag_wege import (
    Weg,
    apply,
    confirmed,
    decide,
    documents,
    examine_case,
    give,
    judge_all,
    sign_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.conftest import Visitor

CLERK, COLLEAGUE, HEAD, CITIZEN = "Dariusz Kowalczyk", "Thi Lan Nguyen", "Friederike Harmsen", "Aylin Demirel"
NEEDED = ("mietbescheinigung", "rentenbescheid", "mietvertrag")


@pytest.fixture(scope="module")
def belege(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The three documents of a pensioner: PDF, scan and DOCX."""
    made = documents(tmp_path_factory.mktemp("belege"))
    return {art: made[art] for art in NEEDED}


def second_signature(visitor: Callable[..., Visitor], wanted: str) -> None:
    """Let the head say whether a second person signs every decision on Wohngeld."""
    head = sign_in(visitor, HEAD)
    head.open("/vorgaenge/verfahren/wohngeld/")
    give(head, "zeichnung", wanted)
    head.press("Speichern")


@pytest.fixture
def two_sign(visitor: Callable[..., Visitor]) -> object:
    """A second person signs everything; afterwards it is as the procedure has it again."""
    second_signature(visitor, "immer")
    yield
    second_signature(visitor, "vorgabe")


@pytest.mark.usefixtures("two_sign")
@pytest.mark.parametrize("java_script", [True, False], ids=["mit-javascript", "ohne-javascript"])
def test_wohngeld_from_the_application_to_the_letter_that_was_read(
    visitor: Callable[..., Visitor], belege: dict[str, Path], java_script: bool
) -> None:
    citizen = Weg(visitor(java_script_enabled=java_script), examine=java_script)
    mine, _code = apply(citizen, f"Brandt{java_script:d}", belege)
    assert "Ihr Antrag ist eingegangen" in citizen.text
    kennung = mine.split("/")[2]

    clerk = sign_in(visitor, CLERK, examine=java_script, java_script_enabled=java_script)
    examine_case(clerk, kennung)
    assert "Bereit zur Entscheidung" in clerk.text
    decide(clerk)
    assert "Wartet auf die zweite Zeichnung" in clerk.text
    assert not clerk.page.get_by_role("button", name="Schlusszeichnen").count()

    second = sign_in(visitor, COLLEAGUE, examine=java_script, java_script_enabled=java_script)
    second.open(clerk.visitor.path())
    confirmed(second, "Schlusszeichnen")
    assert "Geprüft: Alles steht auf Nachweis, Vorgang und Recht" in second.text
    second.press("Freigeben")
    assert second.visitor.path() == "/vorgaenge/ausgang/"
    second.press(re.compile(rf"Im Portal zustellen.*{nummer_of(citizen)}"))
    assert "Abgang vermerkt" in second.text

    read(citizen, mine)


def nummer_of(weg: Weg) -> str:
    """Return the file number that the page shows."""
    found = re.search(r"[A-Z]{2}-\d{4}-\d+", weg.text)
    assert found is not None, weg.text
    return found[0]


def read(citizen: Weg, mine: str) -> None:
    """Read letter and explanation as the applicant."""
    citizen.open(mine)
    assert "Bescheid versandt" in citizen.text
    citizen.follow(re.compile("Bescheid über Wohngeld"))
    assert "Sie erhalten Wohngeld in Höhe von" in citizen.text
    citizen.open(f"{mine}erklaerung/")
    text = citizen.text
    assert "WoGG" in text
    assert "Mensch" in text

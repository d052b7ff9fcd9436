"""The last page of an interview, as the areas that use it show it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.template.loader import render_to_string

import leitplanke
from leitplanke.base.interview.flow import Walk
from leitplanke.base.interview.state import State
from leitplanke.core.rules import Engine, load

FOLDER = Path(leitplanke.__file__).parent / "content" / "fachverfahren" / "wohngeld"
FACTS = {"haushaltsmitglieder": 1, "mietenstufe": 3, "bruttokaltmiete_monat": "500",
         "alle_in_foerderungsfaehiger_ausbildung": "nein"}  # fmt: skip
NOBODY: dict[str, Any] = {**FACTS, "personen": []}


@cache
def wohngeld() -> Engine:
    return Engine(load(FOLDER))


def shown(facts: dict[str, Any], **more: Any) -> str:
    walk = Walk(wohngeld(), State("probe", on=date(2026, 1, 1), facts=facts))
    page = walk.page()
    assert page.form is None
    assert page.list is None
    return render_to_string("interview/_fragen.html", {"seite": page, "panel": page.panel, **more})


def test_contradiction_takes_the_place_of_the_end() -> None:
    page = shown(NOBODY)
    assert "Bitte prüfen Sie diese Angaben" in page
    assert "Mehr müssen wir nicht wissen" not in page


@pytest.mark.parametrize("facts", [NOBODY, {**FACTS, "personen": {"status": "unknown"}}])
def test_way_on_stays_open_where_answers_contradict_each_other(facts: dict[str, Any]) -> None:
    page = shown(facts, ende=engines["django"].from_string("<p>Weiter zu den Unterlagen</p>").template)
    assert "Weiter zu den Unterlagen" in page
    assert ("Bitte prüfen Sie diese Angaben" in page) is (facts is NOBODY)


def test_form_of_an_application_says_that_one_may_go_on_all_the_same() -> None:
    page = shown(NOBODY, ende="antrag/buerger/_fragen_ende.html", weiter_url="/weiter/")
    assert "Können Sie es nicht klären?" in page
    assert "Mehr müssen wir nicht wissen" not in page
    assert 'href="/weiter/"' in page

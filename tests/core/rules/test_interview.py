"""What an interview asks next."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leitplanke.core.rules import Engine, load
from leitplanke.core.rules.interview import REFUSED, UNKNOWN, Interview, names_behind

FOLDER = Path(__file__).resolve().parents[2] / "regelwerke" / "musterzuschuss"
DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load(FOLDER, ebene="musterstadt"))


def after(engine: Engine, facts: dict[str, Any]) -> Interview:
    return Interview(engine.evaluate(facts, on=DAY), facts)


def names(questions: Any) -> list[str]:
    return [question.name for question in questions]


def test_first_page_is_a_handful_in_the_order_of_the_regelwerk(engine: Engine) -> None:
    interview = after(engine, {})

    assert names(interview.group) == ["personen_im_haushalt", "wohnung", "einzug_am", "behinderung"]
    assert not interview.done


def test_fact_that_settles_everything_ends_the_interview(engine: Engine) -> None:
    interview = after(engine, {"wohnung": "eigentum"})

    assert interview.done
    assert interview.result.values["zuschuss_monat"] == "0.00"
    assert interview.avoided == 6


def test_list_is_a_page_of_its_own(engine: Engine) -> None:
    assert names(after(engine, {"wohnung": "miete"}).group) == ["kinder"]


@pytest.mark.parametrize("answer", [UNKNOWN, REFUSED])
def test_unknown_and_refused_facts_are_not_asked_again(engine: Engine, answer: Any) -> None:
    interview = after(engine, {"wohnung": answer, "kinder": answer})

    assert {"wohnung", "kinder"} & set(names(interview.pending)) == set()
    assert names(interview.declined) == ["wohnung", "kinder"]


def test_unknown_field_of_an_item_is_not_asked_again(engine: Engine) -> None:
    facts = {"wohnung": "miete", "kinder": [{"geboren_am": UNKNOWN}]}

    assert "kinder" not in names(after(engine, facts).pending)
    assert "kinder" in names(after(engine, {"wohnung": "miete", "kinder": [{}]}).pending)


def test_presumed_fact_is_offered_and_never_demanded(engine: Engine) -> None:
    interview = after(engine, {})

    assert names(interview.presumed) == ["eigener_anteil"]
    assert not interview.presumed[0].required
    assert "eigener_anteil" not in names(interview.pending)


def test_judgements_are_never_asked(engine: Engine) -> None:
    facts: dict[str, Any] = {}
    asked: set[str] = set()
    interview = after(engine, facts)
    while not interview.done:
        asked |= set(names(interview.group))
        facts = facts | dict.fromkeys(names(interview.group), UNKNOWN)
        interview = after(engine, facts)

    assert interview.result.judgements == ("haertefall",)
    assert asked & engine.regelwerk.ermessen.keys() == set()


def test_names_behind_a_rule_reach_through_rules_and_lists(engine: Engine) -> None:
    assert {"miete_monat", "kinder", "geboren_am"} <= names_behind(engine.regelwerk, "zuschuss_monat")
    assert "kinder" not in names_behind(engine.regelwerk, "anrechenbare_miete_monat")

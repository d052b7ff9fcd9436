"""Conditions in plain German."""

from __future__ import annotations

from importlib import resources
from itertools import product
from pathlib import Path

import pytest

from leitplanke.core.guideline.writing.conditions import (
    ALL,
    ONE,
    Part,
    Said,
    Together,
    condition_words,
)
from leitplanke.core.policy import FACTS, load_profile


def condition_lines(condition: str) -> tuple[str, ...]:
    """Return a condition as lines of text; what belongs under a line is moved in by two spaces."""
    return tuple(lines(condition_words(condition), ""))


def lines(part: Part, margin: str) -> list[str]:
    if isinstance(part, Said):
        return [margin + part.text]
    inner = [line for one in part.parts for line in lines(one, margin + "  ")]
    return [margin + part.title, *inner]


def test_and_or_and_not_become_lists_of_sentences() -> None:
    found = condition_lines('schritt == "entscheidung" and ausloeser == "modell" and (betrifft_buerger or hochrisiko)')
    assert found == (
        ALL, "  Eine Entscheidung steht an.", "  Ein KI-Modell löst das aus.", f"  {ONE}",
        "    Bürgerinnen oder Bürger sind betroffen.", "    Das System hat ein hohes Risiko.",
    )  # fmt: skip


def test_the_opposite_of_a_list_is_said_the_other_way_round() -> None:
    assert condition_lines("not (bilder and hochrisiko)") == (
        ONE, "  Ein Bild ist nicht dabei.", "  Das System hat kein hohes Risiko.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("automatisierungsstufe > 1", "über 1"),
        ("1 < automatisierungsstufe", "über 1"),
        ("not (automatisierungsstufe > 1)", "höchstens 1"),
        ('schritt != "modellaufruf"', "Nicht: Eine Anfrage soll an ein KI-Modell gehen."),
        ('not (schritt != "modellaufruf")', "Eine Anfrage soll an ein KI-Modell gehen."),
    ],
)
def test_comparisons_say_the_same_however_they_are_written(condition: str, words: str) -> None:
    assert condition_lines(condition)[0].endswith(words if words.startswith(("Nicht", "Eine")) else f"{words}.")


def test_every_shipped_condition_and_every_fact_has_words() -> None:
    for clause in load_profile(Path(str(resources.files("leitplanke"))) / "content/leitlinien/standard").clauses:
        assert condition_lines(clause.condition)
    for name, fact in FACTS.items():
        if fact.kind == "ja_nein":
            assert condition_lines(name) != condition_lines(f"not {name}")


def truth(part: Part, facts: dict[str, bool]) -> bool:
    """Return whether words are so, reading them as a person would."""
    if isinstance(part, Together):
        return (all if part.title == ALL else any)(truth(one, facts) for one in part.parts)
    assert isinstance(part, Said)
    told = {
        condition_lines(text)[0]: (name, so) for name in facts for text, so in ((name, True), (f"not {name}", False))
    }
    name, so = told[part.text]
    return facts[name] is so


def test_the_words_are_true_exactly_where_the_condition_is() -> None:
    condition = "not (bilder and not (hochrisiko or ermessen)) and (ermessen or not bilder)"
    part = condition_words(condition)
    for bilder, hochrisiko, ermessen in product((True, False), repeat=3):
        expected = not (bilder and not (hochrisiko or ermessen)) and (ermessen or not bilder)
        assert truth(part, {"bilder": bilder, "hochrisiko": hochrisiko, "ermessen": ermessen}) is expected

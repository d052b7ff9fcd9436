"""Changing the text of a file without touching the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leitplanke.core.rules import load_texts
from leitplanke.core.rules.editing import EditingError, NewValue, changed_lines, texts_of, with_texts, with_value

FOLDER = Path(__file__).resolve().parents[2] / "regelwerke" / "musterzuschuss"
TEXTS = {file.relative_to(FOLDER).as_posix(): file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.yaml")}
RULES = TEXTS["regeln.yaml"]
TABLE = {"1": "440", "2": "540", "3": "650", "4": "750"}


@pytest.mark.parametrize(
    ("name", "wert"), [("hoechstmiete", TABLE), ("foerdersatz", "27.5"), ("behindertenzuschlag", "45")]
)
def test_new_value_is_one_line_more_and_loads(name: str, wert: str | dict[str, str]) -> None:
    text = with_value(RULES, name, NewValue(date(2027, 1, 1), wert, 'Gesetz: „A“ "B"', bekannt_seit=date(2026, 11, 1)))
    regelwerk = load_texts({**TEXTS, "regeln.yaml": text}, ebene="musterstadt")

    newest = max(regelwerk.parameter[name].werte, key=lambda one: one.geltung.ab)
    assert newest.geltung.ab == date(2027, 1, 1)
    assert len([line for line in changed_lines(RULES, text) if line[0] == "+"]) == 1


def test_corrected_text_changes_nothing_else() -> None:
    text = with_texts(RULES, "hoechstmiete", {"titel.de": 'Höchste "Miete": neu'})

    assert texts_of(text, "hoechstmiete")["titel.de"] == 'Höchste "Miete": neu'
    assert [sign for sign, _line in changed_lines(RULES, text) if sign in "+-"] == ["-", "+"]


def test_folded_text_is_replaced_as_a_whole() -> None:
    source = "angaben:\n  a:\n    frage:\n      de: >-\n        lang\n        und breit\n      en: short\n    norm: x\n"
    text = with_texts(source, "a", {"frage.de": "kurz"})

    assert texts_of(text, "a") == {"frage.de": "kurz", "frage.en": "short", "norm": "x"}


def test_text_that_is_not_there_is_named() -> None:
    with pytest.raises(EditingError, match=r"hilfe\.de"):
        with_texts(RULES, "hoechstmiete", {"hilfe.de": "x"})


def test_parameter_without_values_is_refused() -> None:
    with pytest.raises(EditingError, match="kinderzuschlag"):
        with_value(RULES, "kinderzuschlag", NewValue(date(2027, 1, 1), "1", "x"))

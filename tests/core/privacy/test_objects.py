"""Data of programs: what is said of a field counts for its value, at the same places."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.privacy import default_detector
from leitplanke.core.privacy.objects import as_lines, quoted

CASES = [
    ({"vorname": "Aylin", "nachname": "Kara"}, {"Aylin", "Kara"}),
    ({"nachname": "Müller", "vorname": "Thomas", "geb": "1985-03-12"}, {"Müller", "Thomas", "1985-03-12"}),
    ({"person": {"name": "Öztürk, Emre"}, "tel": 4915112345678}, {"Öztürk, Emre", "4915112345678"}),
    ({"strasse": "Lindenstraße 12", "bemerkung": "zweiter Stock"}, {"Lindenstraße 12"}),
]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(("value", "expected"), CASES)
def test_fields_of_json_are_found(value: object, expected: set[str], indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    for shape in (text, json.dumps(text, ensure_ascii=False)):
        found = {shape[span.start : span.end] for span in default_detector().find(shape).spans}
        assert expected <= found


def test_fields_of_xml_are_found() -> None:
    text = "<person><vorname>Aylin</vorname><nachname>Kara</nachname><geburtsdatum>1985-03-12</geburtsdatum></person>"
    found = {text[span.start : span.end] for span in default_detector().find(text).spans}
    assert found == {"Aylin", "Kara", "1985-03-12"}


def test_speech_in_quotes_stays_as_it_is() -> None:
    text = "Sie fragte „Wann?“ und er sagte 'gleich', <b>fett</b> gedruckt."
    assert default_detector().find(text).spans == ()


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="\"'\\:,{}[]<>/ab1 \n", max_size=60))
def test_nothing_moves(text: str) -> None:
    assert len(as_lines(text)) == len(text)


def test_a_placeholder_for_a_number_keeps_json_readable() -> None:
    text = '{"steuer":[[STEUER_ID_1]],"liste":[[[PHONE_1]],"zu [[PERSON_1]], bitte: [[PERSON_2]]"]}'
    assert json.loads(quoted(text)) == {
        "steuer": "[[STEUER_ID_1]]",
        "liste": ["[[PHONE_1]]", "zu [[PERSON_1]], bitte: [[PERSON_2]]"],
    }
    assert quoted('{"a": "\\"[[PERSON_1]]\\""}') == '{"a": "\\"[[PERSON_1]]\\""}'

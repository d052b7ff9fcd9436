"""Personal data that no sentence stands around, or that is written so that nobody sees it."""

from __future__ import annotations

import base64

import pytest

from leitplanke.core.privacy import default_detector, find_in_identifier, find_with_cue, look_behind
from leitplanke.core.privacy.encoded import NOTHING

FIND = default_detector().find
SAID = "Frau Aylin Kara, geboren am 3. April 1981"
B64 = base64.b64encode(SAID.encode()).decode()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("frau_aylin_kara", ["aylin_kara"]),
        ("akteAylinKara", ["AylinKara"]),
        ("herr-mueller-antrag", ["mueller"]),
        ("peter_schmidt", ["peter_schmidt"]),
        ("max_betrag", []),
        ("max_tokens", []),
        ("termin_buchen", []),
        ("get_current_weather", []),
        ("", []),
    ],
)
def test_names_of_people_are_found_in_names_of_fields(name: str, found: list[str]) -> None:
    assert [name[span.start : span.end] for span in find_in_identifier(name, FIND)] == found


def test_what_a_field_is_called_says_what_its_value_is() -> None:
    assert not FIND("231501234").spans
    (span,) = find_with_cue("telefon", "231501234", FIND)
    assert (span.start, span.end, span.label) == (0, 9, "PHONE")
    assert find_with_cue("anzahl", "231501234", FIND) == []


@pytest.mark.parametrize(
    "hidden",
    [
        B64,
        base64.urlsafe_b64encode(SAID.encode()).decode().rstrip("="),
        base64.b64encode(B64.encode()).decode(),
        base64.b64encode(SAID.encode("utf-16-le")).decode(),
        SAID.encode().hex(),
        base64.encodebytes((SAID + ", " + "wohnt in der Langen Gasse. " * 6).encode()).decode().strip(),
    ],
)
def test_what_is_encoded_is_read_and_masked_as_a_whole(hidden: str) -> None:
    text = f"Bitte lies das: {hidden} und antworte."
    found = look_behind(text, FIND(text), FIND)
    assert found.checkable
    assert [text[span.start : span.end] for span in found.spans] == [hidden]


@pytest.mark.parametrize(
    "hidden",
    [
        "".join(f"&#{ord(sign)};" for sign in SAID),
        "".join(f"%{byte:02X}" for byte in SAID.encode()),
        "".join(f"\\u{ord(sign):04x}" for sign in SAID),
    ],
)
def test_what_is_escaped_and_cannot_be_masked_is_not_checkable(hidden: str) -> None:
    found = look_behind(hidden, FIND(hidden), FIND)
    assert (found.personal, found.checkable) == (True, False)


def test_a_long_run_that_nobody_can_read_is_not_checkable_and_a_line_of_signs_is_nothing() -> None:
    unreadable = base64.b64encode(bytes(range(256))).decode()
    assert not look_behind(unreadable, FIND(unreadable), FIND).checkable
    for text in (
        "-" * 300,
        "a/b/" * 80,
        "Donaudampfschifffahrtsgesellschaftskapitän",
        "&amp; 100 % & mehr",
        f"{SAID}.",
    ):
        assert look_behind(text, FIND(text), FIND) is NOTHING


def test_health_that_is_encoded_is_health() -> None:
    text = base64.b64encode(b"Herr Kara leidet an einer Depression und braucht Hilfe.").decode()
    assert "gesundheit" in {signal.category for signal in look_behind(text, FIND(text), FIND).signals}

"""Time limits of reports, calendar files, and pictures of months."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.register.bars import HEIGHT, Bar, Point, bars, points
from leitplanke.core.register.ical import Entry, calendar, escaped, folded
from leitplanke.core.register.incidents import limits, months_later

KNOWN = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("name", "klasse", "days"),
    [
        ("kritisch", "high", 2), ("tod", "high", 10), ("andere", "high", 15), ("andere", "", 15),
        ("tod", "undetermined", 10), ("keine", "high", None), ("tod", "limited", None), ("erfunden", "high", None),
    ],
)  # fmt: skip
def test_the_authority_must_know_in_time_while_the_class_may_still_be_high(
    name: str, klasse: str, days: int | None
) -> None:
    until = limits().authority_until(name, klasse, KNOWN)
    assert until == (None if days is None else KNOWN + timedelta(days=days))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-240, 240))
def test_months_later_stays_in_its_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


@given(st.text())
def test_a_text_comes_back_from_a_calendar(text: str) -> None:
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    whole = pieces[0] + "".join(piece[1:] for piece in pieces[1:])
    assert unescaped(whole.removeprefix("SUMMARY:")) == plain


def test_a_text_cannot_add_a_line_to_a_calendar() -> None:
    entry = Entry("1@x", KNOWN, "Frist\r\nATTENDEE:mailto:boese@example.org", url="https://a.example/\r\nX:1")
    lines = calendar("Register", [entry], now=datetime(2026, 11, 1, tzinfo=UTC)).decode().split("\r\n")
    assert lines[-1] == ""
    assert not any(line.startswith(("ATTENDEE", "X:1")) for line in lines)
    assert "DTSTART;VALUE=DATE:20261201" in lines
    assert "DTEND;VALUE=DATE:20261202" in lines


def test_pictures_keep_within_their_frame_and_show_what_is_known() -> None:
    months = [Bar("Jan", 12.0, "12 Wh"), Bar("Feb", None), Bar("Mär", 0.0, "0 Wh", rough=True)]
    shares = [Point("Jan", 0.1, 0.0, 0.2), Point("Feb", 0.5, 0.0, 0.2, odd=True), Point("Mär", None, 0.0, 0.0)]
    energy = bars(months, name="a", title="Energie", text="Sinkt.")
    overruled = points(shares, centre=0.1, name="b", title="Überstimmt", text="Steigt.")
    empty = bars([], name="c", title="Leer", text="Nichts.")
    assert [rect.title for rect in energy.rects] == ["Jan: 12 Wh", "Mär: 0 Wh"]
    assert ["odd" in dot.css for dot in overruled.dots] == [False, True]
    assert empty.rects == ()
    for picture in (energy, overruled, empty):
        places = [float(line.y) for line in picture.lines] + [float(dot.y) for dot in picture.dots]
        assert all(0 <= place <= HEIGHT for place in places)
        assert all(float(rect.y) + float(rect.height) <= HEIGHT for rect in picture.rects)

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.privacy import AllowList, Category, Label, Span, default_detector
from leitplanke.core.privacy.detecting import choose

PIECES = [
    "Frau ",
    "Müller",
    "Az. ",
    "12/34",
    " ",
    "\n",
    "DE89 3704 0044 0532 0130 00",
    "İ",
    "ß",
    "@a.de",
    "geb. ",
    "1.1.1990",
    "Str. 5",
    "😀",
    ";",
    "A. ",
    "\u200b",
    "\u00ad",
    "４１",
    " 4 1 2 0 2 B ",
    "vier neun drei sieben ",
    "Haupt-\nstr. 5",
    "d.kaya@a.example ",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25).map("".join))
def test_spans_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    findings = default_detector().find(text)
    place = 0
    for span in findings.spans:
        assert place <= span.start < span.end <= len(text)
        place = span.end
    assert findings == default_detector().find(text)


def test_the_surer_proposal_stands_and_among_equals_the_longer() -> None:
    sure, longer, shorter = Span(5, 9, Label.IBAN, 0.9), Span(0, 6, Label.PERSON, 0.5), Span(10, 12, Label.PERSON, 0.5)
    assert choose([shorter, longer, sure, Span(10, 14, Label.KFZ, 0.5)]) == [sure, Span(10, 14, Label.KFZ, 0.5)]


def test_positions_count_code_points() -> None:
    text = "İ😀 Frau Kaya"
    (span,) = default_detector().find(text).spans
    assert text[span.start : span.end] == "Kaya"


def test_positions_are_those_of_the_text_as_it_was_written() -> None:
    text = "\u200bSchul-\nstraße 49, Frau Ka\u00adya, Ausweis L 0 1 X 0 0 T 4 7"
    spans = default_detector().find(text).spans
    assert [text[span.start : span.end] for span in spans] == ["Schul-\nstraße 49", "Ka\u00adya", "L 0 1 X 0 0 T 4 7"]


def test_a_code_counts_only_in_a_text_about_somebody() -> None:
    assert default_detector().find("Karton AB-2024-1138 steht im Keller").spans == ()
    labels = [span.label for span in default_detector().find("Frau Kaya holt AB-2024-1138 ab").spans]
    assert labels == [Label.PERSON, Label.AKTENZEICHEN]


def test_what_a_town_declares_public_is_no_finding() -> None:
    allow = AllowList(
        streets=frozenset({"Rathausplatz 1"}),
        names=frozenset({"Dr. Eva Lindqvist"}),
        places=frozenset({"12345 Musterstadt"}),
        others=frozenset({"info@musterstadt.example"}),
    )
    text = "Frau Dr. Eva Lindqvist, Rathausplatz 1, 12345 Musterstadt, info@musterstadt.example, und Herr Kaya"
    findings = default_detector(allow).find(text)
    assert [text[span.start : span.end] for span in findings.spans] == ["Kaya"]


def test_a_plugin_adds_findings() -> None:
    class Zimmer:
        def propose(self, text: str) -> list[Span]:
            place = text.find("Zimmer 12")
            return [Span(place, place + 9, Label.ADDRESS, 0.7)] if place >= 0 else []

    (span,) = default_detector(plugins=[Zimmer()]).find("Er wohnt in Zimmer 12.").spans
    assert span == Span(12, 21, Label.ADDRESS, 0.7)


def test_special_categories_count_only_where_a_human_being_is_meant() -> None:
    person = default_detector().find("Der Sohn Elias leidet an Depression, die Mutter bezieht Bürgergeld.")
    assert person.categories == {Category.GESUNDHEIT, Category.SOZIALDATEN}
    general = default_detector().find("Das Gesetz regelt Bürgergeld und Wohngeld.")
    assert general.signals
    assert general.categories == frozenset()


def test_signals_point_to_their_words() -> None:
    text = "Frau Kaya ist Mitglied der IG Metall und schwanger."
    signals = default_detector().find(text).signals
    assert {(signal.category, text[signal.start : signal.end]) for signal in signals} == {
        (Category.GEWERKSCHAFT, "IG Metall"),
        (Category.GESUNDHEIT, "schwanger"),
    }


HOSTILE = """
from leitplanke.core.privacy import default_detector
detector = default_detector()
for unit in ("A. ", "Herr ", "Vater ", "Müller, ", "0 1 ", "B 1/", "DE89 ", "*1.1.", "x@", "@a.", "((((1",
             "Dr. ", "a", "1/", "Az. A ", "An der ", "Kuhnert ", "A. Kuhnert, "):
    detector.find(unit * (100_000 // len(unit)))
"""


def test_hostile_texts_of_100_kilobytes_take_linear_time() -> None:
    # Each takes half a second; anything quadratic would take many minutes.
    subprocess.run([sys.executable, "-c", HOSTILE], check=True, timeout=120)

"""Names by what was learned: German words, weights, what is added to the rules and what is refuted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.privacy import Detector
from leitplanke.core.privacy.german import WordKind, german
from leitplanke.core.privacy.learned.features import features
from leitplanke.core.privacy.learned.looks import first_look
from leitplanke.core.privacy.learned.names import judge
from leitplanke.core.privacy.learned.weights import BIAS, FIRST, read, total, weights, written
from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.tokens import tokenise


@pytest.mark.parametrize(
    ("folded", "how"),
    [
        ("aktenzeichen", WordKind.NOUN),
        ("gebuehrenbescheid", WordKind.NOUN),  # as somebody without umlauts writes it
        ("grau", WordKind.EITHER),
        ("verweigert", WordKind.WORD),
        ("wohngeldstelle", WordKind.COMPOUND),
        ("buergergeld-anhoerungsbogen", WordKind.NOUN),
        ("thalhammer", WordKind.NOT),
        ("amelung", WordKind.NOT),
    ],
)
def test_words_are_known_as_german(folded: str, how: WordKind) -> None:
    assert german(folded) is how


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Frau Amelung war da.", "Amelung"),
        ("Frau Uhland bittet um Rückruf.", "Uhland"),
        ("Die Betreuerin Birgit Amelung regt einen Termin an.", "Birgit Amelung"),
    ],
)
def test_names_that_no_list_holds_are_found_whole(text: str, name: str) -> None:
    assert name in [text[span.start : span.end] for span in Detector().find(text).spans]


def test_what_touches_a_name_of_the_rules_makes_it_longer() -> None:
    text = "Gestern kam Birgit Amelung vorbei"
    tokens = tokenise(text)
    rule = Span(12, 18, Label.PERSON, 0.6)
    added, refuted = judge(text, tokens, [rule], {2: 3.0, 3: 3.0})
    assert (added, refuted) == ([Span(12, 26, Label.PERSON, 0.6)], set())


def test_a_name_is_refuted_only_where_the_rules_had_nothing_but_a_list_to_go_by() -> None:
    text = "Gaststätte Fritz"
    tokens = tokenise(text)
    for score, wrong in ((0.6, True), (0.85, False)):
        rule = Span(11, 16, Label.PERSON, score)
        assert (rule in judge(text, tokens, [rule], {1: -3.0})[1]) is wrong


def test_other_findings_are_left_alone() -> None:
    text = "Amelung"
    finding = Span(0, 7, Label.AKTENZEICHEN, 0.5)
    assert judge(text, tokenise(text), [finding], {0: 9.0}) == ([], set())


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_both_ways_to_the_odds_come_to_the_same(text: str) -> None:
    """What is learned from and what is used must be the same features."""
    known, tokens = weights(FIRST), tokenise(text)
    used = first_look(tokens)
    learned = {place: known.get(BIAS, 0.0) + total(known, found) for place, found in features(tokens)}
    assert used.keys() == learned.keys()
    for place, odds in used.items():
        assert odds == pytest.approx(learned[place], abs=1e-6) or odds <= LOST


# Below this the words beside are not looked at.
LOST = -6.0


def test_weights_are_written_as_they_are_read() -> None:
    sections = {"first": {"P:": 0.5, "n[": -1.25, "l3": 0.001}, "second": {"*": -2.0}}
    assert read(written(sections)) == {"first": {"P:": 0.5, "n[": -1.25}, "second": {"*": -2.0}}


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\t"), max_size=80))
def test_no_feature_breaks_a_line_of_the_file(text: str) -> None:
    for _place, found in features(tokenise(text)):
        assert not any("\n" in one or "\t" in one for one in found)

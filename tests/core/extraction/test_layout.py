"""What stands side by side becomes one line, and each word keeps its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.extraction import Box, Page, Word, boxes_for, lay_out


def word(text: str, left: float, top: float, *, width: float = 0.05, height: float = 0.02) -> Word:
    return Word(text, Box(left, top, left + width, top + height))


def test_words_of_a_line_are_read_from_left_to_right() -> None:
    text, _blocks, _words = lay_out(
        [Page(1, (word("Kosten", 0.16, 0.101), word("Kalte", 0.1, 0.1), word("unten", 0.1, 0.2)))]
    )
    assert text == "Kalte Kosten\nunten"


def test_wide_gap_becomes_a_tab() -> None:
    text, _blocks, _words = lay_out([Page(1, (word("Miete", 0.1, 0.1), word("486,00", 0.6, 0.1)))])
    assert text == "Miete\t486,00"


def test_dots_between_label_and_value_are_a_gap() -> None:
    text, _blocks, words = lay_out(
        [Page(1, (word("Miete", 0.1, 0.1), word(".....", 0.16, 0.1), word("486,00", 0.22, 0.1)))]
    )
    assert text == "Miete\t486,00"
    assert len(words) == 2


def test_crooked_line_stays_one() -> None:
    words = tuple(word(f"w{index}", 0.05 + index * 0.18, 0.1 + index * 0.18 * 0.12) for index in range(5))
    text, _blocks, _placed = lay_out([Page(1, words, skew=0.12)])
    assert "\n" not in text
    assert "\n" in lay_out([Page(1, words)])[0]


def test_place_of_a_passage_is_one_rectangle_for_each_line() -> None:
    page = Page(2, (word("eins", 0.1, 0.1), word("zwei", 0.16, 0.1), word("drei", 0.1, 0.2)))
    text, _blocks, words = lay_out([page])
    assert boxes_for(words, 0, 9) == ((2, Box(0.1, 0.1, 0.16 + 0.05, 0.1 + 0.02)),)
    assert len(boxes_for(words, 0, len(text))) == 2
    assert boxes_for(words, 4, 5) == ()


@given(
    st.lists(st.tuples(st.text("abcäß19,", min_size=1, max_size=6), st.floats(0, 0.9), st.floats(0, 0.9)), max_size=25)
)
def test_text_consists_of_the_words_at_their_places(raw: list[tuple[str, float, float]]) -> None:
    page = Page(1, tuple(word(text, left, top) for text, left, top in raw))
    text, blocks, words = lay_out([page])
    assert sorted(text[one.start : one.end] for one in words) == sorted(entry[0] for entry in raw)
    assert all("\n" not in text[block.start : block.end] for block in blocks)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.grounding import Paraphrases, read_paraphrases
from leitplanke.core.grounding.words import likeness, word_stem, words_of


def like(one: str, other: str) -> float:
    return likeness(word_stem(one.lower()), word_stem(other.lower()))


def test_compounds_answer_to_their_last_part() -> None:
    assert like("Verbrauch", "Energieverbrauch") > 0.8


def test_denial_does_not_answer() -> None:
    assert like("abhängig", "unabhängig") == 0.0


def test_short_beginnings_prove_nothing() -> None:
    assert like("Stand", "Standard") < 0.6


@pytest.mark.parametrize("form", ["Bürger*innen", "Bürger:innen", "Bürger/innen", "BürgerInnen", "Bürgerinnen"])
def test_both_sexes_share_a_stem(form: str) -> None:
    assert words_of(form)[0].stem == word_stem("bürger")


@given(st.text(max_size=80))
def test_words_stand_where_they_say(text: str) -> None:
    for word in words_of(text):
        assert len(text[word.start : word.end]) == len(word.text)


def test_group_makes_words_answer_to_each_other() -> None:
    paraphrases = Paraphrases([["Beschäftigte", "Mitarbeitende"]])
    assert paraphrases.likeness(word_stem("beschäftigte"), word_stem("mitarbeitende")) == 0.9


def test_list_of_another_shape_is_refused_in_german() -> None:
    with pytest.raises(ValueError, match="gruppen"):
        read_paraphrases("gruppen: [eins]")

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.retrieval.questions import meaning, parts
from tests.core.retrieval.search_helpers import BagEmbedder


def test_a_story_is_read_sentence_by_sentence_the_question_first() -> None:
    assert parts("Wir sind vor drei Monaten umgezogen. Ja. Bekommen wir jetzt eine Strafe?") == [
        "Bekommen wir jetzt eine Strafe?",
        "Wir sind vor drei Monaten umgezogen.",
    ]


def test_a_short_question_stays_as_it_is() -> None:
    assert parts("Hund?") == ["Hund?"]


def test_a_very_long_story_is_cut() -> None:
    assert sum(map(len, parts("Der Vermieter hat lange nichts gesagt. " * 50 + "Darf er das?"))) <= 160


def test_weights_add_up_to_one() -> None:
    asked = meaning("Ich bin umgezogen in eine neue Stadt. Wo melde ich mich an?", BagEmbedder())
    assert np.isclose(asked.weights.sum(), 1.0)
    assert asked.similarities(asked.vectors).shape == (2, 2)


@given(st.text(max_size=400))
def test_there_is_always_something_to_compare(question: str) -> None:
    assert parts(question)

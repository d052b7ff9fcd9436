from __future__ import annotations

import pytest

from leitplanke.core.grounding.verify import agrees

QUOTE = "Vorfälle sind innerhalb von 24 Stunden der KI-Beauftragten in Musterstadt zu melden."


def test_same_statement_in_other_order_agrees() -> None:
    assert agrees("Der KI-Beauftragten sind Vorfälle innerhalb von 24 Stunden zu melden.", [QUOTE])


@pytest.mark.parametrize(
    "sentence",
    [
        "Vorfälle sind innerhalb von 48 Stunden zu melden.",
        "Vorfälle sind innerhalb von 24 Stunden nicht zu melden.",
        "Vorfälle sind in Dortmund innerhalb von 24 Stunden zu melden.",
        "Vorfälle sind nach § 33 innerhalb von 24 Stunden zu melden.",
        "Vorfälle sind innerhalb von 24 Stunden zu melden: https://example.org",
        "Wer Vorfälle verschweigt, verliert seinen Arbeitsplatz.",
    ],
)
def test_what_the_quote_does_not_say_is_rejected(sentence: str) -> None:
    assert not agrees(sentence, [QUOTE])


def test_number_words_count_as_numbers() -> None:
    assert agrees("Es gibt acht Grundsätze.", ["Es gibt 8 Grundsätze."])
    assert not agrees("Es gibt neun Grundsätze.", ["Es gibt 8 Grundsätze."])

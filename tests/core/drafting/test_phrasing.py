"""A model may word what is decided; what it adds does not survive."""

from dataclasses import replace
from functools import cache

import pytest

from leitplanke.core.drafting.brief import Brief, Paragraph
from leitplanke.core.drafting.checking import blocking, check
from leitplanke.core.drafting.phrasing import Unphrased, accept, phrased
from leitplanke.core.drafting.sample import sample
from leitplanke.core.verfahren.acts import Stand, WrongStateError

made = cache(sample)
GRANT = ("wohngeld", "Rentnerin allein, Mietenstufe I")


class Wording:
    """Replaces words, as a model would."""

    def __init__(self, **words: str) -> None:
        self.words = words

    def phrase(self, brief: Brief) -> Brief:
        return brief.with_body(
            [
                replace(
                    block, sentences=(replace(block.sentences[0], text=self.words[block.key]), *block.sentences[1:])
                )
                if isinstance(block, Paragraph) and block.key in self.words
                else block
                for block in brief.body
            ]
        )


def test_nothing_is_worded_before_the_decision() -> None:
    item = made(*GRANT)
    for stand, decided in ((Stand.IN_BEARBEITUNG, True), (Stand.ENTSCHIEDEN, False)):
        with pytest.raises(WrongStateError):
            phrased(item.brief, item.grounds, Unphrased(), stand=stand, decided=decided)


def test_paragraph_that_fails_falls_back_and_the_others_stay() -> None:
    item = made(*GRANT)
    model = Wording(
        tenor="Sie erhalten Wohngeld in Höhe von 500 EUR im Monat.",
        zeitraum="Wir bewilligen das Wohngeld vom 1. Januar 2025 bis zum 31. Dezember 2025.",
        gruende="Ihr Nachbar hat uns das gesagt.",
    )
    brief = phrased(item.brief, item.grounds, model, stand=Stand.ENTSCHIEDEN, decided=True)
    text = {block.key: block.text for block in brief.paragraphs}
    original = {block.key: block.text for block in item.brief.paragraphs}
    assert text["tenor"] == original["tenor"]
    assert text["gruende"] == original["gruende"]
    assert text["zeitraum"].startswith("Wir bewilligen")
    assert not blocking(check(brief, item.grounds))


def test_model_cannot_change_head_tables_or_order() -> None:
    item = made(*GRANT)
    other = replace(item.brief, empfaenger=("Jemand anders",), body=tuple(reversed(item.brief.body[1:-1])))
    assert accept(item.brief, other, item.grounds) == item.brief


def test_identity_changes_nothing() -> None:
    item = made(*GRANT)
    assert phrased(item.brief, item.grounds, Unphrased(), stand=Stand.ENTSCHIEDEN, decided=True) == item.brief

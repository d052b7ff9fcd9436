"""Names by the Hannover Tagger: only as an extra, only below what stands on a cue."""

from __future__ import annotations

import sys

import pytest

from leitplanke.core.privacy import Detector, Label, default_detector
from leitplanke.core.privacy.hanta import HantaNames, MissingHantaError, hanta


class Everything:
    """Takes every word for a proper name."""

    def tag_sent(self, words: list[str]) -> list[tuple[str, str, str]]:
        return [(word, word, "NE") for word in words]


def test_only_words_like_names_are_proposed() -> None:
    text = "Gestern rief Xinyi an, VSNR und IBAN fehlten; Karl-Otto kommt."
    found = [text[span.start : span.end] for span in HantaNames(Everything()).propose(text)]
    assert found == ["Gestern", "Xinyi", "Karl-Otto"]


def test_what_stands_on_a_cue_keeps_its_kind() -> None:
    text = "Frau Yilmaz wohnt in der Lindenstraße 5, 12345 Musterstadt."
    without = default_detector().find(text).spans
    found = default_detector(plugins=(HantaNames(Everything()),)).find(text).spans
    assert set(without) <= set(found)


def test_the_real_tagger_finds_a_name_without_a_cue() -> None:
    text = "Danach hat Xinyi noch einmal angerufen."
    assert Detector(learned=False).find(text).spans == ()
    (span,) = Detector(plugins=(HantaNames(),), learned=False).find(text).spans
    assert (text[span.start : span.end], span.label) == ("Xinyi", Label.PERSON)


def test_without_the_extra_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "HanTa", None)
    hanta.cache_clear()
    with pytest.raises(MissingHantaError, match=r"leitplanke\[namen\]"):
        HantaNames()
    hanta.cache_clear()

"""Names by the Hannover Tagger, for a town that would rather see one placeholder too many.

HanTa (LGPL, extra `namen`) tells proper names by their form and their neighbours. It finds some names that stand
without any cue and are in no list; it also takes firms, places and abbreviations for names, and it is slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from leitplanke.core.privacy.model import Label, Span

MODEL = "morphmodel_ger.pgz"
PROPER = "NE"
# Below everything that stands on a cue: it fills what nothing else claims.
SCORE = 0.3
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[^\w\s]")
_LIKE_A_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_A-Z]{2,}(?:-[A-ZÀ-ÖØ-Þ][^\W\d_A-Z]{2,})?\Z")
_LONGEST = 400  # words the tagger looks at together; its time grows with the sentence


class Tagger(Protocol):
    """Says what kind of word each is."""

    def tag_sent(self, words: list[str]) -> list[tuple[str, str, str]]:
        """Return word, lemma and tag of each."""


class MissingHantaError(RuntimeError):
    """The extra is not installed; the message says what to do."""


class HantaNames:
    """Proposes what the tagger takes for a proper name."""

    def __init__(self, tagger: Tagger | None = None) -> None:
        """Take the tagger, by default the one that comes with HanTa.

        Raises:
            MissingHantaError: HanTa is not installed.
        """
        self._tagger = tagger or hanta()

    def propose(self, text: str) -> Iterable[Span]:
        """Return proposals for `text`."""
        words = list(_WORD.finditer(text))
        for first in range(0, len(words), _LONGEST):
            part = words[first : first + _LONGEST]
            tagged = self._tagger.tag_sent([word[0] for word in part])
            for word, (_said, _lemma, tag) in zip(part, tagged, strict=True):
                if tag == PROPER and _LIKE_A_NAME.match(word[0]):
                    yield Span(word.start(), word.end(), Label.PERSON, SCORE)


@lru_cache(maxsize=1)
def hanta() -> Tagger:
    """Return the German tagger, read once.

    Raises:
        MissingHantaError: HanTa is not installed.
    """
    try:
        from HanTa import HanoverTagger  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingHantaError("HanTa fehlt. Bitte einrichten: pip install 'leitplanke[namen]'") from None
    tagger: Tagger = HanoverTagger.HanoverTagger(MODEL)
    return tagger

"""Documents that a question names by their title: a handbook page "Wohngeld" goes first where Wohngeld is asked for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from leitplanke.core.grounding.words import content_words

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMON_SHARE = 0.2  # a word in more titles than this says nothing about which document is meant
FEW = 5  # among so few documents even a word in two titles is common


def documents_named(question: str, titles: Mapping[str, str]) -> set[str]:
    """Return the ids of documents whose title shares a telling noun with the question; `titles` by id."""
    stems = {id_: {word.stem for word in content_words(title)} for id_, title in titles.items()}
    counts = Counter(stem for found in stems.values() for stem in found)
    limit = max(COMMON_SHARE * len(titles), 1 if len(titles) <= FEW else 2)
    asked = {word.stem for word in content_words(question) if word.capital and counts[word.stem] <= limit}
    return {id_ for id_, found in stems.items() if found & asked}

"""Plain search for words in released sources: it counts, learns nothing and ranks by number of words found. No AI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from leitplanke.apps.wissen.queries import released_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leitplanke.apps.wissen.models import Fassung, Wissensraum

LEAST_LETTERS = 4
MOST_PLACES = 6
LEAST_WORDS = 5  # a heading says nothing
_WORD = re.compile(r"[^\W_]+")
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph in which words stand."""

    title: str
    text: str
    url: str
    words: int


def places_with(raeume: Iterable[Wissensraum], frage: str) -> list[Place]:
    """Return the paragraphs of released sources in which most of the longer words of a question stand."""
    words = {word.casefold() for word in _WORD.findall(frage) if len(word) >= LEAST_LETTERS or word.isdigit()}
    if not words:
        return []
    found = [
        place for raum in raeume for version in released_versions(raum) for place in _places(version, words)
    ]  # fmt: skip
    return sorted(found, key=lambda place: -place.words)[:MOST_PLACES]


def _places(version: Fassung, words: set[str]) -> Iterator[Place]:
    for paragraph in _PARAGRAPH.finditer(version.text):
        text = paragraph.group()
        count = sum(word in text.casefold() for word in words)
        if count and len(text.split()) >= LEAST_WORDS:
            url = f"{reverse('wissen:fassung', args=[version.pk])}?von={paragraph.start()}&bis={paragraph.end()}#stelle"
            yield Place(version.titel, text.lstrip("#- "), url, count)

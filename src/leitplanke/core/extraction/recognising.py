"""What kind of document this is, by its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from leitplanke.core.extraction.labels import alike, tokens

if TYPE_CHECKING:
    from leitplanke.core.extraction.model import Belegart
    from leitplanke.core.retrieval.documents import Document

_HEAD_LINES = 14
_MOST_CHARS = 20_000
_LEAD = 1.25


def recognise(document: Document, arten: Mapping[str, Belegart]) -> Belegart | None:
    """Return the kind of document, None where none is certain or two are about as likely."""
    body = tokens(document.text[:_MOST_CHARS])
    head = tokens("\n".join(document.text.split("\n", _HEAD_LINES)[:_HEAD_LINES]))
    scores = sorted(((_score(art, body, head), art.name) for art in arten.values()), reverse=True)
    reached = [(score, name) for score, name in scores if score >= arten[name].schwelle]
    if not reached or (len(reached) > 1 and reached[0][0] < _LEAD * reached[1][0]):
        return None
    return arten[reached[0][1]]


def _score(art: Belegart, body: tuple[str, ...], head: tuple[str, ...]) -> int:
    return sum(
        weight * (2 if _contains(head, tokens(word)) else 1)
        for word, weight in art.woerter.items()
        if _contains(body, tokens(word))
    )


def _contains(text: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    first = wanted[0]
    return any(
        alike(first, token) and all(map(alike, wanted, text[index : index + len(wanted)]))
        for index, token in enumerate(text[: len(text) - len(wanted) + 1])
    )

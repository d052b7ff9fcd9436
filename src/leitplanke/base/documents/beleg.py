"""An evidence document as it was read: text, what was noticed, and where on which page each word stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from leitplanke.base.documents.transfer import document_from_json, document_to_json
from leitplanke.core.extraction import Box, PlacedWord, boxes_for

if TYPE_CHECKING:
    from leitplanke.core.retrieval.documents import Document


class Lesart(StrEnum):
    """How the text of a document came about."""

    TEXT = "text"
    TEXTERKENNUNG = "texterkennung"
    GEMISCHT = "gemischt"
    UNGELESEN = "ungelesen"


@dataclass(frozen=True, slots=True)
class Beleg:
    """A document with the places of its words.

    Attributes:
        words: empty for formats without pages, such as DOCX.
        pages: how many pages can be drawn, 0 for formats without pages.
    """

    document: Document
    lesart: Lesart
    words: tuple[PlacedWord, ...] = ()
    pages: int = 0

    def boxes(self, start: int, end: int) -> tuple[tuple[int, Box], ...]:
        """Return page and rectangle (fractions of the page) of `document.text[start:end]`, one for each line."""
        return boxes_for(self.words, start, end)


def beleg_to_json(beleg: Beleg) -> dict[str, Any]:
    """Return a document as JSON values; places are rounded to a ten-thousandth of the page."""
    return {
        "document": document_to_json(beleg.document),
        "lesart": beleg.lesart.value,
        "words": [
            [word.start, word.end, word.page, *(round(edge, 4) for edge in _edges(word.box))] for word in beleg.words
        ],
        "pages": beleg.pages,
    }


def beleg_from_json(values: dict[str, Any]) -> Beleg:
    """Rebuild a document."""
    words = tuple(PlacedWord(start, end, page, Box(*edges)) for start, end, page, *edges in values["words"])
    return Beleg(document_from_json(values["document"]), Lesart(values["lesart"]), words, values["pages"])


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom

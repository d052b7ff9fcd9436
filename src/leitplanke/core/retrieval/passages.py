"""Passages: the units that are indexed, found and cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leitplanke.core.provenance import Source


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one section: an Absatz of a statute, or a few paragraphs under one heading.

    `text == document.text[start:end]`. `section`, `title`, `absatz`, `page`, `headings` as in `Block`.
    """

    source: Source
    section: str
    title: str
    absatz: str
    page: int
    headings: tuple[str, ...]
    start: int
    end: int
    text: str
    annex: bool = False

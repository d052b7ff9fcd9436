"""What a search is asked and what it returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from leitplanke.core.provenance import Source
    from leitplanke.core.retrieval.passages import Passage


class Mode(StrEnum):
    """How a search ranks: by words alone, by meaning alone, or by both."""

    LEXICAL = "lexical"
    DENSE = "dense"
    FUSED = "fused"


@dataclass(frozen=True, slots=True)
class Filter:
    """What may be found; it applies before anything is ranked.

    Attributes:
        documents: ids of the documents that may be found, None for all.
        on: leave out documents that are not valid on this day.
        accept: an own test of a document's source, for scope and place.
        annexes: also find annexes, which otherwise only an explicit reference finds.
    """

    documents: Collection[str] | None = None
    on: date | None = None
    accept: Callable[[Source], bool] | None = None
    annexes: bool = False

    def admits(self, document_id: str, source: Source) -> bool:
        """Tell whether a document may be found."""
        if self.documents is not None and document_id not in self.documents:
            return False
        if self.on is not None and not source.geltung.covers(self.on):
            return False
        return self.accept is None or self.accept(source)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: `ranks` tells, from 1, where each channel put its section; "reference" is an explicit one."""

    passage: Passage
    document_id: str
    score: float
    ranks: Mapping[str, int] = field(default_factory=dict)

"""What the checker finds, and how it says so."""

from __future__ import annotations

from dataclasses import dataclass

from leitplanke.core.drafting.brief import Part

BEARING = frozenset({
    Part.TENOR, Part.GRUENDE, Part.BERECHNUNG, Part.URTEIL, Part.FRIST, Part.RECHTSFOLGE, Part.RECHTSBEHELF,
})  # fmt: skip
"""Parts in which every word counts."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not stand on anything, or no longer says what it stands on.

    Attributes:
        kind: one of the kinds listed in the README of this package.
        paragraph: key of the paragraph, or `empfaenger`, `aktenzeichen`, ... for the head; of a table its key.
        sentence: place of the sentence in its paragraph, -1 where the finding is about the whole of it.
        start, end: the words meant, within the sentence.
        message: what is wrong and what to do, in German.
        blocking: whether the letter may not leave with it.
    """

    kind: str
    paragraph: str
    sentence: int
    start: int
    end: int
    message: str
    blocking: bool = True

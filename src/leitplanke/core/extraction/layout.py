"""From words with their places on a page to lines and cells, the same for text layers and for text recognition.

Forms say by position what belongs together, so the text keeps it: what stands side by side is one line, and a wide gap
becomes a tab. Places are fractions of the page, x to the right and y downwards.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from leitplanke.core.retrieval.documents import Block, BlockKind

CELL = "\t"
_WIDE_GAP = 0.9  # of the height of the line
_CERTAINLY_WIDE = 1.6
_SAME_LINE = 0.55
_LEADER = re.compile(r"[.·…_]{4,}")  # dots that lead the eye from a label to its value


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle as fractions of its page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page.

    Attributes:
        ratio: height of the page divided by its width.
        skew: by how much lines fall per unit of width, in units of the page's height; of a crooked scan.
    """

    number: int
    words: tuple[Word, ...]
    ratio: float = 1.414
    skew: float = 0.0


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """Where the word `text[start:end]` of the document stands."""

    start: int
    end: int
    page: int
    box: Box


def lay_out(pages: Iterable[Page]) -> tuple[str, tuple[Block, ...], tuple[PlacedWord, ...]]:
    """Return the text of the pages, a block for each line, and where each word of the text stands."""
    parts: list[str] = []
    blocks: list[Block] = []
    placed: list[PlacedWord] = []
    position = 0
    for page in pages:
        lines = list(_lines(page))
        wide = _wide_gap(lines, page.ratio)
        for line in lines:
            spaced = list(_spaced(line, wide * page.ratio))
            if not spaced:
                continue
            if parts:
                parts.append("\n")
                position += 1
            start = position
            for gap, word in spaced:
                position += len(gap)
                placed.append(PlacedWord(position, position + len(word.text), page.number, word.box))
                parts += (gap, word.text)
                position += len(word.text)
            kind = BlockKind.TABLE_ROW if any(gap == CELL for gap, _word in spaced) else BlockKind.PARAGRAPH
            blocks.append(Block(start, position, kind, section=f"Seite {page.number}", page=page.number))
    return "".join(parts), tuple(blocks), tuple(placed)


def boxes_for(words: Sequence[PlacedWord], start: int, end: int) -> tuple[tuple[int, Box], ...]:
    """Return page and rectangle of what lies between two places of the text, one for each line it touches.

    `words` are in the order of the text, as `lay_out` returns them.
    """
    first = bisect_left(words, start, key=lambda word: word.end - 1)
    boxes: list[tuple[int, Box]] = []
    for word in words[first:]:
        if word.start >= end:
            break
        if boxes and boxes[-1][0] == word.page and _overlap(boxes[-1][1], word.box) > 0.4:
            boxes[-1] = (word.page, _union(boxes[-1][1], word.box))
        else:
            boxes.append((word.page, word.box))
    return tuple(boxes)


def _lines(page: Page) -> Iterator[list[Word]]:
    """Yield the words of each line from left to right, lines from top to bottom."""
    words = sorted(page.words, key=lambda word: _middle(word, page))
    line: list[Word] = []
    for word in words:
        if line and not _belongs(word, line, page):
            yield sorted(line, key=lambda one: one.box.left)
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda one: one.box.left)


def _belongs(word: Word, line: Sequence[Word], page: Page) -> bool:
    recent = line[-6:]
    height = median(_height(one) for one in recent)
    distance = _middle(word, page) - median(_middle(one, page) for one in recent)
    return distance < _SAME_LINE * min(height, max(_height(word), height / 2))


def _middle(word: Word, page: Page) -> float:
    return (word.box.top + word.box.bottom) / 2 - page.skew * (word.box.left + word.box.right) / 2


def _height(word: Word) -> float:
    return word.box.bottom - word.box.top


def _wide_gap(lines: Sequence[Sequence[Word]], ratio: float) -> float:
    """Return from which gap on, in heights of a line, words stand apart: well above the gaps usual on this page."""
    gaps = [
        (right.box.left - left.box.right) / (_line_height(line) * ratio)
        for line in lines
        for left, right in pairwise(line)
    ]
    usual = [gap for gap in gaps if 0 < gap < _CERTAINLY_WIDE]
    return max(_WIDE_GAP, 1.8 * median(usual)) if len(usual) > 4 else _WIDE_GAP


def _line_height(line: Sequence[Word]) -> float:
    return max(median(_height(word) for word in line), 1e-6)


def _spaced(line: Sequence[Word], factor: float) -> Iterator[tuple[str, Word]]:
    wide = factor * _line_height(line)
    right, led = None, False
    for word in line:
        if _LEADER.fullmatch(word.text):
            led = True
            continue
        if right is None:
            yield "", word
        else:
            yield (CELL if led or word.box.left - right > wide else " "), word
        right, led = max(word.box.right, right or 0.0), False


def _overlap(one: Box, other: Box) -> float:
    """Return how much of the lower height two boxes share vertically."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(min(one.bottom - one.top, other.bottom - other.top), 1e-9)


def _union(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )

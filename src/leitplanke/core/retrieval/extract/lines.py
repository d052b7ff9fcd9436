"""From lines to paragraphs: running heads out, hard line breaks joined."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from leitplanke.core.retrieval.extract.marks import ends_sentence, is_numbered_heading, item_mark
from leitplanke.core.retrieval.extract.tidy import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from leitplanke.core.retrieval.extract.words import Vocabulary

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:Seite|S\.|Page)?\s*\d{1,4}\s*(?:(?:von|/|of)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE
)
_MOST_NUMBERS = 8
_EDGE = 3  # lines at the top and bottom of a page among which running heads are sought
_SHORT = 0.72  # of the usual width: such a line was not broken for want of space
_NARROWEST, _WIDEST = 40, 160  # of lines broken by width
_SIZE_STEP = 0.08


@dataclass(frozen=True, slots=True)
class Line:
    """A line, later a whole paragraph: its text and what is known of its look.

    `gap` tells whether white space sets it apart from the line above; `size` is the font size, 0 where unknown.
    """

    text: str
    page: int = 0
    gap: bool = False
    size: float = 0.0
    bold: bool = False


def text_lines(text: str) -> list[Line]:
    """Cut a text at its line breaks; form feeds count pages."""
    pages = text.split("\f")
    lines: list[Line] = []
    for number, page in enumerate(pages, start=1):
        gap = True
        for raw in page.splitlines():
            line = one_line(raw)
            if line:
                lines.append(Line(line, number if len(pages) > 1 else 0, gap))
            gap = not line
    return lines


def drop_running_heads(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Remove page numbers and what repeats at the edges of pages; return the rest and how many pages' heads went."""
    edges = _page_edges(lines)
    keys = {index: _running_keys(lines[index]) for page in edges.values() for index in page}
    seen = Counter(key for page in edges.values() for key in set().union(*(keys[index] for index in page)))
    often = max(3, len(edges) // 3)
    running = {
        index
        for index, own in keys.items()
        if _PAGE_NUMBER.fullmatch(lines[index].text) or any(seen[key] >= often for key in own)
    }
    kept = [line for index, line in enumerate(lines) if index not in running]
    return _mark_page_starts(kept), len(running)


def _page_edges(lines: Sequence[Line]) -> dict[int, set[int]]:
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.page:
            pages[line.page].append(index)
    return {page: {*indices[:_EDGE], *indices[-_EDGE:]} for page, indices in pages.items()}


def _running_keys(line: Line) -> set[str]:
    """Return under which names a line may recur: as it is, or with one number that counts along with the pages."""
    numbers = list(_DIGITS.finditer(line.text))[:_MOST_NUMBERS]
    keys = {
        f"{line.text[: number.start()]}#{int(number[0][-6:]) - line.page}#{line.text[number.end() :]}"
        for number in numbers
    }
    return {line.text, *keys}


def _mark_page_starts(lines: list[Line]) -> list[Line]:
    """Set the first line of a page apart, unless it goes on in the middle of a sentence."""
    width = usual_width(lines)
    marked: list[Line] = []
    for line in lines:
        before = marked[-1] if marked else None
        if before is not None and before.page != line.page:
            marked.append(replace(line, gap=not _crosses_page(before, line, width)))
        else:
            marked.append(line)
    return marked


def _crosses_page(before: Line, line: Line, width: int) -> bool:
    if ends_sentence(before.text) or item_mark(line.text) or is_numbered_heading(line.text) or _differs(before, line):
        return False
    return line.text[:1].islower() or len(before.text) > _SHORT * width


def usual_width(lines: Sequence[Line]) -> int:
    """Return the length that full lines have."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.95)] if lengths else 0


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Tell whether line breaks were set by width, not by meaning."""
    width = usual_width(lines)
    if not _NARROWEST <= width <= _WIDEST:
        return False
    close = [(line, below) for line, below in pairwise(lines) if not below.gap]
    full = [below for line, below in pairwise(lines) if len(line.text) > _SHORT * width]
    running_on = sum(not below.gap for below in full)
    mid_sentence = sum(below.text[:1].islower() and not ends_sentence(line.text) for line, below in close)
    return (running_on >= 3 and running_on * 2 > len(full)) or (mid_sentence >= 2 and mid_sentence * 4 >= len(close))


def reflow(lines: Iterable[Line], width: int, vocabulary: Vocabulary) -> Iterator[Line]:
    """Join the lines of each paragraph."""
    first: Line | None = None
    parts: list[str] = []
    last = ""
    for line in lines:
        if first is not None and _goes_on(first, last, line, width):
            parts[-1], between = vocabulary.joint(parts[-1], line.text)
            parts += (between, line.text)
        else:
            if first is not None:
                yield replace(first, text="".join(parts))
            first, parts = line, [line.text]
        last = line.text
    if first is not None:
        yield replace(first, text="".join(parts))


def _goes_on(first: Line, last: str, line: Line, width: int) -> bool:
    """Tell whether `line` continues the paragraph that begins with `first` and whose last line is `last`."""
    if line.gap or _differs(first, line):
        return False
    short = len(last) < _SHORT * width
    if short and ends_sentence(last):
        return False
    if item_mark(line.text):
        return not (short or last[-1] in ".:;,!?" or item_mark(first.text))
    if is_numbered_heading(line.text):
        return not (short or ends_sentence(last))
    heading_ends = short and last is first.text and is_numbered_heading(last) and line.text[:1].isupper()
    return not heading_ends


def _differs(line: Line, other: Line) -> bool:
    smaller, larger = sorted((line.size, other.size))
    return line.bold != other.bold or (smaller > 0 and larger - smaller > _SIZE_STEP * larger)

"""From paragraphs to blocks: which are headings, which are list items, and what lies below what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitplanke.core.retrieval.documents import BlockKind
from leitplanke.core.retrieval.extract.builder import Place
from leitplanke.core.retrieval.extract.marks import (
    can_be_heading,
    ends_sentence,
    is_bullet,
    is_meta,
    is_numbered_heading,
    item_mark,
    numbering,
)
from leitplanke.core.retrieval.extract.tidy import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leitplanke.core.retrieval.extract.builder import TextBuilder
    from leitplanke.core.retrieval.extract.lines import Line

_ABSATZ = re.compile(r"\((\d+[a-z]?)\)\s")
_ONLY_PARAGRAPH_SIGN = re.compile(r"(?:§\s*\d+[a-z]?|(?:Artikel|Art\.)\s+\d+[a-z]?)")
_ANNEX = re.compile(r"(?:Anlage|Anhang)\b")
_LONGEST_RUN = 3
_LARGER = 1.12
_MOST_META = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on the path to the current place."""

    style: str
    text: str
    size: float = 0.0
    level: int = 0


class Outline:
    """The path of headings, and the citable section that follows from it.

    Levels are found, not given: a style of numbering seen above closes what lies below it, a new one goes deeper.
    """

    def __init__(self, builder: TextBuilder) -> None:
        """Start above the first heading."""
        self._builder = builder
        self._path: list[Heading] = []

    @property
    def first(self) -> str:
        """The outermost heading of the current path."""
        return self._path[0].text if self._path else ""

    def enter(self, text: str, *, level: int = 0, size: float = 0.0) -> None:
        """Write a heading and go below it; `level` where the format tells it."""
        style, number, title = numbering(text)
        if level:
            while self._path and self._path[-1].level >= level:
                self._path.pop()
            self._path.append(Heading(f"level{level}", text, level=level))
        else:
            self._open(Heading(style or "plain", text, size))
        is_unit = style == "par"
        above = tuple(heading.text for heading in self._path[:-1])
        self._builder.place = Place(
            section=re.sub(r"^(§+)\s*", r"\1 ", number) if is_unit else text,
            section_title=title if is_unit else "",
            page=self._builder.place.page,
            headings=above,
            annex=any(_ANNEX.match(heading) for heading in (*above, text)),
        )
        self._builder.add(BlockKind.HEADING, text, min(level or len(self._path), 6))

    def _open(self, heading: Heading) -> None:
        if not self._path and heading.style == "plain":
            self._path.append(Heading("title", heading.text, heading.size))
            return
        same = [index for index, above in enumerate(self._path) if above.style == heading.style]
        larger = [
            index
            for index, above in enumerate(self._path)
            if above.style != "title" and heading.size and above.size and heading.size > above.size * 1.05
        ]
        if same or larger:
            del self._path[min(same + larger) :]
        self._path.append(heading)


@dataclass(frozen=True, slots=True)
class Item:
    """A block of a format that knows its own structure; list items carry their mark in the text."""

    kind: BlockKind
    text: str
    level: int = 0


def write_items(builder: TextBuilder, items: Sequence[Item]) -> str:
    """Write items into the builder; return the first heading, "" where there is none."""
    outline = Outline(builder)
    title = ""
    for item in items:
        text = one_line(item.text)
        if item.kind is BlockKind.HEADING and text:
            outline.enter(text, level=item.level)
            title = title or text
        else:
            if item.kind is BlockKind.PARAGRAPH and (absatz := _ABSATZ.match(text)):
                builder.move(absatz=absatz[1])
            builder.add(item.kind, text, item.level)
    return title


def write_paragraphs(builder: TextBuilder, paragraphs: Sequence[Line], *, paged: bool = False) -> Outline:
    """Write paragraphs into the builder as headings, list items and paragraphs."""
    headings = _find_headings(paragraphs)
    outline = Outline(builder)
    skip = False
    for index, paragraph in enumerate(paragraphs):
        builder.move(page=paragraph.page)
        if skip:
            skip = False
            continue
        if index in headings:
            text = paragraph.text
            if (
                _ONLY_PARAGRAPH_SIGN.fullmatch(text)
                and index + 1 in headings
                and not numbering(paragraphs[index + 1].text)[0]
            ):
                text = f"{text} {paragraphs[index + 1].text}"
                skip = True
            outline.enter(text, size=paragraph.size)
            continue
        if paged and not outline.first:
            builder.move(section=f"Seite {paragraph.page}")
        _write_body(builder, paragraph.text)
    return outline


def _write_body(builder: TextBuilder, text: str) -> None:
    if absatz := _ABSATZ.match(text):
        builder.move(absatz=absatz[1])
        builder.add(BlockKind.PARAGRAPH, text)
        return
    mark = item_mark(text)
    if mark:
        body = text[len(mark) :]
        builder.add(BlockKind.LIST_ITEM, f"• {body}" if is_bullet(mark) else text, 1)
    else:
        builder.add(BlockKind.PARAGRAPH, text)


def _find_headings(paragraphs: Sequence[Line]) -> set[int]:
    """Return the indices of headings: they look like one, and something follows that they can head."""
    body = _body_size(paragraphs)
    found: set[int] = set()
    run = 0
    for index in range(len(paragraphs) - 2, -1, -1):
        large = body > 0 and paragraphs[index].size > _LARGER * body
        is_unit = paragraphs[index].gap and numbering(paragraphs[index].text)[0] == "par"
        leads = is_unit or index + 1 in found or _leads_to_text(paragraphs, index)
        if leads and _looks_like_heading(paragraphs, index, large=large) and (run < _LONGEST_RUN or large):
            found.add(index)
            run += 1
        else:
            run = 0
    return found


def _leads_to_text(paragraphs: Sequence[Line], index: int) -> bool:
    """Tell whether text or a list follows, if need be after by-line and date."""
    for below in paragraphs[index + 1 : index + 2 + _MOST_META]:
        if item_mark(below.text):
            return below.gap or bool(
                numbering(paragraphs[index].text)[0]
            )  # a list close below has its lead, not a heading
        if _is_prose(below.text):
            return True
        if not is_meta(below.text):
            break
    return False


def _looks_like_heading(paragraphs: Sequence[Line], index: int, *, large: bool) -> bool:
    text = paragraphs[index].text
    if not can_be_heading(text):
        return False
    mark = item_mark(text)
    if numbering(text)[0] and is_numbered_heading(text):
        return not (mark and _is_list_neighbour(paragraphs, index))
    if mark:
        return False
    return large or paragraphs[index].gap or paragraphs[index].bold or index == 0 or paragraphs[index - 1].gap


def _is_list_neighbour(paragraphs: Sequence[Line], index: int) -> bool:
    """Numbered lines directly above or below, in the same style and without white space between, make a list."""
    style = numbering(paragraphs[index].text)[0]
    above = paragraphs[index - 1].text if index else ""
    below = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
    return any(numbering(text)[0] == style and bool(item_mark(text)) for text in (above, below) if text)


def _is_prose(text: str) -> bool:
    return len(text) > 100 or (ends_sentence(text) and len(text.split()) > 3)


def _body_size(paragraphs: Sequence[Line]) -> float:
    """Return the font size in which most of the text is set."""
    sizes: dict[float, int] = {}
    for paragraph in paragraphs:
        size = round(paragraph.size, 1)
        sizes[size] = sizes.get(size, 0) + len(paragraph.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0

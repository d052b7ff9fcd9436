"""Splitting a document into passages: the units that are found and cited."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitplanke.core.retrieval.documents import Block, BlockKind, Document
from leitplanke.core.retrieval.passages import Passage
from leitplanke.core.retrieval.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# "(weggefallen)", "(5) u. (6) (weggefallen)", "(Inkrafttreten)": nothing that could be cited.
_EMPTY = re.compile(
    r"(?:\(\d+[a-z]*\)|und|u\.|bis|[-–,\s])*+\W*+(?:weggefallen|aufgehoben|gestrichen)\W*|\([^()]{0,40}\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Wanted sizes of passages in characters.

    Pieces below `short` join a neighbour as long as both together stay below `joined`; pieces above `long` are cut.
    """

    short: int
    joined: int
    long: int


_ABSATZ_SIZES = _Sizes(short=80, joined=500, long=1500)
_PARAGRAPH_SIZES = _Sizes(short=300, joined=900, long=900)


def split(document: Document) -> tuple[Passage, ...]:
    """Cut a document into passages that overlap nowhere and hold no heading.

    Where Absätze are numbered each becomes a passage, only very short neighbours share one. Other texts are grouped
    under their heading. A list stays with the sentence that leads into it, as long as size permits.
    """
    return tuple(passage for unit in _units(document) for passage in _unit_passages(document, unit))


def _units(document: Document) -> Iterator[list[Block]]:
    """Yield the blocks between two headings, or of one section."""
    unit: list[Block] = []
    for block in document.blocks:
        if block.kind is BlockKind.HEADING or (unit and _unit_key(block) != _unit_key(unit[0])):
            if unit:
                yield unit
            unit = []
        if block.kind is not BlockKind.HEADING:
            unit.append(block)
    if unit:
        yield unit


def _unit_key(block: Block) -> tuple[str, tuple[str, ...]]:
    return block.section, block.headings


def _unit_passages(document: Document, unit: list[Block]) -> Iterator[Passage]:
    numbered = any(block.absatz for block in unit)
    sizes = _ABSATZ_SIZES if numbered else _PARAGRAPH_SIZES
    pieces = [piece for group in _groups(unit, numbered=numbered) for piece in _cut(document.text, group, sizes)]
    kept = [piece for piece in pieces if not _EMPTY.fullmatch(document.text, piece.start, piece.end)]
    for piece in _join(kept, sizes):
        yield _passage(document, piece)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span of the text with its first block and the Absätze it covers."""

    start: int
    end: int
    block: Block
    absaetze: tuple[str, ...]

    @property
    def size(self) -> int:
        return self.end - self.start

    def __add__(self, other: _Piece) -> _Piece:
        return _Piece(self.start, other.end, self.block, tuple(dict.fromkeys(self.absaetze + other.absaetze)))


def _groups(unit: list[Block], *, numbered: bool) -> Iterator[list[Block]]:
    """Yield what belongs together: an Absatz, or a paragraph with the list it leads into."""
    group: list[Block] = []
    for block in unit:
        if group and _begins_group(group[-1], block, numbered=numbered):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _begins_group(before: Block, block: Block, *, numbered: bool) -> bool:
    if numbered:
        return block.absatz != before.absatz
    if block.kind is BlockKind.TABLE_ROW:
        return before.kind is BlockKind.LIST_ITEM
    return block.kind is BlockKind.PARAGRAPH


def _cut(text: str, group: list[Block], sizes: _Sizes) -> Iterator[_Piece]:
    """Cut a group that is too long at its blocks, a block that is too long at its sentences."""
    whole = _span(group[0].start, group[-1].end, group[0])
    if whole.size <= sizes.long:
        yield whole
        return
    yield from _fill([piece for block in group for piece in _block_pieces(text, block, sizes)], sizes)


def _block_pieces(text: str, block: Block, sizes: _Sizes) -> Iterator[_Piece]:
    if block.end - block.start <= sizes.long:
        yield _span(block.start, block.end, block)
        return
    spans = [(block.start + start, block.start + end) for start, end in sentences(text[block.start : block.end])]
    starts = [block.start, *(start for start, _ in spans[1:])]
    for start, (_, end) in zip(starts, spans, strict=True):
        yield _span(start, end, block)


def _fill(pieces: Sequence[_Piece], sizes: _Sizes) -> Iterator[_Piece]:
    """Put neighbouring pieces together to parts of about equal length."""
    total = pieces[-1].end - pieces[0].start
    wanted = total / math.ceil(total / sizes.long)
    current = pieces[0]
    for piece in pieces[1:]:
        if current.size < wanted and piece.end - current.start <= sizes.long:
            current += piece
        else:
            yield current
            current = piece
    yield current


def _join(pieces: Iterable[_Piece], sizes: _Sizes) -> Iterator[_Piece]:
    """Let very short pieces share a passage with their neighbour."""
    current: _Piece | None = None
    for piece in pieces:
        if current is None:
            current = piece
        elif min(current.size, piece.size) < sizes.short and piece.end - current.start <= sizes.joined:
            current += piece
        else:
            yield current
            current = piece
    if current is not None:
        yield current


def _span(start: int, end: int, block: Block) -> _Piece:
    return _Piece(start, end, block, (block.absatz,) if block.absatz else ())


def _passage(document: Document, piece: _Piece) -> Passage:
    block = piece.block
    absaetze = piece.absaetze
    return Passage(
        source=document.source,
        section=block.section,
        title=block.section_title,
        absatz=absaetze[0] if len(absaetze) < 2 and absaetze else " bis ".join(absaetze[:1] + absaetze[-1:]),
        page=block.page,
        headings=block.headings,
        start=piece.start,
        end=piece.end,
        text=document.text[piece.start : piece.end],
        annex=block.annex,
    )

"""The extracted text of a document and the structure found in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leitplanke.core.provenance import Source


class BlockKind(StrEnum):
    """What a block of text is to its reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row: `text[start:end]` of its document, never overlapping.

    Attributes:
        level: 1 to 6 for headings, nesting depth (1 = outermost) for list items, otherwise 0.
        section: the citable unit the block lies in: "§ 17", "Art 5", "Anlage 1", or for other documents the nearest
            heading, else "Seite 3" for paged documents, else "".
        section_title: title of that unit ("Anmeldung, Abmeldung"), "" where it has none beyond `section`.
        absatz: number of the Absatz as printed ("1", "2a"), "" outside statutes.
        page: page number from 1, 0 where the format has no pages.
        headings: path of headings above, outermost first, without `section` itself.
        annex: True for annexes and tables that the default index leaves out.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    section: str = ""
    section_title: str = ""
    absatz: str = ""
    page: int = 0
    headings: tuple[str, ...] = ()
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A source with its extracted text; all offsets are Unicode code points in `text`.

    `text` is what `leitplanke text FILE` prints: blocks in reading order separated by line breaks, navigation and
    running heads removed, hyphenation repaired. `findings` are German sentences on what was noticed while reading
    (hidden text, removed boilerplate), for the person who releases the source.
    """

    source: Source
    text: str
    blocks: tuple[Block, ...]
    findings: tuple[str, ...] = ()

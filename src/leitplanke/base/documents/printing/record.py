"""Receipts, notes for the file and exports: headings, paragraphs and tables as PDF/UA-1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from leitplanke.base.documents.printing.letter import office_values
from leitplanke.base.documents.printing.text import clean, paper, papers, running, table_values
from leitplanke.base.documents.printing.typesetting import typeset
from leitplanke.base.documents.printing.words import language_of, long_date, words
from leitplanke.core.drafting.brief import Absender, Table

NO_OFFICE = Absender(behoerde="", stelle="", anschrift=())


@dataclass(frozen=True, slots=True)
class Items:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextTable(Table):
    """A table whose last column holds words, not amounts: it is set to the left."""


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture with what it shows (`caption`) and what it says (`alt`, for those who do not see it)."""

    svg: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class RecordSection:
    """A heading, and below it paragraphs (text), lists, tables and pictures."""

    heading: str
    blocks: tuple[str | Items | Table | Illustration, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A document.

    Attributes:
        datum: its day, shown on each page.
        highlights: what must be found at once, as label and value (file number, access code).
        notice: small print at the end.
        columns: in how many columns the text runs.
    """

    title: str
    subtitle: str
    datum: date
    sections: tuple[RecordSection, ...]
    office: Absender = NO_OFFICE
    highlights: tuple[tuple[str, str], ...] = ()
    notice: str = ""
    sprache: str = "de"
    columns: int = 1


def record_pdf(record: Record) -> bytes:
    """Return a document as tagged PDF; the same document gives the same bytes.

    Raises:
        TooLongError: it would have more than 200 pages.
        PrintError: it could not be set.
    """
    named = words(record.sprache)
    title = paper(record.title) or paper(record.subtitle) or named["stand"]
    values = {
        "words": named,
        "lang": language_of(record.sprache),
        "date": {"year": record.datum.year, "month": record.datum.month, "day": record.datum.day},
        "title": title,
        "author": papers([record.office.behoerde]),
        "description": paper(record.subtitle),
        "keywords": [],
        "running": running(record.title[:60], f"{named['stand']} {long_date(record.datum, record.sprache)}"),
        "subtitle": paper(record.subtitle),
        "office": office_values(record.office),
        "highlights": [[paper(label), paper(value)] for label, value in record.highlights],
        "sections": [_section(section) for section in record.sections],
        "notice": paper(record.notice),
        "columns": record.columns,
    }
    return typeset("dokument.typ", values, record.datum)


def _section(section: RecordSection) -> dict[str, Any]:
    return {"heading": paper(section.heading), "blocks": [_block(block) for block in section.blocks]}


def _block(block: str | Items | Table | Illustration) -> dict[str, Any]:
    if isinstance(block, TextTable):
        return {**table_values(block), "right": False}
    if isinstance(block, Table):
        return table_values(block)
    if isinstance(block, Illustration):
        return {"kind": "picture", "svg": block.svg, "caption": paper(block.caption), "alt": clean(block.alt)}
    if isinstance(block, Items):
        return {"kind": "list", "items": papers(block.items)}
    return {"kind": "text", "text": paper(block)}

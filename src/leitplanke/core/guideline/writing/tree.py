"""A document as data: what stands in it, not how it looks. Every output of a guideline is one of these."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


class Output(enum.StrEnum):
    """The documents that one guideline gives; `PROFIL` is the file that machines keep, and no tree."""

    LEITLINIE = "leitlinie"
    GESCHAEFTSANWEISUNG = "geschaeftsanweisung"
    PRAXISHANDBUCH = "praxishandbuch"
    MERKBLATT = "merkblatt"
    EINFACH = "einfach"
    DIENSTVEREINBARUNG = "dienstvereinbarung"
    BESCHLUSSVORLAGE = "beschlussvorlage"
    WEBSEITE = "webseite"
    PROFIL = "profil"


class Manner(enum.StrEnum):
    """What a paragraph is there for: ordinary text, an introduction, something not to miss, or small print."""

    PLAIN = "plain"
    LEAD = "lead"
    MARKED = "marked"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 1 is the title of the document, so these begin at 2. `number` is as the guideline counts."""

    text: str
    level: int = 2
    number: str = ""

    @property
    def words(self) -> str:
        """Number and text."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph.

    Attributes:
        label: the words it begins with, set apart ("Begründung").
        note: number of a footnote, counted from 1; 0 for none.
        of_table: whether it explains the table before it.
    """

    text: str
    label: str = ""
    note: int = 0
    manner: Manner = Manner.PLAIN
    of_table: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list; `ordered` where the order or the number matters, `label` is what it is a list of."""

    items: tuple[str, ...]
    ordered: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Pairs of a few words and what there is to say about them."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with headings for its columns; the first cell of each row names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs, each on a line."""

    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page, where there are pages."""


Node: TypeAlias = Heading | Text | Points | Terms | Table | Signatures | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a town.

    Attributes:
        author: the town, in full.
        draft: what to say at the top while it binds nobody; "" for a document that does.
        notes: the footnotes, the first is number 1.
        pages: how many pages it must have on paper; 0 where that is not said.
        easy: whether it is for people who read with effort: larger, and no word is divided.
    """

    kind: Output
    title: str
    subtitle: str
    author: str
    day: date
    nodes: tuple[Node, ...]
    notes: tuple[str, ...] = ()
    draft: str = ""
    pages: int = 0
    easy: bool = False

    @property
    def headings(self) -> Iterator[Heading]:
        """The headings in their order."""
        return (node for node in self.nodes if isinstance(node, Heading))

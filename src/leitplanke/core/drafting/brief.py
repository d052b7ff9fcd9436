"""A letter as data: who writes to whom, and paragraphs whose sentences name what they stand on.

How it looks on paper (DIN 5008, PDF, DOCX) is not said here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any


class Part(StrEnum):
    """What a paragraph does in a letter of an office."""

    ANREDE = "anrede"
    TEXT = "text"
    TENOR = "tenor"
    GRUENDE = "gruende"
    BERECHNUNG = "berechnung"
    URTEIL = "urteil"
    HINWEIS = "hinweis"
    FRIST = "frist"
    RECHTSFOLGE = "rechtsfolge"
    RECHTSBEHELF = "rechtsbehelf"
    GRUSS = "gruss"


_MODEL_NOTICE = {
    "de": "Einzelne Sätze hat ein KI-Modell formuliert. Ein Mensch hat sie geprüft und übernommen.",
    "en": "An AI model worded some of the sentences. A person has checked and adopted them.",
}


class Author(StrEnum):
    """Who worded a sentence; `MODEL` is a language model, whose words a person took over."""

    MACHINE = "maschine"
    MODEL = "modell"
    BLOCK = "textbaustein"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `ground` is the key of what it stands on (`Grounds`), empty where nothing supports it."""

    text: str
    ground: str = ""
    author: Author = Author.MACHINE


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences with one purpose; `key` names it when a person edits, `listed` sets each sentence as a list item."""

    key: str
    part: Part
    sentences: tuple[Sentence, ...]
    heading: str = ""
    listed: bool = False

    @property
    def text(self) -> str:
        """Return the words as one edits them: sentences in a line, list items each in their own."""
        return ("\n" if self.listed else " ").join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the calculation; the last column is set to the right, rows of `strong` are results."""

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Absender:
    """The office as the letterhead names it."""

    behoerde: str
    stelle: str
    anschrift: tuple[str, ...]
    bearbeitung: str = ""
    telefon: str = ""
    email: str = ""
    zeiten: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A letter.

    Attributes:
        art: `eingangsbestaetigung`, `mitwirkung`, `anhoerung`, `bescheid`, ...
        empfaenger: the lines of the address field, at most six.
        kennzeichnung: who worded it, as the reader is told.
        anlagen: titles of what is enclosed.
    """

    art: str
    absender: Absender
    empfaenger: tuple[str, ...]
    aktenzeichen: str
    datum: date
    betreff: str
    body: tuple[Paragraph | Table, ...]
    unterzeichnet: str = ""
    kennzeichnung: str = ""
    anlagen: tuple[str, ...] = ()
    sprache: str = "de"

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs without tables."""
        return (block for block in self.body if isinstance(block, Paragraph))

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence in order."""
        return (sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

    @property
    def text(self) -> str:
        """Return the letter as plain text, tables line by line."""
        parts = [self.betreff]
        for block in self.body:
            if isinstance(block, Table):
                parts += [block.caption, *("  ".join(row) for row in block.rows)]
            else:
                parts += [part for part in (block.heading, block.text) if part]
        return "\n\n".join(parts)

    @property
    def machine_share(self) -> float:
        """Return the share of characters that no person worded, from 0 to 1."""
        return 1 - self._share(Author.PERSON) if any(sentence.text for sentence in self.sentences) else 0.0

    @property
    def model_share(self) -> float:
        """Return the share of characters that a language model worded, from 0 to 1."""
        return self._share(Author.MODEL)

    def _share(self, author: Author) -> float:
        total = sum(len(sentence.text) for sentence in self.sentences)
        own = sum(len(sentence.text) for sentence in self.sentences if sentence.author is author)
        return own / total if total else 0.0

    @property
    def notice(self) -> str:
        """Return who worded it, as the reader is told; where a language model did in part, that as well."""
        said = _MODEL_NOTICE.get(self.sprache[:2].lower(), _MODEL_NOTICE["de"]) if self.model_share else ""
        return " ".join(part for part in (self.kennzeichnung.strip(), said) if part)

    def with_body(self, body: Sequence[Paragraph | Table]) -> Brief:
        """Return the letter with another body."""
        return replace(self, body=tuple(body))


def brief_to_json(brief: Brief) -> dict[str, Any]:
    """Return a letter as JSON values."""
    values = asdict(brief)
    values["datum"] = brief.datum.isoformat()
    for kept, block in zip(values["body"], brief.body, strict=True):
        kept["kind"] = "table" if isinstance(block, Table) else "paragraph"
    return values


def brief_from_json(values: Mapping[str, Any]) -> Brief:
    """Rebuild a letter."""
    absender = values["absender"] | {"anschrift": tuple(values["absender"]["anschrift"])}
    return Brief(
        **dict(values)
        | {
            "absender": Absender(**absender),
            "datum": date.fromisoformat(values["datum"]),
            "empfaenger": tuple(values["empfaenger"]),
            "anlagen": tuple(values["anlagen"]),
            "body": tuple(_block(block) for block in values["body"]),
        }
    )


def _block(values: Mapping[str, Any]) -> Paragraph | Table:
    kept = {name: value for name, value in values.items() if name != "kind"}
    if values["kind"] == "table":
        rows = tuple(tuple(row) for row in kept["rows"])
        return Table(**kept | {"columns": tuple(kept["columns"]), "rows": rows, "strong": tuple(kept["strong"])})
    sentences = tuple(Sentence(item["text"], item["ground"], Author(item["author"])) for item in kept["sentences"])
    return Paragraph(**kept | {"part": Part(kept["part"]), "sentences": sentences})

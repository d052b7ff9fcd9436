"""Answers and documents as pages show them: text in pieces, never markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leitplanke.apps.wissen.models import Quelle
from leitplanke.base.documents.services import read_file
from leitplanke.base.documents.turning import PageTurning
from leitplanke.core.retrieval.documents import Block

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from leitplanke.apps.wissen.models import Antwort, Fassung

LIST_MARK = "- "
EBENEN = dict(Quelle.EBENEN)
WHOLE_DOCUMENT_CHARACTERS = 60_000
MAX_DIGITS = 9
TEXT_ENDINGS = frozenset({"md", "txt", "html", "htm", "xml"})


@dataclass(frozen=True, slots=True)
class CitationCard:
    """A quote as a card: `number` refers to it from the answer, 0 where it is no evidence."""

    number: int
    anchor: str
    title: str
    section: str
    quote: str
    facts: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the answer with the numbers of its citations; `items` make it a list under `text`."""

    text: str
    items: tuple[str, ...]
    numbers: tuple[int, ...]
    conflicting: bool


@dataclass(slots=True)
class AnswerPage:
    """Everything the page of an answer shows."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    cards: list[CitationCard] = field(default_factory=list)
    nearest: list[CitationCard] = field(default_factory=list)
    refusal: list[str] = field(default_factory=list)


def answer_page(antwort: Antwort, withdrawn: Collection[int] = ()) -> AnswerPage:
    """Give citations numbers in order of appearance; the same quote keeps its number.

    Versions `withdrawn` since are no longer linked.
    """
    page = AnswerPage()
    numbers: dict[tuple[int, int, int], int] = {}
    for claim in antwort.inhalt["claims"]:
        cited = []
        for citation in claim["citations"]:
            key = (citation["fassung"], citation["start"], citation["end"])
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                page.cards.append(_card(citation, numbers[key], withdrawn))
            cited.append(numbers[key])
        page.paragraphs.append(_paragraph(claim["text"], tuple(cited), conflicting=claim["conflicting"]))
    if not page.paragraphs:
        page.refusal = [line for line in antwort.inhalt["text"].splitlines() if line.strip()]
    page.nearest = [_card(citation, 0, withdrawn) for citation in antwort.inhalt["nearest"]]
    return page


def _paragraph(text: str, numbers: tuple[int, ...], *, conflicting: bool) -> Paragraph:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    items = tuple(line.removeprefix(LIST_MARK) for line in lines if line.startswith(LIST_MARK))
    lead = " ".join(line for line in lines if not line.startswith(LIST_MARK))
    return Paragraph(lead, items, numbers, conflicting)


def _card(citation: dict[str, Any], number: int, withdrawn: Collection[int]) -> CitationCard:
    url = ""
    if citation["fassung"] not in withdrawn:
        address = reverse("wissen:fassung", args=[citation["fassung"]])
        url = f"{address}?von={citation['start']}&bis={citation['end']}#stelle"
    return CitationCard(
        number=number,
        anchor=f"quelle-{number}" if number else "",
        title=citation["titel"],
        section=citation["section"] if citation["section"] != citation["titel"] else "",
        quote=citation["quote"],
        facts=tuple(citation["facts"]),
        url=url,
    )


def version_facts(fassung: Fassung) -> list[str]:
    """Say in short phrases as of when, for how long and for whom a version holds."""
    said = fassung.angaben
    facts = [str(EBENEN[said["ebene"]])] if said.get("ebene") else []
    if said.get("bindet"):
        facts.append(_("gilt für: %(wen)s") % {"wen": said["bindet"]})
    if fassung.textstand:
        facts.append(_("Stand %(tag)s") % {"tag": date_format(fassung.textstand, "SHORT_DATE_FORMAT")})
    if fassung.gueltig_von:
        facts.append(_("gültig ab %(tag)s") % {"tag": date_format(fassung.gueltig_von, "SHORT_DATE_FORMAT")})
    if fassung.gueltig_bis:
        facts.append(_("gültig bis %(tag)s") % {"tag": date_format(fassung.gueltig_bis, "SHORT_DATE_FORMAT")})
    if said.get("lizenz"):
        facts.append(said["lizenz"])
    return facts


@dataclass(frozen=True, slots=True)
class OriginalView(PageTurning):
    """How the original is shown beside the text: a page as a picture (`page` from 1), or its own characters."""

    page: int = 0
    pages: int = 0
    raw: str = ""


def original_view(fassung: Fassung, wanted_page: str) -> OriginalView:
    """Return what of the original can be shown: pages of a PDF, characters of a text; nothing of other formats."""
    ending = fassung.dateiname.rsplit(".", 1)[-1].lower()
    if ending == "pdf":
        pages = max((block["page"] for block in fassung.bloecke), default=1) or 1
        page = int(wanted_page) if wanted_page.isdecimal() and len(wanted_page) < MAX_DIGITS else 1
        return OriginalView(page=min(max(page, 1), pages), pages=pages)
    if ending in TEXT_ENDINGS:
        return OriginalView(raw=read_file(fassung.datei).decode(errors="replace")[:WHOLE_DOCUMENT_CHARACTERS])
    return OriginalView()


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text, marked where it is cited; `first` carries the anchor."""

    text: str
    marked: bool
    first: bool


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of a document with its marked runs."""

    kind: str
    level: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document, or for long ones the section in question with its neighbours."""

    blocks: tuple[ShownBlock, ...]
    section: str
    previous: str
    next: str


def shown_document(text: str, blocks: tuple[Block, ...], start: int, end: int, section: str = "") -> ShownDocument:
    """Cut a document into blocks for display, `text[start:end]` marked; nothing is marked where start == end."""
    part, chosen, before, after = _visible(text, blocks, start, section)
    shown = []
    anchored = False
    for block in part:
        segments = tuple(_segments(text, block, start, end, anchored=anchored))
        anchored = anchored or any(segment.marked for segment in segments)
        shown.append(ShownBlock(block.kind.value, min(max(block.level, 1) + 1, 6), segments))
    return ShownDocument(tuple(shown), chosen, before, after)


def _visible(text: str, blocks: tuple[Block, ...], start: int, section: str) -> tuple[Iterable[Block], str, str, str]:
    if len(text) <= WHOLE_DOCUMENT_CHARACTERS:
        return blocks, "", "", ""
    sections = list(dict.fromkeys(block.section for block in blocks))
    if section not in sections:
        section = next((block.section for block in blocks if block.end > start), sections[-1])
    place = sections.index(section)
    before = sections[place - 1] if place else ""
    after = sections[place + 1] if place + 1 < len(sections) else ""
    return (block for block in blocks if block.section == section), section, before, after


def _segments(text: str, block: Block, start: int, end: int, *, anchored: bool) -> Iterator[Segment]:
    low, high = max(start, block.start), min(end, block.end)
    if low >= high:
        yield Segment(text[block.start : block.end], marked=False, first=False)
        return
    if block.start < low:
        yield Segment(text[block.start : low], marked=False, first=False)
    yield Segment(text[low:high], marked=True, first=not anchored)
    if high < block.end:
        yield Segment(text[high : block.end], marked=False, first=False)

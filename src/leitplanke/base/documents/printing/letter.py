"""A letter by DIN 5008, form B, as PDF/UA-1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leitplanke.base.documents.printing.text import breakable, clean, paper, papers, running, table_values
from leitplanke.base.documents.printing.typesetting import typeset
from leitplanke.base.documents.printing.words import language_of, long_date, origin_notes, words
from leitplanke.core.drafting.brief import Absender, Brief, Paragraph, Part, Table

MARKED = frozenset({Part.TENOR, Part.FRIST})
TOGETHER = frozenset({Part.RECHTSBEHELF, Part.RECHTSFOLGE, Part.GRUSS})
LONGEST_RUN_IN_INFO = 28
LONGEST_TOGETHER = 2500  # characters; more than about a page cannot be kept together


def letter_pdf(brief: Brief) -> bytes:
    """Return a letter as tagged PDF; the same letter gives the same bytes.

    Raises:
        TooLongError: it would have more than 200 pages.
        PrintError: it could not be set.
    """
    return typeset("brief.typ", _values(brief), brief.datum)


def _values(brief: Brief) -> dict[str, Any]:
    named = words(brief.sprache)
    greeting = signature_place(brief.body)
    body = [_block(block, signed=index == greeting) for index, block in enumerate(brief.body)]
    absender = brief.absender
    return {
        "words": named,
        "lang": language_of(brief.sprache),
        "date": {"year": brief.datum.year, "month": brief.datum.month, "day": brief.datum.day},
        "title": paper(brief.betreff) or paper(brief.aktenzeichen) or paper(brief.art) or named["aktenzeichen"],
        "author": papers([absender.behoerde]),
        "description": paper(brief.notice),
        "keywords": origin_notes(brief.machine_share, brief.model_share),
        "running": running(brief.aktenzeichen, long_date(brief.datum, brief.sprache)),
        "office": {"name": paper(absender.behoerde), "unit": paper(absender.stelle)},
        "return_line": " · ".join(papers((absender.behoerde, *absender.anschrift))),
        "recipient": papers(brief.empfaenger),
        "info": [[label, breakable(clean(value), LONGEST_RUN_IN_INFO)] for label, value in information(brief)],
        "body": body,
        "signature": paper(brief.unterzeichnet),
        "signature_last": greeting is None,
        "enclosures": papers(brief.anlagen),
        "notice": paper(brief.notice),
    }


def information(brief: Brief) -> list[tuple[str, str]]:
    """Return the lines of the information block as label and value, without the empty ones."""
    named, absender = words(brief.sprache), brief.absender
    lines = [
        (named["aktenzeichen"], brief.aktenzeichen),
        (named["bearbeitung"], absender.bearbeitung),
        (named["telefon"], absender.telefon),
        (named["email"], absender.email),
        (named["zeiten"], absender.zeiten),
        (named["datum"], long_date(brief.datum, brief.sprache)),
    ]
    return [(label, value) for label, value in lines if value.strip()]


def signature_place(body: Sequence[Paragraph | Table]) -> int | None:
    """Return which block the name of who signs follows: the last greeting."""
    places = [index for index, block in enumerate(body) if isinstance(block, Paragraph) and block.part is Part.GRUSS]
    return places[-1] if places else None


def office_values(absender: Absender) -> dict[str, Any]:
    """Return the office for the head of a form or record."""
    return {
        "name": paper(absender.behoerde),
        "unit": paper(absender.stelle),
        "lines": papers((*absender.anschrift, absender.telefon, absender.email, absender.zeiten)),
    }


def _block(block: Paragraph | Table, *, signed: bool) -> dict[str, Any]:
    if isinstance(block, Table):
        return table_values(block)
    return {
        "kind": "paragraph",
        "heading": paper(block.heading),
        "sentences": papers([sentence.text for sentence in block.sentences]),
        "listed": block.listed,
        "marked": block.part in MARKED,
        "together": block.part in TOGETHER and len(block.text) <= LONGEST_TOGETHER,
        "signed": signed,
    }

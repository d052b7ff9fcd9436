"""A poster for a wall or a counter: what it is about, questions with answers, and a QR code, as PDF/UA-1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leitplanke.base.documents.printing.letter import office_values
from leitplanke.base.documents.printing.qr import qr_svg
from leitplanke.base.documents.printing.text import clean, paper, papers, running
from leitplanke.base.documents.printing.typesetting import typeset
from leitplanke.base.documents.printing.words import language_of, long_date, words
from leitplanke.core.drafting.brief import Absender

LONGEST_ANSWER = 420
# So large that it is read from a metre away, and still one page: most characters, size in points.
SIZES = ((450, 20), (800, 17))
SMALLEST = 14


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on it.

    Attributes:
        kicker: what kind of thing it is, above the title.
        answers: question and answer, read from a metre away.
        address: where the QR code leads; `call` says so, `alt` says it to people who do not see it.
    """

    kicker: str
    title: str
    answers: tuple[tuple[str, str], ...]
    address: str
    call: str
    alt: str
    office: Absender
    datum: date
    sprache: str = "de"


def poster_pdf(poster: Poster) -> bytes:
    """Return a poster as tagged PDF; the same poster gives the same bytes.

    Raises:
        PrintError: it could not be set.
    """
    named = words(poster.sprache)
    day = long_date(poster.datum, poster.sprache)
    values = {
        "words": named,
        "lang": language_of(poster.sprache),
        "date": {"year": poster.datum.year, "month": poster.datum.month, "day": poster.datum.day},
        "title": paper(poster.title) or paper(poster.kicker),
        "author": papers([poster.office.behoerde]),
        "description": paper(poster.kicker),
        "keywords": [],
        "running": running(f"{named['stand']} {day}"),
        "kicker": paper(poster.kicker),
        "office": office_values(poster.office),
        "size": _size(poster),
        "answers": [[paper(question), paper(_short(answer))] for question, answer in poster.answers],
        "qr": qr_svg(poster.address),
        "alt": paper(poster.alt),
        "call": paper(poster.call),
        "address": clean(poster.address),  # without places to break: people copy it
    }
    return typeset("aushang.typ", values, poster.datum)


def _size(poster: Poster) -> int:
    length = sum(len(_short(answer)) for _question, answer in poster.answers)
    return next((size for most, size in SIZES if length <= most), SMALLEST)


def _short(text: str) -> str:
    """Return an answer that fits on a wall; the page behind the code has all of it."""
    if len(text) <= LONGEST_ANSWER:
        return text
    return text[:LONGEST_ANSWER].rsplit(" ", 1)[0].rstrip(",;:") + " …"

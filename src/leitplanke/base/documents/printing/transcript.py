"""The text of a document set anew, without anything else that its file carried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from leitplanke.base.documents.printing.text import clean
from leitplanke.base.documents.printing.typesetting import typeset


def transcript_pdf(title: str, lines: Iterable[tuple[str, bool]], day: date) -> bytes:
    """Return paragraphs as tagged PDF; each comes with whether it is a heading.

    Raises:
        TooLongError: it would have more than 200 pages.
        PrintError: it could not be set.
    """
    values = {
        "words": {},
        "lang": "de",
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "title": title,
        "author": [],
        "description": "",
        "keywords": [],
        "lines": [{"text": shown, "head": head} for text, head in lines if (shown := clean(text)).strip()],
    }
    return typeset("abschrift.typ", values, day)

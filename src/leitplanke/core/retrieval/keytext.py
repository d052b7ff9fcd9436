"""The wording under which a passage and its section are embedded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leitplanke.core.retrieval.passages import Passage

_BODY_LIMIT = 1000  # characters; the median Absatz has 320, and cost grows with length
_TITLE_LIMIT = 100
_BRACKETS = re.compile(r"\([^()]*\)")
_SPACE = re.compile(r"\s+")
_ABSATZ_NUMBER = re.compile(r"^\(\d+[a-z]*\)\s*")
_UNIT = r"(?:Buch|Teil|Kapitel|Abschnitt|Titel|Untertitel|Unterabschnitt|Unterkapitel|Hauptstück)"
_LABEL = re.compile(
    rf"^(?:{_UNIT}\s+[\dIVXLC]+[a-z]?\.?|\w+(?:er|es|e)\s+{_UNIT}|\d+\w?\.\s*{_UNIT}|[IVXLC]+\.|\d+\.)[\s:–-]*",
)


def subject(title: str) -> str:
    """Return a document's title without brackets and dashes around it, cut to what names its matter."""
    plain = _SPACE.sub(" ", _BRACKETS.sub(" ", title)).strip(" -–")
    return _cut(plain, _TITLE_LIMIT)


def plain_heading(heading: str) -> str:
    """Return a heading without its counting ("Abschnitt 3 Allgemeine Meldepflichten")."""
    return _LABEL.sub("", _SPACE.sub(" ", heading)).strip()


def passage_text(passage: Passage) -> str:
    """Return what is embedded for a passage: its law and headings say what its bare wording leaves open."""
    body = _ABSATZ_NUMBER.sub("", _SPACE.sub(" ", passage.text).strip())
    lead = [subject(passage.source.title), *[plain_heading(h) for h in passage.headings[-1:]], passage.title]
    return f"{': '.join(part for part in lead if part)}\n{_cut(body, _BODY_LIMIT)}"


def heading_text(passage: Passage) -> str:
    """Return the words of a passage's title, which count for its whole section."""
    return passage.title or passage.section


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0]

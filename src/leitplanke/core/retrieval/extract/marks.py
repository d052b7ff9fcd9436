"""What single lines look like: list items, headings, dates, by-lines."""

from __future__ import annotations

import re

_MONTH = r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
_BULLET = re.compile(r"[•·▪■◦‣●○–—*\uf0b7\uf0a7➢►✓→-]\s+(?=\S)")
_NUMBER_MARK = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z]\)|[a-z]\.|[ivx]{1,4}[.)])\s+(?=\S)")
_DATE = re.compile(rf"\d{{1,2}}\.\s*(?:{_MONTH}\b|\d{{1,2}}\.)")
_ONLY_DATE = re.compile(
    rf"(?:(?:vom|am|Stand|Datum|Veröffentlicht|Beschluss)\W*){{0,2}}\d{{1,2}}\.\s*(?:{_MONTH}|\d{{1,2}}\.)\s*\d{{2,4}}\W*",
    re.IGNORECASE,
)
_NUMBERED_HEADING = re.compile(
    r"(?:(?P<par>§+\s*\d+[a-z]?\b|(?:Artikel|Art\.)\s+\d+[a-z]?\b)"
    r"|(?P<part>(?:Kapitel|Abschnitt|Teil|Anlage|Anhang)\s+(?:\d+|[A-Z]|[IVX]+)\b)"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){0,4}\.?)"
    r"|(?P<roman>[IVX]{1,5}\.)|(?P<upper>[A-Z]\.)|(?P<alpha>[a-z]\.))"
    r"(?:[\s:.–-]+|$)(?P<title>.*)"
)
_SENTENCE_END = re.compile(r"[.!?:…][“”»«\"'’)\]]*$")
_NO_HEADING = re.compile(r"©|\||@|://|www\.|^(?:von|Von|Autor(?:in)?|Foto|Bild|Quelle|Tel|Telefon|Fax|IBAN)\b")
# No heading breaks off after one of these.
_DANGLING = re.compile(
    r"\b(?:der|die|das|den|dem|des|eine?|eine[mnrs]|und|oder|sowie|in|im|an|am|auf|für|mit|von|vom|zu[mr]?|bei|durch|als|dass)$"
)
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_HEADING = 120
_MOST_WORDS = 16


def item_mark(text: str) -> str:
    """Return the bullet or number with which a list item begins, "" where it is none; a date is no number."""
    match = _BULLET.match(text) or _NUMBER_MARK.match(text)
    return match[0] if match and not _DATE.match(text) else ""


def is_bullet(mark: str) -> bool:
    """Tell a bullet from a number."""
    return bool(_BULLET.fullmatch(f"{mark}x"[: len(mark)])) or (bool(mark) and not any(c.isalnum() for c in mark))


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends where a sentence may end."""
    return bool(_SENTENCE_END.search(text))


def numbering(text: str) -> tuple[str, str, str]:
    """Split a numbered heading into its style ("decimal2", "par"), its number and its title.

    Without a number style and number are empty.
    """
    match = _NUMBERED_HEADING.match(text)
    if match is None or _DATE.match(text):
        return "", "", text
    style = match.lastgroup if match.lastgroup != "title" else ""
    style = style or next(name for name, found in match.groupdict().items() if found and name != "title")
    number = match[style]
    if style == "decimal":
        style = f"decimal{number.rstrip('.').count('.') + 1}"
    return style, number, match["title"].strip()


def is_numbered_heading(text: str) -> bool:
    """Tell whether a line could be a heading with a number."""
    style, number, title = numbering(text)
    if not style or not can_be_heading(text):
        return False
    return style == "par" or (bool(title) and title[:1].isupper() and (style != "decimal1" or len(number) < 4))


def is_meta(text: str) -> bool:
    """Tell by-lines, dates and contact details, which stand between a title and its text."""
    return len(text) <= _LONGEST_HEADING and bool(_NO_HEADING.search(text) or _ONLY_DATE.fullmatch(text))


def can_be_heading(text: str) -> bool:
    """Tell whether a line looks like a heading: short, no end of a sentence, no by-line, no date."""
    if len(text) > _LONGEST_HEADING or len(text.split()) > _MOST_WORDS or _BULLET.match(text):
        return False
    if text[-1] in ".,;:!…-–" or _NO_HEADING.search(text) or _ONLY_DATE.fullmatch(text) or _DANGLING.search(text):
        return False
    letters = len(_LETTER.findall(text))
    first = text.lstrip("„“\"'»(")[:1]
    has_case = first.isupper() or first.isdigit() or first == "§" or bool(re.match(r"[a-z]\.\s+[A-ZÄÖÜ]", text))
    return has_case and (letters * 2 > len(text) or text.startswith("§"))

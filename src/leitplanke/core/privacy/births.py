"""Dates of birth: only where a word says so, since most dates in an office are something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.privacy.model import Label, Span

_MONTHS = r"(?:jan(?:uar)?|jän(?:ner)?|feb(?:ruar)?|m(?:ä|ae)rz|mrz|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dez(?:ember)?)\.?"
DATE = re.compile(
    r"(?:"
    r"(?:0?[1-9]|[12]\d|3[01])[ ]?[./\-][ ]?(?:0?[1-9]|1[0-2])[ ]?[./\-][ ]?(?:(?:18|19|20)\d{2}|\d{2})(?!\d)"
    r"|(?:18|19|20)\d{2}[./\-](?:0?[1-9]|1[0-2])[./\-](?:0?[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?:0?[1-9]|[12]\d|3[01])\.?[ ]?{_MONTHS}[ ]?(?:(?:18|19|20)\d{{2}}|\d{{2}})(?!\d)"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}(?!\d)"
    r"|(?:0?[1-9]|[12]\d|3[01])[ ](?:0?[1-9]|1[0-2])[ ](?:19|20)\d{2}(?!\d)"
    r")"
)
_WORDS = (
    r"geburtsdatum|geburtsdaten|geburtstag|geburts-datum|geb\.?-?[ ]?datum|gebdat|geb\.?[ ]?dat\.?|geb\.-dat\.|geb\.?[ ]?am|geboren|geborene[rsn]?|geb\.?-?[ ]?tag|geb|gebdatum|"
    r"geburt|date of birth|dob|born|née|né|geboren am|geb\.-d\.|doğum tarihi|geburtsd\.|\*"
)
_CUE = re.compile(rf"(?<![\w*])(?:{_WORDS})(?![^\W\d_])")
_FILLER = re.compile(
    r"(?:[ \t\u00a0:=.,\-–(*|/]|\r?\n|(?:am|den|ist|der|war|wurde|in|on|lautet|vom|mein|des|kindes|sohnes|tochter|laut|ausweis|jahre|wird|datum)(?!\w)){0,9}"
)
# A maiden name or a place may stand between: „geb. Schmidt am 3.4.1960“, „geboren in Izmir am ...“, „Geburtsdatum und -ort: ...“.
_BETWEEN = re.compile(r"[^\d\n;]{0,45}?(?:am[ ]|,[ ]|:[ ]|\*[ ]?)")
_AFTER = re.compile(r"[ ]?(?:\(?geb(?:oren|\.)?\)?(?![\w])|geboren)")


def propose_births(text: str, low: str) -> Iterator[Span]:
    """Yield dates of birth; `low` is `text` in small letters."""
    for cue in _CUE.finditer(low):
        yield from _after(low, cue.end())
    for date in DATE.finditer(low):
        if not text[date.start() - 1 : date.start()].isdigit() and _AFTER.match(low, date.end()):
            yield Span(date.start(), date.end(), Label.GEBURTSDATUM, 0.85)


def _after(low: str, place: int) -> Iterator[Span]:
    filler = _FILLER.match(low, place)
    start = filler.end() if filler else place
    date = DATE.match(low, start)
    if date is None:
        between = _BETWEEN.match(low, place)
        date = DATE.match(low, between.end()) if between else None
    while date:
        yield Span(date.start(), date.end(), Label.GEBURTSDATUM, 0.93)
        more = re.compile(r"[ ]?(?:,|und|sowie|/|;)[ ]").match(low, date.end())
        date = DATE.match(low, more.end()) if more else None

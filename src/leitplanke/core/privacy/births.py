"""Dates of birth: only where a word says so, since most dates in an office are something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leitplanke.core.privacy.model import Label, Span

_MONTHS = (
    r"(?:jan(?:uar)?|jän(?:ner)?|feb(?:ruar)?|m(?:ä|ae)rz|mrz|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?|"
    r"sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dez(?:ember)?)\.?"
)
DATE = re.compile(
    r"(?:"
    r"(?:0?[1-9]|[12]\d|3[01])[ ]?[./\-][ ]?(?:0?[1-9]|1[0-2])[ ]?[./\-][ \n]?(?:(?:18|19|20)\d{2}|\d{2})(?!\d)"
    r"|(?:0?[1-9]|[12]\d|3[01])\.[ ]?[ivx]{1,4}\.[ ]?(?:19|20)\d{2}(?!\d)"
    r"|(?:18|19|20)\d{2}[./\-](?:0?[1-9]|1[0-2])[./\-](?:0?[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?:0?[1-9]|[12]\d|3[01])\.?[ ]?{_MONTHS}[ \n]?(?:(?:18|19|20)\d{{2}}|\d{{2}})(?!\d)"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}(?!\d)"
    r"|(?:0?[1-9]|[12]\d|3[01])[ ](?:0?[1-9]|1[0-2])[ ](?:19|20)\d{2}(?!\d)"
    r")"
)
_WORDS = (
    r"geburtsdatum|geburtsdaten|geburtstag|geburts-datum|geb\.?-?[ ]?datum|gebdat|geb\.?[ ]?dat\.?|"
    r"geb\.-dat\.|geb\.?[ ]?am|geboren|geborene[rsn]?|geb\.?-?[ ]?tag|geb|gebdatum|"
    r"geburt|date of birth|dob|born|née|né|geboren am|geb\.-d\.|doğum tarihi|geburtsd\.|\*(?=[ ]?\d)"
)
_CUE = re.compile(rf"(?<![\w*])(?:{_WORDS})(?![^\W\d_])")
_HINTS = ("geb", "*", "birth", "dob", "born", "né", "doğum")
_FILLER = re.compile(
    r"(?:[ \t\u00a0:=.,\-–(*|/]|\r?\n|(?:am|den|ist|der|war|wurde|in|on|lautet|vom|mein|des|kindes|sohnes|"
    r"tochter|laut|ausweis|jahre|wird|datum|mir|ihm|ihr|uns)(?!\w)){0,25}"
)
# `elften dritten neunzehnhundertachtundsechzig`, as people dictate.
_SPOKEN = re.compile(
    rf"[a-zäöüß]{{3,20}}te[nrs]?[ ](?:[a-zäöüß]{{3,10}}te[nrs]?|{_MONTHS})[ ]"
    r"(?:neunzehnhundert|zweitausend)[a-zäöüß]{0,30}"
)
_CHILD = re.compile(r"(?:kind(?:[ ]\d)?|sohn|tochter):?[ ]\Z")
_COMMA = re.compile(r",[ ]")
_AND = re.compile(r"[ ]?(?:,|und|sowie|/|;)[ ]")
# A maiden name or a place may stand between: „geb. Schmidt am 3.4.1960“, „geboren in Izmir am ...“.
_BETWEEN = re.compile(r"[^\d\n;]{0,45}?(?:am[ ]|,[ ]|:[ ]|\*[ ]?)")
_AFTER = re.compile(
    r"[ ]?(?:\(?geb(?:oren|\.|or'?n)?\)?(?![\w])|geboren|"
    r"(?:um[ ]\d{1,2}[:.]\d{2}[ ]uhr[ ])?[^\d.;:,\n]{1,60}?[ ](?:geboren|zur welt gekommen)(?!\w))"
)


def propose_births(text: str, low: str) -> Iterator[Span]:
    """Yield dates of birth; `low` is `text` in small letters."""
    for cue in _CUE.finditer(low) if any(hint in low for hint in _HINTS) else ():
        yield from _after(low, cue.end())
    for date in DATE.finditer(low) if "geb" in low else ():
        if not text[date.start() - 1 : date.start()].isdigit() and _AFTER.match(low, date.end()):
            yield Span(date.start(), date.end(), Label.GEBURTSDATUM, 0.85)


_BESIDE_NAME = re.compile(r"[ ]?(?:\([ ]?|,[ ][^\W\d_]{4,20},[ ]|,[ ]|/[ ]?|[ ]?\|[ ]?|[ ]|;)(?:\*[ ]?)?")


def propose_births_of(text: str, low: str, persons: Iterable[Span]) -> Iterator[Span]:
    """Yield the dates right behind a name: „Luka Weber (13.03.2008)“, „Jana Weber, polnisch, 2.2.1990“."""
    for person in persons:
        gap = _BESIDE_NAME.match(text, person.end)
        date = DATE.match(low, gap.end()) if gap else None
        comma = _COMMA.match(text, person.end)
        child = DATE.match(low, comma.end()) if comma else None
        if child and _CHILD.search(low, max(0, person.start - 9), person.start):
            yield Span(child.start(), child.end(), Label.GEBURTSDATUM, 0.75)
            continue
        if date and ((gap is not None and "(" in gap[0]) or _is_long_ago(date[0])):
            yield Span(date.start(), date.end(), Label.GEBURTSDATUM, 0.7)


def _is_long_ago(date: str) -> bool:
    year = date[-4:] if date[-4:].isdecimal() else date[:4]
    return (year.isdecimal() and year < "2012") or (
        re.search(r"[./\-]\d{2}\Z", date) is not None and not "12" < date[-2:] < "40"
    )


def _after(low: str, place: int) -> Iterator[Span]:
    filler = _FILLER.match(low, place)
    start = filler.end() if filler else place
    date = DATE.match(low, start) or _SPOKEN.match(low, start)
    if date is None:
        between = _BETWEEN.match(low, place)
        date = DATE.match(low, between.end()) if between else None
    while date:
        yield Span(date.start(), date.end(), Label.GEBURTSDATUM, 0.93)
        more = _AND.match(low, date.end())
        date = DATE.match(low, more.end()) if more else None

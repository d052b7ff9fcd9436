"""E-mail addresses and telephone numbers as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from leitplanke.core.privacy.model import Label, Span

_EMAIL = re.compile(r"[\w.+'%&\-]{1,64}@(?:[\w\-]{1,63}\.){1,8}[^\W\d_][\w\-]{1,62}")
_HIDDEN_AT = re.compile(
    r"[\w.+\-]{1,64}[ ]?[\(\[\{][ ]?(?:at|ät|@)[ ]?[\)\]\}][ ]?[\w\-]{1,63}(?:[ ]?(?:\.|[\(\[\{]?(?:dot|"
    r"punkt)[\)\]\}]?)[ ]?[\w\-]{2,63}){1,4}",
    re.IGNORECASE,
)
# One way to read each gap, so that nothing is tried twice.
_AT_WORD = re.compile(r"[(\[{][ ]?(?:at|ät|@)[ ]?[)\]}]")
_INSIDE = r"(?:[ \u00a0]?[\-–/.()][ \u00a0]?[\-–/(]?|[ \u00a0])?"
_INTERNATIONAL = re.compile(rf"(?<![\w+])(?:\+|00)[1-9](?:{_INSIDE}\d){{6,14}}(?![\w]|[./\-]\d)")
_NATIONAL = re.compile(rf"(?<![\w.,/+\-])\(?0[ ]?[1-9](?:{_INSIDE}\d){{4,12}}(?![\w]|[/\-]\d|,\d|\.\d)")
_EXTENSION = re.compile(r"[ ]?[\-–/][ ]?(?:\d{1,5}|0)(?![\w.])")
_LONE_EXTENSION = re.compile(r"[-–]\d+")
_CUE = re.compile(
    r"(?<![\w])(?:telefonnummer|telefon|telefax|mobilnummer|mobiltelefon|mobilfunk|mobil|handynummer|"
    r"handy|rufnummer|durchwahl|rückruf|festnetz|whatsapp|diensthandy"
    r"|fon|fax|tel|app|apparat|dw|phone|notfallnummer|faxnummer|tel\.-nr|telnr|tel-nr|tel\.nr|handynr|"
    r"mobilnr|hdy|nebenstelle|nst|anrufen unter|erreichbar unter|erreichbar)(?![^\W\d_])"
)
_AFTER_CUE = re.compile(
    r"(?:[ \t\u00a0:=#.\-–]|\r?\n|\([a-zäöü. ]{1,15}\)|(?:nummer|nr|lautet|ist|privat|dienstlich|gesch|"
    r"mobil|bitte|unter|auf|der|die|am|im|immer|abends|tagsüber|tel|telefonisch|büro|d|p|m)(?!\w)){0,8}"
)
_LOOSE = re.compile(rf"\(?[+]?\d(?:{_INSIDE}\d){{1,14}}(?![\w]|[.,]\d)")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[./\- ]{1,2}(?:0?[1-9]|1[0-2])[./\- ]{1,2}(?:19|20)?\d{2}")
_MONTH = re.compile(r"0[1-9](?:[ ]?[\-–][ ]?(?:0[1-9]|1[0-2]))?[./\-](?:19|20)\d{2}")
_PUBLIC = frozenset({"110", "112", "115", "116117", "116116", "116111", "19222"})


def propose_contacts(text: str, low: str) -> Iterator[Span]:
    """Yield e-mail addresses and telephone numbers; `low` is `text` in small letters."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip(".'-%&"))
            yield Span(start, match.start() + len(match[0].rstrip("-_")), Label.EMAIL, 0.99)
    for match in _HIDDEN_AT.finditer(text) if _AT_WORD.search(low) else ():
        yield Span(match.start(), match.end(), Label.EMAIL, 0.9)
    for match in _INTERNATIONAL.finditer(text):
        if _possible(match[0]):
            yield _extended(text, match, 0.95)
    for match in _NATIONAL.finditer(text):
        # Six to fourteen digits after a national 0 are always possible: no need to ask.
        if not (_DATE.fullmatch(match[0]) or _MONTH.fullmatch(match[0])):
            yield _extended(text, match, 0.85)
    for cue in _CUE.finditer(low):
        yield from _after(text, low, cue.end())


def _after(text: str, low: str, place: int) -> Iterator[Span]:
    filler = _AFTER_CUE.match(low, place)
    start = filler.end() if filler else place
    match = _LOOSE.match(text, start)
    if match is None or _DATE.fullmatch(match[0]):
        return
    if text[start - 1 : start] in {"-", "–"} and text[start - 2 : start - 1] in {" ", ":", "."}:
        # A lone extension keeps the hyphen that stands before it.
        match = _LONE_EXTENSION.match(text, start - 1) or match
    digits = "".join(sign for sign in match[0] if sign.isdecimal())
    if len(digits) >= 3 and digits not in _PUBLIC:
        yield _extended(text, match, 0.9)


def _extended(text: str, match: re.Match[str], score: float) -> Span:
    more = _EXTENSION.match(text, match.end())
    return Span(match.start(), more.end() if more else match.end(), Label.PHONE, score)


def _possible(number: str) -> bool:
    try:
        parsed = phonenumbers.parse(number, "DE")
    except phonenumbers.NumberParseException:
        return False
    digits = sum(sign.isdecimal() for sign in number)
    return digits >= 6 and phonenumbers.is_possible_number(parsed)

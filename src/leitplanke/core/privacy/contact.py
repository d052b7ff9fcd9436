"""E-mail addresses and telephone numbers as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import phonenumbers

from leitplanke.core.privacy.model import Label, Span

_EMAIL = re.compile(r"[\w.+'%&\-]{1,64}@(?:[\w\-]{1,63}\.){1,8}[^\W\d_][\w\-]{1,62}")
_HIDDEN_AT = re.compile(
    r"[\w.+\-]{1,64}[ ]?[\(\[\{][ ]?(?:at|ät|@)[ ]?[\)\]\}][ ]?[\w\-]{1,63}(?:[ ]?(?:\.|[\(\[\{]?(?:dot|"
    r"punkt)[\)\]\}]?)[ ]?[\w\-]{2,63}){1,4}",
    re.IGNORECASE,
)
_SPACED_AT = re.compile(
    r"(?<![\w.+\-])[\w.+\-]{1,64}(?:[ ]@[ ]?|@[ ])[\w\-]{1,63}(?:\.[\w\-]{1,63}){0,4}\.[^\W\d_]{2,10}(?!\w)"
)
_SPOKEN_AT = re.compile(
    r"(?<![\w.+\-])[\w.+\-]{1,64}[ ](?:at|ät)[ ][\w\-]{1,63}(?:[ ]?(?:punkt|dot|\.)[ ]?[\w\-]{1,30}){0,2}"
    r"[ ]?(?:punkt|dot|\.)[ ]?[a-z]{2,10}(?!\w)"
)
# One way to read each gap, so that nothing is tried twice.
_AT_WORD = re.compile(r"[(\[{][ ]?(?:at|ät|@)[ ]?[)\]}]")
_INSIDE = r"(?:[ \u00a0]?[\-–/.()_][ \u00a0]?[\-–/(]?|[ \u00a0])?"
_INTERNATIONAL = re.compile(rf"(?<![\w+])(?:\+|00)[1-9](?:{_INSIDE}\d){{6,14}}(?![\w]|[./\-]\d)")
_NATIONAL = re.compile(rf"0(?<![\w.,/+\-]0)[ ]?[1-9](?:{_INSIDE}\d){{4,12}}(?![\w]|[/\-]\d|,\d|\.\d)")
# An area code at the end of a line, the rest on the next.
_BROKEN = re.compile(
    r"(?<![\w.,/+\-])\(?(?:0|\+49[ ]?)[1-9]\d{1,4}\)?[ ]?[/\-]?[ ]?\r?\n[ ]{0,4}\d{2,4}[ ]?\d{3,6}(?![\w]|[/\-.,:]\d)"
)
_NORM = re.compile(r"(?:VDE|DIN|EN|ISO|IEC|ISSN|ISBN|§|Nr\.|Art\.)[ ]\Z")
# Without a word before it a number of the country has at least so many digits.
_FEWEST = 8
_YEARLY = re.compile(r"/20\d{2}(?:-\d{1,3})?\Z")
_LONE_EXTENSION = re.compile(r"[-–]\d+(?:[ ]\d{2})?(?![ ]?\d)")
_EXTENSION = re.compile(r"[ ]?[\-–/][ ]?(?:\d{1,5}|0)(?![\w.])")
_CUE = re.compile(
    r"(?<![\w])(?:telefonnummer|telefon|telefax|mobilnummer|mobiltelefon|mobilfunk|mobil|handynummer|"
    r"handy|rufnummer|durchwahl|rückruf|festnetz|whatsapp|diensthandy"
    r"|fon|fax|tel|app|apparat|dw|phone|notfallnummer|faxnummer|tel\.-nr|telnr|tel-nr|tel\.nr|handynr|"
    r"mobilnr|hdy|nebenstelle|nst|durchw|hausapp|hausapparat|nebenst|klappe|quickline|"
    r"anrufen unter|erreichbar unter|erreichbar)(?![^\W\d_])"
)
_HINTS = (
    *("tel", "fon", "fax", "mobil", "handy", "ruf", "durchw", "app", "dw", "whats", "festnetz", "hdy", "neben", "nst"),
    *("erreichbar", "phone", "klappe", "quickline"),
)
_AFTER_CUE = re.compile(
    r"(?:[ \t\u00a0:=#.\-–]|\r?\n|\([a-zäöü. ]{1,15}\)|(?:nummer|nr|lautet|ist|privat|dienstlich|gesch|"
    r"mobil|bitte|unter|auf|der|die|am|im|immer|abends|tagsüber|tel|telefonisch|doch|noch|die|neu|büro|d|p|m)(?!\w)){0,8}"
)
_LOOSE = re.compile(rf"\(?[+]?\d(?:{_INSIDE}\d){{1,14}}(?![\w]|[.,]\d)")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[./\- ]{1,2}(?:0?[1-9]|1[0-2])[./\- ]{1,2}(?:19|20)?\d{2}")
_DATES = re.compile(r"\d{2}\.\d{2}\.?(?:\d{2,4})?[ ]?[–\-][ ]?\d{2}\.\d{2}\.?(?:\d{2,4})?")
# The first three figures of an animal's chip name the country.
_CHIP = re.compile(r"chip[a-z.\-]{0,8}[ :]{1,3}\d{3}[ ]\Z")
_MONTH = re.compile(r"0[1-9](?:[ ]?[\-–][ ]?(?:0[1-9]|1[0-2]))?[./\-](?:19|20)\d{2}")
_PUBLIC = frozenset({"110", "112", "115", "116117", "116116", "116111", "19222"})


def propose_contacts(text: str, low: str) -> Iterator[Span]:
    """Yield e-mail addresses and telephone numbers; `low` is `text` in small letters."""
    yield from _mails(text, low)
    yield from _numbers(text, low)
    for cue in _CUE.finditer(low) if any(hint in low for hint in _HINTS) else ():
        yield from _after(text, low, cue.end())


def _mails(text: str, low: str) -> Iterator[Span]:
    if "@" in text:
        for match in _SPACED_AT.finditer(text):
            yield Span(match.start(), match.end(), Label.EMAIL, 0.9)
        for match in _EMAIL.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip(".'-%&"))
            yield Span(start, match.start() + len(match[0].rstrip("-_")), Label.EMAIL, 0.99)
    for match in _SPOKEN_AT.finditer(low) if " at " in low or " ät " in low else ():
        yield Span(match.start(), match.end(), Label.EMAIL, 0.9)
    for match in _HIDDEN_AT.finditer(text) if _AT_WORD.search(low) else ():
        yield Span(match.start(), match.end(), Label.EMAIL, 0.9)


def _numbers(text: str, low: str) -> Iterator[Span]:
    for match in _INTERNATIONAL.finditer(text) if "+" in text or "00" in text else ():
        if _possible(match[0]):
            yield _extended(text, match, 0.95)
    for match in _BROKEN.finditer(text) if "\n" in text else ():
        yield Span(match.start(), match.end(), Label.PHONE, 0.8)
    for match in _NATIONAL.finditer(text):
        value = match[0]
        date = _DATE.fullmatch(value) or _MONTH.fullmatch(value) or _DATES.match(value)
        norm = _NORM.search(text, max(0, match.start() - 6), match.start())
        short = sum(map(str.isdecimal, value)) < _FEWEST or _YEARLY.search(value)
        # So many digits after a national 0 are always possible: no need to ask.
        if not (date or norm or short or _CHIP.search(low, max(0, match.start() - 20), match.start())):
            yield _extended(text, match, 0.85)


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
    opening = text[match.start() - 1 : match.start()] == "(" and ")" in match[0]
    return Span(match.start() - opening, more.end() if more else match.end(), Label.PHONE, score)


def _possible(number: str) -> bool:
    try:
        parsed = phonenumbers.parse(number, "DE")
    except phonenumbers.NumberParseException:
        return False
    digits = sum(sign.isdecimal() for sign in number)
    return digits >= 6 and phonenumbers.is_possible_number(parsed)


_EXTENSION_OF = re.compile(
    r"[ ]?(?:\(|,[ ]|:[ ]|[ ])(?:App\.?[ ]|Tel\.?[ ])?(-[ ]?\d{2,5}(?:[ ]\d{2})?)(?=[).,;\n/|]|[ ][a-z(]|\Z)"
)


def propose_extensions_of(text: str, persons: Iterable[Span]) -> Iterator[Span]:
    """Yield the extensions right behind a name: „Frau Weber (-3304)“."""
    for person in persons:
        match = _EXTENSION_OF.match(text, person.end)
        if match:
            yield Span(match.start(1), match.end(1), Label.PHONE, 0.7)

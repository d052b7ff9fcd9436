"""Numbers that prove themselves by check digit or shape: bank, tax, insurance, identity documents.

People break such numbers: blanks, hyphens, lines, letters stuck to them. Where a check digit fits, gaps do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.privacy.digits import (
    compact,
    is_ausweis,
    is_german_iban,
    is_iban,
    is_kvnr,
    is_steuer_id,
    is_svnr,
    is_svnr_shape,
)
from leitplanke.core.privacy.folding import word_lists
from leitplanke.core.privacy.model import Label, Span

_TIGHT = r"[ \t.\-/]?"
# Up to three signs, or the end of a line. Digits are none of them, so there is one way to read a gap.
GAP = r"(?:[ \t.\-–—/_|:]{0,3}(?:\r?\n[ \t]{0,8})?)"
_GERMAN_IBAN = re.compile(rf"[Dd][ ]?[Ee]{GAP}(?:\d{GAP}){{19}}\d(?!\d)")
IBAN_LENGTHS = {entry[:2]: int(entry[2:]) for entry in word_lists("regeln")["iban_laengen"]}
# From its check digits backwards: digits are rarer than letters.
_AFTER_COUNTRY = re.compile(r"\d[ ]?\d(?=[ .\-]?[A-Za-z0-9]{2})")
_COUNTRY = re.compile(r"[A-Za-z]{2}[ ]?\Z")
_IN_IBAN = re.compile(r"[ .\-]{0,2}(?:\r?\n[ ]{0,8})?[A-Za-z0-9]")
_ELEVEN = re.compile(rf"[1-9](?<!\d[1-9])(?<!\d[.,/+\-][1-9])(?:{_TIGHT}\d){{10}}(?!\d|[.,/\-]\d)")
_ELEVEN_BROKEN = re.compile(rf"[1-9](?<![\w.,/+\-][1-9])(?:{GAP}\d){{10}}(?![\w/\-]|[.,]\d)")
_STEUERNUMMER = re.compile(r"\d(?<![\d./\-]\d)\d{1,2}[ ]?/[ ]?\d{3,4}[ ]?/[ ]?(?:\r?\n[ ]?)?\d{4,5}(?![\w/]|[.\-]\d)")
_SVNR = re.compile(rf"\d(?<!\d\d)(?:{GAP}\d){{7}}{GAP}[A-Za-z]{GAP}\d{GAP}\d{GAP}\d(?![\w\-])")
_SVNR_TIGHT = re.compile(r"[\dA-Za-z](?:[ .\-/]?[\dA-Za-z]){11}")
# From the digits backwards to the letter.
_NINE = re.compile(rf"\d(?<!\d\d)(?:{GAP}\d){{8}}(?![\w\-])")
_LETTER_BEFORE = re.compile(r"[A-Za-z][ \t.\-/]{0,3}(?:\r?\n[ ]{0,8})?\Z")
_LIKE_KVNR = re.compile(r"[A-Z](?<![\w.\-/][A-Z])\d{9}(?![\w\-/])")
_AUSWEIS = re.compile(r"[CFGHJKLMNPRTVWXYZ](?<![\w.\-/][A-Z])[CFGHJKLMNPRTVWXYZ0-9]{8}[0-9](?:D)?(?![\w\-/])")
_MRZ = re.compile(
    r"(?<![A-Z0-9])(?:(?:I[A-Z<]|A[A-Z<]|C[A-Z<])(?:D<<|[A-Z]{3})|)([A-Z0-9<]{9}\d)(?:D<<|[A-Z<]{3})?(?=\d{7}[MF<\d]|<{3})"
)
_MRZ_NAME = re.compile(r"(?:(?<![A-Z<])P[A-Z<](?:D<<|[A-Z]{3})|(?<![A-Z<]))((?:[A-Z]+<)+<[A-Z]+(?:<[A-Z]+){0,4})(?=<)")
# Ways in which people group the digits of a tax identification number and of a health insurance number.
_GROUPS = frozenset({(11,), (2, 3, 3, 3), (1,) * 11, (2, 9), (5, 6), (3, 4, 4), (3, 3, 3, 2), (4, 4, 3)})
_GROUPS_KVNR = frozenset({(9,), (3, 3, 3), (1,) * 9, (3, 6), (6, 3), (4, 5), (5, 4)})
_STUCK_KVNR = re.compile(r"(?:nr|kvnr|egk|kv|nummer)[.:=]?\Z", re.IGNORECASE)
_STUCK = re.compile(r"(?:[a-zäöüß]|nr|kvnr|egk|kv|iban|konto|kto)[.:=]?\Z", re.IGNORECASE)


def propose_numbers(text: str) -> Iterator[Span]:
    """Yield numbers whose check digit or shape is proof enough without any word beside them."""
    yield from _ibans(text)
    for match in _ELEVEN.finditer(text):
        if is_steuer_id(match[0]):
            yield Span(match.start(), match.end(), Label.STEUER_ID, 0.9)
    for match in _ELEVEN_BROKEN.finditer(text):
        if is_steuer_id(match[0]) and ("\n" in match[0] or _groups(match[0]) in _GROUPS):
            yield Span(match.start(), match.end(), Label.STEUER_ID, 0.88)
    for match in _STEUERNUMMER.finditer(text) if "/" in text else ():
        yield Span(match.start(), match.end(), Label.STEUERNUMMER, 0.8)
    for match in _SVNR.finditer(text):
        sure = is_svnr(match[0])
        if sure or (is_svnr_shape(compact(match[0])) and _SVNR_TIGHT.fullmatch(match[0])):
            yield Span(match.start(), match.end(), Label.SVNR, 0.97 if sure else 0.8)
    yield from _health(text)
    yield from _documents(text)


def _groups(value: str) -> tuple[int, ...]:
    return tuple(len(part) for part in re.split(r"\D+", value) if part)


def _stuck(text: str, place: int) -> bool:
    """Tell whether what stands right before a place is no letter, or a word that belongs before a number."""
    return not text[place - 1 : place].isalnum() or _STUCK.search(text, max(0, place - 6), place) is not None


def _ibans(text: str) -> Iterator[Span]:
    german = set()
    for match in _GERMAN_IBAN.finditer(text):
        german.add(match.start())
        if len(set(compact(match[0])[4:])) > 1:
            yield Span(match.start(), match.end(), Label.IBAN, 0.99 if is_german_iban(match[0]) else 0.97)
    for match in _AFTER_COUNTRY.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        country = (
            _COUNTRY.search(text, max(0, match.start() - 3), match.start())
            if before.isalpha() or before == " "
            else None
        )
        if country and country.start() in german:
            continue
        length = IBAN_LENGTHS.get(country[0][:2].upper()) if country else None
        end = end_after(text, country.start(), length) if country and length else 0
        if country and end and is_iban(text[country.start() : end]) and _stuck(text, country.start()):
            yield Span(country.start(), end, Label.IBAN, 0.99)


def end_after(text: str, start: int, count: int) -> int:
    """Return where the first `count` letters and digits from `start` end, 0 when there are fewer."""
    place = start
    for _ in range(count):
        match = _IN_IBAN.match(text, place)
        if match is None:
            return 0
        place = match.end()
    return place


def _health(text: str) -> Iterator[Span]:
    for match in _NINE.finditer(text):
        letter = _LETTER_BEFORE.search(text, max(0, match.start() - 6), match.start())
        if letter is None:
            continue
        value = text[letter.start() : match.end()]
        if not is_kvnr(value) or not ("\n" in value or _groups(value) in _GROUPS_KVNR):
            continue
        before = text[letter.start() - 1 : letter.start()]
        free = not before.isalnum() and before not in {".", "-", "_"}
        if free or _STUCK_KVNR.search(text, max(0, letter.start() - 6), letter.start()):
            yield Span(letter.start(), match.end(), Label.KVNR, 0.9)
    for match in _LIKE_KVNR.finditer(text):
        yield Span(match.start(), match.end(), Label.KVNR, 0.5)


def _documents(text: str) -> Iterator[Span]:
    for match in _AUSWEIS.finditer(text):
        if is_ausweis(match[0][:10]) and sum(sign.isdecimal() for sign in match[0]) >= 3:
            yield Span(match.start(), match.end(), Label.AUSWEIS, 0.8)
    if "<" in text:
        for match in _MRZ.finditer(text):
            yield Span(match.start(1), match.end(1), Label.AUSWEIS, 0.9)
        for match in _MRZ_NAME.finditer(text):
            yield Span(match.start(1), match.end(1), Label.PERSON, 0.9)

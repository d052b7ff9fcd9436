"""Numbers that carry their own proof, or whose shape says enough: IBAN, tax, insurance, identity documents."""

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

_GAP = r"[ \t\u00a0\u202f.\-/]?"
_GERMAN_IBAN = re.compile(rf"(?<![A-Za-z0-9])[Dd][Ee]{_GAP}(?:\d{_GAP}){{19}}\d(?![A-Za-z0-9])")
_FOREIGN_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30}")
_ELEVEN = re.compile(rf"(?<![\w.,/+\-])[1-9](?:{_GAP}\d){{10}}(?![\w/\-]|[.,]\d)")
_STEUERNUMMER = re.compile(r"(?<![\w./\-])\d{2,3}[ ]?/[ ]?\d{3,4}[ ]?/[ ]?\d{4,5}(?![\w/]|[.\-]\d)")
_SVNR = re.compile(
    rf"(?<![\w.\-])\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}[A-Za-z]{_GAP}\d{{2}}{_GAP}\d(?![\w\-])"
)
_KVNR = re.compile(rf"(?<![\w.\-])[A-Za-z]{_GAP}(?:\d{_GAP}){{8}}\d(?![\w\-])")
_AUSWEIS = re.compile(r"(?<![\w.\-/])[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}[0-9](?:D)?(?![\w\-/])")
_MRZ = re.compile(r"(?<![\w<])[A-Z0-9<]{9}\d(?:D<<|[A-Z<]{3})\d{7}(?=[MF<\d])")
IBAN_LENGTHS = {entry[:2]: int(entry[2:]) for entry in word_lists("regeln")["iban_laengen"]}


def propose_numbers(text: str) -> Iterator[Span]:
    """Yield numbers whose check digit or shape is proof enough without any word beside them."""
    yield from _ibans(text)
    for match in _ELEVEN.finditer(text):
        if is_steuer_id(match[0]):
            yield Span(match.start(), match.end(), Label.STEUER_ID, 0.9)
    for match in _STEUERNUMMER.finditer(text):
        yield Span(match.start(), match.end(), Label.STEUERNUMMER, 0.8)
    for match in _SVNR.finditer(text):
        if is_svnr_shape(compact(match[0])):
            yield Span(match.start(), match.end(), Label.SVNR, 0.97 if is_svnr(match[0]) else 0.8)
    for match in _KVNR.finditer(text):
        if is_kvnr(match[0]):
            yield Span(match.start(), match.end(), Label.KVNR, 0.9)
    yield from _documents(text)


def _ibans(text: str) -> Iterator[Span]:
    german = set()
    for match in _GERMAN_IBAN.finditer(text):
        german.add(match.start())
        yield Span(match.start(), match.end(), Label.IBAN, 0.99 if is_german_iban(match[0]) else 0.97)
    for match in _FOREIGN_IBAN.finditer(text):
        if match.start() in german:
            continue
        length = IBAN_LENGTHS.get(match[0][:2])
        end = _end_after(match[0], length) if length else 0
        if end and is_iban(match[0][:end]):
            yield Span(match.start(), match.start() + end, Label.IBAN, 0.99)


def _end_after(value: str, count: int) -> int:
    """Return where the first `count` letters and digits of `value` end, 0 when there are fewer."""
    for place, sign in enumerate(value):
        count -= sign.isalnum()
        if not count:
            return place + 1
    return 0


def _documents(text: str) -> Iterator[Span]:
    for match in _AUSWEIS.finditer(text):
        if is_ausweis(match[0][:10]) and sum(sign.isdecimal() for sign in match[0]) >= 3:
            yield Span(match.start(), match.end(), Label.AUSWEIS, 0.8)
    for match in _MRZ.finditer(text):
        yield Span(match.start(), match.start() + 10, Label.AUSWEIS, 0.9)

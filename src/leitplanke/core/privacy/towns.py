"""Postal codes with their town, in Germany and beyond."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.lexicon import FUNCTION, PLACE, lexicon
from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.streets import CAPITAL

_BEHIND_STREET = re.compile(r"[ ]?(?:,|\n|,\n| in |[ ]-)[ ]?(\d{4,6}[ ])(?=[A-ZÄÖÜŁŚÇ])")
_ORT_FIELD = re.compile(r"\d{5}[ ,;|\n]{1,3}(?:wohn)?ort[ ]?[:|][ ]?([^\W\d_][\w .\-]{1,30})", re.IGNORECASE)
# Postal codes of other countries: unmistakable ones, and four digits right behind an address.
_POLISH = re.compile(r"\d(?<![\w\-]\d)(?:\d-\d{3}[ ](?=[A-ZŁŚŻŹ])|\d{3}[ ][A-Z]{2}[ ](?=[A-Z]))")
_PLZ = re.compile(
    r"(?<![\w.,/\-+])(?:D[ ]?[\-–][ ]?|DE-)?(\d{5}|\d{2}[ ]\d{3})(?![\w]|[.,/\-]\d|[ ]?(?:%|€|EUR|Euro|"
    r"\d))(?:[ ]?\r?\n[ ]{0,8}|[ ]{0,3})"
)
_FOREIGN_PLZ = re.compile(r"(?<![\w.])(?:A|CH|AT|L|B|NL|F|PL)[\-–](\d{4,5})[ ](?=[A-ZÄÖÜ])")
_PLZ_CUE = re.compile(r"(?:plz|postleitzahl|plz/ort|plz, ort)[ :\n]{0,4}\Z", re.IGNORECASE)
_ORT = re.compile(
    rf"(?:(?:Bad|BAD|SANKT|ST\.|MARKT|NEU|ALT|GROSS|KLEIN|Sankt|St\.|Markt|Alt|Neu|Groß|Klein|Ober|Unter|Hohen|Burg|"
    rf"Stadt|Hansestadt|Schloß|Königs|"
    rf"Hann\.|Hannoversch|Lutherstadt)[ \-])?{CAPITAL}"
    rf"(?:[ ]?/[ ]?{CAPITAL}|[ ](?:am|an der|a\. ?d\.|a\.|im|in der|i\. ?d\.|i\.|ob der|o\. ?d\.|bei|b\.|"
    rf"v\. ?d\.|vor der|unter|u\.|auf|der|in|ob|am|unterm|zur)[ ]?{CAPITAL}|[ ]?\([A-ZÄÖÜ][\w.\- "
    rf"]{{1,20}}\))?"
)
# Five digits of Germany are looked for on their own.
_FIVE_AND_BLANK = 6
_SMALL_ORT = re.compile(r"[a-zäöüß]{3,30}(?![\w])")
_SECOND_WORD = re.compile(r"[ ][A-ZÄÖÜ][a-zäöüß]{2,15}")
_COUNTED = frozenset(word_lists("regeln")["counted"])


def propose_towns(text: str, streets: Iterable[Span]) -> Iterator[Span]:
    """Yield postal codes with their town; behind one of the `streets` four digits are enough."""
    for street in streets:
        code = _BEHIND_STREET.match(text, street.end)
        ort = _ORT.match(text, code.end()) if code else None
        if code and ort and len(code[1]) != _FIVE_AND_BLANK:
            yield Span(code.start(1), _ort_end(ort), Label.PLZ_ORT, 0.75)
    for match in _PLZ.finditer(text):
        span = _town(text, match)
        if span:
            yield span
    for pattern in (_FOREIGN_PLZ, _POLISH):
        for match in pattern.finditer(text):
            ort = _ORT.match(text, match.end())
            if ort:
                yield Span(match.start(), _ort_end(ort), Label.PLZ_ORT, 0.85)
    for match in _ORT_FIELD.finditer(text):
        yield Span(match.start(1), match.start(1) + len(match[1].rstrip()), Label.PLZ_ORT, 0.85)


def _town(text: str, match: re.Match[str]) -> Span | None:
    digits = match[1].replace(" ", "")
    if not "01001" <= digits <= "99998":
        return None
    ort = _ORT.match(text, match.end()) or _small_town(text, match.end())
    before = text[max(0, match.start() - 24) : match.start()]
    cued = bool(_PLZ_CUE.search(before))
    if ort is None or fold(ort[0].split()[0].strip(".,")) in _COUNTED:
        end = match.start(1) + len(match[1])
        return Span(match.start(), end, Label.PLZ_ORT, 0.85) if cued else None
    if " " in match[1] and not cued:
        return None
    first = re.split(r"[ /\-(]", ort[0], maxsplit=1)[0]
    folded = fold(first.strip("."))
    bits = lexicon().get(folded, 0)
    town = (
        folded in {"bad", "sankt", "st"}
        or bits & PLACE
        or (fold(ort[0]) in lexicon() and lexicon()[fold(ort[0])] & PLACE)
    )
    tail = before.rstrip(" \u00a0")
    if "\n" in text[match.end(1) : match.end()] and not (town or cued):
        return None
    placed = (
        cued
        or not tail
        or tail[-1] in ",\n|;\t·•/–(:"
        or tail.endswith((" in", " aus", " nach", " In"))
        or tail[-1].isdigit()
    )
    if not (town or (placed and not bits & FUNCTION)):
        return None
    return Span(match.start(), _ort_end(ort), Label.PLZ_ORT, 0.92 if town else 0.75)


def _small_town(text: str, place: int) -> re.Match[str] | None:
    """Match a town that somebody wrote in small letters, if it is known."""
    ort = _SMALL_ORT.match(text, place)
    return ort if ort and lexicon().get(fold(ort[0]), 0) & PLACE else None


def _ort_end(ort: re.Match[str]) -> int:
    strand = _SECOND_WORD.match(ort.string, ort.end())
    if strand and ort[0].endswith("er") and lexicon().get(fold(ort[0] + strand[0]), 0) & PLACE:
        return strand.end()
    return ort.start() + len(ort[0].rstrip(".,-'’ "))

"""Identity papers of all countries: what looks like their number, near a word that says so, or beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.privacy.folding import word_lists
from leitplanke.core.privacy.model import Label, Span

_WORDS = "|".join(
    re.escape(word).replace(r"\~", r"[ .\-]{0,2}")
    for word in sorted(word_lists("hinweise")["papiere"], key=len, reverse=True)
)
_ANYWHERE = "|".join(word_lists("hinweise")["papiere_zusammengesetzt"])
_CUE = re.compile(
    rf"(?:(?<!\w)(?:{_WORDS})|(?:{_ANYWHERE})(?:es|en|e|s)?)"
    r"(?:(?![^\W\d_])|(?=nr|nummer)|(?=[a-z]{0,3}\d[\da-z]{5}))"
)
_REACH = 90
_NEAR = 14
_BLANK = r"[ \-]?"
# Serial numbers as states print them; the letters are capitals unless nothing in the text is.
_SHAPE = re.compile(
    r"(?<![\w.\-/,§])(?:"
    r"[A-Z]{2}-[A-Z][ ]?\d{6,8}"
    r"|[A-Z]{1,3}(?:[ \-]?\d){6,9}(?:[A-Z]{1,2}(?!\w))?"
    r"|[A-Z]{2}[ ][A-Z\d]{3}[ ](?=[A-Z\d]{0,3}\d)[A-Z\d]{3,4}|[A-Z\d]{3}\r?\n[ ]{0,4}(?=[A-Z\d]{0,4}\d)[A-Z\d]{6,7}"
    r"|[A-Z]{2,3}[ ](?:[Nn]r\.?|[Nn]o\.?|№)[ ]?\d{5,8}"
    r"|(?=[A-Z\d]{0,10}[A-Z])(?=[A-Z\d]{0,9}\d[A-Z\d]{0,8}\d)[A-Z\d]{8,11}"
    r"|(?=[A-Z\d ]{0,11}[A-Z])(?=[A-Z\d ]{0,9}\d[A-Z\d ]{0,9}\d[A-Z\d ]{0,9}\d)"
    r"[A-Z\d]{3}[ \-][A-Z\d]{3}[ \-][A-Z\d]{3,4}"
    r"|(?=[A-Z\d]*\d)[A-Z][A-Z\d]{3}[ ](?=[A-Z\d]*\d)[A-Z\d]{5,6}|[A-Z]\d{1,2}[ ][A-Z\d]{7,8}[ ]\d"
    r"|\d{2}[ ]\d{2}[ ]?\d{6}|\d{2}[ ]?\d{7}|\d{8,9}|\d{12,14}|\d{4}-\d{4}-\d{4,6}|\d{3}[ ]\d{3}[ ]\d{3}"
    r"|[A-Z]{2,3}[ ]?\d{3}[ ]?\d{3,4}"
    r"|[A-Z]{2}[ \-]\d{9,11}|\d{3}[ ]\d{3}[ ][A-Z]{2}|[A-Z]{2}[ ]\d{5}[ ][A-Z]{2}|\d{2}[ ]№[ ]?\d{6,7}"
    r"|[A-Z][A-Z\d]{3}[ ](?=[A-Z\d]{0,2}\d)[A-Z\d]{3}[ ]\d{2}"
    r")(?:[ ]?D(?![\w])|D?<<)?(?![\w]|[.,/\-]\d)"
)
_SMALL = re.compile(
    r"(?<![\w.\-/,§])(?:(?=[a-z\d]{0,9}\d[a-z\d]{0,9}\d)(?=[a-z\d]{0,10}[a-z])[a-z\d]{8,11}|[a-z]{1,3}(?:[ ]?\d){6,9})"
    r"(?![\w]|[.,/\-]\d)"
)
_STUCK = re.compile(r"[:.]?((?:[A-Z][A-Z\d]{8,9}|[a-z][a-z\d]{8,9}|[A-Z]{1,2}\d{7,8}))(?!\w)")
# Right behind the word even a number without any figure is one, if it holds no vowel.
_BESIDE = re.compile(
    r"(?:[ :.#=\-(„\"]|nr|nummer|seriennummer|lautet|ist|mit der|mit|die|no|hat){0,7}"
    r"((?:[cfghjklmnprtvwxyz\d]{9}\d?|[cfghjklmnprtvwxyz\d]{3}[ ][cfghjklmnprtvwxyz\d]{3}[ ]"
    r"[cfghjklmnprtvwxyz\d]{3,4}))(?!\w)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\n[ \t]*\n|;|[a-zäöüß]{3}\.[ \n]+[A-ZÄÖÜ][a-zäöüß]{3}|[:,][ ]?(?i:tel|telefon|handy|iban|konto|steuer)"
)
_OTHER = re.compile(
    r"(?:tel|telefon|handy|mobil|fax|iban|konto|kto|az|aktenzeichen|gz|kd|kunden|kasse\w*|steuer\w*|bg|plz|azr|"
    r"rechnung\w*|euro|eur|€)[ .:\-]{0,4}(?:nr|nummer|id)?[ .:\-]{0,3}\Z",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}")
# German serial numbers hold no vowels, and figures and letters take turns.
_GERMAN = re.compile(
    r"[LMNPRTVWXYCFGHJK](?<![\w.\-/][A-Z])(?=[A-Z]{0,8}\d[A-Z\d]*[A-Z]|\d{8})[CFGHJKLMNPRTVWXYZ\d]{8}D?(?![\w\-/])"
)
# The lines of a machine readable zone that hold figures.
_MACHINE = re.compile(r"(?<![^\n ])(?=[A-Z<]{0,40}\d)[A-Z\d]{3,30}<{1,20}[A-Z\d][A-Z\d<]{8,44}(?![^\n ])")
_GOODS = re.compile(
    r"(?:artikel|art|bestell|inventar|serien|geräte|modell|typ|charge|los|teile|ersatzteil|rechnung|version|zähler)\w*"
    r"[ .:\-]{0,3}(?:nr|nummer|no)?[ .:\-]{0,3}\Z"
)


def propose_papers(text: str, low: str) -> Iterator[Span]:
    """Yield numbers of identity papers; `low` is `text` in small letters."""
    for cue in _CUE.finditer(low):
        goods = cue[0].startswith("serien")
        yield from (span for span in _near(text, cue.end()) if not goods or _is_german(text[span.start : span.end]))
    for match in _MACHINE.finditer(text) if "<<" in text else ():
        yield Span(match.start(), match.end(), Label.AUSWEIS, 0.94)
    for match in _GERMAN.finditer(text):
        signs = match[0].removesuffix("D") if len(match[0]) == 10 else match[0]
        digits = sum(map(str.isdecimal, signs))
        if 3 <= digits <= 7 and len(signs) == 9 and not _GOODS.search(low, max(0, match.start() - 40), match.start()):
            yield Span(match.start(), match.end(), Label.AUSWEIS, 0.62)


def _near(text: str, place: int) -> Iterator[Span]:
    """Yield up to two numbers that stand within reach of the word that ends at `place`."""
    stuck = _STUCK.match(text, place)
    if stuck and sum(map(str.isdecimal, stuck[1])) >= 3:
        yield Span(stuck.start(1), stuck.end(1), Label.AUSWEIS, 0.93)
        return
    beside = _BESIDE.match(text, place)
    if beside:
        yield Span(beside.start(1), beside.end(1), Label.AUSWEIS, 0.92)
        return
    stop = _STOP.search(text, place, place + _REACH)
    last = stop.start() if stop else place + _REACH
    found = 0
    for pattern in (_SHAPE, _SMALL):
        for match in pattern.finditer(text, place, min(len(text), last + 14)):
            if match.start() >= last or found == 2:
                break
            if not _OTHER.search(text, max(place, match.start() - 18), match.start()) and not _DATE.fullmatch(match[0]):
                found += 1
                yield Span(match.start(), match.end(), Label.AUSWEIS, _sureness(match, place))
        if found:
            return


def _sureness(match: re.Match[str], place: int) -> float:
    """Return how sure a number near a word is: letters in it and nearness speak for it."""
    letters = any(map(str.isalpha, match[0]))
    if match.start() - place < _NEAR:
        return 0.93 if letters else 0.8
    return 0.88 if letters else 0.7


def _is_german(value: str) -> bool:
    """Tell whether a serial number is one of a German paper and not of a printer."""
    signs = "".join(sign for sign in value.upper() if sign.isalnum()).removesuffix("D")
    return len(signs) in {9, 10} and not set(signs) & set("AEIOUQSBD") and signs[0].isalpha()

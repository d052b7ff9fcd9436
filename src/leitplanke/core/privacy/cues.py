"""Numbers that are what the word before them says: `Az.: 50-12/24`, `Kd.-Nr. 4711`, `Personalausweis L01X00T47`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leitplanke.core.privacy.folding import word_lists
from leitplanke.core.privacy.model import Label, Span

# Each line: the words (small letters; ~ stands for blank, full stop or hyphen, or nothing) and the label of the number after them.
_WORDS = {Label(name): words for name, words in word_lists("hinweise").items()}
_REFERENCES = frozenset({Label.AKTENZEICHEN, Label.KASSENZEICHEN, Label.KUNDENNR})
_SHAPES: dict[Label, re.Pattern[str]] = {
    Label.IBAN: re.compile(r"(?:[A-Za-z]{2}[ ]?\d{2}[ ]?[\dA-Z]|\d)[\d \u00a0]{4,28}\d"),
    Label.STEUER_ID: re.compile(r"\d(?:[ \u00a0.\-/]?\d){9,11}"),
    Label.STEUERNUMMER: re.compile(r"\d(?:[ \u00a0]?[./\-]?[ \u00a0]?\d){8,13}"),
    Label.SVNR: re.compile(r"\d{2}[ .\-/]?\d{2}[ .\-]?\d{2}[ .\-]?\d{2}[ .\-/]?[A-Za-z][ .\-/]?\d{2}[ .\-]?\d"),
    Label.KVNR: re.compile(r"[A-Za-z][ .\-]?\d(?:[ .\-]?\d){7,9}"),
    Label.AUSWEIS: re.compile(
        r"[A-Za-z0-9]{3}[ ][A-Za-z0-9]{3}[ ][A-Za-z0-9]{3,4}(?!\w)|[A-Za-z0-9](?:[ "
        r"]?[A-Za-z0-9]){7,10}(?:<<)?(?!\w)|[A-Za-z0-9]{8,11}(?!\w)"
    ),
}
_FILLER = re.compile(
    r"(?:[ \t\u00a0:=#.\-–—(„\"*|]|\r?\n|(?:nummer|lautet|lauten|ist|war|nr|no|mit|der|die|des|unter|neu|"
    r"alt|id|hat|dazu|jetzt|inzwischen|mein|meine|meines|meiner|steht|da|lt|laut|vereins|neue|alte|"
    r"bitte)(?!\w)){0,9}"
)
# „Az. der StA: ...“, „Kundennr. Jobcenter: ...“, „Vorgangsnr. der Polizei ...“
_DETOUR = re.compile(r"[ .]{1,2}(?:[^\d\n:;.]{1,30}:[ ]?|(?:der|des|beim|bei)[ ][^\W\d_]{2,20}[ ])")
_TOKEN = re.compile(r"[^\s,;()\[\]<>\"„“”!?]+")
_NOT_IN_REFERENCE = frozenset(word_lists("regeln")["not_in_reference"])
_WORD = re.compile(r"[a-zäöüß]{4}")
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.(?:\d{4}|\d{2})?")
_ELSEWHERE = re.compile(r"(?:\d{1,3}(?:\.\d{3})*(?:,\d{2})?|\d+,-)\s?(?:€|eur\b|euro\b)", re.IGNORECASE)


def _spelled(word: str) -> str:
    return r"[ .\-]{0,2}".join(re.escape(part) for part in word.split("~"))


def _pattern(words: Iterable[str]) -> str:
    # Longer words first, so that the number is not read as part of the word.
    parts = sorted(words, key=len, reverse=True)
    return "|".join(_spelled(word) for word in parts)


_LONG = re.compile(
    "|".join(
        (
            "aktenzeichen",
            "kassenzeichen",
            "geschäftszeichen",
            "kundennummer",
            "ausweisnummer",
            "versicherungsnummer",
            "buchungszeichen",
        )
    )
)
_KINDS = tuple((label, re.compile(_pattern(words))) for label, words in _WORDS.items())
_CUE = re.compile(
    r"(?<![\w])(?:"
    + "|".join(
        _spelled(word) for word in sorted({word for words in _WORDS.values() for word in words}, key=len, reverse=True)
    )
    + r")(?![^\W\d_])"
    + f"|(?:{_LONG.pattern})(?![^\\W\\d_])"
)


def propose_after_cues(text: str, low: str) -> Iterator[Span]:
    """Yield the numbers that follow a word which says what they are; `low` is `text` in small letters."""
    for match in _CUE.finditer(low):
        filler = _FILLER.match(low, match.end())
        start = filler.end() if filler else match.end()
        if "\n" in low[match.end() : start] and _in_table(low, match.start()):
            continue
        detour = _DETOUR.match(low, match.end())
        for label in _labels(match[0]):
            span = _value(text, start, label, bare=start == match.end())
            if span is None and detour:
                span = _value(text, detour.end(), label, bare=False)
            if span:
                yield span
                break


def _in_table(low: str, place: int) -> bool:
    """Tell whether a word stands in the heading of a table, so that the next line is not its value."""
    line = low[low.rfind("\n", 0, place) + 1 : place]
    return any(sign in line for sign in ";,|\t")


def _labels(cue: str) -> list[Label]:
    found = [label for label, pattern in _KINDS if pattern.fullmatch(cue)]
    return found or [
        label for label, pattern in _KINDS if label in _REFERENCES | {Label.AUSWEIS, Label.SVNR} and pattern.search(cue)
    ]


def _value(text: str, start: int, label: Label, *, bare: bool) -> Span | None:
    if label in _REFERENCES:
        end = start if bare else _reference_end(text, start)
        return Span(start, end, label, 0.96) if end > start else None
    match = _SHAPES[label].match(text, start)
    if match is None or text[match.end() : match.end() + 1].isalnum():
        return None
    if label is Label.AUSWEIS and not _plausible_document(match[0]):
        return None
    return Span(start, match.end(), label, 0.92)


def _plausible_document(value: str) -> bool:
    """Tell whether a value after `Ausweis` is a serial number: figures among capitals, or consonants only, as they are issued."""
    signs = [sign for sign in value if sign.isalnum()]
    digits = sum(map(str.isdecimal, signs))
    if not set(value.upper()) & set("AEIOUQSBD"):
        return digits > 0 or " " not in value
    return digits >= 4 or (digits >= 2 and value.upper() == value and " " not in value[:6])


def _reference_end(text: str, start: int) -> int:
    """Return where a reference ends: parts with digits, and short capitals between them (`12 K 345/24`)."""
    place, end, seen = start, start, 0
    while seen < 7:
        match = _TOKEN.match(text, place)
        if match is None or not _belongs(match[0], first=seen == 0):
            break
        if _DATE.fullmatch(match[0].rstrip(".,:")) or (seen and _ELSEWHERE.match(text, match.start())):
            break
        seen += 1
        if any(sign.isdecimal() for sign in match[0]):
            end = match.start() + len(match[0].rstrip(".:-–/'"))
        place = match.end()
        if text[place : place + 1] not in {" ", "\u00a0"}:
            break
        place += 1
    return end if _is_reference(text[start:end]) else start


def _is_reference(value: str) -> bool:
    digits = sum(sign.isdecimal() for sign in value)
    return digits >= 4 or (digits >= 2 and len(value) >= 4 and any(sign in value for sign in "/-.–: "))


def _belongs(part: str, *, first: bool) -> bool:
    if part.lower().rstrip(".:") in _NOT_IN_REFERENCE:
        return False
    if any(sign.isdecimal() for sign in part):
        return _WORD.search(part) is None and "@" not in part and not part.lower().startswith(("http", "www"))
    letters = part.strip("./-–:|")
    return (
        not letters
        or (len(letters) <= (5 if first else 4) and letters.isupper())
        or (len(letters) <= 3 and letters[0].isupper())
    )

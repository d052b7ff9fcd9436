"""How far a reference goes that a word announces: parts with digits, and short capitals between them."""

from __future__ import annotations

import re

from leitplanke.core.privacy.folding import word_lists

_TOKEN = re.compile(r"[^\s,;()\[\]<>\"„“”!?]+")
_NOT_IN_REFERENCE = frozenset(word_lists("regeln")["not_in_reference"])
_WORD = re.compile(r"[a-zäöüß]{4}")
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.(?:\d{4}|\d{2})?|(?:19|20)\d{2}[–\-/](?:19|20)?\d{2}")
_ELSEWHERE = re.compile(r"(?:\d{1,3}(?:\.\d{3})*(?:,\d{2})?|\d+,-)\s?(?:€|eur\b|euro\b)", re.IGNORECASE)
_REGISTER_AHEAD = re.compile(r"[ ](?:[a-z]{1,3}[ ])?\d{1,7}[ ]?/[ ]?\d{2}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MOST_PARTS = 8
# The letter of a department or a notary at the end: `457/24 K`.
_LETTER = re.compile(
    r"(?<=/\d\d)[ ][A-Z][a-z]?(?![\w.\-])|"
    r"(?<=[/\-]\d{4})[ ][A-Z][a-z]?(?![\w.\-])|(?<=/[ ]\d{4})[ ][A-Z](?![\w.\-])"
)


def reference_end(text: str, start: int) -> int:
    """Return where a reference that begins at `start` ends (`12 K 345/24`), `start` when there is none."""
    place, end, seen = start, start, 0
    while seen < _MOST_PARTS:
        match = _TOKEN.match(text, place)
        if match is None or not (_belongs(match[0], first=seen == 0) or _is_register(text, match)):
            break
        if _DATE.fullmatch(match[0].rstrip(".,:")) or (seen and _ELSEWHERE.match(text, match.start())):
            break
        seen += 1
        if any(sign.isdecimal() for sign in match[0]):
            end = match.start() + len(match[0].rstrip(".:-–/'*_"))
        place = match.end()
        if text[place - 1] in "-/" and text[place : place + 1] == "\n":
            place += 1
            continue
        if match[0].isalpha() and text[place : place + 1] == "\n":
            place += 1
            continue
        if text[place : place + 1] != " ":
            break
        place += 1
    if not _is_reference(text[start:end]):
        return start
    register = _LETTER.match(text, end)
    return register.end() if register else end


def _is_register(text: str, match: re.Match[str]) -> bool:
    """Tell whether small letters stand for a register of a court: `12 c 345/24`."""
    return len(match[0]) <= 4 and match[0].isalpha() and _REGISTER_AHEAD.match(text, match.end()) is not None


def _is_reference(value: str) -> bool:
    digits = sum(sign.isdecimal() for sign in value)
    if _YEAR.fullmatch(value):
        return False
    return digits >= 4 or (digits >= 2 and len(value) >= 4 and any(sign in value for sign in "/-.–: "))


def _belongs(part: str, *, first: bool) -> bool:
    if part.lower().rstrip(".:") in _NOT_IN_REFERENCE:
        return False
    if any(sign.isdecimal() for sign in part):
        known = _WORD.search(part) is None or (sum(map(str.isdecimal, part)) > 3 and any(sign in part for sign in "/-"))
        return known and "@" not in part and not part.lower().startswith(("http", "www"))
    letters = part.strip("./-–:|")
    pieces = re.split(r"[/\-]", letters)
    if first and len(pieces) > 1 and len(letters) <= 10 and all(piece[:1].isupper() for piece in pieces):
        return True
    return (
        not letters
        or all(len(piece) <= 3 and piece[:1].isupper() for piece in pieces)
        or (len(letters) <= (5 if first else 4) and letters.isupper())
        or (len(letters) <= 4 and letters[0].isupper() and any(map(str.isupper, letters[1:])))
        or (len(letters) <= 3 and letters[0].isupper())
    )

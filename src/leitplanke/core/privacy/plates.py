"""Number plates: with a known district where nothing else says so, with any after a word that does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module

from leitplanke.core.privacy.folding import word_lists
from leitplanke.core.privacy.model import Label, Span

_DASH = r"[ ]?[\-–·•:‐‑][ ]?"
_PLATE = re.compile(
    rf"([A-ZÄÖÜ](?<![\w\-–./][A-ZÄÖÜ])[A-ZÄÖÜ]{{0,2}})({_DASH}|[ ])([A-ZÄÖÜ]{{1,2}})([ "
    rf"\u00a0\-–·]{{0,2}})([1-9][\dlIO]{{0,3}})[ ]?([EH](?![\w]))?(?![\w]|[./,\-]\d)"
)
_CUE = re.compile(
    r"(?<![\w])(?:kfz-kennzeichen|kraftfahrzeugkennzeichen|autokennzeichen|kennzeichens|kennzeichen|kennz\.|"
    r"amtl\. kennz\.|amtliches kennzeichen|kfz|pkw|lkw|nummernschild|fahrzeugs|fahrzeug|motorrad|auto|"
    r"wagen|halteranfrage|kz|fzg|fzg\.|anhänger)"
    r"(?:(?![^\W\d_])|(?<=kennzeichen)(?=[a-zäöü]{1,3}[ -][a-z]{1,2}[ -]?\d))"
    r"(?:[ \t:=.\-–(\"„]|\r?\n|(?:mit|dem|das|amtlichen|amtliches|kennzeichen|lautet|ist|war|"
    r"nr|des|halter|ein|kz|kennz|amtl)(?![\w])){0,10}"
)
_ANY = re.compile(
    r"([A-ZÄÖÜa-zäöü]{1,3})(?:[ ]?[\-–·•:‐‑][ ]?|[ ]{0,2})([A-ZÄÖÜa-zäöü]{1,2})[ "
    r"\u00a0\-–·]{0,2}([1-9]\d{0,3})[ ]?(?:[EHeh](?!\w))?(?![\w])"
)
# Austria (`W-88142 L`), and plates of other countries, which only a word can tell.
_AUSTRIAN = re.compile(r"[A-Z](?<![\w\-–./][A-Z])[A-Z]?[ ]?-[ ]?\d{3,5}[ ]?[A-Z]{1,2}(?![\w\-/])")
_ABROAD = re.compile(
    r"(?<![\w\-./])(?=[A-Z\d \-]{0,8}\d)(?=[A-Z\d \-]{0,8}[A-Z])"
    r"[A-Z\d]{1,3}[ \-]?[A-Z\d]{2,5}(?:[ \-]?[A-Z\d]{1,4})?(?![\w\-/])"
)
_REACH = 40
_HINTS = (
    *("kennz", "kfz", "kraftfahr", "auto", "wagen", "fahrzeug", "pkw", "lkw", "nummernschild", "motorrad"),
    *("halteranfrage", "parkversto", "fahrer des", "kz", "fzg", "anhänger"),
)
_SIGN = re.compile(
    r"(?<!\w)(?:kfz-)?(?:kennzeichens?|kennz\.|kfz|nummernschild|auto|"
    r"firmenwagens?|dienstwagens?|parkverstoß|fahrer des)(?![^\W\d_])"
)
_TIGHT = re.compile(r"([A-ZÄÖÜ]{2,5})[ ]?([1-9]\d{0,3})[EH]?(?![\w])")
_NO_DISTRICT = frozenset(word_lists("regeln")["no_district"])
# Districts that came back or were cut anew and that the package does not know.
_MORE = word_lists("regeln")["more"]


@lru_cache(maxsize=1)
def districts() -> frozenset[str]:
    """Return the letters a plate may begin with."""
    listed = import_module("faker.providers.automotive.de_DE").Provider.license_plate_prefix
    return frozenset(prefix.upper() for prefix in (*listed, *_MORE)) - _NO_DISTRICT


def propose_plates(text: str, low: str) -> Iterator[Span]:
    """Yield number plates; `low` is `text` in small letters."""
    for match in _PLATE.finditer(text):
        district, dash, letters, blank, digits, _rest = match.groups()
        sure = dash.strip() != ""
        # Eight signs are the most that is issued; with a dash somebody may have written one too many.
        if district not in districts() or len(district + letters + digits) > (9 if sure else 8):
            continue
        if sure or (
            blank and len(letters + digits) >= 3 and len(district) + len(letters) >= 2 and not _prose(text, match)
        ):
            yield Span(match.start(), match.end(), Label.KFZ, 0.85 if sure else 0.6)
    for match in _AUSTRIAN.finditer(text):
        yield Span(match.start(), match.end(), Label.KFZ, 0.7)
    if not any(hint in low for hint in _HINTS):
        return
    for cue in _SIGN.finditer(low):
        yield from _foreign(text, cue.end())
    for cue in _CUE.finditer(low):
        found = _tight(text, cue.end()) or _ANY.match(text, cue.end())
        if (
            found
            and found[1].upper() in districts()
            and (found.start() == cue.end() or not text[found.start() - 1 : found.start()].isalnum())
        ):
            yield Span(found.start(), found.end(), Label.KFZ, 0.9)


def _foreign(text: str, place: int) -> Iterator[Span]:
    """Yield what looks like a plate of another country in the same clause as a word for plates."""
    end = re.compile(r"[\n;?!]|\.[ ]").search(text, place, place + _REACH)
    last = end.start() if end else place + _REACH
    for match in _ABROAD.finditer(text, place, min(last, len(text))):
        signs = [sign for sign in match[0] if sign.isalnum()]
        if "§" in text[max(place, match.start() - 8) : match.start()]:
            continue
        if 5 <= len(signs) <= 8 and sum(map(str.isdecimal, signs)) >= 2 and match.end() < place + _REACH:
            yield Span(match.start(), match.end(), Label.KFZ, 0.66)


def _prose(text: str, match: re.Match[str]) -> bool:
    """Tell whether letters and figures stand in a chain of capitals (`WEG AG 12 B`), which is no plate."""
    before = text[max(0, match.start() - 5) : match.start()].rstrip()
    after = text[match.end() : match.end() + 3]
    return (
        bool(before) and (before[-1].isdigit() or before[-1] in ".:§" or before[-2:].isupper())
    ) or after.startswith((" /", "/", " %"))


def _tight(text: str, place: int) -> re.Match[str] | None:
    """Match a plate without any gap (`MSAB123`): the longest district that leaves one or two letters."""
    match = _TIGHT.match(text, place)
    if match is None:
        return None
    for cut in (3, 2, 1):
        if match[1][:cut] in districts() and 1 <= len(match[1]) - cut <= 2:
            return re.compile(rf"([A-ZÄÖÜ]{{{cut}}})[A-ZÄÖÜ]{{1,2}}[ ]?\d{{1,4}}[EH]?").match(text, place)
    return None

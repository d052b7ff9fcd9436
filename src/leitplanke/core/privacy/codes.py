"""References that no word announces: file numbers of courts, codes in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.privacy.folding import word_lists
from leitplanke.core.privacy.model import Label, Span

_COURT = re.compile(
    r"(?<![\w/.\-])(?:\d{1,4}[ ])?(?:[A-Z]{1,4}|[A-Z][a-z]{1,3}|StVK|Bs|XV?I{0,3}|I{1,3}|IV|XVII)[ "
    r"](?:[A-Z]{1,3}[ ])?\d{1,7}/\d{2}(?:\d{2})?(?:[ ](?:jug|A|B|PKH|ER|P|R|S|WA|KG|E))?(?![\w/]|[.,]\d)"
)
_CODE = re.compile(
    r"(?<![\w/.\-])[A-ZÄÖÜ][A-Za-zÄÖÜ]{0,6}[\-/ "
    r"]?\d{0,4}[\-/](?:[A-Za-z]{1,4}[\-/])?\d{2,7}(?:[\-/][A-Za-z0-9]{1,6})?(?:[ ]\d{2,4}){0,2}(?![\w]|"
    r"[.,/\-]\d)"
)
_BRACKET = re.compile(r"\((?=[^()\n]{0,30}\d)([A-ZÄÖÜ\d][\w./\- ]{4,28})\)")
_HIGH_COURT = re.compile(
    r"(?<!\w)(?:bgh|bverfg|bverwg|bsg|bfh|bag|eugh|egmr|ovg|vgh|olg|lsg|lag|hessvgh|bayvgh|bayobfh|kg "
    r"berlin|juris)(?!\w)"
)
_PUBLIC = re.compile(
    r"(?<!\w)(?:vg|urteil|urteile|urteils|beschluss|entscheidung|rechtsprechung|vorlage|vorlagen|"
    r"drucksache|drs|artikel|art|artnr|bestellnummer|din|en|iso|modell|typ|inventar|"
    r"rechnung|rechnungsnummer|lieferschein|pos|gerät|vergabe|ausschreibung|bebauungsplan|plan|erlass|"
    r"runderlass|rderl|flurstück|flur|verordnung|richtlinie|eu|eg|bgbl|gv|amtsblatt|abl|vo|nr|version|"
    r"norm|"
    r"gemarkung|inv|charge|los|signatur|regal|karton|ersatzteil|teil|toner|liste|gesetz|ministerium|"
    r"vordruck|formular|muster)[ .:,\-]{0,3}(?:\([a-zäöü]{1,6}\) ?)?(?:vom [\d. a-zäöü]{5,18}[,:–\- "
    r"]{0,3}|nr\.? ?|[a-zäöü]{3,16} ?|– ?|az\.? ?|[0-9.]{1,9} ?){0,4}\Z"
)
_NO_CODE = frozenset(word_lists("regeln")["no_code"])
_DATE = re.compile(r"[\d./\- ]*(?:19|20)?\d{2}|\d{1,2}[.:]\d{2}")


def propose_codes(text: str, low: str) -> Iterator[Span]:
    """Yield references by their shape, unless what stands before them says that they are public."""
    for match in _COURT.finditer(text):
        letters = re.sub(r"[^A-Za-z]", " ", match[0]).split()
        if letters and letters[0].lower() not in _NO_CODE and not _is_public(low, match.start()):
            yield Span(match.start(), match.end(), Label.AKTENZEICHEN, 0.65)
    for match in _CODE.finditer(text):
        head = re.split(r"[^A-Za-zÄÖÜ]", match[0], maxsplit=1)[0].lower()
        if (
            sum(map(str.isdecimal, match[0])) >= 4
            and head not in _NO_CODE
            and head.upper() == match[0][: len(head)]
            and not _is_public(low, match.start())
        ):
            yield Span(match.start(), match.end(), Label.AKTENZEICHEN, 0.55)
    for match in _BRACKET.finditer(text):
        value = match[1]
        digits = sum(map(str.isdecimal, value))
        shaped = (
            any(sign in value for sign in "/-.")
            and any(map(str.isalpha, value))
            and not re.search("[a-zäöüß]{4}", value)
        )
        if (
            digits >= 4
            and shaped
            and value.split("-")[0].split(" ")[0].lower() not in _NO_CODE
            and not _is_public(low, match.start())
        ):
            yield Span(match.start(1), match.end(1), Label.AKTENZEICHEN, 0.55)


def _is_public(low: str, place: int) -> bool:
    before = low[max(0, place - 60) : place]
    return _HIGH_COURT.search(before) is not None or _PUBLIC.search(before) is not None

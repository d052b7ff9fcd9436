"""References that no word announces: file numbers of courts, signs of offices, codes in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.privacy.folding import word_lists
from leitplanke.core.privacy.model import Label, Span

_REGISTER = r"(?:[A-Z]{1,4}|[A-Z][A-Za-z]{1,3}|[IVX]{1,5})"
_COURT = re.compile(
    rf"(?<![\w/.\-])(?:[A-Z]{{1,3}}[a-z]?[ ])?(?:[IVX]{{1,4}}-)?(?:\d{{1,4}}[a-z]?[ \-])?{_REGISTER}"
    rf"(?:[ \-](?:\d{{1,5}}[ ])?{_REGISTER})?[ \n]\d{{1,7}}[ ]?/[ ]?\d{{2}}(?:\d{{2}})?"
    r"(?:-\d{1,4}/\d{2})?(?:[ .](?:jug\.?|[A-Z]{1,4}|[A-Z][A-Za-z]{1,3})(?![\w.]))?"
    r"(?:[ ]\([A-Z]{1,2}\))?(?![\w/]|[.,]\d)"
)
# Administrative courts of Bavaria and Berlin: `M 12 K 24.1234`.
_COURT_DOTTED = re.compile(
    r"(?<![\w/.\-])(?:[A-Z][A-Za-z]{0,2}[ ])?\d{1,2}[A-Z]?[ ][A-Z]{1,2}[ ]\d{1,5}\.\d{2,5}(?![\w/]|[.,]\d)"
)
# `12 C` of a chamber, `S 12`, `XVII` before the number proper.
_CHAMBER = re.compile(r"\d[a-z]?[ \-][A-Z]")
_SENATE = re.compile(r"[A-Z][a-z]?[ ]\d|[IVX]+[ \-]")
# The patterns of courts are looked for only where their end occurs.
_SLASHED = re.compile(r"\d[ ]?/[ ]?\d{2}")
_DOTTED = re.compile(r"[A-Z][ ]\d{1,5}\.\d{2}")
_CODE = re.compile(
    r"[A-ZÄÖÜ](?<![\w/.\-][A-ZÄÖÜ])[A-Za-zÄÖÜ]{0,6}[\-/ ]?\d{0,4}[\-/](?:[A-Za-z]{1,4}[\-/])?\d{2,7}"
    r"(?:[\-/][A-Za-z0-9]{1,6})?(?:[ ]\d{2,4}){0,2}(?![\w]|[.,/\-]\d)"
)
# Signs of offices: `32.1-0815/24`, `51.2-UV-17/0114`, `III/3-412.01`.
# `51-UV-L 2291`
_SPACED = re.compile(r"\d(?<![\w/.,\-§+@][\d])\d{1,2}-[A-Z]{1,4}(?:-[A-Z]{1,4}){0,2}[ ]\d{3,6}(?![\w/]|[.,\-]\d)")
_OFFICE = re.compile(r"[A-Z\d](?<![\w/.,\-§+@:=&?#][A-Z\d])[A-Z]{0,4}\d{0,4}[./\-][\w./\-]{4,34}(?!\w)")
_BENEFIT = re.compile(r"\d(?<![\w/]\d)\d{2,4}(?:[ ]?BG[ ]?|[ ]?//[ ]?)\d{5,8}(?!\w)")
_BRACKET = re.compile(r"\((?=[^()\n]{0,30}\d)([A-ZÄÖÜ\d][\w./\- ]{4,28})\)")
_HIGH_COURT = re.compile(
    r"(?<!\w)(?:bgh|bverfg|bverwg|bsg|bfh|bag|eugh|egmr|ovg|vgh|olg|lsg|lag|hessvgh|bayvgh|bayobfh|bayoblg|kg "
    r"berlin|juris|bundesgerichtshof\w*|bundessozialgericht\w*|bundesverwaltungsgericht\w*|bundesfinanzhof\w*|"
    r"bundesarbeitsgericht\w*|bundesverfassungsgericht\w*|\w{0,20}gerichtshof\w*|oberverwaltungsgericht\w*|oberlandesgericht\w*|landessozialgericht\w*)(?!\w)"
)
_DECIDED = re.compile(r"urteil|urt\.|beschl|entscheid|vom \d")
_CITED = re.compile(
    r"[ ]?(?:,|-|–|\(|;)?[ ]?(?:juris|rn\.|rz\.|rdnr|njw|nvwz|nzs|famrz|openjur|beckrs|bverwge|bghz|ecli|celex)"
)
_PUBLIC = re.compile(
    r"(?<!\w)(?:\w{0,25}urteil|urteile|urteils|urt|\w{0,25}beschluss|beschl|isbn|dguv|termin|rundschreiben|ermächtigung|verpflichtungsermächtigung|eichschein|heizungsanlage|anlage|inventarnr|entscheidung|rechtsprechung|vgl|vorlage|vorlagen|"
    r"drucksache|drs|artikel|art|artnr|bestellnummer|din|en|iso|modell|typ|inventar|"
    r"rechnung|rechnungsnummer|lieferschein|pos|gerät|vergabe|ausschreibung|bebauungsplan|plan|erlass|"
    r"runderlass|rderl|flurstück|flur|verordnung|richtlinie|eu|eg|bgbl|gv|amtsblatt|abl|vo|version|"
    r"norm|rs|c|antrag der fraktion|anfrage|"
    r"gemarkung|inv|charge|los|signatur|regal|karton|ersatzteil|teil|toner|liste|gesetz|ministerium|"
    r"vordruck|formular|muster)(?![^\W\d_])[ .:,\-]{0,3}(?:\([a-zäöü]{1,6}\) ?)?(?:vom [\d. a-zäöü]{5,18}[,:–\- "
    r"]{0,3}|nr\.? ?|[a-zäöü]{3,16} ?|– ?|az\.? ?|[0-9.]{1,9} ?){0,4}\Z"
)
# A heading of a table of things.
_GOODS = re.compile(r"(?:inventar|artikel|bestell|material|sach|teile|inv\.)-?[ ]?(?:nr|nummer|no)")
_TABLE = 1500
# A code alone is a doubtful reference: it counts only in a text about somebody.
DOUBTFUL = 0.6
_NEAR = 50
_CASE = re.compile(
    r"akte|vorgang|zeichen|(?<!\w)az(?!\w)|verfahren|antrag|antr(?!\w)|anzeige|(?<!\w)fall|betreff|betr\.|klage|bescheid|gericht|"
    r"jugendamt|beistand|ausländer|sozialamt|owi|bußgeld|ermittl|angeben|widerspruch|polizei|(?<!\w)sta(?!\w)|genehmigung"
)
_DECISION = re.compile(r"(?:urteil|beschluss|urt\.|beschl\.)[^.;\n]{0,40}?vom \d[\d. a-zäöü]{4,16}[ ,(–\-]{1,4}\Z")
_NO_CODE = frozenset(word_lists("regeln")["no_code"])
_WORDY = re.compile(r"[A-Za-zÄÖÜäöü][a-zäöüß]{3}|[^\W\d_]{7}")
_DATES = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])\.(?:(?:0?[1-9]|1[0-2])\.)?(?:19|20)?(?:\d{2})?[./\-–]?){1,6}"
    r"|(?:19|20)\d{2}[./\-]\d{1,2}(?:[./\-]\d{1,2})?|\d{1,2}[./\-]\d{1,2}[./\-](?:19|20)?\d{2}"
    r"|(?:19|20)\d{2}[/\-](?:19|20)\d{2}"
)
_YEAR = re.compile(r"[/\-](?:\d{2}|20\d{2})(?:[\-/.]\w{1,3})?\Z")
_LONG = 10
# Addresses of computers and figures in scientific notation.
_FIGURES = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?|\d+\.\d+[eE]-?\d+")
_LAW = re.compile(r".*/(?:EU|EG|EWG|Euratom|JI)\Z")


def propose_codes(text: str, low: str) -> Iterator[Span]:
    """Yield references by their shape, unless what stands beside them says that they are public."""
    for pattern, hint in ((_COURT, _SLASHED), (_COURT_DOTTED, _DOTTED)):
        for match in pattern.finditer(text) if hint.search(text) else ():
            letters = re.sub(r"[^A-Za-z]", " ", match[0]).split()
            if (
                letters
                and not (letters[0].isupper() and letters[0].lower() in _NO_CODE)
                and not is_public(low, match.start(), match.end())
            ):
                yield Span(match.start(), match.end(), Label.AKTENZEICHEN, _court_sureness(low, match))
    for match in _BENEFIT.finditer(text):
        yield Span(match.start(), match.end(), Label.AKTENZEICHEN, 0.93)
    yield from _offices(text, low)
    for match in _CODE.finditer(text):
        head = re.split(r"[^A-Za-zÄÖÜ]", match[0], maxsplit=1)[0].lower()
        if (
            sum(map(str.isdecimal, match[0])) >= 4
            and head not in _NO_CODE
            and head.upper() == match[0][: len(head)]
            and not is_public(low, match.start(), match.end())
        ):
            yield Span(match.start(), match.end(), Label.AKTENZEICHEN, _sureness(low, match.start()))
    for match in _SPACED.finditer(text):
        if not is_public(low, match.start(), match.end()):
            yield Span(match.start(), match.end(), Label.AKTENZEICHEN, _sureness(low, match.start()))
    yield from _bracketed(text, low)


def _offices(text: str, low: str) -> Iterator[Span]:
    for match in _OFFICE.finditer(text):
        value = match[0].rstrip("./-")
        digits = sum(map(str.isdecimal, value))
        marks = sum(value.count(mark) for mark in "./-")
        letters = any(map(str.isalpha, value))
        if (
            digits < 4 + 2 * (not letters)
            or marks < 2
            or not (letters or "/" in value or (value.count(".") == marks == 3 and digits >= _LONG))
            or (value[0] == "0" and not letters)
            or (not letters and "-" not in value and "/" in value)
            or _FIGURES.fullmatch(value)
            or (value[0].isalpha() and not value[1].isalpha() and not _YEAR.search(value))
            or "--" in value
            or _WORDY.search(value)
            or _DATES.fullmatch(value)
            or _LAW.match(value)
        ):
            continue
        head = re.split(r"[^A-Za-zÄÖÜ]", value, maxsplit=1)[0].lower()
        if head not in _NO_CODE and not is_public(low, match.start(), match.start() + len(value)):
            yield Span(match.start(), match.start() + len(value), Label.AKTENZEICHEN, _sureness(low, match.start()))


def _bracketed(text: str, low: str) -> Iterator[Span]:
    for match in _BRACKET.finditer(text):
        value = match[1]
        digits = sum(map(str.isdecimal, value))
        shaped = (
            any(sign in value for sign in "/-.")
            and any(map(str.isalpha, value))
            and not re.search(r"[a-zäöüß]{4}|[ ](?:und|bis|u\.)[ ]", value)
        )
        if (
            digits >= 4
            and shaped
            and value.split("-")[0].split(" ")[0].lower().rstrip(".") not in _NO_CODE
            and not is_public(low, match.start(), match.end())
        ):
            yield Span(match.start(1), match.end(1), Label.AKTENZEICHEN, _sureness(low, match.start()))


def _court_sureness(low: str, match: re.Match[str]) -> float:
    """Return how sure a file number is: `12 C 345/24` is one, `UR 118/25` may be an instruction (`DA 10/2024`)."""
    value = match[0]
    if _CHAMBER.search(value):
        return 0.93
    if _SENATE.match(value):
        return 0.8
    return _sureness(low, match.start())


def _sureness(low: str, start: int) -> float:
    """Return how sure a code is a reference: surer where a word of cases stands before it."""
    return 0.75 if _CASE.search(low, max(0, start - _NEAR), start) else DOUBTFUL


def is_public(low: str, start: int, end: int) -> bool:
    """Tell whether a reference belongs to a published judgment, a norm, a plan or goods."""
    before = low[max(0, start - 60) : start]
    if low[start - 1 : start] in {"\n", ";", "|", "\t"} and _GOODS.search(low, max(0, start - _TABLE), start):
        return True
    return (
        _HIGH_COURT.search(before) is not None
        or _PUBLIC.search(before) is not None
        or _DECISION.search(low, max(0, start - 90), start) is not None
        or _CITED.match(low, end) is not None
    )


def is_cited(text: str, start: int) -> bool:
    """Tell whether a decision of a high court is named: `BVerwG, Urteil vom 3.5.2021, Az. 5 C 12/20`."""
    before = text[max(0, start - 70) : start].lower()
    court = _HIGH_COURT.search(before)
    return court is not None and _DECIDED.search(before, court.start()) is not None

"""How Germans write amounts, days, periods, account numbers and places, and what they mean by it.

What has no certain meaning gets an empty value and a reason, and never becomes a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Wertart(StrEnum):
    """What a found value is."""

    BETRAG = "Betrag"
    ZAHL = "Zahl"
    DATUM = "Datum"
    MONAT = "Monat"
    ZEITRAUM = "Zeitraum"
    IBAN = "IBAN"
    ANSCHRIFT = "Anschrift"
    TEXT = "Text"


@dataclass(frozen=True, slots=True)
class Wording:
    """A value as written at `start` to `end` of a line; `doubt` says why it is not certain."""

    sort: Wertart
    value: str
    start: int
    end: int
    doubt: str = ""
    unit: str = ""


_MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_MONTH_WORDS = (
    r"(?:Januar|Jänner|Februar|März|Maerz|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Jan\.|Feb\.|Mär\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Okt\.|Nov\.|Dez\.)"
)
_DAY = re.compile(
    rf"(?<![\d.,])(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>\d{{4}}|\d{{2}})"
    rf"|(?P<d2>\d{{1,2}})\.\s?(?P<word>{_MONTH_WORDS})\s(?P<y2>\d{{4}}))(?!\d|[.,]\d)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"\b(?P<word>{_MONTH_WORDS})\s+(?P<y>\d{{4}})(?!\d)|(?<![\d./])(?P<m>0[1-9]|1[0-2])/(?P<y2>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_CURRENCY = r"(?:€|EUR\b|Euro\b)"
_SPACE = r"[ \u00a0\u202f]"
_FIGURE = rf"\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d+"
_CENTS = r",(?:\d{2}|-{1,2}|–|—)(?![\d])"
_BETRAG = re.compile(
    rf"(?P<minus>[-–−]{_SPACE}?)?(?:(?P<before>{_CURRENCY}){_SPACE}?)?(?<![\d.,/])"
    rf"(?P<figure>{_FIGURE})(?P<cents>{_CENTS})?(?![\d.]*\d)(?:{_SPACE}?(?P<after>{_CURRENCY}))?(?P<behind>-(?=\s|$))?",
    re.IGNORECASE,
)
_IBAN = re.compile(rf"\b[A-Z]{{2}}\d{{2}}(?:{_SPACE}?[0-9A-Z]{{4}}){{2,7}}(?:{_SPACE}?[0-9A-Z]{{1,3}})?\b")
_PLACE = re.compile(
    r"(?<![\d.,])(?P<street>[A-ZÄÖÜ][\w.\- ]{2,40}? \d{1,4} ?[a-z]?, ?)?(?P<plz>\d{5}) "
    r"(?P<town>[A-ZÄÖÜ][a-zäöüß]+(?:[ -](?:am|an|der|im|in|bei|[A-ZÄÖÜ][a-zäöüß]+))*)"
)
_ZAHL = re.compile(
    r"(?<![\d.,/\-\w])(?P<figure>\d{1,6}(?:\.\d{3})*)(?P<rest>,\d{1,3})?(?![\d.,]*\d)"
    r"\s?(?P<unit>m[²2?*]|qm\b|Quadratmeter|Meter|m\b|%|v\. ?H\.|Personen|Person|Stunden|Std\.?)?(?!(?<=\d)\w)",
)
# "m?" and "m*" are how text recognition reads the raised two.
_UNITS = {"m²": "m2", "m2": "m2", "m?": "m2", "m*": "m2", "qm": "m2", "quadratmeter": "m2", "meter": "m", "m": "m"}
_ZEITRAUM = re.compile(
    r"(?P<monat>\b(?:monatlich\w*|mtl\.|monatl\.|(?:pro|je|im|/) ?Monat\b|Monatsbetrag|Monatsmiete)|/ ?Monat\b)"
    r"|(?P<quartal>\b(?:vierteljährlich\w*|quartalsweise|pro Quartal))"
    r"|(?P<jahr>\b(?:jährlich\w*|jährl\.|p\. ?a\.|(?:pro|je|im) Jahr\b"
    r"|Jahresbetrag|kumuliert|Jahreswerte?|Jahressumme|aufgelaufen)|/ ?Jahr\b)",
    re.IGNORECASE,
)


def wordings(line: str) -> list[Wording]:
    """Return what a line says, in order and without overlaps: the more particular reading wins."""
    taken = bytearray(len(line))
    kept: list[Wording] = []
    for reader in (_ibans, _days, _months, _places, _amounts, _numbers):
        for found in reader(line):
            if not any(taken[found.start : found.end]):
                taken[found.start : found.end] = b"\1" * (found.end - found.start)
                kept.append(found)
    return sorted(kept, key=lambda found: found.start)


def periods(text: str) -> list[Wording]:
    """Return the periods named in a text: `monat`, `quartal`, `jahr`."""
    return [
        Wording(Wertart.ZEITRAUM, str(match.lastgroup), match.start(), match.end())
        for match in _ZEITRAUM.finditer(text)
    ]


def valid_iban(text: str) -> bool:
    """Tell whether the check digits of an account number fit (ISO 7064, mod 97-10) and a German one is 22 long."""
    iban = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[0-9A-Z]{8,30}", iban) or (iban.startswith("DE") and len(iban) != 22):
        return False
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def german(amount: Decimal) -> str:
    """Write a number as Germans do: 1.234,50."""
    whole = f"{amount:,.2f}"
    return whole.translate(str.maketrans(",.", ".,"))


def _ibans(line: str) -> Iterator[Wording]:
    for match in _IBAN.finditer(line):
        iban = re.sub(r"\s", "", match[0])
        doubt = "" if valid_iban(iban) else "Die Prüfziffer der IBAN stimmt nicht."
        yield Wording(Wertart.IBAN, iban if not doubt else "", match.start(), match.end(), doubt)


def _days(line: str) -> Iterator[Wording]:
    for match in _DAY.finditer(line):
        value, doubt = _day(match)
        yield Wording(Wertart.DATUM, value, match.start(), match.end(), doubt)


def _day(match: re.Match[str]) -> tuple[str, str]:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"]).isoformat(), ""
        if match["word"]:
            return date(int(match["y2"]), _month(match["word"]), int(match["d2"])).isoformat(), ""
        if len(match["y"]) == 2:
            return "", "Das Jahr hat nur zwei Ziffern."
        return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat(), ""
    except ValueError:
        return "", "Diesen Tag gibt es nicht."


def _month(word: str) -> int:
    short = word.casefold().replace("ae", "ä").replace("jänner", "januar")[:3]
    return _MONTHS.index(short) + 1


def _months(line: str) -> Iterator[Wording]:
    for match in _MONTH.finditer(line):
        month = _month(match["word"]) if match["word"] else int(match["m"])
        yield Wording(Wertart.MONAT, f"{match['y'] or match['y2']}-{month:02d}", match.start(), match.end())


def _places(line: str) -> Iterator[Wording]:
    for match in _PLACE.finditer(line):
        yield Wording(Wertart.ANSCHRIFT, " ".join(match[0].split()), match.start(), match.end())


def _amounts(line: str) -> Iterator[Wording]:
    """Yield amounts: with a currency, or with cents where no other unit follows."""
    for match in _BETRAG.finditer(line):
        currency = match["before"] or match["after"]
        if not currency and (not match["cents"] or (_ZAHL.match(line, match.start("figure")) and _unit(line, match))):
            continue
        figure = match["figure"]
        start = match.start()
        if re.search(r"\s", figure) and not currency:
            # Without a currency "Pos. 1 234,56" may be two numbers; only the last group is certain to belong.
            yield Wording(Wertart.BETRAG, "", start, match.end(), "Tausender ohne Währung sind nicht eindeutig.")
            continue
        digits = re.sub(r"[.\s]", "", figure)
        cents = match["cents"] or ""
        value = Decimal(f"{digits}.{cents[1:] if cents[1:].isdigit() else '00'}")
        negative = (bool(match["minus"]) and _is_sign(line, start)) or bool(match["behind"])
        yield Wording(Wertart.BETRAG, f"{-value if negative else value:.2f}", start, match.end())


def _is_sign(line: str, start: int) -> bool:
    """Tell a sign from a dash between words: a sign follows a gap and touches nothing before it."""
    return start == 0 or line[start - 1] in "\t (=:"


def _unit(line: str, match: re.Match[str]) -> str:
    number = _ZAHL.match(line, match.start("figure"))
    return (number["unit"] or "") if number else ""


def _numbers(line: str) -> Iterator[Wording]:
    for match in _ZAHL.finditer(line):
        digits = match["figure"].replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})*", match["figure"]) else ""
        if not digits and "." in match["figure"]:
            continue
        value = (digits or match["figure"]) + (match["rest"] or "").replace(",", ".")
        unit = (match["unit"] or "").casefold()
        yield Wording(Wertart.ZAHL, value, match.start(), match.end(), unit=_UNITS.get(unit, unit))

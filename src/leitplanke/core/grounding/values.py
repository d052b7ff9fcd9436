"""Values in a sentence: dates, durations, amounts, numbers, persons, places, reasons."""

from __future__ import annotations

import re
from functools import lru_cache

from leitplanke.core.grounding.names import places_in
from leitplanke.core.grounding.question import Wanted

_MONTH = r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
_NUMERAL = (
    r"(?:ein(?:e[rnms]?)?|zwei|beiden?|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|"
    r"fünfzehn|sechzehn|"
    r"siebzehn|achtzehn|neunzehn|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend)"
)
_COUNT = rf"(?:\d+(?:[.,]\d+)*|{_NUMERAL})"
_UNIT = (
    r"(?:Arbeitstag|Werktag|Kalendertag|Tag|Woche|Monat|Jahr|Vierteljahr|Halbjahr|Stunde|Minute|"
    r"Quartal)(?:e[nsr]?|s|n)?"
)
_WEEKDAY = r"(?:montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonnabends?|sonntags?)"
_DATE = (
    rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?(?:\d{{2,4}})?|{_MONTH}(?:\s+\d{{4}})?)|\b{_MONTH}\s+\d{{4}}|\b(?:19|"
    rf"20)\d\d(?:/\d{{2,4}})?\b|\b\d{{4}}-\d\d-\d\d\b"
)
_WHEN = (
    rf"{_DATE}|\b(?:bevor|sobald|nachdem|vor (?:dem|der|jede[rmn]?|Beginn)|nach (?:dem|der|Ablauf)|bei (?:der|"
    rf"jede[rm])|während|sofort|unverzüglich|jederzeit|heute|morgen|jährlich|monatlich|"
    rf"frühzeitig|rechtzeitig|vorher|vorab|von Anfang an|einmal im Jahr|im Kindesalter|am selben Tag|"
    rf"[Ee]rst wenn|ab dem|zum Ersten|derzeit|künftig)\b|\b{_WEEKDAY}\b|\b{_MONTH}\b"
)
_DURATION = (
    rf"(?<!unter )(?<!ab )(?<!über )\b{_COUNT}\s+(?:\w+\s)?{_UNIT}\b(?!\s+alt)|\b(?:täglich|wöchentlich|"
    rf"monatlich|jährlich|vierteljährlich|halbjährlich|stündlich|sofort|unverzüglich|lebenslang\w*|dauerhaft|"
    rf"unbefristet|regelmäßig|"
    rf"jedes (?:Viertel)?[jJ]ahr|jede Woche|jeden Monat|alle {_COUNT}|einmal (?:im|pro)|zweimal|"
    rf"mindestens einmal|pro {_UNIT})\b|\b\w+tägig|\b\w+jährig"
)
_PATTERNS: dict[Wanted, str] = {
    Wanted.DAY: _DATE,
    Wanted.DATE: _WHEN,
    Wanted.DURATION: rf"{_DURATION}|{_DATE}",
    Wanted.TIME: rf"\b\d{{1,2}}(?:[.:]\d\d)?\s*(?:bis\s*\d{{1,2}}(?:[.:]\d\d)?\s*)?Uhr|\b{_WEEKDAY}\b|\bMontag bis\b",
    Wanted.MONEY: (
        r"\d[\d.,]*\s*(?:Euro|EUR|€|Cent)|(?:gebühren|kosten)(?:frei|los)|kostet nichts|Kosten(?:frei| trägt)|"
        r"unentgeltlich|\bTagess(?:a|ä)tz|(?:Millionen|Tausend)\s+Euro|umsonst|\bGeldbuße bis"
    ),
    Wanted.PERCENT: (
        r"\d+(?:[.,]\d+)?\s*(?:%|Prozent|vom Hundert)|\b(?:die Hälfte|ein Drittel|ein Viertel|zwei Drittel|"
        r"drei Viertel)\b"
    ),
    Wanted.NUMBER: (
        rf"\b\d+(?:[.,]\d+)*\b|\b(?!ein)(?:{_NUMERAL})(?:\b|zehn|hundert)|\bein(?:e|en)? (?:einzige|Drittel|Viertel|"
        rf"Hälfte|Dutzend)|\bHälfte\b"
    ),
    Wanted.AGE: (
        r"\b\d+ (?:Jahre|Monate|Wochen)|\bGeburtstag|\b\d+\.? Lebensjahr|\bvolljährig|\bminderjährig|\w*alter\b|"
        r"\bJahrgang"
    ),
    Wanted.CONTACT: (
        r"https?://|www\.|[\w.-]+@[\w.-]+|\(?0\s?\d[\d\s/()-]{4,}\d|\b(?:Rathausplatz|\w+(?:straße|gasse|weg|"
        r"platz))\s+\d+"
    ),
    Wanted.NORM: (
        r"§|\bArt(?:ikel|\.)\s*\d|\w*(?:gesetz|gesetzbuch|ordnung|satzung|verordnung|recht|vertrag|vereinbarung|"
        r"anweisung|richtlinie|Act)(?:es|s|en|e)?\b|\b[A-Z][A-Za-z]*G[BO]?\b|DSGVO"
    ),
    Wanted.REASON: (
        r"\b(?:weil|da|denn|deshalb|daher|deswegen|aufgrund|wegen|damit|um \w+ .{0,80}\bzu\b|dadurch|nämlich|Grund|"
        r"Gründe|Ziel|dient|soll(?:en)?|ergibt sich|ermöglicht|bedeutet)\b|–"
    ),
    Wanted.PLACE: r"\b(?:im|in der|in den|in|am|bei der|beim|auf|an|unter|online|Zimmer|Rathaus\w*|unterwegs)\b",
}
_FIND = {
    wanted: re.compile(
        pattern,
        re.IGNORECASE if wanted in {Wanted.DURATION, Wanted.REASON, Wanted.NUMBER, Wanted.TIME, Wanted.MONEY} else 0,
    )
    for wanted, pattern in _PATTERNS.items()
}
_HARD_DATE = re.compile(_DATE)
_FULL_NAME = re.compile(
    r"\b[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?\s+(?:von\s+)?[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?\b"
)
_ROLE = re.compile(
    r"\b(?:\w*(?:mensch|person|beauftragt|leitung|leiter|rat|beschäftigt|mitarbeit|bürger|verwaltung|stadt|"
    r"kommune|behörde|amt|stelle|bürgermeister|verband|organisation|unternehmen|"
    r"gemeinde|anbieter|eltern|jede[rn]?|niemand|alle|wer|stadtwerk|führungskr|politik|kreis|land|bund|gericht|"
    r"ausschuss|antragsteller|eigentümer|halter|familie|kind|partner|mitglied|akteur|sachbearbeiter|betreiber|"
    r"gesellschaft|expert|nutzer)\w*)\b",
    re.IGNORECASE,
)
_PROPER = re.compile(r"\b(?:[A-ZÄÖÜ]{2,}[\w.-]*|[A-Z][a-z]+[A-Z]\w+|[A-Z]\.[A-Z]+\w*)\b|[„“\"][^“”\"]{2,60}[“”\"]")
_STRICT = frozenset(
    {
        Wanted.DAY,
        Wanted.DATE,
        Wanted.DURATION,
        Wanted.TIME,
        Wanted.MONEY,
        Wanted.PERCENT,
        Wanted.NUMBER,
        Wanted.AGE,
        Wanted.CONTACT,
    }
)


def strict(wanted: Wanted) -> bool:
    """Tell whether an answer without a value of this kind cannot be one."""
    return wanted in _STRICT


@lru_cache(maxsize=20_000)
def holds(wanted: Wanted, text: str) -> bool:
    """Tell whether `text` holds a value of the wanted kind; kinds without a form always hold."""
    if wanted is Wanted.PERSON:
        return _FULL_NAME.search(text) is not None
    if wanted is Wanted.ACTOR:
        return _ROLE.search(text) is not None or _FULL_NAME.search(text) is not None
    if wanted is Wanted.NAME:
        return _PROPER.search(text) is not None or bool(places_in(text))
    pattern = _FIND.get(wanted)
    return pattern is None or pattern.search(text) is not None


def numbers_in(text: str) -> frozenset[str]:
    """Return the numbers, amounts and dates of `text` in one spelling each."""
    digits = {match.strip(".,") for match in re.findall(r"\d+(?:[.,:/]\d+)*", text)}
    spelled = {_SPELLED[word] for word in re.findall(r"\w+", text.lower()) if word in _SPELLED}
    return frozenset({_plain(digit) for digit in digits} | spelled)


def _plain(number: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number):
        return number.replace(".", "")
    return number


_SPELLED_TEXT = """
    zwei 2 beide 2 beiden 2 drei 3 vier 4 fünf 5 sechs 6 sieben 7 acht 8 neun 9 zehn 10 elf 11 zwölf 12
    vierzehn 14 fünfzehn 15 zwanzig 20 dreißig 30 vierzig 40 fünfzig 50 sechzig 60 hundert 100 tausend 1000
"""
_SPELLED = dict(zip(_SPELLED_TEXT.split()[::2], _SPELLED_TEXT.split()[1::2], strict=True))

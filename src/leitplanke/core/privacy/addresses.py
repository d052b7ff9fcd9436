"""Streets with house number, post-office boxes, postal codes with their town."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.lexicon import COMMON, FUNCTION, PLACE, lexicon
from leitplanke.core.privacy.model import Label, Span

_NUMBER = (
    r"(?:\d{1,4}(?:[ ]?[a-zA-Z](?![\w]))?(?:[ ]?[\-–/+][ ]?\d{1,4}(?:[ ]?[a-zA-Z](?![\w]))?)?)(?![\w]|[.,]\d|"
    r"[ ]?(?:%|€|Euro|EUR|km|m²|Uhr|Jahre))"
)
_LETTERS = "A-Za-zÀ-ÖØ-öø-žẞ"
# From the house number backwards: the number is rare, so little has to be tried.
_HOUSE = re.compile(rf"(?<=[^\W\d_])\.?[ \u00a0]{{0,2}}(?:[Nn]r\.?[ ]?)?{_NUMBER}")
_WORD_BEFORE = re.compile(r"[^\W\d_][\w'’\-]{0,44}\.?\Z")
_ENDINGS = word_lists("regeln")["strassen_endungen"]
_SURE = re.compile(
    r"(?:straße|strasse|strase|sraße|starße|str\.|str|weg|platz|allee|gasse|damm|ufer|chaussee|ring|stieg|"
    r"steig|pfad|promenade|twiete)[ \u00a0]{0,2}(?:nr\.?[ ]?)?\d",
    re.IGNORECASE,
)
_CAPITAL = rf"[A-ZÄÖÜŠŽÇİ][{_LETTERS}'’.\-]{{0,30}}"
_BEFORE = re.compile(rf"(?:{_CAPITAL}[ \u00a0]){{1,3}}\Z")
_SMALL_WORDS = (
    "Am Im Zum Zur Beim Vorm Vorn An In Auf Unter Hinter Vor Über Bei Zu Neben Ober Op Up Achter Tom Aufm Nach"
)
_ARTICLES = "der dem den die das de 'n"
_ADJECTIVES = (
    "alten kleinen großen neuen oberen unteren langen hohen stillen roten weißen grünen schwarzen breiten "
    "krummen steinernen heiligen hohlen schönen und"
)


def _either_case(words: str) -> str:
    return "|".join(re.escape(form) for word in words.split() for form in (word, word.upper()))


_PREPOSITION = re.compile(
    rf"(?<![\w])(?:{_either_case(_SMALL_WORDS)})[ ](?:(?:{_either_case(_ARTICLES)})[ ])?(?:(?:{_CAPITAL}|"
    rf"{_either_case(_ADJECTIVES)})[ ]){{0,2}}{_CAPITAL}\Z"
)
# What must stand around a street whose name does not say that it is one (`Birkenhof 17`).
_ENDS = re.compile(r"[ ]?(?:[,;|)\n\t]|\Z|\.(?:\s|\Z)|(?:in |D-)?\d{5}|in [A-ZÄÖÜ]|\()")
_BEGINS = re.compile(
    r"(?:\A|[\n,;|:\t(])[ ]?\Z|(?:wohnhaft|wohnt|wohne|wohnen|gemeldet|adresse|anschrift|wohnung|anwesen|"
    r"grundstück|objekt|haus|umzug|umgezogen|verzogen|nach|im|in|am)[ :]{1,2}(?:in |nach |im |der |die |"
    r"dem )?\Z",
    re.IGNORECASE,
)
_NO_STREET = frozenset(word_lists("regeln")["no_street"])
_QUADRAT = re.compile(r"(?<![\w])[A-U][ ]?[1-7],[ ]?\d{1,2}[a-z]?(?![\w])(?=[ ,\n]{1,2}68\d{3})")
# What stands before a house number and a postal code is a street; French streets put the number first.
_BEFORE_PLZ = re.compile(
    rf"(?<![^\s,;:(]){_CAPITAL}(?:[ ]{_CAPITAL}){{0,2}}[ ]\d{{1,4}}[ ]?[a-z]?(?=[ ]?(?:,[ ]|\n|"
    rf",\n)(?:D-)?\d{{5}}[ ][A-ZÄÖÜ])"
)
_ABROAD = re.compile(
    rf"(?<![\w])\d{{1,4}},?[ ](?:rue|avenue|boulevard|place|chemin|quai)[ ](?:(?:de|du|des|la|le|les)[ "
    rf"]){{0,2}}[{_LETTERS}'’\-]{{2,30}}"
)
_POSTFACH = re.compile(r"(?<![\w])(?:Postfach|Postf\.|PF)[ :]{1,2}\d{1,2}[ ]?\d{2}(?:[ ]?\d{2})?(?![\w])")
_STREET_OF = re.compile(
    r"(?<![\w])(?:Straße|Platz|Allee|Strasse)[ ](?:des|der|am|zum|zur|im|an)[ ](?:[\w.]{1,12}[ ]){0,2}[\w.\-]{1,25}[ ]"
    + _NUMBER
)
# Looked for only where the text holds one of the hints.
_SPECIAL = (
    ((" 68", ",68", "\n68"), _QUADRAT),
    (("Postf", "PF"), _POSTFACH),
    (("Straße ", "Strasse ", "Platz ", "Allee "), _STREET_OF),
)
_PLZ = re.compile(
    r"(?<![\w.,/\-+])(?:D[ ]?[\-–][ ]?|DE-)?(\d{5}|\d{2}[ ]\d{3})(?![\w]|[.,/\-]\d|[ ]?(?:%|€|EUR|Euro|"
    r"\d))[ \u00a0]{0,3}"
)
_FOREIGN_PLZ = re.compile(r"(?<![\w.])(?:A|CH|AT|L|B|NL|F|PL)[\-–](\d{4,5})[ ](?=[A-ZÄÖÜ])")
_PLZ_CUE = re.compile(r"(?:plz|postleitzahl|plz/ort|plz, ort)[ :\n]{0,4}\Z", re.IGNORECASE)
_ORT = re.compile(
    rf"(?:(?:Bad|Sankt|St\.|Markt|Alt|Neu|Groß|Klein|Ober|Unter|Hohen|Burg|Stadt|Hansestadt|Schloß|Königs|"
    rf"Hann\.|Hannoversch|Lutherstadt)[ \-])?{_CAPITAL}"
    rf"(?:[ ]?/[ ]?{_CAPITAL}|[ ](?:am|an der|a\. ?d\.|a\.|im|in der|i\. ?d\.|i\.|ob der|o\. ?d\.|bei|b\.|"
    rf"v\. ?d\.|vor der|unter|u\.|auf|der|in|ob|am|unterm|zur)[ ]?{_CAPITAL}|[ ]?\([A-ZÄÖÜ][\w.\- "
    rf"]{{1,20}}\))?"
)
_SMALL_ORT = re.compile(r"[a-zäöüß]{3,30}(?![\w])")
_SECOND_WORD = re.compile(r"[ ][A-ZÄÖÜ][a-zäöüß]{2,15}")
_COUNTED = frozenset(word_lists("regeln")["counted"])


def propose_addresses(text: str) -> Iterator[Span]:
    """Yield street addresses and postal codes with their town."""
    for match in _HOUSE.finditer(text):
        span = _street(text, match) or _with_preposition(text, match)
        if span:
            yield span
    for hints, pattern in _SPECIAL:
        if any(hint in text for hint in hints):
            yield from (Span(match.start(), match.end(), Label.ADDRESS, 0.92) for match in pattern.finditer(text))
    for pattern, score in ((_BEFORE_PLZ, 0.72), (_ABROAD, 0.85)):
        yield from (Span(match.start(), match.end(), Label.ADDRESS, score) for match in pattern.finditer(text))
    for match in _PLZ.finditer(text):
        span = _town(text, match)
        if span:
            yield span
    for match in _FOREIGN_PLZ.finditer(text):
        ort = _ORT.match(text, match.end())
        if ort:
            yield Span(match.start(), _ort_end(ort), Label.PLZ_ORT, 0.85)


def _is_no_street(value: str) -> bool:
    words = [fold(word.strip(".")) for word in value.split()]
    return any(word in _NO_STREET or word.endswith(("gesetz", "ung", "amt")) for word in words)


def _street(text: str, match: re.Match[str]) -> Span | None:
    dot = match.start() + (text[match.start()] == ".")
    word = _WORD_BEFORE.search(text, max(0, dot - 46), dot)
    if word is None or not word[0].lower().endswith(_ENDINGS):
        return None
    begin, name = word.start(), text[word.start() : match.end()]
    sure = bool(_SURE.search(name))
    head = fold(word[0].rstrip("."))
    if not (name[0].isupper() or sure) or head in _NO_STREET or _is_no_street(name):
        return None
    start = _with_words_before(text, begin, name)
    known = lexicon().get(head, 0)
    if not sure and start == begin and (known & (COMMON | PLACE) or len(head) < 6):
        return None
    if not sure and not (_ENDS.match(text, match.end()) and _BEGINS.search(text[max(0, start - 25) : start])):
        return None
    return Span(start, match.end(), Label.ADDRESS, 0.95 if sure else 0.7)


def _with_preposition(text: str, match: re.Match[str]) -> Span | None:
    """Return a street like `An der alten Mühle 5`, whose last word says nothing."""
    begin = max(0, match.start() - 60)
    found = _PREPOSITION.search(text[begin : match.start()])
    emergency = match[0].strip() in {"110", "112", "115"}
    if found is None or emergency or text[match.start()] == "." or _is_no_street(found[0]):
        return None
    if found[0].isupper() and not _ENDS.match(text, match.end()):
        return None
    return Span(begin + found.start(), match.end(), Label.ADDRESS, 0.75)


def _with_words_before(text: str, start: int, name: str) -> int:
    """Return where a street of several words begins (`Alte Kölner Str. 5`, `An der Berliner Straße 2`)."""
    window = text[max(0, start - 70) : start]
    words = list(re.finditer(r"[^\s,;:()\d\"„“]{1,30}[ \u00a0]", window))
    place = start
    alone = re.match(
        r"(?:straße|strasse|str\.?|weg|platz|allee|gasse|ring|damm|ufer|steig|stieg|pfad|markt|chaussee|"
        r"promenade|hof|park|graben|wall)\b",
        name,
        re.IGNORECASE,
    )
    base = start - len(window)
    for word in reversed(words[-4:]):
        if base + word.end() != place:
            break
        value = word[0].strip()
        folded = fold(value.strip("."))
        if value.lower() in {
            "der",
            "den",
            "dem",
            "am",
            "an",
            "im",
            "zum",
            "zur",
            "in",
            "auf",
            "hinter",
            "unter",
            "von",
            "vor",
        }:
            if not _opens(value, text, base + word.start()):
                break
        elif not (
            value[0].isupper()
            and (alone or value.endswith(("er", "en", "e", "es", ".")))
            and not _ordinary(folded, alone=bool(alone))
        ):
            break
        place = base + word.start()
        if value in {"Am", "An", "Im", "Zum", "Zur", "In", "Auf", "Hinter", "Unter"}:
            break
    return place if text[place : place + 1].isupper() else start


def _opens(value: str, text: str, place: int) -> bool:
    """Tell whether a small word belongs to the name of a street: `An der`, `Von-der-`, not `in der`."""
    before = text[max(0, place - 8) : place].split()
    return value[0].isupper() or bool(
        before and before[-1] in {"An", "Auf", "Hinter", "In", "Unter", "Vor", "Bei", "Von", "Zu", "Am", "Im"}
    )


def _ordinary(folded: str, *, alone: bool) -> bool:
    bits = lexicon().get(folded, 0)
    if bits & FUNCTION:
        return True
    return (
        not alone and folded in {"adresse", "anschrift", "wohnhaft", "strasse", "familie", "frau", "herr", "hausnummer"}
    ) or folded in {"wohnhaft", "adresse", "anschrift"}


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

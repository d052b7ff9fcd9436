"""German streets with house number, post-office boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.lexicon import COMMON, FUNCTION, PLACE, lexicon
from leitplanke.core.privacy.model import Label, Span

NUMBER = (
    r"(?:\d{1,4}(?:[ ]?[a-zA-Z](?![\w]))?(?:[ ]?(?:1/[2-4]|[½¼¾])(?!\d))?"
    r"(?:[ ]?(?:[\-–/+]|bis|und|u\.)[ ]?(?:\d{1,4}(?:[ ]?[a-zA-Z](?![\w]))?|[a-hA-H](?!\w)|I{1,3}(?!\w))){0,3}"
    r"(?:(?:,|[ ]und)[ ][a-h](?!\w)){0,3}(?:,[ ]\d{1,3}[a-z]?(?=,[ ]\d{5}[ ]))?)(?![\w]|[.,]\d|\.[–\-]\d|"
    r"[ ]?(?:%|€|Euro|EUR|km|m²|qm|Uhr|Jahre|Meter|Minuten|Stunden|Tage|Wochen|Monate|Prozent|Personen|Kinder|"
    r"\.[ ]?(?:Jan|Feb|März|Apr|Mai|Juni?|Juli?|Aug|Sep|Okt|Nov|Dez)))"
)
LETTERS = "A-Za-zÀ-ÖØ-öø-žẞ"
# From the house number backwards: the number is rare, so little has to be tried.
_HOUSE = re.compile(
    rf"(?<=[^\W\d_])\.?(?:[ ]{{0,3}}|,[ ]?|[ ]?\r?\n[ ]{{0,8}})(?:(?:[Nn]r|[Nn]o|NR)\.?:?[ ]?)?{NUMBER}"
)
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]{1,6}\.-?){0,3}[^\W\d_][\w'’\-]{0,44}\.?\Z")
# A number on the next line or behind a comma must end there.
_AT_END = re.compile(r"[ ]?(?:[,\n]|\Z)")
_ENDINGS = word_lists("regeln")["strassen_endungen"]
_SURE = re.compile(
    r"(?:straße|strasse|strase|sraße|starße|str\.|str|weg|platz|allee|gasse|damm|ufer|chaussee|ring|stieg|"
    r"steig|pfad|promenade|twiete|(?<=[a-zäöü]{3})pl\.)(?:[ ]{0,3}|,[ ]?|[ ]?\r?\n[ ]{0,8})(?:n[ro]\.?:?[ ]?)?\d",
    re.IGNORECASE,
)
CAPITAL = rf"[A-ZÄÖÜŠŽÇİ][{LETTERS}'’.\-]{{0,30}}"
_BEFORE = re.compile(rf"(?:{CAPITAL}[ \u00a0]){{1,3}}\Z")
_SMALL_WORDS = (
    "Am Im Zum Zur Beim Vorm Vorn An In Auf Unter Hinter Vor Über Bei Zu Neben Ober Op Up Achter Tom Aufm Auf'm Nach "
    "Unterm Oberm Hinterm Überm Achtern Achterm Ohne Zwischen Jenseits Oberer Unterer"
)
_ARTICLES = "der dem den die das de 'n"
_ADJECTIVES = (
    "alten kleinen großen neuen oberen unteren langen hohen stillen roten weißen grünen schwarzen breiten "
    "krummen steinernen heiligen hohlen schönen und"
)


def _either_case(words: str) -> str:
    return "|".join(re.escape(form) for word in words.split() for form in (word, word.upper()))


_PREPOSITION = re.compile(
    rf"(?<![\w])(?:{_either_case(_SMALL_WORDS)})[ ](?:(?:{_either_case(_ARTICLES)})[ ])?(?:(?:{CAPITAL}|"
    rf"{_either_case(_ADJECTIVES)})[ ]){{0,2}}{CAPITAL}\Z"
)
# What must stand around a street whose name does not say that it is one (`Birkenhof 17`).
_ENDS = re.compile(r"[ ]?(?:[,;|)\n\t]|\Z|\.(?:\s|\Z)|(?:in |D-)?\d{5}|in [A-ZÄÖÜ]|\()")
_BEGINS = re.compile(
    r"(?:\A|[\n,;|:\t(])[ ]?\Z|(?:zuletzt|früher|jetzt|derzeit|wohnsitz|"
    r"wohnhaft|wohnt|wohne|wohnen|gemeldet|adresse|anschrift|wohnung|anwesen|"
    r"grundstück|objekt|haus|umzug|umgezogen|verzogen|nach|im|in|am)[ :]{1,2}(?:in |nach |im |der |die |"
    r"dem )?\Z",
    re.IGNORECASE,
)
_NO_STREET = frozenset(word_lists("regeln")["no_street"])
_QUADRAT = re.compile(r"(?<![\w])[A-U][ ]?[1-7],[ ]?\d{1,2}[a-z]?(?![\w])")
_POSTFACH = re.compile(r"(?<![\w])(?:Postfach|Postf\.|PF|Pf\.|POSTFACH)[ :]{1,2}\d{1,2}[ ]?\d{2}(?:[ ]?\d{2})?(?![\w])")
_STREET_OF = re.compile(
    r"(?<![\w])(?:Straße|Platz|Allee|Strasse)[ ](?:des|der|am|zum|zur|im|an)[ ](?:[\w.]{1,12}[ ]){0,2}[\w.\-]{1,25}[ ]"
    + NUMBER
)
# Looked for only where the text holds one of the hints.
_SPECIAL = (
    (("68159", "68161", "Mannheim"), _QUADRAT),
    (("Postf", "PF", "Pf.", "POSTF"), _POSTFACH),
    (("Straße ", "Strasse ", "Platz ", "Allee "), _STREET_OF),
)
_WORDS_OF_A_STREET = 2
_SMALL_INSIDE = frozenset(word_lists("regeln")["small_inside"])
_LONGEST = 50
_STRONG_ENDINGS = ("stieg", "steig", "weg", "damm", "deich", "berg", "hof", "feld")
_TYPE_WORDS = frozenset(
    [
        "platz",
        "weg",
        "ring",
        "steg",
        "hof",
        "park",
        "garten",
        "markt",
        "ufer",
        "damm",
        "berg",
        "see",
        "tor",
        "halle",
        "anlage",
        "stein",
        "strasse",
        "str",
        "allee",
        "gasse",
    ]
)
_NO_NAME = frozenset(word_lists("regeln")["no_name_of_street"])


def propose_streets(text: str) -> Iterator[Span]:
    """Yield streets that their own words give away."""
    for match in _HOUSE.finditer(text):
        span = _street(text, match) or _with_preposition(text, match)
        if span:
            yield span
    for hints, pattern in _SPECIAL:
        if any(hint in text for hint in hints):
            yield from (Span(match.start(), match.end(), Label.ADDRESS, 0.92) for match in pattern.finditer(text))


def is_year(value: str) -> bool:
    """Tell whether the number at the end is a year: `Im Winter 2024`."""
    return re.search(r"[ ](?:19|20)\d{2}(?:[/\-]\d{2,4})?\Z", value) is not None


def is_no_street(value: str) -> bool:
    """Tell whether a word before the number counts something else: `Zimmer 3`, `Artikel 12`."""
    words = [fold(word.strip(".,")) for word in value.split()]
    if len(words) > 2 and words[-2] in {"nr", "no"}:
        del words[-2]
    return any(word in _NO_STREET or word.endswith(("gesetz", "ung", "amt")) for word in words)


def _word_start(text: str, end: int) -> int:
    """Return where the word that ends at `end` begins: `St.-Georg-Straße` is one."""
    start = end
    while start > 0 and end - start < _LONGEST and (text[start - 1].isalpha() or text[start - 1] in "-'’."):
        if (
            text[start - 1] == "."
            and start != end
            and text[start] != "-"
            and not text[max(0, start - 3) : start - 1].istitle()
        ):
            break
        start -= 1
    while start < end and not text[start].isalpha():
        start += 1
    return start


def _street(text: str, match: re.Match[str]) -> Span | None:
    dot = match.start() + (text[match.start()] == ".")
    word = _WORD_BEFORE.match(text, _word_start(text, dot), dot)
    set_apart = "\n" in match[0] or "," in match[0]
    if word is None or not word[0].lower().endswith(_ENDINGS) or (set_apart and not _AT_END.match(text, match.end())):
        return None
    begin, name = word.start(), text[word.start() : match.end()]
    sure = bool(_SURE.search(name))
    head = fold(word[0].rstrip("."))
    if not (name[0].isupper() or sure) or head in _NO_STREET or is_no_street(name):
        return None
    start = _with_words_before(text, begin, name)
    known = lexicon().get(head, 0)
    if not sure:
        plain = start == begin and (known & (COMMON | PLACE) or len(head) < 6)
        beside = _ENDS.match(text, match.end()) and _BEGINS.search(text[max(0, start - 25) : start])
        if plain or not beside or is_year(name):
            return None
    if start == begin and head in _TYPE_WORDS:
        return None
    return Span(start, match.end(), Label.ADDRESS, 0.95 if sure else 0.7)


def _with_preposition(text: str, match: re.Match[str]) -> Span | None:
    """Return a street like `An der alten Mühle 5`, whose last word says nothing."""
    if not text[_word_start(text, match.start()) : match.start()][:1].isupper():
        return None
    begin = max(0, match.start() - 60)
    found = _PREPOSITION.search(text[begin : match.start()])
    if found is None or not _is_house(text, match, found[0]):
        return None
    return Span(begin + found.start(), match.end(), Label.ADDRESS, 0.75)


def _is_house(text: str, match: re.Match[str], street: str) -> bool:
    """Tell whether the number behind a name like `Am Markt` is one of a house."""
    number = match[0].strip()
    emergency = number in {"110", "112", "115"} and street.count(" ") < _WORDS_OF_A_STREET
    if emergency or match[0][0] == "." or is_no_street(street) or is_year(f" {number}"):
        return False
    if fold(street.rsplit(maxsplit=1)[-1]) in _NO_NAME:
        return False
    if ("\n" in match[0] or "," in match[0]) and not _AT_END.match(text, match.end()):
        return False
    return not street.isupper() or _ENDS.match(text, match.end()) is not None


def _with_words_before(text: str, start: int, name: str) -> int:
    """Return where a street of several words begins (`Alte Kölner Str. 5`, `An der Berliner Straße 2`)."""
    window = text[max(0, start - 70) : start]
    place = start
    alone = re.match(
        r"(?:straße|strasse|str\.?|weg|platz|allee|gasse|ring|damm|ufer|steig|stieg|pfad|markt|chaussee|"
        r"promenade|hof|park|graben|wall)\b",
        name,
        re.IGNORECASE,
    )
    gap = r"(?:[ ]|\r?\n\Z)" if alone else "[ ]"
    words = list(re.finditer(rf"[^\s,;:()\d\"„“]{{1,30}}{gap}", window))
    base = start - len(window)
    for word in reversed(words[-4:]):
        if base + word.end() != place:
            break
        value = word[0].strip()
        folded = fold(value.strip("."))
        if value.lower() in _SMALL_INSIDE:
            if not _opens(value, text, base + word.start()):
                break
        elif not (
            (value[0].isupper() or (alone and name[0].islower() and value.endswith("er")))
            and (alone or value.endswith(("er", "en", "e", "es", ".")) or value.lower().endswith(_STRONG_ENDINGS))
            and not _ordinary(folded, alone=bool(alone))
        ):
            break
        place = base + word.start()
        if value in {"Am", "An", "Im", "Zum", "Zur", "In", "Auf", "Hinter", "Unter"}:
            break
    return place if text[place : place + 1].isupper() or name[0].islower() else start


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
    ) or folded in {
        "wohnhaft",
        "adresse",
        "anschrift",
        "grundstueck",
        "grundstuecks",
        "anwesen",
        "objekt",
        "hausgrundstueck",
    }

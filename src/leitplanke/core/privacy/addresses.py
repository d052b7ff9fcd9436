"""Streets with house number, post-office boxes, postal codes with their town."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.lexicon import COMMON, FUNCTION, PLACE, lexicon
from leitplanke.core.privacy.model import Label, Span

_NUMBER = (
    r"(?:\d{1,4}(?:[ ]?[a-zA-Z](?![\w]))?(?:[ ]?(?:1/[2-4]|[½¼¾])(?!\d))?"
    r"(?:[ ]?(?:[\-–/+]|bis|und|u\.)[ ]?(?:\d{1,4}(?:[ ]?[a-zA-Z](?![\w]))?|[a-hA-H](?!\w)|I{1,3}(?!\w))){0,3}"
    r"(?:(?:,|[ ]und)[ ][a-h](?!\w)){0,3})(?![\w]|[.,]\d|"
    r"[ ]?(?:%|€|Euro|EUR|km|m²|qm|Uhr|Jahre|Meter|Minuten|Stunden|Tage|Wochen|Monate|Prozent|Personen|Kinder|"
    r"\.[ ]?(?:Jan|Feb|März|Apr|Mai|Juni?|Juli?|Aug|Sep|Okt|Nov|Dez)))"
)
_LETTERS = "A-Za-zÀ-ÖØ-öø-žẞ"
# From the house number backwards: the number is rare, so little has to be tried.
_HOUSE = re.compile(
    rf"(?<=[^\W\d_])\.?(?:[ ]{{0,3}}|,[ ]?|[ ]?\r?\n[ ]{{0,8}})(?:(?:[Nn]r|[Nn]o|NR)\.?:?[ ]?)?{_NUMBER}"
)
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]{1,6}\.-?){0,3}[^\W\d_][\w'’\-]{0,44}\.?\Z")
# A number on the next line or behind a comma must end there.
_AT_END = re.compile(r"[ ]?(?:[,\n]|\Z)")
_ENDINGS = word_lists("regeln")["strassen_endungen"]
_SURE = re.compile(
    r"(?:straße|strasse|strase|sraße|starße|str\.|str|weg|platz|allee|gasse|damm|ufer|chaussee|ring|stieg|"
    r"steig|pfad|promenade|twiete)(?:[ ]{0,3}|,[ ]?|[ ]?\r?\n[ ]{0,8})(?:n[ro]\.?:?[ ]?)?\d",
    re.IGNORECASE,
)
_CAPITAL = rf"[A-ZÄÖÜŠŽÇİ][{_LETTERS}'’.\-]{{0,30}}"
_BEFORE = re.compile(rf"(?:{_CAPITAL}[ \u00a0]){{1,3}}\Z")
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
_QUADRAT = re.compile(r"(?<![\w])[A-U][ ]?[1-7],[ ]?\d{1,2}[a-z]?(?![\w])")
# What stands before a house number and a postal code is a street; French streets put the number first.
_BEFORE_PLZ = re.compile(
    rf"(?<![^\s,;:(]){_CAPITAL}(?:[ ]{_CAPITAL}){{0,2}}[ ]{_NUMBER}(?=[ ]?(?:,[ ]|\n|"
    rf",\n)(?:D-)?\d{{5}}[ ][A-ZÄÖÜ])"
)
# The same in small letters, as people write in chats.
_SMALL_BEFORE_PLZ = re.compile(
    r"(?<![^\s,;:(])(?:(?:am|im|zum|zur|an|auf|in|unter|hinter|vor)[ ](?:(?:der|dem|den)[ ])?)?[a-zäöüß][\w\-.]{2,30}"
    r"(?:[ ][a-zäöüß][\w\-.]{2,30})?[ ]\d{1,4}[ ]?[a-z]?(?=[ ]?(?:,[ ]?|\n|[ ]in[ ])\d{5}(?:[ ]|,|\Z))"
)
_SMALL_STREET = re.compile(
    r"(?!seit|mit|zu|bei|als|ich|wir|und|etwa|ca|circa|schon|jetzt|dort|hier)(?:[a-zäöüß][\w\-.]{1,30}[ ]){1,4}\d{1,4}[ ]?[a-z]?"
    r"(?=[ ]?(?:,|\n|\Z|\.|;|\)|in[ ]))(?!\.\d)"
)
_ABROAD = re.compile(
    rf"(?<![\w])(?:\d{{1,4}},?[ ](?:rue|avenue|boulevard|place|chemin|quai|allée|route)[ ](?:(?:de|du|des|la|le|les)[ "
    rf"]){{0,2}}[{_LETTERS}'’\-]{{2,30}}"
    rf"|(?i:rue|avenue|boulevard|via|viale|piazza|corso|calle|avenida|plaza|rua|ul\.|ulica|ulitsa|uliza|al\.|os\.|"
    rf"strada|str\.|bulevardul|bd\.|bulevard|wulyzja|vulytsia)[ ](?:[\w.'’\-]{{1,20}}[ ]){{0,3}}[\w'’\-]{{2,30}},?[ ]"
    rf"(?:nr\.?[ ]|no\.?:?[ ]|n\.[ ]|bl\.[ ])?\d{{1,4}}[a-zA-Z]?(?:[ ]?[/\-][ ]?\d{{1,4}})?(?![\w]|[.,]\d)"
    rf"|\d{{1,4}}[a-z]?,?[ ](?:{_CAPITAL}[ ]){{1,2}}(?:Street|Road|Avenue|Lane|Drive|Square|Close|Terrace|St\.|Rd\.|Ave\.)"
    rf"|(?:[\w.]{{2,20}}[ ]){{1,3}}(?:Caddesi|Cad\.|Cd\.|Sokak|Sokağı|Sok\.|Sk\.|Bulvarı|Blv\.)[ ]?,?[ ]?(?:No|Nr|no)?[.:]{{0,2}}[ ]?\d{{1,4}}(?:/\d{{1,3}})?)"
)
# After a word for an address whatever stands before a number is a street: „Anschrift: Ziegelhütte 3“.
_CUED = re.compile(
    r"(?:wohnh\.|anschrift|adresse|wohnanschrift|wohnadresse|wohnhaft|wohnt|wohnen|wohne|gemeldet|straße|str\.|strasse|"
    r"umgezogen|verzogen|zugezogen|zustellanschrift|früher|hausanschrift|lieferanschrift|tatort|einsatzort|wohnsitz)"
    r"(?:[ :|]|\n|,|(?:jetzt|derzeit|zuletzt|ist|nach|in|unter|hausnummer|hausnr\.?|nr\.?|und|neu|alt|ab|seit|weiterhin|in der|statt|gewesen)(?![^\W\d_])|/){1,6}"
)
# A farm or a hamlet behind its town: „aus Nottuln, Stevern 14“.
_AFTER_TOWN = re.compile(
    rf"[ ](?:in|aus|nach)[ ]{_CAPITAL}(?:[ ]{_CAPITAL})?,[ ]((?!(?:Zimmer|Raum|Seite|Abs|Art|Nr|Kapitel|Teil|Band|Blatt)\b)"
    rf"{_CAPITAL}[ ]\d{{1,3}}[ ]?[a-z]?)(?=[ ]?(?:[.,;)\n]|\Z))"
)
_PLAIN_STREET = re.compile(
    rf"(?!(?:[A-Z]|BAB|Haus|Zimmer|Raum|Nr|Seite|Wohnung|Postfach|Tel)\b)(?:{_CAPITAL}[ ]){{1,3}}{_NUMBER}"
)
_TOWN_FIRST = re.compile(rf"{_CAPITAL}(?:[ ]{_CAPITAL})?,[ ](?=[A-ZÄÖÜ])")
_FIELDS = re.compile(
    r"(?<!\w)(?:straße|strasse|str\.)[ ]?[:|][ ]?([^\W\d_][\w .'\-]{2,40}?)[ ,;|\n]{1,3}"
    r"(?:hausnummer|haus-?nr\.?|hnr\.?|nr\.?)[ ]?[:|][ ]?(\d{1,4}[ ]?[a-z]?)(?!\w)",
    re.IGNORECASE,
)
_ORT_FIELD = re.compile(r"\d{5}[ ,;|\n]{1,3}(?:wohn)?ort[ ]?[:|][ ]?([^\W\d_][\w .\-]{1,30})", re.IGNORECASE)
# Postal codes of other countries: unmistakable ones, and four digits right behind an address.
_POLISH = re.compile(r"\d(?<![\w\-]\d)(?:\d-\d{3}[ ](?=[A-ZŁŚŻŹ])|\d{3}[ ][A-Z]{2}[ ](?=[A-Z]))")
_BEHIND_STREET = re.compile(r"[ ]?(?:,|\n|,\n| in |[ ]-)[ ]?(\d{4,6}[ ])(?=[A-ZÄÖÜŁŚÇ])")
_POSTFACH = re.compile(r"(?<![\w])(?:Postfach|Postf\.|PF|Pf\.|POSTFACH)[ :]{1,2}\d{1,2}[ ]?\d{2}(?:[ ]?\d{2})?(?![\w])")
_STREET_OF = re.compile(
    r"(?<![\w])(?:Straße|Platz|Allee|Strasse)[ ](?:des|der|am|zum|zur|im|an)[ ](?:[\w.]{1,12}[ ]){0,2}[\w.\-]{1,25}[ ]"
    + _NUMBER
)
# Looked for only where the text holds one of the hints.
_SPECIAL = (
    (("68159", "68161", "Mannheim"), _QUADRAT),
    (("Postf", "PF", "Pf.", "POSTF"), _POSTFACH),
    (("Straße ", "Strasse ", "Platz ", "Allee "), _STREET_OF),
)
_PLZ = re.compile(
    r"(?<![\w.,/\-+])(?:D[ ]?[\-–][ ]?|DE-)?(\d{5}|\d{2}[ ]\d{3})(?![\w]|[.,/\-]\d|[ ]?(?:%|€|EUR|Euro|"
    r"\d))(?:[ ]{0,3}|[ ]?\r?\n[ ]{0,8})"
)
_FOREIGN_PLZ = re.compile(r"(?<![\w.])(?:A|CH|AT|L|B|NL|F|PL)[\-–](\d{4,5})[ ](?=[A-ZÄÖÜ])")
_PLZ_CUE = re.compile(r"(?:plz|postleitzahl|plz/ort|plz, ort)[ :\n]{0,4}\Z", re.IGNORECASE)
_ORT = re.compile(
    rf"(?:(?:Bad|BAD|SANKT|ST\.|MARKT|NEU|ALT|GROSS|KLEIN|Sankt|St\.|Markt|Alt|Neu|Groß|Klein|Ober|Unter|Hohen|Burg|Stadt|Hansestadt|Schloß|Königs|"
    rf"Hann\.|Hannoversch|Lutherstadt)[ \-])?{_CAPITAL}"
    rf"(?:[ ]?/[ ]?{_CAPITAL}|[ ](?:am|an der|a\. ?d\.|a\.|im|in der|i\. ?d\.|i\.|ob der|o\. ?d\.|bei|b\.|"
    rf"v\. ?d\.|vor der|unter|u\.|auf|der|in|ob|am|unterm|zur)[ ]?{_CAPITAL}|[ ]?\([A-ZÄÖÜ][\w.\- "
    rf"]{{1,20}}\))?"
)
_WORDS_OF_A_STREET = 2
_FIVE = re.compile(r"\d{5}")
_CUED_HINTS = (
    *("schrift", "adresse", "wohn", "gemeldet", "straße", "strasse", "str.", "umgezogen", "verzogen", "zugezogen"),
    *("früher", "tatort", "einsatzort"),
)
_ABROAD_HINTS = (
    *("rue ", "avenue", "boulevard", "place ", "chemin ", "quai ", "allée ", "route ", "via ", "viale ", "piazza "),
    *("corso ", "calle ", "avenida ", "plaza ", "rua ", "ul. ", "uli", "al. ", "os. ", "strada ", "str. ", "bulev"),
    *(
        "bd. ",
        "wul",
        "vul",
        "street",
        "road",
        "lane",
        "drive",
        "square",
        "close",
        "terrace",
        "st.",
        "rd.",
        "ave.",
        "cad",
    ),
    *("cd.", "sok", "sk.", "bulvar", "blv."),
)
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
_COUNTED = frozenset(word_lists("regeln")["counted"])


def propose_addresses(text: str, low: str) -> Iterator[Span]:
    """Yield street addresses and postal codes with their town; `low` is `text` in small letters."""
    streets = list(_streets(text, low))
    yield from streets
    for street in streets:
        code = _BEHIND_STREET.match(text, street.end)
        ort = _ORT.match(text, code.end()) if code else None
        if code and ort and len(code[1]) != 6:
            yield Span(code.start(1), _ort_end(ort), Label.PLZ_ORT, 0.75)
    for match in _PLZ.finditer(text):
        span = _town(text, match)
        if span:
            yield span
    for pattern in (_FOREIGN_PLZ, _POLISH):
        for match in pattern.finditer(text):
            ort = _ORT.match(text, match.end())
            if ort:
                yield Span(match.start(), _ort_end(ort), Label.PLZ_ORT, 0.85)
    for match in _ORT_FIELD.finditer(text):
        yield Span(match.start(1), match.start(1) + len(match[1].rstrip()), Label.PLZ_ORT, 0.85)


def _streets(text: str, low: str) -> Iterator[Span]:
    for match in _HOUSE.finditer(text):
        span = _street(text, match) or _with_preposition(text, match)
        if span:
            yield span
    for hints, pattern in _SPECIAL:
        if any(hint in text for hint in hints):
            yield from (Span(match.start(), match.end(), Label.ADDRESS, 0.92) for match in pattern.finditer(text))
    for pattern, score in _beyond_words(text, low):
        yield from (Span(match.start(), match.end(), Label.ADDRESS, score) for match in pattern.finditer(text))
    for cue in _CUED.finditer(low) if any(hint in low for hint in _CUED_HINTS) else ():
        town = _TOWN_FIRST.match(text, cue.end())
        start = town.end() if town else cue.end()
        match = _PLAIN_STREET.match(text, start) or _SMALL_STREET.match(text, cue.end())
        if match and not _is_no_street(match[0]) and not _is_year(match[0]):
            yield Span(match.start(), match.end(), Label.ADDRESS, 0.8)
    for match in _AFTER_TOWN.finditer(text):
        if not _is_no_street(match[1]) and not _is_year(match[1]):
            yield Span(*match.span(1), Label.ADDRESS, 0.7)
    for match in _FIELDS.finditer(text):
        yield from (Span(*match.span(group), Label.ADDRESS, 0.9) for group in (1, 2))


def _beyond_words(text: str, low: str) -> Iterator[tuple[re.Pattern[str], float]]:
    """Yield the patterns of streets that no German ending gives away, where they can match at all."""
    if _FIVE.search(text):
        yield _BEFORE_PLZ, 0.72
        yield _SMALL_BEFORE_PLZ, 0.8
    if any(hint in low for hint in _ABROAD_HINTS):
        yield _ABROAD, 0.92


def _is_year(value: str) -> bool:
    return re.search(r"[ ](?:19|20)\d{2}\Z", value) is not None


def _is_no_street(value: str) -> bool:
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
    if word is None or not word[0].lower().endswith(_ENDINGS):
        return None
    begin, name = word.start(), text[word.start() : match.end()]
    if ("\n" in match[0] or "," in match[0]) and not _AT_END.match(text, match.end()):
        return None
    sure = bool(_SURE.search(name))
    head = fold(word[0].rstrip("."))
    if not (name[0].isupper() or sure) or head in _NO_STREET or _is_no_street(name):
        return None
    start = _with_words_before(text, begin, name)
    known = lexicon().get(head, 0)
    if start == begin and head in _TYPE_WORDS:
        return None
    if not sure and start == begin and (known & (COMMON | PLACE) or len(head) < 6):
        return None
    if not sure and not (_ENDS.match(text, match.end()) and _BEGINS.search(text[max(0, start - 25) : start])):
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
    if emergency or match[0][0] == "." or _is_no_street(street) or _is_year(f" {number}"):
        return False
    if fold(street.rsplit(maxsplit=1)[-1]) in _NO_NAME:
        return False
    if ("\n" in match[0] or "," in match[0]) and not _AT_END.match(text, match.end()):
        return False
    return not street.isupper() or _ENDS.match(text, match.end()) is not None


def _with_words_before(text: str, start: int, name: str) -> int:
    """Return where a street of several words begins (`Alte Kölner Str. 5`, `An der Berliner Straße 2`)."""
    window = text[max(0, start - 70) : start]
    words = list(re.finditer(r"[^\s,;:()\d\"„“]{1,30}(?:[ ]|\r?\n\Z)", window))
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
    if "\n" in text[match.end(1) : match.end()] and not (town or cued):
        return None
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
    ort = re.compile(r"[a-zäöüß]{3,30}(?![\w])").match(text, place)
    return ort if ort and lexicon().get(fold(ort[0]), 0) & PLACE else None


def _ort_end(ort: re.Match[str]) -> int:
    strand = re.compile(r"[ ][A-ZÄÖÜ][a-zäöüß]{2,15}").match(ort.string, ort.end())
    if strand and ort[0].endswith("er") and lexicon().get(fold(ort[0] + strand[0]), 0) & PLACE:
        return strand.end()
    return ort.start() + len(ort[0].rstrip(".,-'’ "))

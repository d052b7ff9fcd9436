"""Streets that something beside them gives away: a postal code, a word like `wohnhaft`, another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.streets import CAPITAL, LETTERS, NUMBER, is_no_street, is_year

# What stands before a house number and a postal code is a street; French streets put the number first.
_BEFORE_PLZ = re.compile(
    rf"(?<![^\s,;:(])(?!(?:Whg|Wohnung|Wohng|Zimmer|Zi|Apt|App|Etage|Eingang|Aufgang|Haus[ ]\d)\b)"
    rf"{CAPITAL}(?:[ ]{CAPITAL}){{0,2}}[ ]{NUMBER}(?=[ ]?(?:,[ ]|\n|"
    rf",\n)(?:D-)?\d{{5}}[ ][A-ZÄÖÜ])"
)
# The same in small letters, as people write in chats.
_SMALL_BEFORE_PLZ = re.compile(
    r"(?<![^\s,;:(])(?:(?:am|im|zum|zur|an|auf|in|unter|hinter|vor)[ ](?:(?:der|dem|den)[ ])?)?[a-zäöüß][\w\-.]{2,30}"
    r"(?:[ ][a-zäöüß][\w\-.]{2,30})?[ ]\d{1,4}[ ]?[a-z]?(?=[ ]?(?:,[ ]?|\n|[ ]in[ ])\d{5}(?:[ ]|,|\Z))"
)
_SMALL_STREET = re.compile(
    r"(?!seit|mit|zu|bei|als|ich|wir|und|etwa|ca|circa|schon|jetzt|dort|hier)"
    r"(?:[a-zäöüß][\w\-.]{1,30}[ ]){1,4}\d{1,4}[ ]?[a-z]?"
    r"(?:[ ]?-[ ]?\d{1,3})?(?=[ ]?(?:,|\n|\Z|\.|;|\)|in[ ]|hinterhaus|vorderhaus))"
    r"(?!\.[ ]?(?:\d|(?i:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)))"
)
_ABROAD = re.compile(
    rf"(?<![\w])(?:\d{{1,4}},?[ ](?:rue|avenue|boulevard|place|chemin|quai|allée|route)[ ](?:(?:de|du|des|la|le|les)[ "
    rf"]){{0,2}}[{LETTERS}'’\-]{{2,30}}"
    rf"|(?i:rue|carrer|trg|cesta|rruga|avenue|boulevard|via|viale|piazza|corso|calle|avenida|plaza|rua|ul\.|ulica|ulitsa|uliza|al\.|os\.|"
    rf"strada|str\.|bulevardul|bd\.|bulevard|wulyzja|vulytsia)[ ](?:[\w.'’\-]{{1,20}}[ ]){{0,3}}[\w'’\-]{{2,30}},?[ ]"
    rf"(?:nr\.?[ ]|no\.?:?[ ]|n\.[ ]|bl\.[ ])?\d{{1,4}}[a-zA-Z]?(?:[ ]?[/\-][ ]?\d{{1,4}})?(?![\w]|[.,]\d)"
    rf"|\d{{1,4}}[a-z]?,?[ ](?:{CAPITAL}[ ]){{1,2}}(?:Street|Road|Avenue|Lane|Drive|Square|Close|"
    rf"Terrace|St\.|Rd\.|Ave\.)"
    rf"|(?:[\w.]{{2,20}}[ ]){{1,3}}(?:Caddesi|Cad\.|Cd\.|Sokak|Sokağı|Sok\.|Sk\.|Bulvarı|Blv\.)"
    rf"[ ]?,?[ ]?(?:No|Nr|no)?[.:]{{0,2}}[ ]?\d{{1,4}}(?:/\d{{1,3}})?)"
)
# After a word for an address whatever stands before a number is a street: „Anschrift: Ziegelhütte 3“.
_CUED = re.compile(
    r"(?:wohnh\.|zuletzt|anschrift|adresse|wohnanschrift|wohnadresse|wohnhaft|wohnt|wohnen|wohne|gemeldet|straße|str\.|strasse|"
    r"umgezogen|verzogen|zugezogen|zustellanschrift|früher|hausanschrift|lieferanschrift|tatort|einsatzort|wohnsitz)"
    r"(?:[ :|]|\n|,|(?:jetzt|derzeit|zuletzt|ist|nach|in|unter|hausnummer|hausnr\.?|nr\.?|und|neu|alt|ab|seit|"
    r"weiterhin|in der|statt|gewesen)(?![^\W\d_])|/){1,6}"
)
# A farm or a hamlet behind its town: „aus Nottuln, Stevern 14“.
_AFTER_TOWN = re.compile(
    rf"[ ](?:in|aus|nach)[ ]{CAPITAL}(?:[ ]{CAPITAL})?,[ ]"
    rf"((?!(?:Zimmer|Raum|Seite|Abs|Art|Nr|Kapitel|Teil|Band|Blatt)\b)"
    rf"{CAPITAL}[ ]\d{{1,3}}[ ]?[a-z]?)(?=[ ]?(?:[.,;)\n]|\Z))"
)
_PLAIN_STREET = re.compile(
    rf"(?!(?:[A-Z]|BAB|Haus|Zimmer|Raum|Nr|Seite|Wohnung|Postfach|Tel)\b)(?:{CAPITAL}[ ]){{1,3}}{NUMBER}"
)
_TOWN_FIRST = re.compile(rf"{CAPITAL}(?:[ ]{CAPITAL})?,[ ](?=[A-ZÄÖÜ])")
_FIELDS = re.compile(
    r"(?<!\w)(?:straße|strasse|str\.)[ ]?[:|][ ]?([^\W\d_][\w .'\-]{2,40}?)[ ,;|\n]{1,3}"
    r"(?:hausnummer|haus-?nr\.?|hnr\.?|nr\.?)[ ]?[:|][ ]?(\d{1,4}[ ]?[a-z]?)(?!\w)",
    re.IGNORECASE,
)
_FIVE = re.compile(r"\d{5}")
_CUED_HINTS = (
    *(
        "schrift",
        "zuletzt",
        "adresse",
        "wohn",
        "gemeldet",
        "straße",
        "strasse",
        "str.",
        "umgezogen",
        "verzogen",
        "zugezogen",
    ),
    *("früher", "tatort", "einsatzort"),
)
_ABROAD_HINTS = (
    *(
        "rue ",
        "carrer ",
        "trg ",
        "cesta ",
        "rruga ",
        "avenue",
        "boulevard",
        "place ",
        "chemin ",
        "quai ",
        "allée ",
        "route ",
        "via ",
        "viale ",
        "piazza ",
    ),
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


def propose_further_streets(text: str, low: str) -> Iterator[Span]:
    """Yield streets by what stands beside them; `low` is `text` in small letters."""
    for pattern, score in _beyond_words(text, low):
        yield from (Span(match.start(), match.end(), Label.ADDRESS, score) for match in pattern.finditer(text))
    for cue in _CUED.finditer(low) if any(hint in low for hint in _CUED_HINTS) else ():
        town = _TOWN_FIRST.match(text, cue.end())
        start = town.end() if town else cue.end()
        match = _PLAIN_STREET.match(text, start) or _SMALL_STREET.match(text, cue.end())
        if match and not is_no_street(match[0]) and not is_year(match[0]):
            yield Span(match.start(), match.end(), Label.ADDRESS, 0.8)
    for hamlet in _AFTER_TOWN.finditer(text):
        if not is_no_street(hamlet[1]) and not is_year(hamlet[1]):
            yield Span(hamlet.start(1), hamlet.end(1), Label.ADDRESS, 0.7)
    for fields in _FIELDS.finditer(text):
        yield from (Span(fields.start(group), fields.end(group), Label.ADDRESS, 0.9) for group in (1, 2))


def _beyond_words(text: str, low: str) -> Iterator[tuple[re.Pattern[str], float]]:
    """Yield the patterns of streets that no German ending gives away, where they can match at all."""
    if _FIVE.search(text):
        yield _BEFORE_PLZ, 0.72
        yield _SMALL_BEFORE_PLZ, 0.8
    if any(hint in low for hint in _ABROAD_HINTS):
        yield _ABROAD, 0.92

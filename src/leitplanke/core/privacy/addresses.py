"""Streets with house number, post-office boxes, postal codes with their town."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.privacy.folding import fold
from leitplanke.core.privacy.lexicon import COMMON, FUNCTION, PLACE, lexicon
from leitplanke.core.privacy.model import Label, Span

_NUMBER = r"(?:\d{1,4}(?:[ ]?[a-zA-Z](?![\w]))?(?:[ ]?[\-–/+][ ]?\d{1,4}(?:[ ]?[a-zA-Z](?![\w]))?)?)(?![\w]|[.,]\d|[ ]?(?:%|€|Euro|EUR|km|m²|Uhr|Jahre))"
_LETTERS = "A-Za-zÀ-ÖØ-öø-žẞ"
_SUFFIX = (
    "straße|strasse|str\\.|str|weg|platz|pl\\.|allee|gasse|ring|damm|ufer|steig|stieg|stiege|pfad|chaussee|promenade|graben|wall|markt|park|hof|höhe|hang|berg|bach|feld|felde|kamp|"
    "brink|bruch|grund|tal|wiese|wiesen|garten|gärten|acker|winkel|eck|ecke|twiete|zeile|siedlung|kai|kanal|tor|brücke|burg|blick|redder|stieg|diek|deich|hagen|horst|busch|heide|koppel|leite|"
    "rain|reihe|ried|see|stein|teich|weiher|wald|loh|lohe|buckel|bogen|terrasse|passage|kirchhof|anger|aue|au|born|brunnen|hain|halde|kehre|kreuz|linde|mühle|plan|rampe|schanze|sod|straat|treppe|"
    "dorf|hausen|busch|kuhle|moor|warft|wurt|geest|schleuse|speicher|insel|hafen|werft|bühl|gewann|steg|anlage|zwinger|freiheit|esch|ende"
)
# A street in one word (Gartenstraße 5) or with words before its last one (Lange Str. 5, Karl-Marx-Straße 5).
_ONE_WORD = re.compile(
    rf"(?<![\w])(?:[A-ZÄÖÜ][\w.'’\-]{{1,40}}?)?(?:{_SUFFIX})[ \u00a0]{{0,2}}(?:Nr\.?[ ]?)?{_NUMBER}", re.IGNORECASE
)
_SURE = re.compile(r"(?:straße|strasse|str\.|str|weg|platz|allee|gasse|damm|ufer|chaussee|ring|stieg|steig|pfad|promenade|twiete)[ \u00a0]{0,2}(?:nr\.?[ ]?)?\d", re.IGNORECASE)
_CAPITAL = rf"[A-ZÄÖÜŠŽÇİ][{_LETTERS}'’.\-]{{0,30}}"
_BEFORE = re.compile(rf"(?:{_CAPITAL}[ \u00a0]){{1,3}}\Z")
_PREPOSITION = re.compile(
    rf"(?<![\w])(?:Am|Im|Zum|Zur|Beim|Vor[mn]?|An|In|Auf|Unter|Hinter|Vor|Über|Bei|Zu|Neben|Ober|Op|Up|Achter|Tom|Aufm|Nach)[ ](?:(?:der|dem|den|die|das|de|'n|dem)[ ])?"
    rf"(?:(?:{_CAPITAL}|alten|kleinen|großen|neuen|oberen|unteren|langen|hohen|stillen|roten|weißen|grünen|schwarzen|breiten|krummen|steinernen|heiligen|hohlen|schönen|und)[ ]){{0,2}}{_CAPITAL}[ ]{_NUMBER}"
)
# What must stand around a street whose name does not say that it is one (`Birkenhof 17`).
_ENDS = re.compile(r"[ ]?(?:[,;|)\n\t]|\Z|\.(?:\s|\Z)|(?:in |D-)?\d{5}|in [A-ZÄÖÜ]|\()")
_BEGINS = re.compile(r"(?:\A|[\n,;|:\t(])[ ]?\Z|(?:wohnhaft|wohnt|wohne|wohnen|gemeldet|adresse|anschrift|wohnung|anwesen|grundstück|objekt|haus|umzug|umgezogen|verzogen|nach|im|in|am)[ :]{1,2}(?:in |nach |im |der |die |dem )?\Z", re.IGNORECASE)
_NO_STREET = frozenset(
    "montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar maerz april mai juni juli august september oktober november dezember seite nummer nr "
    "absatz abs artikel art paragraf kapitel punkt ziffer ziff satz buchstabe alter zeitraum jahr monat tag uhr anlage tabelle abschnitt zimmer raum gleis linie kilometer klasse stufe "
    "block teil band heft top umfang schnitt wert durchschnitt kalenderjahr haushaltsjahr gebaeude haus etage stock feld schritt fall kreis landkreis stadtteil vergleich verhaeltnis ergebnis "
    "abteilung fachdienst fachbereich sachgebiet amt referat team gruppe gesamten quartal halbjahr schuljahr stand rahmen bereich zusammenhang bezirk".split()
)
_QUADRAT = re.compile(r"(?<![\w])[A-U][ ]?[1-7],[ ]?\d{1,2}[a-z]?(?![\w])(?=[ ,]{1,2}68\d{3})")
_POSTFACH = re.compile(r"(?<![\w])(?:Postfach|Postf\.|PF)[ :]{1,2}\d{1,2}[ ]?\d{2}(?:[ ]?\d{2})?(?![\w])")
_STREET_OF = re.compile(r"(?<![\w])(?:Straße|Platz|Allee|Strasse)[ ](?:des|der|am|zum|zur|im|an)[ ](?:[\w.]{1,12}[ ]){0,2}[\w.\-]{1,25}[ ]" + _NUMBER)
_PLZ = re.compile(r"(?<![\w.,/\-+])(?:D[ ]?[\-–][ ]?|DE-)?(\d{5}|\d{2}[ ]\d{3})(?![\w]|[.,/\-]\d|[ ]?(?:%|€|EUR|Euro|\d))[ \u00a0]{0,3}")
_FOREIGN_PLZ = re.compile(r"(?<![\w.])(?:A|CH|AT|L|B|NL|F|PL)[\-–](\d{4,5})[ ](?=[A-ZÄÖÜ])")
_PLZ_CUE = re.compile(r"(?:plz|postleitzahl|plz/ort|plz, ort)[ :\n]{0,4}\Z", re.IGNORECASE)
_ORT = re.compile(
    rf"(?:(?:Bad|Sankt|St\.|Markt|Alt|Neu|Groß|Klein|Ober|Unter|Hohen|Burg|Stadt|Hansestadt|Schloß|Königs|Hann\.|Hannoversch|Lutherstadt)[ \-])?{_CAPITAL}"
    rf"(?:[ ]?/[ ]?{_CAPITAL}|[ ](?:am|an der|a\. ?d\.|a\.|im|in der|i\. ?d\.|i\.|ob der|o\. ?d\.|bei|b\.|v\. ?d\.|vor der|unter|u\.|auf|der|in|ob|am|unterm|zur)[ ]?{_CAPITAL}|[ ]?\([A-ZÄÖÜ][\w.\- ]{{1,20}}\))?"
)
_COUNTED = frozenset(
    "euro einwohner einwohnerinnen einwohnern menschen personen stueck haushalte haushalten tonnen quadratmeter kilometer meter liter buerger buergerinnen wohnungen faelle unterschriften "
    "mitarbeiter mitarbeitende mitarbeiterinnen beschaeftigte besucher besucherinnen kinder antraege datensaetze exemplare stimmen mal prozent kilowattstunden kwh stunden tage jahre "
    "fahrzeuge arbeitsplaetze kubikmeter hektar grad schueler wahlberechtigte studierende token zeichen zeilen eintraege leser nutzer nutzerinnen woerter seiten".split()
)


def propose_addresses(text: str) -> Iterator[Span]:
    """Yield street addresses and postal codes with their town."""
    for match in _ONE_WORD.finditer(text):
        span = _street(text, match)
        if span:
            yield span
    for pattern, score in ((_QUADRAT, 0.9), (_POSTFACH, 0.9), (_STREET_OF, 0.92)):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), Label.ADDRESS, score)
    for match in _PREPOSITION.finditer(text):
        if not _is_no_street(match[0]):
            yield Span(match.start(), match.end(), Label.ADDRESS, 0.75)
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
    name = match[0]
    if not (name[0].isupper() or _SURE.search(name)):
        return None
    head = fold(re.split(r"[ \u00a0\d]", name, maxsplit=1)[0])
    if head in _NO_STREET or _is_no_street(name):
        return None
    sure = bool(_SURE.search(name))
    start = _with_words_before(text, match.start(), name)
    known = lexicon().get(head, 0)
    if not sure and start == match.start() and (known & (COMMON | PLACE) or len(head) < 6):
        return None
    if not sure and not (_ENDS.match(text, match.end()) and _BEGINS.search(text[max(0, start - 25) : start])):
        return None
    return Span(start, match.end(), Label.ADDRESS, 0.95 if sure else 0.7)


def _with_words_before(text: str, start: int, name: str) -> int:
    """Return where the street begins when its name has several words (`Alte Kölner Str. 5`, `An der Berliner Straße 2`)."""
    window = text[max(0, start - 70) : start]
    words = list(re.finditer(r"[^\s,;:()\d\"„“]{1,30}[ \u00a0]", window))
    place = start
    alone = re.match(r"(?:straße|strasse|str\.?|weg|platz|allee|gasse|ring|damm|ufer|steig|stieg|pfad|markt|chaussee|promenade|hof|park|graben|wall)\b", name, re.IGNORECASE)
    base = start - len(window)
    for word in reversed(words[-4:]):
        if base + word.end() != place:
            break
        value = word[0].strip()
        folded = fold(value.strip("."))
        if value.lower() in {"der", "den", "dem", "am", "an", "im", "zum", "zur", "in", "auf", "hinter", "unter", "von", "vor"}:
            if not _opens(value, text, base + word.start()):
                break
        elif not (value[0].isupper() and (alone or value.endswith(("er", "en", "e", "es", "."))) and not _ordinary(folded, alone=bool(alone))):
            break
        place = base + word.start()
        if value in {"Am", "An", "Im", "Zum", "Zur", "In", "Auf", "Hinter", "Unter"}:
            break
    return place if text[place : place + 1].isupper() else start


def _opens(value: str, text: str, place: int) -> bool:
    """Tell whether a small word belongs to the name of a street: `An der`, `Von-der-`, not `in der`."""
    before = text[max(0, place - 8) : place].split()
    return value[0].isupper() or bool(before and before[-1] in {"An", "Auf", "Hinter", "In", "Unter", "Vor", "Bei", "Von", "Zu", "Am", "Im"})


def _ordinary(folded: str, *, alone: bool) -> bool:
    bits = lexicon().get(folded, 0)
    if bits & FUNCTION:
        return True
    return not alone and folded in {"adresse", "anschrift", "wohnhaft", "strasse", "familie", "frau", "herr", "hausnummer"} or folded in {"wohnhaft", "adresse", "anschrift"}


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
    town = bits & PLACE or fold(ort[0]) in lexicon() and lexicon()[fold(ort[0])] & PLACE
    tail = before.rstrip(" \u00a0")
    placed = cued or not tail or tail[-1] in ",\n|;\t·•/–(:" or tail.endswith((" in", " aus", " nach", " In")) or tail[-1].isdigit()
    if not (town or (placed and not bits & FUNCTION)):
        return None
    return Span(match.start(), _ort_end(ort), Label.PLZ_ORT, 0.92 if town else 0.75)


def _small_town(text: str, place: int) -> re.Match[str] | None:
    """Match a town that somebody wrote in small letters, if it is known."""
    ort = re.compile(r"[a-zäöüß]{3,30}(?![\w])").match(text, place)
    return ort if ort and lexicon().get(fold(ort[0]), 0) & PLACE else None


def _ort_end(ort: re.Match[str]) -> int:
    return ort.start() + len(ort[0].rstrip(".,-'’ "))

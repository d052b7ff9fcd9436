"""A text as words and marks, each with what the lexicon knows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leitplanke.core.privacy.folding import fold
from leitplanke.core.privacy.lexicon import COMMON, COMPANY, FIRST, LAST, NAME, PLACE, ROLE, SAFE, lexicon

_L = "A-Za-zªºÀ-ÖØ-öø-ʯ\u0300-\u036fͰ-ͽͿ-ϿЀ-ҁҊ-ԯԱ-Ֆա-և\u05d0-\u05ea\u0620-\u064aႠ-ჿḀ-ỿ"
_TOKEN = re.compile(rf"[{_L}]+(?:[\-'’‐‑][{_L}]+)*|\d+|\n|[^\s\w]|[\w]")
_FOREIGN = re.compile(r"[šžčćđłńśźżąęěřůőűşğıİŞĞņļķģīāēūțșăĂȚȘŠŽČĆĐŁŃŚŹŻ\u1ea0-\u1ef9ươƠƯ]")
_JOINTS = "-‐‑"
PARTICLES = frozenset(
    "von van vom zu zur de da di del della dos das do du la le el al bin ben ibn bint abu ul ud ten ter ter den der des san st mc ait ould y e".split()
)
_NOUN_ENDINGS = (
    "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen", "ismus", "amt", "aemter", "stelle", "stellen", "bescheid", "bescheide",
    "gesetz", "antrag", "antraege", "nummer", "verfahren", "zeichen", "geld", "kosten", "steuer", "gebuehr", "gebuehren", "kasse", "plan", "zeit", "jahr", "monat", "woche",
    "datum", "strasse", "strassen", "platz", "weg", "allee", "gasse", "schule", "kita", "haus", "haeuser", "wohnung", "vertrag", "recht", "pflicht", "frist", "termin",
    "bericht", "protokoll", "sitzung", "ausschuss", "rat", "raete", "kreis", "bezirk", "verband", "verein", "dienst", "dienste", "bereich", "abteilung", "zentrum", "betrieb",
    "werk", "werke", "anlage", "anlagen", "unterlagen", "hilfe", "leistung", "zuschuss", "betrag", "rechnung", "konto", "daten", "nachweis", "ausweis", "schein", "karte",
    "formular", "schreiben", "brief", "gespraech", "ministerium", "behoerde", "gericht", "versicherung", "kirche", "gemeinde", "stadt", "land", "buerger", "gruppe", "liste", "punkt",
    "ment", "tum", "taet", "taeten", "thek", "logie", "graphie", "grafie", "kratie", "chef", "leiter", "leiterin", "pfleger", "pflegerin",
    "meister", "meisterin", "arbeiter", "arbeiterin", "beauftragte", "beauftragter", "inhaber", "nehmer", "nehmerin", "geber", "geberin", "traeger", "halter", "halterin", "besitzer", "besitzerin",
    "gymnasium", "bad", "bahn", "bahnhof", "bus", "auto", "wagen", "fahrzeug", "geraet", "system", "programm", "projekt", "konzept", "modell", "vorlage", "beschluss", "mittel", "satz", "saetze",
    "zahl", "zahlen", "wert", "werte", "menge", "preis", "preise", "markt", "park", "garten", "friedhof", "spielplatz", "turm", "halle", "saal", "raum", "zimmer", "kueche", "ordnung", "satzung",
)  # fmt: skip
_SURNAME_ENDINGS = (
    "meier", "meyer", "maier", "mayer", "mayr", "mueller", "moeller", "schmidt", "schmitt", "schulte", "huber", "hofer", "wicz", "witz", "owski", "ewski", "inski", "owska",
    "ewska", "inska", "czyk", "czak", "oglu", "ovic", "evic", "ovski", "evski", "enko", "tschuk", "chuk", "schuk", "iuk", "idis", "opoulos", "opoulou", "akis", "escu", "yan", "dze", "shvili", "schwili",
    "zadeh", "zada", "zai", "pour", "nejad", "ullah", "uddin", "rahman", "owitsch", "ewitsch", "ovych", "evych", "ova", "eva", "owa", "ewa", "bauer", "huber", "lechner", "gruber", "stetter",
    "reuter", "brecht", "precht", "hardt", "singh", "kaur", "mariam", "selassie", "medhin", "singam", "lingam", "rajah", "nathan", "wardene", "singhe", "sinha",
)  # fmt: skip


@dataclass(slots=True)
class Token:
    """One word, number or mark."""

    start: int
    end: int
    text: str
    folded: str
    bits: int
    capital: bool

    @property
    def initial(self) -> bool:
        """Tell whether this is a single capital letter."""
        return self.capital and self.end - self.start == 1


def tokenise(text: str) -> list[Token]:
    """Return the tokens of `text`."""
    known = lexicon().get
    tokens = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word[0].isalpha():
            folded = fold(word)
            capital = word[0].isupper() or not (word[0].islower() or word[0].isascii())
            if not capital and ("-" in word or "'" in word or "’" in word):
                head, _joint, rest = word.replace("'", "-").replace("’", "-").partition("-")
                capital = (head in PARTICLES or head in {"d", "o", "dell", "l"}) and rest[:1].isupper()
            bits = known(folded, 0)
            if not bits and capital:
                bits = _derived(word, folded)
            tokens.append(Token(match.start(), match.end(), word, folded, bits, capital))
        else:
            tokens.append(Token(match.start(), match.end(), word, word, 0, False))  # noqa: FBT003
    return tokens


def _derived(word: str, folded: str) -> int:
    """Return bits of a word the lexicon does not hold: genitive, compound, ending."""
    known = lexicon().get
    if folded.endswith(("s", "'s", "'")) and len(folded) > 3:
        bits = known(folded[:-1].rstrip("'"), 0) if folded.endswith("s") else known(folded[:-1], 0)
        if bits & NAME and not bits & COMMON:
            return bits
    if folded.endswith(("in", "innen")) and known(folded.removesuffix("innen").removesuffix("in"), 0) & ROLE:
        return ROLE
    if any(joint in word for joint in _JOINTS):
        return _compound(folded)
    if folded[:2] in {"d'", "o'", "l'"}:
        return LAST
    if is_noun(folded):
        return 0
    if len(folded) >= 6 and folded.endswith(_SURNAME_ENDINGS):
        return LAST | SAFE
    if _FOREIGN.search(word):
        return LAST | SAFE if len(folded) >= 4 else LAST
    return 0


def _compound(folded: str) -> int:
    parts = folded.replace("‐", "-").replace("‑", "-").split("-")
    known = lexicon().get
    last = parts[-1]
    bits = [known(part, 0) for part in parts]
    if known(last, 0) & COMPANY or is_noun(last) or not last:
        return 0
    if bits[-1] & ROLE:
        return ROLE
    named = [bit for bit in bits if bit & NAME]
    if not named:
        return LAST | SAFE if parts[-1].endswith(_SURNAME_ENDINGS) and len(parts[-1]) > 5 else 0
    kind = FIRST if all(bit & FIRST or part in PARTICLES for bit, part in zip(bits, parts, strict=True)) else 0
    if bits[-1] & LAST or any(bit & LAST for bit in named):
        kind |= LAST
    plain = any(bit & SAFE and not bit & PLACE for bit in named) and len(named) == len(parts)
    return (kind or LAST) | (SAFE if plain else 0)


def is_noun(folded: str) -> bool:
    """Tell by its ending whether a word is a common noun."""
    return len(folded) >= 6 and folded.endswith(_NOUN_ENDINGS)

"""Understanding a question: what it asks for, about what, and how strictly that can be checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from leitplanke.core.grounding.names import NamedThing, named_things, places_in
from leitplanke.core.grounding.words import Word, content_words, separated_verbs
from leitplanke.core.retrieval.sentences import sentences

if TYPE_CHECKING:
    from leitplanke.core.grounding.paraphrases import Paraphrases


class Wanted(StrEnum):
    """What kind of thing would answer the question."""

    DAY = "day"
    DATE = "date"
    CONDITION = "condition"
    DURATION = "duration"
    TIME = "time"
    NUMBER = "number"
    AGE = "age"
    MONEY = "money"
    PERCENT = "percent"
    PERSON = "person"
    ACTOR = "actor"
    PLACE = "place"
    NORM = "norm"
    CONTACT = "contact"
    NAME = "name"
    REASON = "reason"
    LIST = "list"
    POLAR = "polar"
    MANNER = "manner"
    THING = "thing"


# The first pattern that fits decides; so the narrow ones come first.
_WANTED: tuple[tuple[Wanted, str], ...] = (
    (Wanted.PERCENT, r"\b(wie ?viele?|um wie ?viel|welche[rn]?) (prozent\w*|anteil)|\bprozentsatz"),
    (
        Wanted.CONTACT,
        (
            r"\b(telefonnummer|rufnummer|durchwahl|e-?mail-?adresse|mailadresse|(internet|web)(adresse|seite)|url|"
            r"unter welcher (nummer|adresse|internetadresse))"
        ),
    ),
    (Wanted.CONTACT, r"\bwelche \w*(telefon|ruf)nummer|\bwie erreiche ich|\bwo (kann|muss) (ich|man) anrufen"),
    (
        Wanted.TIME,
        r"\b(um wie ?viel uhr|öffnungszeit\w*|sprechzeit\w*|zu welche[rn] (uhr)?zeit(en)?|bis wie viel uhr|uhrzeit)",
    ),
    (
        Wanted.DURATION,
        (
            r"\b(wie lange|wie schnell|wie viel(e)? (zeit|tage?n?|wochen|monaten?|jahren?|stunden|minuten)|(innerhalb|"
            r"binnen) welcher|welche[rn]? (frist|dauer|zeitraum)|wie oft|wie häufig|in welche[mn] (abstand|abständen|"
            r"rhythmus|turnus)|wie weit im voraus)"
        ),
    ),
    (
        Wanted.DAY,
        (
            r"\b((an|ab|bis zu|seit|zu|in|im|auf|vor|nach|bis|aus) )?(dem )?welche[msnr]? (\w+ )?(datum|tag|jahr|monat|"
            r"schuljahr|stichtag|jahreszahl)\b|\bwelchen datums"
        ),
    ),
    (
        Wanted.CONDITION,
        (
            r"(?<!ab )(?<!bis )(?<!seit )\bwann (muss|müssen|darf|dürfen|kann|können|soll|sollen|sollte|brauche|"
            r"braucht|"
            r"brauchen)\b|\bunter welche[nr] (bedingung\w*|voraussetzung\w*|umständen)"
        ),
    ),
    (
        Wanted.DATE,
        (
            r"\b(wann|an welchem tag|welche[msnr]? (datum|tag|jahr|monat|schuljahr|stichtag|zeitpunkt)|(ab|bis|seit|"
            r"zu) (welchem|welcher|wann)( \w+)? ?(datum|jahr|tag|zeitpunkt|schuljahr|termin|stichtag)|seit wann|"
            r"bis wann|"
            r"ab wann)"
        ),
    ),
    (Wanted.AGE, r"\b(wie alt|(ab|bis|mit|in) (zu )?welche[mn] alter|altersgrenze|mindestalter)"),
    (
        Wanted.MONEY,
        (
            r"\b(was kostet|was kosten|wie teuer|wie ?viel (kostet|kosten|zahlt?|bezahlt?|geld|euro|steuern?)|"
            r"wie hoch (ist|sind|war|waren|wird|darf|dürfen|fällt|kann)( \w+){0,4} (\w*(gebühr|gebühren|kosten|preis|"
            r"preise|bußgeld|bußgelder|geldbuße|strafe|beitrag|beiträge|betrag|steuer|steuern|zuschuss|förderung|"
            r"fördersumme|entschädigung|etat|budget|miete|gehalt|lohn|satz|honorar|vergütung))\b|welche (kosten|"
            r"gebühr\w*)|was (zahlt?|bezahlt?|verlangt) |wie ?viel .{0,60}\b(kostet|kosten|bezahlen|zahlen)\b)"
        ),
    ),
    (
        Wanted.NUMBER,
        (
            r"\b((aus|auf|in|für|mit|von|um|ab|bei)? ?wie ?vielen?|wie ?viel|wie hoch|wie groß|wie weit|wie alt|"
            r"wie schwer|wie breit|welche (an)?zahl|ab welche[mr] (alter|größe|anzahl|betrag|höhe)|welche höhe|anzahl)"
        ),
    ),
    (
        Wanted.NORM,
        (
            r"\b(welche[mnrs]? (\w+ )?(gesetz|paragra\w+|vorschrift|rechtsgrundlage|norm|verordnung|satzung|artikel|"
            r"rechtsvorschrift)|wo steht|wo ist .{0,60} geregelt|worauf beruht)"
        ),
    ),
    (Wanted.REASON, r"\b(warum|weshalb|wieso|aus welche[mn] gr(u|ü)nd\w*|weswegen|wozu)\b"),
    (
        Wanted.PERSON,
        (
            r"\b(wie heißt (der|die) (autor|verfasser|geschäftsführer|hauptgeschäftsführer|bürgermeister|leiter|chef|"
            r"vorsitzende|präsident|beauftragte|ansprechp)\w*|welche person|von wem (stammt|ist)|wer (hat|ist|schrieb|"
            r"verfasste|leitet|war)\b.{0,80}\b(verfasst|geschrieben|autor|autorin|verfasser\w*|geschäftsführer\w*|"
            r"vorsitzende\w*|bürgermeister\w*|leiter\w*|präsident\w*|redaktion|redakteur\w*)|wer schrieb|wer verfasste)"
        ),
    ),
    (
        Wanted.NAME,
        (
            r"\b(wie (heißt|heissen|heißen|lautet|nennt|nennen)|unter welchem (namen|titel)|welche[nrs]? (namen?|titel|"
            r"sprachmodell|modell|programm|software|produkt|anbieter|hersteller|firma|dienstleister|unternehmen|partei|"
            r"universität|hochschule|bundesland|stadt|gemeinde|kommune|projekt|zeitung|verlag)\b)"
        ),
    ),
    (
        Wanted.ACTOR,
        (
            r"\b(wer|wen|wem|wessen|(an|bei|von|mit|durch|für) wen|(bei|von|mit|durch) wem|welche (stelle|behörde|"
            r"einrichtung|abteilung)|welches amt|welcher? (gremium|fachbereich))\b"
        ),
    ),
    (
        Wanted.PLACE,
        (
            r"\b(wo|wohin|woher|an welchem ort|welcher ort|an welcher stelle|in welche[mnr] (raum|gebäude|zimmer|stadt|"
            r"ort|land|bundesland))\b"
        ),
    ),
    (Wanted.LIST, r"\b(welche|welchen|nenne|nennen sie|zähle|liste|was alles|welcherlei)\b"),
    (
        Wanted.THING,
        (
            r"\b(was|worin|wofür|womit|woraus|worauf|worum|woran|worüber|wovon|wodurch|wogegen|welche[rsmn]?|wonach|"
            r"wovor)\b"
        ),
    ),
    (Wanted.MANNER, r"\bwie\b"),
)
_PATTERNS = tuple((wanted, re.compile(pattern, re.IGNORECASE)) for wanted, pattern in _WANTED)
_POLAR_START = re.compile(
    r"^(und |oder |aber |also |denn )?(stimmt|ist|sind|war|waren|wird|werden|wurde|wurden|hat|haben|hatte|darf|"
    r"dürfen|kann|können|könnte|muss|müssen|soll|sollen|sollte|gibt|gilt|gelten|geht|gehört|gehören|"
    r"reicht|genügt|steht|lässt|lassen|bindet|sieht|taugt|braucht|brauche|brauchen|bekomme|bekommt|macht|will|"
    r"enthält|ersetzt|habe|bin|besteht|zählt|führt|kostet|verbietet|erlaubt|fordert|verlangt|gilt|dient|trägt|"
    r"lehnt|nutzt|schreibt|empfiehlt|nennt|erwähnt|verpflichtet|spielt|entscheidet|haftet|kommt|bleibt|entstehen|"
    r"entsteht|gefährdet|hilft|arbeitet|plant|betrifft|[a-zäöü]+(e|en|t|st)) ",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(
    r"^(?:\w+ ){0,2}(w(er|en|em|as|ann|o|ie|arum|elch\w*|eshalb|ieso|o(zu|für|mit|rauf|rin|ran|raus|rum|von|her|"
    r"hin|gegen|durch|rüber)|essen))\b",
    re.IGNORECASE,
)
_CLAIMED = re.compile(
    r"\b(?:stimmt es|ist es (?:wahr|richtig)|wurde gesagt|habe gehört|heißt es|angeblich|behauptet|soll ja)\b",
    re.IGNORECASE,
)
# Who wrote a text and when: then words for the text itself name nothing that stands in it.
_ABOUT_TEXTS = frozenset({Wanted.PERSON, Wanted.DAY})
_TEXT_WORDS = re.compile(
    r"(?:\w+-)?(?:meldung|beitrags?|artikels?|textes|text|pressemitteilung|nachricht|verfasst|geschrieben|stammt|"
    r"erschien\w*|veröffentlicht|autor(?:in)?|verfasser(?:in)?)",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"^(bitte )?(nenne|nennen sie|zähle|zählen sie|liste|gib|geben sie|erkläre|erklären sie|beschreibe|"
    r"beschreiben sie|zeige|zeigen sie)\b"
)
_HEAD = re.compile(
    r"\b(?i:welche[rsmn]?|wie ?viele?n?|wie hoch (?:ist|sind|war|waren|wird|darf|dürfen|fällt|kann)(?: denn|"
    r" eigentlich)?(?: der| die| das| ein| eine| mein\w*| unser\w*| ihr\w*)?|"
    r"was (?:ist|sind|war|bedeutet) (?:der|die|das|ein|eine)|wie (?:heißt|heißen|lautet|lauten) (?:der|die|das|"
    r"ihr\w*|sein\w*)|"
    r"nenne(?:n sie)?(?: mir)?(?: der| die| das| ein| eine| einen)?)\s+"
    r"((?:(?:[a-zäöüß\d*:]+|Dortmunder|Deutschen?)\s+){0,3}?)([A-ZÄÖÜ][\w:*-]+)"
)

_NEAR = 12  # characters between question words that belong together ("bis wann", "in welchem Jahr")
# Kinds whose question phrase names a form of value, which is looked for by its form.
_FORMAL = frozenset({Wanted.DAY, Wanted.DATE, Wanted.DURATION, Wanted.TIME, Wanted.PERCENT, Wanted.AGE, Wanted.CONTACT})


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    Attributes:
        text: the whole wording.
        ask: the sentence that asks; a story around it is background.
        wanted: the kind of thing that would answer it.
        words: the words of `ask` that carry matter.
        background: further words of the story.
        head: the noun that names what is asked for ("Frist" in "Welche Frist ..."), or None.
        names: towns, laws, organisations, products, quoted titles, years named in the question.
        polar: True where the answer could be yes or no.
    """

    text: str
    ask: str
    wanted: Wanted
    words: tuple[Word, ...]
    background: tuple[Word, ...]
    head: Word | None
    names: tuple[NamedThing, ...]
    polar: bool

    @property
    def stems(self) -> frozenset[str]:
        """The stems of all words that carry matter."""
        return frozenset(word.stem for word in (*self.words, *self.background))

    @property
    def open_ended(self) -> bool:
        """Tell whether the question takes nothing for granted that a source could deny."""
        return self.wanted is not Wanted.REASON and _CLAIMED.search(self.text) is None


def understand(text: str, paraphrases: Paraphrases) -> Question:
    """Take a question apart."""
    plain = " ".join(text.split())
    ask = _asking_part(plain)
    wanted, phrase = _wanted(ask)
    matter = " ".join([ask.replace(phrase, " ", 1) if phrase else ask, *_verbs(ask)])
    words = _distinct(content_words(paraphrases.expand(matter)))
    if wanted in _ABOUT_TEXTS:
        words = tuple(word for word in words if not _TEXT_WORDS.fullmatch(word.text)) or words
    known = {word.stem for word in words}
    background = tuple(word for word in _distinct(content_words(plain)) if word.stem not in known)
    polar = wanted is Wanted.POLAR
    head = None if wanted in _FORMAL else _head(ask)
    return Question(plain, ask, wanted, words, background, head, named_things(plain), polar)


def _asking_part(text: str) -> str:
    """Return the sentences that ask; without any the whole text."""
    spans = [text[start:end] for start, end in sentences(text)]
    asking = [span for span in spans if span.endswith("?")] or [span for span in spans if _QUESTION_WORD.match(span)]
    return " ".join(asking) or text


def _wanted(ask: str) -> tuple[Wanted, str]:
    """Return what is wanted, and the words that only say so and carry no matter ("wie viele", "an welchem Tag")."""
    lowered = ask.lower()
    if _COMMAND.match(lowered):
        return Wanted.LIST, ""
    if (_POLAR_START.match(lowered) and not _QUESTION_WORD.match(lowered)) or lowered.startswith("ob "):
        return Wanted.POLAR, ""
    found = [(match, rank) for rank, (_, pattern) in enumerate(_PATTERNS) if (match := pattern.search(ask))]
    if not found:
        return Wanted.THING, ""
    first = min(match.start() for match, _ in found)
    match, rank = min(((m, r) for m, r in found if m.start() <= first + _NEAR), key=lambda pair: pair[1])
    wanted = _PATTERNS[rank][0]
    return wanted, match[0] if wanted in _FORMAL else ""


def _verbs(ask: str) -> list[str]:
    """Return the verb of "Wo melde ich meine Wohnung an?" as one word, "anmelde"."""
    first = [word.lower() for word in ask.split()[:3]]
    return [verb for verb in separated_verbs(ask[:1].lower() + ask[1:]) if any(verb.endswith(word) for word in first)]


def _head(ask: str) -> Word | None:
    """Return the noun right behind the question word, not the town in front of it ("Dortmunder Grundsätze")."""
    match = _HEAD.search(ask)
    if match is None:
        return None
    nouns = [word for word in content_words(ask[match.start(2) :]) if word.capital]
    if len(nouns) > 1 and places_in(nouns[0].text) and nouns[0].text.endswith("er"):
        return nouns[1]
    return nouns[0] if nouns and nouns[0].text in match[2] else None


def _distinct(words: tuple[Word, ...]) -> tuple[Word, ...]:
    return tuple({word.stem: word for word in reversed(words)}.values())[::-1]

"""Words of German text, and how closely two of them say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leitplanke.core.retrieval.tokens import STOP_WORDS, stem


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Both sexes in one word: Bürger*innen, Bürger:innen, Bürger/innen, BürgerInnen.
_BOTH = re.compile(r"(?<=\w)(?:[*:_]|/-?|(?=I))[iI]nnen?\b")
# One compound torn by its hyphen, as PDF files leave it: "KI -Systeme", "KI-\ngestützt".
_TORN = re.compile(r"(?<=\w)(?: -|-\n)(?=\w)")
_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_CLAUSE = re.compile(r"[^,.;:!?–]+")
_PARTICLES = _set("ab an auf aus bei ein fest her hin los mit nach statt teil um vor weg weiter zu zurück zusammen")
_WORD = re.compile(r"[^\W_]+(?:\.[^\W\d_]{2,})?")
_MORE_STOPS = _set(
    """
    bzw etc dessen deren sowie sowohl bereits beim dabei hierfür hierzu dazu zudem außerdem dürfen darf genau
    laut gemäß welch stimmt eher lieber überhaupt schon immer noch eigentlich wirklich insgesamt gerade jetzt
    unsre unserm leute heißt heißen lauten lautet hast hätt wär wäre wären sei seien würd gibt's ists gehört
    gehören zählt zählen tun tut steht stehen sage sagt sagen nennt nennen nenne genannt findet finden liegt
    liegen soll sollte solle kommt kommen viele vielen wieviel wieviele hoch hohe oft lange teuer ab womit
    woraus worin worauf wovon wofür worüber woran wodurch beide beiden ansicht themen eigene eigenen versteht
    kennt tritt thema genauer genauen geben bitte rund kaum erst allem solche solchem solchen solcher solches
    miteinander unserem tragen trägt stellen stellt schaffen anderen weitere weiteren mitbringen möglich
    möglichst lässt lassen gilt gelten gelte braucht brauche brauchen will wollen bedeutet sogenannte
    sogenannten
    """
)
_CARRYING = _set("bekomme bekommt kriege kriegt kriegen mache machen macht")
_WEAK = (STOP_WORDS - _CARRYING) | _MORE_STOPS
_ENDINGS = frozenset({"t", "et", "st", "te", "e", "end"})  # of verbs, which the stemmer leaves ("kostet", "kosten")
_DENIALS = frozenset({"un", "nicht", "miss", "in"})  # "unabhängig" does not answer to "abhängig"
_BY_BEGINNING = {4: 0.0, 5: 0.55}  # "Stand" begins words that have nothing to do with it
_WEIGHTY = "entscheidend"  # means "important"; its stem would be the one of "Entscheidung"
_SHORT = 4  # a shared part of a compound must be longer than this
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_FEMALE = re.compile(r"(?<=er)in(?:nen)?$|(?<=[a-zäöü]{4})innen$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its stem; `weak` words carry no matter of their own."""

    text: str
    stem: str
    start: int
    end: int
    weak: bool

    @property
    def capital(self) -> bool:
        """Tell whether the word is written with a capital letter."""
        return self.text[:1].isupper()

    @property
    def number(self) -> bool:
        """Tell whether the word begins with a digit."""
        return self.text[:1].isdigit()


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order, weak ones included; both sexes count as one word."""
    return tuple(_word(match) for match in _WORD.finditer(_level(text)))


def content_words(text: str) -> tuple[Word, ...]:
    """Return the words that carry matter."""
    return tuple(word for word in words_of(text) if not word.weak)


@lru_cache(maxsize=20_000)
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the words that carry matter, those of compounds with a hyphen also as one word."""
    joined = {word_stem(match[0].replace("-", "").lower()) for match in _HYPHENATED.finditer(text)}
    verbs = {word_stem(verb) for verb in separated_verbs(text)}
    return frozenset(word.stem for word in content_words(text)) | joined | verbs


def separated_verbs(text: str) -> list[str]:
    """Return verbs whose particle stands at the end of the clause, as one word ("lehnt ... ab": "ablehnt").

    Which word is the verb is not known, so every small word of the clause is tried; nonsense answers to nothing.
    """
    found: list[str] = []
    for clause in _CLAUSE.findall(text):
        words = clause.split()
        if len(words) > 2 and words[-1] in _PARTICLES:
            found += [
                words[-1] + word for word in words[:-1] if word.isalpha() and word.islower() and len(word) > _SHORT - 1
            ]
    return found


def _level(text: str) -> str:
    """Replace writing variants by spaces of the same length, so that offsets stay."""
    text = _BOTH.sub(lambda match: " " * len(match[0]), text)
    return _TORN.sub(lambda match: "-".rjust(len(match[0])), text)


def _word(match: re.Match[str]) -> Word:
    text = match[0]
    lower = text.lower()
    return Word(text, word_stem(lower), match.start(), match.end(), lower in _WEAK)


@lru_cache(maxsize=100_000)
def word_stem(lower: str) -> str:
    """Return the stem of a word in lower case; the female form shares the stem of the male one."""
    if lower.startswith(_WEIGHTY):
        return stem("wichtig")
    return stem(_FEMALE.sub("", lower))


def fold(text: str) -> str:
    """Return `text` in lower case with umlauts written out."""
    return text.lower().translate(_FOLD)


@lru_cache(maxsize=500_000)
def likeness(asked: str, found: str) -> float:
    """Return 0 to 1 for how surely two stems mean the same, by their letters alone."""
    if asked == found:
        return 1.0
    short, long = sorted((asked, found), key=len)
    if len(short) < _SHORT or short[0].isdigit():
        return 0.0
    if long.removeprefix(short) in _ENDINGS:
        return 0.95
    return max(_by_ending(short, long), _by_beginning(short, long), _by_shared_part(asked, found))


def _by_ending(short: str, long: str) -> float:
    if not long.endswith(short) or long.removesuffix(short) in _DENIALS:
        return 0.0
    return 0.85 if len(short) > _SHORT else 0.6


def _by_beginning(short: str, long: str) -> float:
    return _BY_BEGINNING.get(len(short), 0.8) if long.startswith(short) else 0.0


def _by_shared_part(asked: str, found: str) -> float:
    """Compare beginnings, which derived words share ("verantwortlich", "Verantwortung"), and endings of compounds."""
    short, long = sorted((asked, found), key=len)
    if long.endswith(short) or long.startswith(short):
        return 0.0
    head = _shared_prefix(asked, found)
    if head >= 5 and head >= 0.6 * max(len(asked), len(found)):
        return 0.8
    if head >= 7:
        return 0.6
    return 0.55 if _shared_prefix(asked[::-1], found[::-1]) >= 6 else 0.0


def _shared_prefix(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count

"""Whether something may be declared public: an entry must mean one office, one place or one human being."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import lru_cache

from leitplanke.core.privacy.allowing import address_key, before_at, contact_key, name_words, tight
from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.lexicon import COMMON, FIRST, LAST, NAME, ROLE, SALUTE, TITLE, lexicon
from leitplanke.core.privacy.model import Findings, Label
from leitplanke.core.privacy.tokens import PARTICLES

LONGEST = 120
_MOST_WORDS = 6
_ADDRESSED = frozenset({"frau", "herr", "herrn"})
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.\-]*(?:['’.\-][^\W\d_]+)*\.?")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_PARTS = re.compile(r"[^\W\d_]+")
# No name is shorter; and how words for what a town runs end: „martinsschule“, „annaheim“.
_SHORT = 4
_OFFICES = (
    "amt", "aemter", "stelle", "buero", "haus", "schule", "heim", "stift", "kita", "garten", "dienst", "kasse", "werk",
    "werke", "stadt", "dorf", "burg", "berg", "platz", "markt", "bad", "halle", "zentrum", "verwaltung", "beirat",
    "rat", "kirche", "daten", "karriere", "beauftragte", "beauftragter", "behoerde", "hof", "steuer", "wesen",
    "ung", "info", "service", "park", "fest", "spital", "club", "verein", "kapelle", "preis",
)  # fmt: skip
_MOBILE = re.compile(r"(?:0|\+49|0049)0?1[567]\d")


class PublicKind(StrEnum):
    """What an entry is."""

    PERSON = "person"
    ADDRESS = "anschrift"
    PLACE = "ort"
    OTHER = "sonstiges"


class Objection(StrEnum):
    """Why something may not be declared public, or would have no effect."""

    UNREADABLE = "unlesbar"
    NO_NAME = "kein_name"
    ONLY_FIRST = "nur_vorname"
    ONLY_LAST = "nur_nachname"
    INITIAL = "nur_anfangsbuchstabe"
    COMMA = "komma"
    SALUTATION = "anrede"
    OFFICE_INSIDE = "amt_im_namen"
    NO_ADDRESS = "keine_anschrift"
    NO_PLACE = "kein_ort"
    TWO_THINGS = "mehreres"
    OTHER_KIND = "andere_art"
    NO_CONTACT = "kein_kontakt"
    OF_A_PERSON = "postfach_einer_person"


class Caution(StrEnum):
    """What whoever releases an entry should know."""

    COMMON_NAME = "haeufiger_name"
    TWO_FIRST = "zwei_vornamen"
    OF_CITIZENS = "auch_von_anderen"
    MOBILE = "mobil"
    NAME_IN_MAILBOX = "name_im_postfach"
    NEVER_MASKED = "ohnehin_sichtbar"


Find = Callable[[str], Findings]
_LABELS = {PublicKind.ADDRESS: Label.ADDRESS, PublicKind.PLACE: Label.PLZ_ORT}
_CONTACTS = frozenset({Label.PHONE, Label.EMAIL, Label.IBAN})


def plain_value(kind: PublicKind, value: str) -> str:
    """Return what is kept of an entry: one line, a person without „Frau“ or „Herr“."""
    words = value.split()
    if kind is PublicKind.PERSON:
        while words and fold(words[0].strip(".")) in _ADDRESSED:
            words = words[1:]
    return " ".join(words)


def key_of(kind: PublicKind, value: str) -> str:
    """Return what two entries have in common that mean the same."""
    if kind is PublicKind.PERSON:
        return " ".join(name_words(value))
    return contact_key(value) if kind is PublicKind.OTHER else address_key(value)


def objection_to(kind: PublicKind, value: str, find: Find) -> Objection | None:
    """Return why a value (of `plain_value`) may not be declared public; None where it may.

    `find` looks for personal data and knows of no town's list.
    """
    if not value.isprintable() or len(value) > LONGEST:
        return Objection.UNREADABLE
    if kind is PublicKind.PERSON:
        return _to_person(value)
    if kind is PublicKind.OTHER:
        return _to_contact(value, find)
    return _to_place(kind, value, find)


def cautions_for(kind: PublicKind, value: str, find: Find) -> tuple[Caution, ...]:
    """Return what to think about before a value without objection is released."""
    if kind is PublicKind.PERSON:
        return tuple(_about_person(value))
    if kind is PublicKind.OTHER:
        return tuple(_about_contact(value))
    if not find(value).spans:
        return (Caution.NEVER_MASKED,)
    return (Caution.OF_CITIZENS,) if kind is PublicKind.PLACE else ()


def _to_person(value: str) -> Objection | None:
    if "," in value or ";" in value:
        return Objection.COMMA
    if not (words := value.split()) or not all(_WORD.fullmatch(word) for word in words):
        return Objection.NO_NAME
    if any(_bits(word) & SALUTE for word in words):
        return Objection.SALUTATION
    names = _names(value)
    if names and _bits(names[0]) & ROLE and not _bits(names[0]) & FIRST:
        return Objection.OFFICE_INSIDE
    return _to_words(names)


def _to_words(names: list[str]) -> Objection | None:
    """Return what is missing of first name and surname; „von der“ is neither."""
    counted = [name for name in names if fold(name) not in PARTICLES]
    if not counted or len(names) > _MOST_WORDS or not counted[0][0].isupper():
        return Objection.NO_NAME
    if len(counted) == 1:
        bits = 0 if len(names) > 1 else _bits(counted[0])
        return Objection.ONLY_FIRST if bits & FIRST and not bits & LAST else Objection.ONLY_LAST
    return Objection.INITIAL if any(len(one) == 1 for one in (counted[0], counted[-1])) else None


def _to_place(kind: PublicKind, value: str, find: Find) -> Objection | None:
    wanted, spans = _LABELS[kind], find(value).spans
    if not _LETTERS.search(value):
        return Objection.NO_ADDRESS if kind is PublicKind.ADDRESS else Objection.NO_PLACE
    if len(spans) > 1:
        return Objection.TWO_THINGS
    if spans and spans[0].label is not wanted:
        return Objection.OTHER_KIND
    return Objection.TWO_THINGS if spans and (spans[0].start, spans[0].end) != (0, len(value)) else None


def _to_contact(value: str, find: Find) -> Objection | None:
    spans = find(value).spans
    if len(spans) != 1 or spans[0].label not in _CONTACTS or (spans[0].start, spans[0].end) != (0, len(value)):
        return Objection.NO_CONTACT
    return Objection.OF_A_PERSON if _of_a_person(_mailbox(value)) else None


def _about_person(value: str) -> Iterator[Caution]:
    names = [fold(name) for name in _names(value)]
    if names[-1] in _frequent():
        yield Caution.COMMON_NAME
    if all(_bits(name) & FIRST for name in names) and not _bits(names[-1]) & LAST:
        yield Caution.TWO_FIRST


def _about_contact(value: str) -> Iterator[Caution]:
    if _MOBILE.match(tight(value)):
        yield Caution.MOBILE
    parts = _mailbox(value)
    if any(_bits(part) & NAME and not _bits(part) & ROLE for part in parts) or any(len(part) == 1 for part in parts):
        yield Caution.NAME_IN_MAILBOX


def _mailbox(value: str) -> list[str]:
    """Return the words before the `@` of an e-mail address, none of anything else."""
    return _PARTS.findall(before_at(value))


def _of_a_person(parts: list[str]) -> bool:
    """Tell whether the words of a mailbox hold a name: by itself, beside an initial or glued to one."""
    if any(_is_name(part) or _is_glued(part) for part in parts):
        return True
    # „h.bauer“: what is a common word by itself is a surname beside an initial.
    return any(len(part) == 1 for part in parts) and any(_bits(part) & LAST and len(part) > 1 for part in parts)


def _is_name(word: str) -> bool:
    bits = _bits(word)
    return bool(bits & NAME) and not bits & ROLE and (not bits & COMMON or fold(word) in _frequent())


def _is_glued(word: str) -> bool:
    """Tell whether a word is put together of an initial or a first name, and a surname, in either order."""
    word = fold(word)
    if _bits(word):
        return False
    if word.endswith(_OFFICES):
        # „annasteinberg“, but not „annaberg“.
        return any(_ends_in_surname(word, at) for at in (1, *range(_SHORT - 1, len(word) - _SHORT - 1)))
    if len(word) > _SHORT and _is_name(word[1:]) and _bits(word[1:]) & LAST:
        return True
    return any(_are_names(word[:at], word[at:]) for at in range(_SHORT - 1, len(word) - 1))


def _ends_in_surname(word: str, at: int) -> bool:
    rest = word[at:]
    begins = at == 1 or (_is_name(word[:at]) and bool(_bits(word[:at]) & FIRST))
    return begins and len(rest) > _SHORT + 1 and _is_name(rest) and bool(_bits(rest) & LAST)


def _are_names(first: str, rest: str) -> bool:
    """Tell whether two parts are names: a long first name counts by itself, a short one beside a known word."""
    if _is_name(first) and _bits(first) & FIRST:
        return len(rest) >= _SHORT - 1 and (len(first) > _SHORT or bool(_bits(rest)))
    return _is_name(first) and _is_name(rest) and bool(_bits(rest) & FIRST)


def _names(value: str) -> list[str]:
    """Return the words of a name without titles, also those that stand before a name: „Professorin“."""
    known = set(name_words(value))
    words = [word.strip(".") for word in value.split()]
    return [word for word in words if fold(word) in known and not _bits(word) & TITLE]


def _bits(word: str) -> int:
    return lexicon().get(fold(word.strip(".")), 0)


@lru_cache(maxsize=1)
def _frequent() -> frozenset[str]:
    return frozenset(map(fold, word_lists("haeufig")["nachnamen"]))

"""What is known about a word, as bits: names from the package Faker (MIT), places, words around names."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from types import ModuleType
from typing import Any

from leitplanke.core.privacy.folding import fold, strip_accents, word_lists
from leitplanke.core.privacy.likeness import Likeness
from leitplanke.core.privacy.places_known import towns
from leitplanke.core.privacy.scripts import latin_forms

FIRST, LAST, SAFE, COMMON, CAREFUL, PLACE, FUNCTION, NEVER = (1 << bit for bit in range(8))
SALUTE, TITLE, ROLE, FIELD, GREETING, COMPANY, LEGAL_FORM, BEFORE_PLACE, TRADE = (1 << bit for bit in range(8, 17))
NAME = FIRST | LAST

# Locales whose names are often short words of other languages: they count beside another name, not alone.
_ONLY_TOGETHER = (
    "en",
    "ga_",
    "is_",
    "zh_",
    "ja_",
    "ko_",
    "tw_",
    "zu_",
    "sw",
    "id_",
    "uz_",
    "vi_",
    "fi_",
    "et_",
    "lv_",
    "lt_",
    "no_",
    "da_",
)
_DISTINCT = 0.3
_PACKAGE = "faker.providers.person"
_LISTS = {
    ("mehrdeutig", "gewoehnlich"): COMMON,
    ("amtlich", "wort"): COMMON,
    ("mehrdeutig", "beruf"): TRADE,
    ("mehrdeutig", "funktion"): FUNCTION | COMMON,
    ("mehrdeutig", "nie"): NEVER | COMMON,
    ("mehrdeutig", "mit_vorsicht"): CAREFUL,
    ("umfeld", "anrede"): SALUTE,
    ("umfeld", "titel"): TITLE,
    ("umfeld", "rolle"): ROLE,
    ("umfeld", "feld"): FIELD,
    ("umfeld", "gruss"): GREETING,
    ("umfeld", "firma"): COMPANY,
    ("umfeld", "rechtsform"): LEGAL_FORM,
    ("umfeld", "ort_vor"): BEFORE_PLACE,
}


@lru_cache(maxsize=1)
def lexicon() -> dict[str, int]:
    """Return folded word -> bits; read once per process (a quarter of a second)."""
    known: dict[str, int] = {}
    for names, bits, german in _all_names():
        for name in names:
            if "-" in name:
                _add_name(known, name, bits, german=german)
            for part in latin_forms(name).replace("-", " ").split():
                _add_name(known, part, bits, german=german)
    for (file, section), bits in _LISTS.items():
        for word in word_lists(file)[section]:
            key = fold(word)
            known[key] = known.get(key, 0) | bits
    for town in towns():
        known[town] = known.get(town, 0) | PLACE
    _trust_distinct_names(known)
    return known


@lru_cache(maxsize=1)
def likeness() -> Likeness:
    """Return what tells names from words by their letters."""
    known = lexicon()
    return _learn(known)


def _learn(known: dict[str, int]) -> Likeness:
    names = (word for word, bits in known.items() if bits & SAFE and not bits & COMMON and len(word) > 3)
    words = (word for word, bits in known.items() if bits & (COMMON | ROLE | COMPANY) and not bits & NAME)
    return Likeness(names, words)


def _trust_distinct_names(known: dict[str, int]) -> None:
    """Let names of the careful locales stand alone where their letters cannot be mistaken for a German word."""
    measure = _learn(known).of
    for word, bits in known.items():
        if (
            bits & NAME
            and not bits & (SAFE | COMMON | PLACE | CAREFUL)
            and len(word) >= 5
            and measure(word) > _DISTINCT
        ):
            known[word] = bits | SAFE


def _add_name(known: dict[str, int], name: str, bits: int, *, german: bool) -> None:
    if len(name) < 2 or not name[0].isalpha():
        return
    if len(name) < 4 and name.isascii():
        bits &= ~SAFE
    # Nobody writes Schütz as `Schutz`, but Gül may well be `Gul`.
    plain = german and all(sign.isascii() or sign in "äöüßÄÖÜ" for sign in name)
    for key in {fold(name)} if plain else {fold(name), strip_accents(name)}:
        known[key] = known.get(key, 0) | bits


def _all_names() -> Iterator[tuple[Iterable[str], int, bool]]:
    for locale, provider in _providers():
        safe = 0 if locale.startswith(_ONLY_TOGETHER) and not locale.endswith("_NG") else SAFE
        for attribute, value in vars(provider).items():
            kind = _kind(attribute, value)
            if kind:
                yield _flat(value), kind | safe, locale.startswith("de_")
    own = word_lists("namen")
    yield own["vornamen"], FIRST | SAFE, True
    yield own["nachnamen"], LAST | SAFE, True


def _kind(attribute: str, value: Any) -> int:
    if callable(value) or isinstance(value, (str, property, float, staticmethod, classmethod)):
        return 0
    if any(part in attribute for part in ("format", "prefix", "suffix", "language", "rate", "_rat")):
        return 0
    if "last_name" in attribute or "surname" in attribute:
        return LAST
    return FIRST if "first_name" in attribute or "middle_name" in attribute else 0


def _flat(value: Any) -> Iterator[str]:
    """Yield the names of a provider's table: plain, weighted (a mapping), or in pairs with their romanisation."""
    for entry in value:
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, tuple):
            yield from (part for part in entry if isinstance(part, str))


def _providers() -> Iterator[tuple[str, type]]:
    """Yield locale and data class; the modules are let go again, only the names stay."""
    package: ModuleType = importlib.import_module(_PACKAGE)
    for found in pkgutil.iter_modules(package.__path__):
        if found.ispkg:
            name = f"{_PACKAGE}.{found.name}"
            loaded = name in sys.modules
            yield found.name, importlib.import_module(name).Provider
            if not loaded:
                del sys.modules[name]
                delattr(package, found.name)

"""German numbers in words: „zwölf“, „einhundertzehn“, „zweitausenddreihundert“, and ordinals such as „ersten“."""

from __future__ import annotations

import re
from functools import lru_cache

_ONES = {
    "null": 0, "ein": 1, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15,
    "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80,
    "neunzig": 90,
}  # fmt: skip
_ORDINALS = {"erste": 1, "dritte": 3, "siebte": 7, "achte": 8}
_LONGEST = 60


def number_of(word: str) -> int | None:
    """Return the number that a word says, None where it says none; „ein“ alone is an article and says none."""
    lower = word.lower()
    if lower in {"ein", "eins"} or len(lower) > _LONGEST:
        return None
    return _thousands(lower)


def ordinal_of(word: str) -> int | None:
    """Return the day that an ordinal says: „ersten“ is 1, „einunddreißigsten“ 31."""
    lower = re.sub(r"(?<=e)[rnms]$", "", word.lower())
    if lower in _ORDINALS:
        return _ORDINALS[lower]
    for ending in ("ste", "te"):
        if lower.endswith(ending) and (found := _thousands(lower.removesuffix(ending))) is not None:
            return found
    return None


@lru_cache(maxsize=2000)
def _thousands(word: str) -> int | None:
    head, thousand, tail = word.partition("tausend")
    if not thousand:
        return _hundreds(word)
    many = 1 if not head else _hundreds(head)
    rest = 0 if not tail else _hundreds(tail.removeprefix("und"))
    return None if many is None or rest is None else 1000 * many + rest


def _hundreds(word: str) -> int | None:
    head, hundred, tail = word.partition("hundert")
    if not hundred:
        return _below_hundred(word)
    many = 1 if not head else _ONES.get(head)
    rest = 0 if not tail else _below_hundred(tail.removeprefix("und"))
    return None if many is None or many > 19 or rest is None else 100 * many + rest


def _below_hundred(word: str) -> int | None:
    if word in _ONES:
        return _ONES[word]
    if word in _TENS:
        return _TENS[word]
    one, _, ten = word.partition("und")
    found = _ONES.get(one)
    return found + _TENS[ten] if found is not None and 1 <= found <= 9 and ten in _TENS else None

"""Words as tables hold them: small letters, without accents, `ae` for `ä`."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_PLAIN = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ə": "e", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "’": "'", "ʼ": "'", "ß": "ss",
})  # fmt: skip


def strip_accents(word: str) -> str:
    """Return `word` in small letters without any mark, so that `ä` becomes `a`."""
    plain = unicodedata.normalize("NFKD", word.lower()).translate(_PLAIN)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@lru_cache(maxsize=4096)
def _fold_marked(word: str) -> str:
    return strip_accents(unicodedata.normalize("NFC", word).lower().translate(_UMLAUTS))


def fold(word: str) -> str:
    """Return the form under which tables know `word`: `Müller` and `MUELLER` are `mueller`."""
    return word.lower() if word.isascii() else _fold_marked(word)


def lower_in_place(text: str) -> str:
    """Return `text` in small letters with every code point where it was (`İ` would become two)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)


@lru_cache(maxsize=8)
def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """Read `woerter/<name>.txt`: sections in brackets, words apart by blanks, remarks after `#`."""
    lists: dict[str, list[str]] = {}
    section = ""
    source = files("leitplanke.core.privacy") / "woerter" / f"{name}.txt"
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
            lists[section] = []
        elif line and not line.startswith("#"):
            lists[section].extend(line.split())
    return {section: tuple(words) for section, words in lists.items()}

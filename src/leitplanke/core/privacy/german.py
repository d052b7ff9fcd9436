"""Which words are German, so that one that is none may be a name.

The forms come from the package simplemma (MIT), 1.1 million of them. Kept are fingerprints of 32 bits, about 4.5 MB:
one word in four thousand is taken for German by mistake. Reading them takes some two seconds of processor time, once a
process.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

import numpy as np
from simplemma.strategies.dictionaries import StreamDictionaryFactory

from leitplanke.core.privacy.folding import fold

# What stands between the parts of a compound: `Wohngeld-stelle`, `Anhörung-s-bogen`.
_JOINTS = ("", "s", "n", "en", "e", "es")
_SHORTEST_STEM, _SHORTEST_HEAD = 3, 4
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class WordKind(StrEnum):
    """How a word is German; the values are part of what was learned (`learned/gewichte.txt`), so they stay."""

    NOUN = "E"  # with a capital only
    EITHER = "B"
    WORD = "L"  # in small letters only
    COMPOUND = "C"
    NOT = "U"


@lru_cache(maxsize=1)
def _fingerprints() -> array[int]:
    """Return the sorted fingerprints of all German forms, folded; a capital stands before those that begin with one."""
    prints = np.fromiter(_all_fingerprints(), dtype=np.uint32)
    prints.sort()
    return array("I", prints.tobytes())


def _all_fingerprints() -> Iterator[int]:
    for form in StreamDictionaryFactory().get_dictionary("de"):
        low = form.lower().translate(_UMLAUTS)
        folded = low if low.isascii() else fold(form)
        yield zlib.crc32(("^" + folded if form[0].isupper() else folded).encode())


def _listed(folded: str) -> bool:
    known, wanted = _fingerprints(), zlib.crc32(folded.encode())
    place = bisect_left(known, wanted)
    return place < len(known) and known[place] == wanted


@lru_cache(maxsize=32768)
def german(folded: str) -> WordKind:
    """Return how a folded word is German; of words with a hyphen the last part counts."""
    folded = folded.rstrip("-").rsplit("-", 1)[-1]
    noun, word = _listed("^" + folded), _listed(folded)
    if noun or word:
        return WordKind.EITHER if noun and word else WordKind.NOUN if noun else WordKind.WORD
    return WordKind.COMPOUND if _is_compound(folded) else WordKind.NOT


def _is_compound(folded: str) -> bool:
    """Tell whether a word is put together of two German ones."""
    for cut in range(len(folded) - _SHORTEST_HEAD, _SHORTEST_STEM - 1, -1):
        head = folded[cut:]
        if not (_listed("^" + head) or _listed(head)):
            continue
        for joint in _JOINTS:
            stem = folded[: cut - len(joint)] if folded[:cut].endswith(joint) else ""
            if len(stem) >= _SHORTEST_STEM and (_listed("^" + stem) or _listed(stem)):
                return True
    return False

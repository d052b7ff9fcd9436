"""Whether a word that no list holds is put together from German words: `Osterloh` may be a name, `Bauakte` is none."""

from __future__ import annotations

from functools import lru_cache

from leitplanke.core.privacy.folding import word_lists
from leitplanke.core.privacy.lexicon import BEFORE_PLACE, COMMON, COMPANY, FIELD, GREETING, ROLE, lexicon
from leitplanke.core.privacy.tokens import is_noun

_WORDS = COMMON | ROLE | COMPANY | FIELD | BEFORE_PLACE | GREETING
_SHORTEST = 4
_LONGEST = 40
_INFLECTED = ("", "s", "n", "e", "en", "er", "es", "in", "innen")
_SURNAME_NOUNS = word_lists("regeln")["surname_nouns"]
_ORGANS = word_lists("regeln")["organs"]


@lru_cache(maxsize=4096)
def is_compound(folded: str) -> bool:
    """Tell whether the end of a word is a German noun that is known."""
    if len(folded) > _LONGEST:
        return False
    if is_noun(folded):
        return True
    known = lexicon().get
    for ending in _INFLECTED:
        if not folded.endswith(ending):
            continue
        stem = folded[: len(folded) - len(ending)]
        if any(known(stem[cut:], 0) & _WORDS for cut in range(2, len(stem) - _SHORTEST + 1)):
            return True
    return False


def is_organ(folded: str) -> bool:
    """Tell whether a word names a part of an authority or of a firm, by its ending: nobody signs with that alone."""
    return folded.endswith(_ORGANS)


def may_be_surname(folded: str) -> bool:
    """Tell whether a compound may be a surname, by its last word: `Feuerstein`, `Brausewetter`, not `Wasserschaden`."""
    return not is_organ(folded) and (not is_compound(folded) or folded.endswith(_SURNAME_NOUNS))

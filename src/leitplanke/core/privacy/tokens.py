"""A text as words and marks, each with what the lexicon knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.german import WordKind, german
from leitplanke.core.privacy.lexicon import COMMON, COMPANY, FIRST, LAST, NAME, PLACE, ROLE, SAFE, lexicon

_TOKEN = re.compile(r"[^\W\d_]+(?:[\-'’‐‑][^\W\d_]+)*|\d+|\n|[^\s\w]|\w")
# Letters that come apart (u and two dots) belong together; such texts are rare and this is slower.
_APART = re.compile("[\u0300-\u036f]")
_L = "(?:[^\\W\\d_]|[\u0300-\u036f])"
_TOKEN_APART = re.compile(rf"{_L}+(?:[\-'’‐‑]{_L}+)*|\d+|\n|[^\s\w]|\w")
_FOREIGN = re.compile(r"[šžčćđłńśźżąęěřůőűşğıİŞĞņļķģīāēūțșăĂȚȘŠŽČĆĐŁŃŚŹŻ\u1ea0-\u1ef9ươƠƯ]")
_JOINTS = "-‐‑"
PARTICLES = frozenset(word_lists("regeln")["particles"])
_NOUN_ENDINGS = word_lists("regeln")["noun_endings"]
_ROLE_ENDINGS = word_lists("regeln")["role_endings"]
_SURNAME_ENDINGS = word_lists("regeln")["surname_endings"]


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
    pattern = _TOKEN_APART if _APART.search(text) else _TOKEN
    return [Token(match.start(), match.end(), match[0], *_known(match[0])) for match in pattern.finditer(text)]


@lru_cache(maxsize=16384)
def _known(word: str) -> tuple[str, int, bool]:
    """Return the folded word, its bits, and whether it begins with a capital; most words come again and again."""
    if not word[0].isalpha():
        return word, 0, False
    folded = fold(word)
    capital = word[0].isupper() or not (word[0].islower() or word[0].isascii())
    if not capital and ("-" in word or "'" in word or "’" in word):
        head, _joint, rest = word.replace("'", "-").replace("’", "-").partition("-")
        capital = (head in PARTICLES or head in {"d", "o", "dell", "l"}) and rest[:1].isupper()
    bits = lexicon().get(folded, 0)
    if not bits and capital:
        bits = _derived(word, folded)
    elif not bits and "-" in folded:
        bits = _small_compound(folded)
    return folded, bits, capital


def _derived(word: str, folded: str) -> int:
    """Return bits of a word the lexicon does not hold: genitive, compound, ending."""
    known = lexicon().get
    if folded.endswith(("s", "'s", "'")) and len(folded) > 3:
        bits = known(folded[:-1].rstrip("'"), 0) if folded.endswith("s") else known(folded[:-1], 0)
        if bits & NAME and not bits & COMMON:
            return bits
    female = folded.endswith(("in", "innen")) and known(folded.removesuffix("innen").removesuffix("in"), 0) & ROLE
    if female or (len(folded) > 8 and folded.endswith(_ROLE_ENDINGS)):
        return ROLE
    if any(joint in word for joint in _JOINTS):
        short = any(len(part) < 4 and part.isupper() for part in re.split("[-‐‑]", word)) and not word.isupper()
        return 0 if short or (word.isupper() and len(word) < 8) else _compound(folded)
    return _by_shape(word, folded)


def _small_compound(folded: str) -> int:
    """Return the bits of `mai-linh`: only where every part is a sure first name."""
    parts = [lexicon().get(part, 0) for part in folded.split("-")]
    sure = all(bits & FIRST and bits & SAFE and not bits & (COMMON | PLACE) for bits in parts)
    return FIRST | SAFE if sure else 0


def _by_shape(word: str, folded: str) -> int:
    if word[:2] == "Mc" and word[2:3].isupper():
        return LAST | SAFE
    if folded[:2] in {"d'", "o'", "l'"}:
        return LAST
    if is_noun(folded):
        return 0
    foreign = _FOREIGN.search(word) is not None
    if (len(folded) >= 6 and folded.endswith(_SURNAME_ENDINGS)) or (foreign and len(folded) >= 4):
        return LAST | SAFE
    return LAST if foreign else 0


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
    plain = any(bit & SAFE for bit in named) and not any(bit & (PLACE | COMMON) for bit in bits)
    return (kind or LAST) | (SAFE if plain else 0)


def is_noun(folded: str) -> bool:
    """Tell by its ending whether a German word is a common noun: `Anmeldung`, not `Amelung`."""
    return len(folded) >= 6 and folded.endswith(_NOUN_ENDINGS) and german(folded) is not WordKind.NOT


def is_mixed(word: str) -> bool:
    """Tell whether capitals stand inside a word (`BAföG`), as they do in few names (`McCarthy`)."""
    inner = word[1:]
    return (
        not word.isupper()
        and "-" not in word
        and any(map(str.isupper, inner))
        and not word.startswith(("Mc", "Mac", "De", "Di", "Le", "La", "O'", "O’", "D'", "Van", "Al", "El"))
    )

"""What of a word and its neighbours tells whether it is part of somebody's name.

A feature is a short text; what stands before its value says what it is. `benchmarks/privacy/lernen.py` learns a weight
for each, `scoring.py` adds them up. The same functions serve both, so that what was learned is what is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from leitplanke.core.privacy.folding import fold
from leitplanke.core.privacy.german import WordKind, german
from leitplanke.core.privacy.lexicon import (
    CAREFUL,
    COMMON,
    COMPANY,
    FIELD,
    FUNCTION,
    GREETING,
    LEGAL_FORM,
    NAME,
    NEVER,
    PLACE,
    ROLE,
    SAFE,
    SALUTE,
    TITLE,
    TRADE,
    likeness,
)
from leitplanke.core.privacy.tokens import Token

EDGE = "^"  # before the first and behind the last token
_LINE = "NL"
_MASK = (
    NAME | SAFE | COMMON | CAREFUL | PLACE | FUNCTION | NEVER | SALUTE | TITLE | ROLE | FIELD | GREETING | COMPANY
    | LEGAL_FORM | TRADE
)  # fmt: skip
_FEW_CAPITALS, _MANY_CAPITALS = 0.08, 0.5
_LONGEST = 14
_LIKENESS_STEPS, _LIKENESS_MOST = 3, 6


def is_candidate(word: str, folded: str, bits: int, *, capital: bool) -> bool:
    """Tell whether a word may be part of a name at all."""
    if not word[0].isalpha() or len(word) < 2:
        return False
    return capital or bool(bits & NAME) or german(folded) is WordKind.NOT


def manner(tokens: Sequence[Token]) -> str:
    """Return how a text is written: `low` almost without capitals, `upp` mostly in them, `n` as usual."""
    words = [token.text for token in tokens if token.text[0].isalpha()]
    capitals = sum(token.capital for token in tokens)
    if capitals < _FEW_CAPITALS * max(1, len(words)):
        return "low"
    shouted = sum(map(str.isupper, words)) if capitals > _MANY_CAPITALS * len(words) else 0
    return "upp" if shouted > _MANY_CAPITALS * max(1, len(words)) else "n"


@lru_cache(maxsize=8192)
def shape(word: str) -> str:
    """Return which letters of a word are capitals."""
    if word.isupper():
        return "XX" if len(word) > 1 else "X"
    if word[0].isupper():
        return "Xx" if word[1:].islower() else "XxX"
    return "xx" if word[0].islower() else "?"


@lru_cache(maxsize=16384)
def kind(word: str, bits: int) -> str:
    """Return what a neighbour is: a mark itself, a number, a salutation, a sure name, a role, an unknown word, ..."""
    if word == "\n":
        return _LINE
    if word.isdigit():
        return "#5" if len(word) == 5 else "#"  # a postal code has five digits
    if not word[0].isalpha():
        return word
    letters = shape(word)
    return letters if letters[0] != "X" or letters == "X" else _kind_of_capitalised(word, bits)


def _kind_of_capitalised(word: str, bits: int) -> str:
    if bits & (SALUTE | TITLE):
        return "Anr"
    if bits & NAME and bits & SAFE and not bits & COMMON:
        return "NAME"
    if bits & ROLE:
        return "ROLE"
    how = german(fold(word))
    if how is WordKind.NOT:
        return "CapU"
    if how is WordKind.WORD or bits & FUNCTION:  # the first of a sentence
        return "xx"
    return "CapN" if bits & NAME else "Cap"


@lru_cache(maxsize=16384)
def core(word: str, bits: int) -> str:
    """Return in short what a word is, to be joined with what stands beside it."""
    marks = ((NAME, "N"), (SAFE, "S"), (COMMON, "C"), (PLACE, "P"), (ROLE | TRADE | FUNCTION, "R"))
    return german(fold(word)).value + "".join(sign for mask, sign in marks if bits & mask) + shape(word)


def of_word(word: str, folded: str, bits: int) -> Iterator[str]:
    """Yield the features of a word by itself."""
    letters, how, own = shape(word), german(folded).value, bits & _MASK
    yield f"b{own}"
    yield f"v{how}{letters}"
    yield f"vb{how}{own & (NAME | SAFE | COMMON | PLACE)}"
    yield f"l{min(len(folded), _LONGEST)}"
    for count in (2, 3, 4, 5):
        if len(folded) > count:
            yield f"e{folded[-count:]}"
    if len(folded) > 4:
        yield f"a{folded[:3]}"
    steps = round(likeness().of(folded) * _LIKENESS_STEPS)
    steps = max(-_LIKENESS_MOST, min(_LIKENESS_MOST, steps))
    yield f"k{steps}"
    yield f"kv{steps}{how}"


def of_kinds(own: str, kinds: tuple[str, str, str, str], written: str) -> Iterator[str]:
    """Yield the features of a word with the kinds of the two tokens before and the two behind it."""
    before2, before, behind, behind2 = kinds
    yield f"C{own}"
    yield f"d{own}{written}"
    yield f"p{before}"
    yield f"n{behind}"
    yield f"pn{before} {behind}"
    yield f"pp{before2} {before}"
    yield f"nn{behind} {behind2}"
    yield f"cp{own}{before}"
    yield f"cn{own}{behind}"
    edges = f"{before in (EDGE, _LINE):d}{behind in (EDGE, _LINE):d}"
    yield f"i{edges}"
    yield f"ci{own}{edges}"


def of_words(own: str, before: str, after: str, behind: str) -> Iterator[str]:
    """Yield the features of a word with the folded words beside it; `behind` is the kind of the next token."""
    yield f"P{before}"
    yield f"N{after}"
    if behind == "xx":
        yield f"ne{after[-2:]}"
        yield f"ce{own[0]}{after[-1:]}"


def written_word(word: str, folded: str) -> str:
    """Return a word as it counts beside another; the end of a line is a word, too."""
    return _LINE if word == "\n" else folded


def around(items: list[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield for each item the two before it and the two behind it."""
    padded = [EDGE, EDGE, *items, EDGE, EDGE]
    return zip(padded, padded[1:], padded[3:], padded[4:], strict=False)


def features(tokens: Sequence[Token]) -> Iterator[tuple[int, list[str]]]:
    """Yield the places of candidates among `tokens` with all their features."""
    kinds = around([kind(token.text, token.bits) for token in tokens])
    words = [EDGE, *(written_word(token.text, token.folded) for token in tokens), EDGE]
    written = manner(tokens)
    for place, (token, near) in enumerate(zip(tokens, kinds, strict=True)):
        if is_candidate(token.text, token.folded, token.bits, capital=token.capital):
            own = core(token.text, token.bits)
            found = [*of_word(token.text, token.folded, token.bits), *of_kinds(own, near, written)]
            yield place, [*found, *of_words(own, words[place], words[place + 2], near[2])]

"""Words, stems and character n-grams of German text, as 64-bit term numbers."""

from __future__ import annotations

import hashlib
import re
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

import snowballstemmer

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+")
_GRAM = 5
_STEMMER = snowballstemmer.stemmer("german")
_STEMMER_LOCK = threading.Lock()  # a Snowball stemmer keeps its word between calls
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

_STOP_WORDS = """
    aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei beim
    bekomme bekommt bin bis bist bitte da dabei dadurch dafür dagegen daher dahin damit danach daneben dann daran
    darauf daraus darf darfst darin darum darüber das dass davon dazu dein deine deinem deinen deiner dem den denen
    denn der deren des deshalb dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch dürfen
    dürfte eben eigentlich ein eine einem einen einer eines einfach einmal er es etwa etwas euch euer eure für gab
    ganz gar gegen gehen geht gern gerne gibt hab habe haben hallo hat hatte hier hin hinter hätte hätten ich ihm
    ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins irgendwie ist ja je jede jedem jeden jeder jedes jemand
    jetzt kann kannst kein keine keinem keinen keiner kriege kriegen kriegt können könnte könnten mache machen macht
    mal man manche mehr mein meine meinem meinen meiner meines mich mir mit muss musste möchte möchten müssen müsste
    müssten nach nachdem nicht nichts noch nun nur ob obwohl oder ohne schon sehr sein seine seinem seinen seiner
    seit sich sie sind so sobald soll sollen sollte sollten sonst soviel sowie um und uns unser unsere unserem
    unseren unserer unter viel vom von vor wann war waren warum was weil weiter welche welchem welchen welcher
    welches wem wen wenn wer werde werden wessen wie wieder wieso will wir wird wirklich wo wofür woher wohin wollen
    wollte womit worden wozu wurde wurden würde würden zu zum zur zwar zwischen über überhaupt
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def words(text: str) -> list[str]:
    """Return the words of `text` in lower case, stop words left out."""
    return [word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS]


def terms(text: str) -> Iterator[int]:
    """Yield the term numbers of the word stems of `text` and of the character 5-grams, which see into compounds."""
    for word in words(text):
        yield from _word_terms(word)


def term_number(term: str) -> int:
    """Return the number under which a term is indexed; 64 bits make a clash unlikely among millions of terms."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "big")


def stem_number(stem: str) -> int:
    """Return the term number of a word stem."""
    return term_number(f"={stem}")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a word in lower case, umlauts written out."""
    with _STEMMER_LOCK:
        stemmed: str = _STEMMER.stemWord(word)
    return stemmed.translate(_FOLD)


@lru_cache(maxsize=200_000)
def _word_terms(word: str) -> tuple[int, ...]:
    padded = f"^{word.translate(_FOLD)}$"
    pieces = [padded[i : i + _GRAM] for i in range(max(len(padded) - _GRAM, 0) + 1)]
    return (stem_number(stem(word)), *map(term_number, pieces))

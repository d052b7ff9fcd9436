"""A description cut into words: folded for comparing, with their places, their sentence and their clause."""

from __future__ import annotations

from dataclasses import dataclass

_FOLDED = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "á": "a", "à": "a", "ï": "i"}
_JOINING = frozenset("-‐‑\u00ad")
_LONGEST = 120  # no German word is longer, and nobody shall make reading slow
_ENDS_SENTENCE = frozenset(".!?\n\r")
_ENDS_CLAUSE = frozenset(",;:()[]–—/|")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the text.

    Attributes:
        forms: the folded word; of words joined by hyphens also each part.
        start, end: its place in the text as it was given.
        sentence, clause: the numbers of the sentence and of the clause it stands in.
        noun: it begins with a capital letter, which in German tells a noun.
    """

    forms: tuple[str, ...]
    start: int
    end: int
    sentence: int
    clause: int
    noun: bool


def fold(text: str) -> str:
    """Return the text in small letters without umlauts, so that „Prüfung“ and „PRUEFUNG“ are one word."""
    return "".join(_FOLDED.get(sign, sign) for sign in text.lower())


def read_words(text: str) -> tuple[Word, ...]:
    """Cut a text into words, in one pass."""
    words: list[Word] = []
    sentence = clause = place = 0
    while place < len(text):
        sign = text[place]
        if sign.isalnum():
            end = _end_of_word(text, place)
            words.append(Word(_forms(text[place:end]), place, end, sentence, clause, noun=sign.isupper()))
            place = end
            continue
        if sign in _ENDS_SENTENCE and not _inside_number(text, place):
            sentence, clause = sentence + 1, clause + 1
        elif sign in _ENDS_CLAUSE or (sign == "-" and text[place - 1 : place].isspace()):
            clause += 1
        place += 1
    return tuple(words)


def _end_of_word(text: str, place: int) -> int:
    while place < len(text):
        if text[place].isalnum():
            place += 1
        elif text[place] in _JOINING and place + 1 < len(text) and text[place + 1].isalnum():
            place += 2
        else:
            break
    return place


def _inside_number(text: str, place: int) -> bool:
    return text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()


def _forms(word: str) -> tuple[str, ...]:
    parts: list[str] = [""]
    for sign in fold(word[:_LONGEST]):
        if sign in _JOINING:
            parts.append("")
        else:
            parts[-1] += sign
    return (parts[0],) if len(parts) == 1 else ("".join(parts), *parts)

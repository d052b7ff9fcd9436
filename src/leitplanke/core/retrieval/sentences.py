"""German sentences: where one ends, and where a full stop only abbreviates."""

from __future__ import annotations

import re

from leitplanke.core.retrieval.german_words import (
    DOTTED_MAYBE,
    DOTTED_OPEN,
    MAYBE,
    MONTHS,
    OPEN,
    REFERENCE,
    STARTERS,
)

_CLOSERS = "“”»«\"'’‘)\\]"
_STOP = re.compile(rf"(?<![.!?…])[.!?…]++[{_CLOSERS}]*+(?=\s)")
_LINE = re.compile(r"[^\n]+")
_ABSATZ_MARK = re.compile(r"\(\d+[a-z]*\)\s+|[•·▪■◦‣●○–—*+-]\s+")
_ITEM_MARK = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*\.?|[a-zA-Z]{1,3}|[IVXLC]{1,6})[.)]\s+|§+\s*\d+[a-z]?\s+")
_WORD_BEFORE = re.compile(r"[^\s(\[„“‚»«\"/]+$")
_BRACKET = 300
_LOOK_BACK = 80
_NEXT = re.compile(r"\s+([„“‚»«\"'(\[]*)(\S+)")
_DOTTED = re.compile(r"[A-Za-zÄÖÜäöü]{1,3}(?:\.[A-Za-zÄÖÜäöü]{1,3})+")
_NUMBER = re.compile(r"\d{1,3}[a-z]?|[IVXLC]+")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences in `text`, in order, without white space at their ends.

    A line break always ends a sentence, so list items and table rows stand alone. The mark of an Absatz ("(1)") and a
    bullet lie outside the span; the number of a list item lies inside.
    """
    return [span for line in _LINE.finditer(text) for span in _line_sentences(text, line.start(), line.end())]


def _line_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if mark := _ABSATZ_MARK.match(text, start, end):
        start = mark.end()
    spans: list[tuple[int, int]] = []
    item = _ITEM_MARK.match(text, start, end)
    position = item.end() if item else start
    while stop := _STOP.search(text, position, end):
        position = stop.end()
        if _ends_sentence(text, start, stop, end):
            spans.append((start, position))
            while position < end and text[position].isspace():
                position += 1
            start = position
    if start < end:
        spans.append((start, end))
    return spans


def _ends_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    follower = _NEXT.match(text, stop.end(), end)
    if follower is None:
        return True
    word = follower[2].strip('.,;:!?“”»«)"')
    if not (follower[1] or word[:1].isupper() or word[:1].isdigit() or word[:1] in "§•–"):
        return False
    if _inside_brackets(text, start, stop.end()):
        return False
    if stop[0][0] != "." or stop[0].startswith(".."):
        return True
    sentence = text[max(start, stop.start() - _LOOK_BACK) : stop.start()]
    before = _WORD_BEFORE.search(sentence)
    return _full_stop_ends(before[0] if before else "", sentence, word)


def _inside_brackets(text: str, start: int, end: int) -> bool:
    """Tell whether a bracket opened in this sentence is still open; a long open one was never meant to close."""
    first = max(start, end - _BRACKET)
    if text.rfind("(", first, end) <= text.rfind(")", first, end):
        return False
    ahead = text[end : end + _BRACKET]
    return ")" in ahead.partition("\n")[0]


def _full_stop_ends(before: str, sentence: str, following: str) -> bool:
    """Decide by the word before the full stop and the word after it."""
    key = before.lower()
    starts = following.lower() in STARTERS
    if _NUMBER.fullmatch(before):
        return _number_ends(sentence, before, following, starts=starts)
    if _DOTTED.fullmatch(before):
        joined = key.replace(".", "")
        return joined not in DOTTED_OPEN or (joined in DOTTED_MAYBE and starts)
    if len(before) == 1 and before.isalpha():
        return starts and _previous_word(sentence, before) in REFERENCE | {"u", "o"}
    if key in OPEN:
        return False
    return key not in MAYBE or starts


def _number_ends(sentence: str, number: str, following: str, *, starts: bool) -> bool:
    if following.lower() in MONTHS:
        return False
    if starts:
        return True
    return _previous_word(sentence, number) in REFERENCE and following[:1].isupper() and number[:1].isdigit()


def _previous_word(sentence: str, word: str) -> str:
    words = sentence[: len(sentence) - len(word)].split()
    return words[-1].lower().rstrip(".") if words else ""

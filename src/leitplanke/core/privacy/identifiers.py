"""Names of fields and tools, and values whose field says what they are: words that no sentence stands around."""

from __future__ import annotations

import re
from collections.abc import Callable

from leitplanke.core.privacy.model import Findings, Label, Span
from leitplanke.core.privacy.slots import known_name

Find = Callable[[str], Findings]
_PARTS = re.compile(r"[A-ZÄÖÜ]?[^\W\d_A-ZÄÖÜ]+|[A-ZÄÖÜ]+|\d+")
_ADDRESSED = frozenset({"frau", "herr", "herrn", "familie"})
_WORD = re.compile(r"\w+")


def find_in_identifier(text: str, find: Find) -> list[Span]:
    """Return personal data in a name as programs write it: `frau_aylin_kara`, `ibanVonAylinKara`.

    Beside what stands there as it is (not part of the answer), its parts are read as words. Of people only names count
    that the tables know throughout, or that somebody is addressed by: `max_betrag` is nobody.
    """
    parts = [(part.start(), part[0]) for part in _PARTS.finditer(text)]
    if not any(part.isalpha() for _start, part in parts):
        return []
    words, places = _as_words(parts)
    spans = []
    for span in find(words).spans:
        said = words[span.start : span.end]
        if _is_somebody(words, span) if span.label is Label.PERSON else any(sign.isdigit() for sign in said):
            spans.append(Span(places[span.start], places[span.end - 1] + 1, span.label, span.score))
    return spans


def find_with_cue(cue: str, text: str, find: Find) -> list[Span]:
    """Return personal data in the value of a field that is called `cue`: its name says what a bare number is."""
    lead = f"{cue}: "
    spans = find(lead + text).spans
    return [
        Span(max(span.start - len(lead), 0), span.end - len(lead), span.label, span.score)
        for span in spans
        if span.end > len(lead)
    ]


def _as_words(parts: list[tuple[int, str]]) -> tuple[str, list[int]]:
    """Return the parts as words with capitals, and for each sign where it stood."""
    words, places = "", []
    for start, part in parts:
        word = part[0].upper() + part[1:] if len(part[0].upper()) == 1 else part
        if words:
            words += " "
            places.append(start)
        words += word
        places += range(start, start + len(part))
    return words, places


def _is_somebody(words: str, span: Span) -> bool:
    names = _WORD.findall(words[span.start : span.end])
    before = _WORD.findall(words[: span.start])
    addressed = bool(before) and before[-1].lower() in _ADDRESSED
    return addressed or (len(names) > 1 and all(map(known_name, names)))

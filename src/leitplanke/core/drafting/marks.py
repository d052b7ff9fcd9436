"""Words that turn the sense of a sentence: negation, duty or permission, limits, reasons, opposites."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from leitplanke.core.drafting.lexicon import Lexicon
from leitplanke.core.drafting.values import even
from leitplanke.core.grounding.words import words_of

_VALUE_AHEAD = re.compile(
    r"\s+(?:zu(?:m|r|\s+dem)?\s+|von\s+|de[mnrs]\s+|am\s+|spätestens\s+|frühestens\s+|\w+tag,?\s+|Ablauf\s+|einschließlich\s+|sofort|heute|morgen|Bekanntgabe|Zugang|"
    r"Zustellung|Erhalt|Eingang|Ende|Beginn)*"
    r"(?:\d|(?:diese[mnrs]?|dem|der)\s+(?:Tag|Termin|Frist|Datum|Zeitpunkt)|ein(?:e[mnrs]?)?\s+(?:Tag|Woche|Monat|Jahr)|(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|"
    r"vierzehn)\s|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|"
    r"(?:erst|zweit|dritt|viert|fünft)en\b)", re.IGNORECASE,
)  # fmt: skip
_SHORTEST_DENIED = 6
_DENYING = re.compile(r"un(?=\w{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that turns the sense; `art` says which way."""

    name: str
    art: str
    start: int
    end: int


def marks_in(text: str, lexicon: Lexicon) -> tuple[Mark, ...]:
    """Return the marks of a text in their order."""
    plain = lexicon.weightless.sub(lambda match: "·" * len(match[0]), even(text))
    return tuple(sorted(_marks(plain, lexicon), key=lambda mark: mark.start))


def _marks(text: str, lexicon: Lexicon) -> Iterator[Mark]:
    for words in lexicon.marks:
        for match in words.pattern.finditer(text):
            if words.before_value and not _VALUE_AHEAD.match(text, match.end()):
                continue
            yield Mark(words.name, words.art, match.start(), match.end())


def without_equals(before: str, after: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return both texts without the marks that stand in phrases of the same sense, one in each text."""

    def bare(text: str) -> str:
        return lexicon.weightless.sub(lambda match: "·" * len(match[0]), text)

    for pair in lexicon.equal:
        for one, other in (pair, pair[::-1]):
            had, has = one.search(bare(before)), other.search(bare(after))
            if had and has and not other.search(bare(before)) and not one.search(bare(after)):
                before, after = _blank(before, had), _blank(after, has)
    return before, after


def same_sense(before: str, after: str, lexicon: Lexicon) -> bool:
    """Tell whether one says with a mark what the other says without."""
    return without_equals(before, after, lexicon) != (before, after)


def _blank(text: str, match: re.Match[str]) -> str:
    signs = list(text)
    for group in range(1, len(match.groups()) + 1):
        for place in range(*match.span(group)):
            signs[place] = "·"
    return "".join(signs)


def count(marks: tuple[Mark, ...]) -> Counter[tuple[str, str]]:
    """Return how often each mark occurs."""
    return Counter((mark.name, mark.art) for mark in marks)


def turned(before: str, after: str, lexicon: Lexicon) -> tuple[str, str, int, int] | None:
    """Return a word of `before` whose opposite stands in `after`, with the opposite and its place there."""
    for pair in lexicon.opposites:
        for one, other in (pair, pair[::-1]):
            had, has = one.search(before), other.search(after)
            if had and has and not other.search(before) and len(one.findall(after)) < len(one.findall(before)):
                return had[0], has[0], has.start(), has.end()
    return _denied(before, after)


def _denied(before: str, after: str) -> tuple[str, str, int, int] | None:
    """Find „vollständig“ that became „unvollständig“, or the other way round."""
    old = {word.text.lower(): word for word in words_of(before)}
    new = {word.text.lower(): word for word in words_of(after)}
    for text, word in new.items():
        if text in old or word.weak or len(text) < _SHORTEST_DENIED:
            continue
        bare = _DENYING.sub("", text, count=1) if text.startswith("un") else f"un{text}"
        stem = words_of(bare)
        for candidate in old.values():
            if stem and candidate.stem == stem[0].stem and candidate.text.lower() not in new:
                return candidate.text, word.text, word.start, word.end
    return None

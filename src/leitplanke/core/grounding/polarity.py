"""Yes and no: whether two sentences on the same matter say opposite things."""

from __future__ import annotations

import re
from functools import lru_cache

_NO = re.compile(
    r"\b(?:nicht|kein(?:e[nrsm]?)?|nie|niemals|niemand(?:em|en)?|nirgends|weder|ohne|kaum)\b(?! (?:nur|lediglich|"
    r"allein|zuletzt)\b)",
    re.IGNORECASE,
)
_FORBIDDEN = r"\b(?:verboten|verbietet|verbieten|unzulässig|untersagt|untersagen|gesperrt|ausgeschlossen|unerlaubt)\b"
# Each pair: what allows, promises or affirms, and its opposite.
_PAIRS: tuple[tuple[str, str], ...] = (
    (r"\b(?:erlaubt|erlauben|zulässig|gestattet|zugelassen|darf|dürfen|genehmigt)\b", _FORBIDDEN),
    (
        r"\b(?:unterzeichnet|unterschrieben|zugestimmt|angenommen|bewilligt)\b",
        r"\b(?:abgelehnt|ablehnt|verweigert|zurückgewiesen)\b",
    ),
    (r"\b(?:verpflichtend|verbindlich|Pflicht|vorgeschrieben|muss|müssen)\b", r"\b(?:freiwillig\w*|unverbindlich)\b"),
    (r"\bChancen?\b", r"\bGefahr(?:en)?\b"),
    (r"\b(?:kostenlos|kostenfrei|gebührenfrei|umsonst|gratis)\b", r"\b(?:kostenpflichtig|gebührenpflichtig)\b"),
)
_COMPILED = tuple((re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE)) for one, other in _PAIRS)


@lru_cache(maxsize=20_000)
def negations(text: str) -> int:
    """Return how many negations a sentence holds."""
    return len(_NO.findall(text))


def opposed(question: str, sentence: str) -> bool:
    """Tell whether the sentence denies what the question takes for granted or asks to confirm."""
    flips = sum(_flips(question, sentence, one, other) for one, other in _COMPILED)
    return (negations(question) + negations(sentence) + flips) % 2 == 1


def _flips(question: str, sentence: str, one: re.Pattern[str], other: re.Pattern[str]) -> bool:
    return bool(
        (one.search(question) and not other.search(question) and other.search(sentence) and not one.search(sentence))
        or (other.search(question) and not one.search(question) and one.search(sentence) and not other.search(sentence))
    )

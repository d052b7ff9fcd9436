"""Special categories of data: words that point to them, and whether a particular human being is meant."""

from __future__ import annotations

from functools import lru_cache

from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.model import Category, Label, Signal, Span
from leitplanke.core.privacy.tokens import Token

_SHORTEST = 3
_PERSONAL = frozenset(Label) - {Label.PHONE, Label.EMAIL, Label.ADDRESS, Label.PLZ_ORT}
# Who holds such a number holds it for a matter of social insurance (§ 35 SGB I, § 67 SGB X).
_SOCIAL = frozenset({Label.SVNR})
MOST_SIGNALS = 50


_LAST_PARTS = ("krankheit", "erkrankung", "behinderung", "insuffizienz", "steuerbescheid")
_ENDINGS = tuple((part, Category.GEHEIM if "steuer" in part else Category.GESUNDHEIT) for part in _LAST_PARTS)


@lru_cache(maxsize=1)
def _stems() -> dict[str, tuple[tuple[str, Category, bool], ...]]:
    """Return first letters -> stems that begin with them, their category, whether the whole word is meant."""
    found: dict[str, list[tuple[str, Category, bool]]] = {}
    for category in Category:
        for word in word_lists("besonders")[category.value]:
            whole = word.endswith("~")
            stem = fold(word.rstrip("~"))
            found.setdefault(stem.replace(".", "-").split("-")[0][:_SHORTEST], []).append((stem, category, whole))
    return {head: tuple(sorted(stems, key=lambda entry: -len(entry[0]))) for head, stems in found.items()}


@lru_cache(maxsize=1)
def _about_people() -> frozenset[str]:
    return frozenset(fold(word.rstrip("~")) for word in word_lists("besonders")["person"])


def find_signals(tokens: list[Token], spans: tuple[Span, ...]) -> tuple[Signal, ...]:
    """Return the signals of a text, at most one per category and word."""
    hits: dict[tuple[Category, str], tuple[int, int]] = {}
    heads = _stems()
    for place, token in enumerate(tokens):
        if token.folded[:_SHORTEST] not in heads and not token.folded.endswith(_LAST_PARTS):
            continue
        for category, start, end, stem in _hits(tokens, place):
            hits.setdefault((category, stem), (start, end))
    for span in spans:
        if span.label in _SOCIAL:
            hits.setdefault((Category.SOZIALDATEN, span.label.value), (span.start, span.end))
    if not hits:
        return ()
    about = _about_people()
    personal = any(span.label in _PERSONAL for span in spans) or any(token.folded in about for token in tokens)
    signals = (Signal(start, end, category, personal) for (category, _stem), (start, end) in hits.items())
    return tuple(sorted(signals)[:MOST_SIGNALS])


def _hits(tokens: list[Token], place: int) -> list[tuple[Category, int, int, str]]:
    token = tokens[place]
    found = []
    by_end = next((kind for ending, kind in _ENDINGS if token.folded.endswith(ending)), None)
    if by_end is not None:
        found.append((by_end, token.start, token.end, token.folded))
    for stem, category, whole in _stems().get(token.folded[:_SHORTEST], ()):
        end = _matches(tokens, place, stem, whole=whole)
        if end is not None:
            found.append((category, token.start, tokens[end].end, stem))
    return found


def _matches(tokens: list[Token], place: int, stem: str, *, whole: bool) -> int | None:
    """Return the last token of a stem: `ig-metall` stands for `IG Metall`, too."""
    word = tokens[place].folded
    if word.startswith(stem):
        return place if not whole or word == stem else None
    parts = stem.split("-")
    if len(parts) == 1 and "." not in stem:
        return None
    if "." in stem:
        parts = stem.replace(".", " . ").split()
    if place + len(parts) > len(tokens):
        return None
    words = [token.folded for token in tokens[place : place + len(parts)]]
    return place + len(parts) - 1 if words[:-1] == parts[:-1] and words[-1].startswith(parts[-1]) else None

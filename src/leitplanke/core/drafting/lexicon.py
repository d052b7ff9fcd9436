"""The words by which the checker tells whether a changed sentence still says the same, as data (`woerter.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from leitplanke.core.grounding.words import words_of

_PARTICIPLE = re.compile(
    r"^(ab|an|auf|aus|bei|ein|fest|her|hin|los|mit|nach|statt|teil|um|vor|weg|zu|zurück|)ge(?=\w{4})"
)
_PLAIN_PARTICIPLE = re.compile(r"ge\w{4,}t")
_SHORTEST_VERB = 5
_ENDINGS = r"(?:e|es|en|s|n)?"


@dataclass(frozen=True, slots=True)
class MarkWords:
    """Words that turn the sense of a sentence in one way; with `before_value` only in front of a value."""

    name: str
    art: str
    pattern: re.Pattern[str]
    before_value: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Every list of words, made ready.

    Attributes:
        opposites: pairs of patterns that exclude each other.
        contradicting: by kind of outcome the words that contradict it.
        weightless: turns of phrase in which no mark counts.
        equal: pairs of phrases that say the same though one of them has a mark („reicht … nicht“, „brauchen … mehr“);
            each word is a group.
        handling: stems of verbs by which an office tells what it does anyway, without effect for the person.
        synonyms: by stem the numbers of the groups it belongs to.
        polite: stems that say nothing about the matter.
        laws: pattern of the long names, and by folded name the abbreviation.
    """

    marks: tuple[MarkWords, ...]
    opposites: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    contradicting: Mapping[str, re.Pattern[str]]
    weightless: re.Pattern[str]
    equal: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    handling: frozenset[str]
    synonyms: Mapping[str, frozenset[int]]
    polite: frozenset[str]
    law_pattern: re.Pattern[str]
    laws: Mapping[str, str]

    def abbreviation(self, name: str) -> str:
        """Return the abbreviation for a long name as matched by `law_pattern`."""
        folded = fold_spaces(name).lower()
        for ending in ("", "es", "s", "en", "e", "n"):
            if folded.endswith(ending) and (found := self.laws.get(folded.removesuffix(ending))):
                return found
        return name

    def empty(self, stem: str) -> bool:
        """Tell whether a word says nothing of the matter: kindness, filling, in whatever form of the verb."""
        return stem in self.polite or infinitive(stem) in self.polite

    def handles(self, stem: str) -> bool:
        """Tell whether a verb says only what an office does anyway."""
        return stem in self.handling or infinitive(stem) in self.handling

    def same(self, one: str, other: str) -> bool:
        """Tell whether two stems may stand for each other."""
        return one == other or bool(self.synonyms.get(one, frozenset()) & self.synonyms.get(other, frozenset()))


@lru_cache(maxsize=20_000)
def infinitive(stem: str) -> str:
    """Return the stem of the verb: „festgesetzt“ and „festsetz“ are one, „gemeldet“ and „Meldung“ too."""
    bare = _PARTICIPLE.sub(r"\1", stem, count=1)
    if _PLAIN_PARTICIPLE.fullmatch(bare):
        return bare[2:].removesuffix("t").removesuffix("e")
    if bare.endswith("ung") and len(bare) > _SHORTEST_VERB:
        return bare.removesuffix("ung")
    return bare.removesuffix("t") if len(bare) > _SHORTEST_VERB else bare


def fold_spaces(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def _pattern(words: Iterable[str], *, ignore_case: bool = True) -> re.Pattern[str]:
    parts = sorted((str(word) for word in words), key=len, reverse=True)
    joined = "|".join(r"\s+".join(_word(part) for part in entry.split()) for entry in parts)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if joined else r"(?!)", re.IGNORECASE if ignore_case else 0)


def _word(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of phrases; „…“ stands for any words of the same sentence."""
    return re.compile("|".join(_phrase(phrase) for phrase in phrases), re.IGNORECASE)


def _phrase(phrase: str) -> str:
    parts = (r"\s+".join(_word(word) for word in part.split()) for part in phrase.split("…"))
    words = [rf"(?<!\w)({part})(?!\w)" for part in parts]
    return r"[^.!?]*?".join(words)


def _mark(entry: Mapping[str, Any]) -> MarkWords:
    return MarkWords(entry["name"], entry["art"], _pattern(entry["woerter"]), bool(entry.get("vor_wert", False)))


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.stem for entry in words for word in words_of(entry))


def _with_infinitives(stems: frozenset[str]) -> frozenset[str]:
    return stems | {infinitive(stem) for stem in stems}


def read_lexicon(text: str) -> Lexicon:
    """Read the lists of words."""
    values = yaml.safe_load(text)
    synonyms: dict[str, set[int]] = {}
    for number, group in enumerate(values["synonyme"]):
        for stem in _stems(group):
            synonyms.setdefault(stem, set()).add(number)
    laws = {fold_spaces(name).lower(): short for short, names in values["gesetze"].items() for name in [short, *names]}
    longest = sorted(laws, key=len, reverse=True)
    names = "|".join(r"\s+".join(re.escape(part) for part in name.split()) + _ENDINGS for name in longest)
    return Lexicon(
        tuple(_mark(entry) for entry in values["marken"]),
        tuple((_pattern(one), _pattern(other)) for one, other in values["gegensaetze"]),
        {art: _pattern(entry["widerspricht"]) for entry in values["entscheidungen"] for art in entry["art"]},
        _pattern(values["ohne_gewicht"]),
        tuple((_phrases(one), _phrases(other)) for one, other in values["gleichbedeutend"]),
        _with_infinitives(_stems(values["bearbeiten"].split())),
        {stem: frozenset(groups) for stem, groups in synonyms.items()},
        _with_infinitives(_stems(values["hoeflich"].split())),
        re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE),
        laws,
    )


@cache
def shipped_lexicon() -> Lexicon:
    """Return the lists that come with the package."""
    return read_lexicon((resources.files(__package__) / "woerter.yaml").read_text("utf-8"))

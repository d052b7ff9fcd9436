"""What the lexicon holds and what a proposal says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = str | bool
UNKNOWN = "unbekannt"  # what a rule proposes where the words say that a presumption would be rash


class LexikonError(ValueError):
    """The lexicon is not what it should be; the message names file and place."""


class Confidence(StrEnum):
    """How clearly the words speak for a value."""

    CLEAR = "deutlich"
    LIKELY = "wahrscheinlich"
    UNSURE = "unsicher"


class Basis(StrEnum):
    """Whether words of the text stand for a value, or only a presumption that the lexicon states."""

    TEXT = "text"
    PRESUMPTION = "annahme"


@dataclass(frozen=True, slots=True)
class Stem:
    """A part of a word; `begins` and `ends` say whether the word must begin and end with it."""

    text: str
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """How many other words may stand before a word of a pattern, and whether a comma may."""

    words: int
    same_clause: bool


ADJACENT = Gap(words=0, same_clause=True)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words in a row: per word the stems of which one must fit, and what may stand before it."""

    slots: tuple[tuple[Stem, ...], ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """What several wordings mean alike.

    Attributes:
        patterns: wordings that mean it.
        excluded: wordings that look like it and are not; a finding that touches one of them does not count.
        includes: names of concepts whose findings are also findings of this one.
        except_for: names of concepts whose wordings count as excluded too.
        topic: it names a subject, so that a „nicht“ nearby is about something else; „kein“ and „ohne“ still deny it.
    """

    name: str
    patterns: tuple[Pattern, ...]
    excluded: tuple[Pattern, ...]
    includes: tuple[str, ...]
    except_for: tuple[str, ...]
    topic: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """Something a rule asks for: a concept, found or found denied, or a fact with one of some values."""

    name: str
    denied: bool = False
    values: frozenset[Value] = frozenset()

    @property
    def about_fact(self) -> bool:
        """Tell whether this asks for a fact and not for words."""
        return bool(self.values)


@dataclass(frozen=True, slots=True)
class Rule:
    """When a fact is proposed with a value; `every` and one of `some` must hold, `none` must not."""

    fact: str
    value: Value
    every: tuple[Condition, ...]
    some: tuple[Condition, ...]
    none: tuple[Condition, ...]
    confidence: Confidence
    basis: Basis
    reason: str


@dataclass(frozen=True, slots=True)
class Denial:
    """The words that deny and how far they reach, in words.

    Attributes:
        before: words that deny what follows in their clause, up to a noun.
        links: words after a noun with which such a denial goes on.
        infinitives: words that say that such a denial goes on to the end of the clause.
        either: words that deny what follows or what came before in their clause.
        stops: words at which denying ends.
        either_stops: words at which only that of `either` ends.
        not_denying: wordings in which none of this denies, such as „nicht nur“.
        reach: how many words a denial reaches.
    """

    before: tuple[Stem, ...]
    either: tuple[Stem, ...]
    links: tuple[Stem, ...]
    infinitives: tuple[Stem, ...]
    stops: tuple[Stem, ...]
    either_stops: tuple[Stem, ...]
    not_denying: tuple[Pattern, ...]
    reach: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the matcher knows."""

    concepts: Mapping[str, Concept]
    rules: tuple[Rule, ...]
    denial: Denial


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in the text and the words that stand there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One proposed fact, for a person to confirm.

    Attributes:
        passages: the words it stands on; none where it is a mere presumption.
        reason: why, as a German sentence; always given for a presumption.
        alternatives: other values for which words of the text speak.
    """

    fact: str
    value: Value
    confidence: Confidence
    basis: Basis
    passages: tuple[Passage, ...]
    reason: str
    alternatives: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that a description suggests. A fact that is missing here is unknown.

    Attributes:
        open_questions: facts that stay unknown although words touch them, with these words and the reason.
    """

    suggestions: tuple[Suggestion, ...]
    open_questions: tuple[Suggestion, ...]

    @property
    def facts(self) -> dict[str, Value]:
        """Return the proposed value of each fact, presumptions included."""
        return {suggestion.fact: suggestion.value for suggestion in self.suggestions}

    @property
    def stated_facts(self) -> dict[str, Value]:
        """Return only what words of the text stand for."""
        return {each.fact: each.value for each in self.suggestions if each.basis is Basis.TEXT}

"""What speaks for and against a unit as evidence for a question, as numbers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.grounding import values
from leitplanke.core.grounding.meaning import UNKNOWN, Meaning
from leitplanke.core.grounding.polarity import opposed
from leitplanke.core.grounding.question import Question, Wanted
from leitplanke.core.grounding.units import Kind, Unit, leans_back
from leitplanke.core.grounding.words import Word, content_words, fold, stems_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from leitplanke.core.grounding.names import NamedThing
    from leitplanke.core.grounding.paraphrases import Paraphrases

_COVERED = 0.55
# How much a word counts that stands not in the sentence itself but around it.
_LEAD, _HEADING, _PAGE = 0.95, 0.75, 0.7
_BEFORE = {True: 0.9, False: 0.5}  # a sentence that points back needs the one before it
_AFTER = {True: 0.7, False: 0.3}
_STORY = 0.5  # words of the story around the question count half
_OTHERS_WEIGHT = 0.4  # verbs and adjectives vary more freely than nouns

NAMES: tuple[str, ...] = (
    "own", "around", "own_nouns", "own_others", "best_own", "worst_miss", "second_miss", "noun_miss",
    "verb_miss", "noun_miss_document", "document", "background", "head_own", "head_missing", "head_around",
    "value", "value_missing", "value_around", "person_missing", "name_missing", "norm_missing",
    "reason_found", "actor_found", "actor_new", "enumeration", "subject", "names_own", "names_around",
    "names_missing", "names_asked", "number_missing", "meaning_own", "meaning_around", "meaning_heading",
    "meaning_standing", "meaning_behind", "vetoed",
    "rank", "first", "opposed", "polar", "line", "line_of_words", "item", "lead", "asking", "short", "long", "echo",
    "leans_back", "weight_asked", "words_asked",
)  # fmt: skip


# What a bare line (a date, a name, a row of a table) may answer.
_OF_LINES = frozenset(
    {
        Wanted.DAY,
        Wanted.DATE,
        Wanted.TIME,
        Wanted.PERSON,
        Wanted.ACTOR,
        Wanted.NAME,
        Wanted.CONTACT,
        Wanted.MONEY,
        Wanted.NUMBER,
    }
)
_ENUMERATION = re.compile(r"[\w)“\"]+, [^,]{2,60}(?:,| und | oder | sowie )|\bsowohl\b|\bund\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with its features in the order of `NAMES`, and the words of the question it leaves open."""

    unit: Unit
    features: NDArray[np.float64]
    open_words: tuple[str, ...]

    def __getitem__(self, name: str) -> float:
        """Return one feature by name."""
        return float(self.features[_PLACE[name]])


_PLACE = {name: place for place, name in enumerate(NAMES)}


class Weigher:
    """Weighs units against one question."""

    def __init__(self, question: Question, paraphrases: Paraphrases, share: Callable[[str], float]) -> None:
        """Prepare the weights of the question's words; `share` tells how common a stem is among all passages."""
        self._question = question
        self._likeness = paraphrases.likeness
        self._weights = {word.stem: _weight(word, share(word.stem)) for word in question.words}
        self._weights |= {word.stem: _STORY * _weight(word, share(word.stem)) for word in question.background}
        self._all = (*question.words, *question.background)
        self._total = sum(self._weights[word.stem] for word in question.words) or 1.0

    def surface(self, unit: Unit) -> float:
        """Return a quick estimate by words alone, to choose which units deserve a closer look."""
        own, around = self._coverage(unit)
        value = values.holds(self._question.wanted, unit.text) if values.strict(self._question.wanted) else True
        return self._covered(own, self._all) + 0.6 * self._covered(around, self._all) + 0.25 * value - 0.01 * unit.rank

    def overlap(self, unit: Unit) -> float:
        """Return a very quick estimate: the share of the question's words that stand in or around the unit."""
        found = stems_of(unit.text) | stems_of(unit.lead) | stems_of(unit.heading)
        return sum(self._weights[word.stem] for word in self._question.words if word.stem in found) / self._total

    def weigh(self, unit: Unit, meaning: Meaning = UNKNOWN, *, vetoed: bool = False) -> Candidate:
        """Return the unit with all features."""
        own, around = self._coverage(unit)
        numbers = {
            **self._words(unit, own, around),
            **self._head(own, around, unit),
            **self._values(unit),
            **self._names(unit),
            **{f"meaning_{name}": value for name, value in meaning._asdict().items()},
            "vetoed": float(vetoed),
            **self._form(unit),
        }
        left = tuple(word.text for word in self._question.words if around[word.stem] < _COVERED)
        return Candidate(unit, np.array([numbers[name] for name in NAMES], dtype=np.float64), left)

    def _coverage(self, unit: Unit) -> tuple[dict[str, float], dict[str, float]]:
        """Return for each word asked how surely the unit, and the unit with its surroundings, speaks of it."""
        asked = (*self._question.words, *self._question.background)
        own = self._match(asked, unit.text)
        around = dict(own)
        for text, factor in (
            (unit.lead, _LEAD),
            (unit.before, _BEFORE[unit.leans_back]),
            (unit.heading, _HEADING),
            (unit.after, _AFTER[leans_back(unit.after)]),
            (self._page(unit), _PAGE),
        ):
            for stem, likeness in self._match(asked, text).items() if text else ():
                around[stem] = max(around[stem], factor * likeness)
        return own, around

    def _page(self, unit: Unit) -> str:
        """Return what a bare date or name speaks about: the text it stands over."""
        if unit.kind is not Kind.LINE or self._question.wanted not in _OF_LINES:
            return ""
        return f"{unit.passage.source.title} {unit.passage.text}"

    def _match(self, asked: Sequence[Word], text: str) -> dict[str, float]:
        found = stems_of(text)
        return {word.stem: max((self._likeness(word.stem, stem) for stem in found), default=0.0) for word in asked}

    def _covered(self, coverage: dict[str, float], words: Sequence[Word]) -> float:
        total = sum(self._weights[word.stem] for word in words)
        return sum(self._weights[word.stem] * coverage[word.stem] for word in words) / total if total else 0.0

    def _words(self, unit: Unit, own: dict[str, float], around: dict[str, float]) -> dict[str, float]:
        asked = self._question.words
        nouns, others = [w for w in asked if w.capital], [w for w in asked if not w.capital]
        misses = [*sorted((self._weights[w.stem] * (1 - around[w.stem]) for w in asked), reverse=True), 0.0, 0.0]
        document = self._match(self._all, f"{unit.passage.source.title} {unit.passage.text}")
        return {
            "own": self._covered(own, self._all),
            "around": self._covered(around, self._all),
            "own_nouns": self._covered(own, nouns) if nouns else 0.5,
            "own_others": self._covered(own, others) if others else 0.5,
            "best_own": max((self._weights[w.stem] * own[w.stem] for w in asked), default=0.0),
            "worst_miss": misses[0],
            "second_miss": misses[1],
            "noun_miss": max((self._weights[w.stem] * (around[w.stem] < _COVERED) for w in nouns), default=0.0),
            "verb_miss": float(any(around[w.stem] < _COVERED for w in others)),
            "noun_miss_document": max(
                (self._weights[w.stem] * (document[w.stem] < _COVERED) for w in nouns), default=0.0
            ),
            "document": self._covered(document, self._all),
            "background": self._covered(around, self._question.background),
            "weight_asked": self._total,
            "words_asked": float(min(len(asked), 12)) / 12,
        }

    def _head(self, own: dict[str, float], around: dict[str, float], unit: Unit) -> dict[str, float]:
        head = self._question.head
        if head is None or head.stem not in own:
            return {"head_own": 0.0, "head_missing": 0.0, "head_around": 0.0}
        typed = values.strict(self._question.wanted) and values.holds(self._question.wanted, unit.text)
        missing = around[head.stem] < _COVERED and not typed
        return {"head_own": own[head.stem], "head_missing": float(missing), "head_around": around[head.stem]}

    def _values(self, unit: Unit) -> dict[str, float]:
        wanted = self._question.wanted
        holds = values.holds(wanted, unit.text)
        strict = values.strict(wanted)
        near = holds or values.holds(wanted, f"{unit.lead} {unit.after}")
        return {
            "value": float(strict and holds),
            "value_missing": float(strict and not holds),
            "value_around": float(strict and near),
            "person_missing": float(wanted is Wanted.PERSON and not holds),
            "name_missing": float(wanted is Wanted.NAME and not holds),
            "norm_missing": float(wanted is Wanted.NORM and not holds),
            "reason_found": float(wanted is Wanted.REASON and holds),
            "actor_found": float(wanted is Wanted.ACTOR and holds),
            "actor_new": float(wanted is Wanted.ACTOR and self._new_actor(unit)),
            "enumeration": float(wanted is Wanted.LIST and _ENUMERATION.search(unit.text) is not None),
            "subject": self._subject(unit),
        }

    def _new_actor(self, unit: Unit) -> bool:
        """Tell whether the unit names somebody whom the question does not name itself."""
        known = {word.stem for word in (*self._question.words, *self._question.background)}
        return any(
            word.capital and word.stem not in known and values.holds(Wanted.ACTOR, word.text)
            for word in content_words(unit.text)
        )

    def _subject(self, unit: Unit) -> float:
        """Return how surely the unit begins with what the question is about."""
        nouns = [word for word in content_words(unit.text) if word.capital][:2]
        asked = [word for word in self._question.words if word.capital]
        best = [self._weights[a.stem] * self._likeness(a.stem, noun.stem) for a in asked for noun in nouns]
        return max(best, default=0.0)

    def _names(self, unit: Unit) -> dict[str, float]:
        strict = [name for name in self._question.names if name.kind not in {"number", "quoted"}]
        numbers = [name for name in self._question.names if name.kind == "number"]
        own = fold(unit.text)
        around = fold(
            " ".join((unit.lead, unit.before, unit.text, unit.after, unit.heading, unit.passage.source.title))
        )
        whole = fold(f"{around} {unit.passage.text} {unit.passage.source.document}")
        return {
            "names_own": _share_within(strict, own),
            "names_around": _share_within(strict, around),
            "names_missing": 1 - _share_within(strict, whole),
            "names_asked": float(bool(strict)),
            "number_missing": 1 - _share_within(numbers, around),
        }

    def _form(self, unit: Unit) -> dict[str, float]:
        asked = {word.stem for word in (*self._question.words, *self._question.background)}
        found = [word.stem for word in content_words(unit.text)]
        known = sum(any(self._likeness(a, stem) >= 0.8 for a in asked) for stem in found)
        return {
            "rank": 1 / (1 + unit.rank),
            "first": float(unit.rank == 0),
            "opposed": float(opposed(self._question.ask, unit.text)),
            "polar": float(self._question.polar),
            "line": float(unit.kind is Kind.LINE),
            "line_of_words": float(unit.kind is Kind.LINE and self._question.wanted not in _OF_LINES),
            "item": float(unit.kind is Kind.ITEM),
            "lead": float(unit.kind is Kind.LEAD),
            "asking": float(unit.kind is Kind.QUESTION),
            "short": float(len(found) <= 3),
            "long": min(len(unit.text), 500) / 500,
            "echo": known / len(found) if found else 1.0,
            "leans_back": float(unit.leans_back),
        }


def _weight(word: Word, share: float) -> float:
    """Return how much a word of the question counts: rare ones more, nouns more than others."""
    rarity = math.log(1 + 1 / (share + 0.005)) / math.log(201)
    return rarity * (1.0 if word.capital or word.number else _OTHERS_WEIGHT)


def _share_within(names: Sequence[NamedThing], folded: str) -> float:
    return sum(name.within(folded) for name in names) / len(names) if names else 1.0

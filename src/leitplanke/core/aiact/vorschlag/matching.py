"""Find the wordings of the lexicon in a text. Time grows with the length of the text and no faster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from leitplanke.core.aiact.vorschlag.model import Denial, Gap, Lexicon, Pattern, Stem
from leitplanke.core.aiact.vorschlag.reading import Word

_KEY = 3
_Places = dict[Stem, list[int]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A wording found from word `first` to word `last`; `denied` says whether the text denies it."""

    first: int
    last: int
    denied: bool = False


class _Wording(NamedTuple):
    """A pattern with what its findings are good for: the concepts they mean, and those they bar."""

    pattern: Pattern
    means: tuple[str, ...]
    bars: tuple[str, ...]


class Matcher:
    """A lexicon made ready for finding."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Sort stems and wordings by how they begin, so that a text meets only those it may hold."""
        self._lexicon = lexicon
        self._wordings = tuple(_wordings(lexicon))
        self._exact: dict[str, list[Stem]] = defaultdict(list)
        self._inside: dict[str, list[Stem]] = defaultdict(list)
        self._beginning: dict[Stem, list[int]] = defaultdict(list)
        for stem in dict.fromkeys(_stems(lexicon)):
            if stem.begins and stem.ends:
                self._exact[stem.text].append(stem)
            else:
                self._inside[stem.text[:_KEY]].append(stem)
        for number, wording in enumerate(self._wordings):
            for stem in wording.pattern.slots[0]:
                self._beginning[stem].append(number)

    def find(self, words: Sequence[Word]) -> dict[str, tuple[Finding, ...]]:
        """Return the findings of every concept that occurs, in the order of the text."""
        places = self._places(words)
        own, barred = self._findings(words, places)
        denials = _Denials(self._lexicon.denial, words, places)
        found: dict[str, tuple[Finding, ...]] = {}
        for name, concept in self._lexicon.concepts.items():
            counted = {each for source in (name, *concept.includes) for each in _unbarred(own, barred, source)}
            if counted:
                found[name] = tuple(
                    Finding(each.first, each.last, denied=denials.deny(each, topic=concept.topic))
                    for each in sorted(counted, key=_order)
                )
        return found

    def _places(self, words: Sequence[Word]) -> _Places:
        places: _Places = defaultdict(list)
        seen: dict[str, tuple[Stem, ...]] = {}
        for number, word in enumerate(words):
            stems: set[Stem] = set()
            for form in word.forms:
                if form not in seen:
                    seen[form] = tuple(self._stems_in(form))
                stems.update(seen[form])
            for stem in stems:
                places[stem].append(number)
        return places

    def _stems_in(self, form: str) -> Iterator[Stem]:
        yield from self._exact.get(form, ())
        for place in range(len(form) - _KEY + 1):
            for stem in self._inside.get(form[place : place + _KEY], ()):
                if form.startswith(stem.text, place) and _placed(stem, form, place):
                    yield stem

    def _findings(self, words: Sequence[Word], places: _Places) -> tuple[dict[str, list[Finding]], dict[str, set[int]]]:
        own: dict[str, list[Finding]] = defaultdict(list)
        barred: dict[str, set[int]] = defaultdict(set)
        for number in sorted({number for stem in places for number in self._beginning.get(stem, ())}):
            wording = self._wordings[number]
            for found in _occurrences(wording.pattern, words, places):
                for name in wording.means:
                    own[name].append(found)
                for name in wording.bars:
                    barred[name].update(range(found.first, found.last + 1))
        return own, barred


def _wordings(lexicon: Lexicon) -> Iterator[_Wording]:
    concepts = lexicon.concepts
    barring: dict[str, list[str]] = defaultdict(list)
    for concept in concepts.values():
        for name in concept.except_for:
            barring[name].append(concept.name)
    for concept in concepts.values():
        for pattern in concept.patterns:
            yield _Wording(pattern, means=(concept.name,), bars=tuple(barring[concept.name]))
        for pattern in concept.excluded:
            yield _Wording(pattern, means=(), bars=(concept.name,))


def _unbarred(own: Mapping[str, list[Finding]], barred: Mapping[str, set[int]], name: str) -> Iterator[Finding]:
    bars = barred.get(name, set())
    for found in own.get(name, ()):
        if bars.isdisjoint(range(found.first, found.last + 1)):
            yield found


def _stems(lexicon: Lexicon) -> Iterator[Stem]:
    denial = lexicon.denial
    for stems in (denial.before, denial.links, denial.infinitives, denial.either, denial.stops, denial.either_stops):
        yield from stems
    for pattern in (*denial.not_denying, *(wording.pattern for wording in _wordings(lexicon))):
        for slot in pattern.slots:
            yield from slot


def _placed(stem: Stem, form: str, place: int) -> bool:
    return not ((stem.begins and place) or (stem.ends and place + len(stem.text) != len(form)))


def _order(found: Finding) -> tuple[int, int]:
    return found.first, found.last


def _numbers(slot: tuple[Stem, ...], places: _Places) -> frozenset[int]:
    return frozenset(number for stem in slot for number in places.get(stem, ()))


def _occurrences(pattern: Pattern, words: Sequence[Word], places: _Places) -> Iterator[Finding]:
    slots = [_numbers(slot, places) for slot in pattern.slots]
    if not all(slots):
        return
    for first in sorted(slots[0]):
        last = first
        for slot, gap in zip(slots[1:], pattern.gaps[1:], strict=True):
            following = _next(slot, last, gap, words)
            if following is None:
                break
            last = following
        else:
            yield Finding(first, last)


def _next(slot: frozenset[int], last: int, gap: Gap, words: Sequence[Word]) -> int | None:
    for number in range(last + 1, min(last + 2 + gap.words, len(words))):
        if words[number].sentence != words[last].sentence:
            return None
        if gap.same_clause and words[number].clause != words[last].clause:
            return None
        if number in slot:
            return number
    return None


class _Denials:
    """Which words are denied.

    „ohne“ and „kein“ deny what follows up to the noun they belong to, with „und“ also the next one; before „zu“ they
    deny the rest of the clause. „nicht“ denies what stands close by on either side.
    """

    def __init__(self, denial: Denial, words: Sequence[Word], places: _Places) -> None:
        spared = {
            number
            for pattern in denial.not_denying
            for found in _occurrences(pattern, words, places)
            for number in range(found.first, found.last + 1)
        }
        self._words = words
        self._reach = denial.reach
        self._stops = _numbers(denial.stops, places)
        self._links = _numbers(denial.links, places)
        self._infinitives = _numbers(denial.infinitives, places)
        self._before = _numbers(denial.before, places) - spared
        self._after = frozenset(number for denying in self._before for number in self._denied_after(denying))
        self._either = _numbers(denial.either, places) - spared
        self._either_stops = self._stops | _numbers(denial.either_stops, places)

    def deny(self, found: Finding, *, topic: bool) -> bool:
        """Tell whether the text denies what was found."""
        inside = range(found.first, found.last + 1)
        if found.first in self._after or not self._before.isdisjoint(inside):
            return True
        return not topic and (
            not self._either.isdisjoint(inside)
            or any(number in self._either for number in self._walk(found.first, -1, self._either_stops))
            or any(number in self._either for number in self._walk(found.last, 1, self._either_stops))
        )

    def _denied_after(self, denying: int) -> Iterator[int]:
        reached = list(self._walk(denying, 1, self._stops))
        infinitive = any(number in self._infinitives for number in reached)
        for number in reached:
            yield number
            ends = self._words[number].noun and not infinitive
            if ends and number + 1 not in self._links:
                return

    def _walk(self, start: int, step: int, stops: frozenset[int]) -> Iterator[int]:
        clause = self._words[start].clause
        for number in range(start + step, start + step * (self._reach + 1), step):
            if not 0 <= number < len(self._words) or self._words[number].clause != clause or number in stops:
                return
            yield number

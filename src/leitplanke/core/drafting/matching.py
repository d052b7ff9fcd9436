"""Which composed sentence a sentence of the letter comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from leitplanke.core.drafting.brief import Brief
from leitplanke.core.drafting.grounds import Composed, Grounds
from leitplanke.core.drafting.lexicon import Lexicon
from leitplanke.core.drafting.marks import same_sense, without_equals
from leitplanke.core.drafting.roles import alike, whole_verbs
from leitplanke.core.drafting.values import even
from leitplanke.core.grounding.words import content_words, words_of

NEAR_HERE, NEAR_ELSEWHERE, NEAR_AGAIN = 0.34, 0.6, 0.62
_COVERED = 0.6
_SAME_LETTERS = 0.8
_FEW = 2
_PART_OF = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the letter with its place."""

    paragraph: str
    index: int
    text: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that came out of composed ones; more than one where somebody split or joined."""

    bases: tuple[Composed, ...]
    lines: tuple[Line, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where every sentence comes from.

    Attributes:
        kept: keys of the composed sentences that stand in the letter word for word.
        doubled: sentences that stand in the letter twice.
        changed: the rest that comes from composed sentences.
        new: what comes from none.
    """

    kept: frozenset[str]
    doubled: tuple[Line, ...]
    changed: tuple[Group, ...]
    new: tuple[Line, ...]


def plain(text: str) -> str:
    """Return a sentence as far as its look does not matter."""
    return " ".join(even(text).split())


def lines_of(brief: Brief) -> list[Line]:
    """Return every sentence with its place."""
    return [
        Line(paragraph.key, index, sentence.text, sentence.ground)
        for paragraph in brief.paragraphs
        for index, sentence in enumerate(paragraph.sentences)
        if sentence.text.strip()
    ]


@lru_cache(maxsize=20_000)
def nearness(one: str, other: str, lexicon: Lexicon | None = None) -> float:
    """Return from 0 to 1 how close two sentences are, by their words and by their letters."""
    mine, theirs = ([word.stem for word in content_words(text)] for text in (one, other))
    if min(len(mine), len(theirs)) < _FEW:  # „Dann sagen Sie uns bitte, warum.“ carries no matter of its own
        mine, theirs = ([word.stem for word in words_of(text)] for text in (one, other))
    left = Counter(theirs)
    shared = 0
    for stem in mine:
        found = next((item for item in left if left[item] and _same(stem, item, lexicon)), None)
        if found is not None:
            left[found] -= 1
            shared += 1
    words = 2 * shared / (len(mine) + len(theirs)) if mine or theirs else 0.0
    if words == 1:
        return 1.0
    letters = SequenceMatcher(None, plain(one).lower(), plain(other).lower(), autojunk=False)
    alike_by_letters = letters.quick_ratio() >= _SAME_LETTERS and letters.ratio() >= _SAME_LETTERS
    return max(words, letters.ratio()) if alike_by_letters else words


def _same(one: str, other: str, lexicon: Lexicon | None) -> bool:
    return one == other if lexicon is None else alike(one, other, lexicon)


def aligned(brief: Brief, grounds: Grounds) -> Alignment:
    """Return where every sentence of the letter comes from; what a sentence says of itself is a hint only."""
    kept: set[str] = set()
    doubled: list[Line] = []
    rest: list[Line] = []
    by_text: dict[str, list[Composed]] = {}
    for item in grounds.composed.values():
        by_text.setdefault(plain(item.text), []).append(item)
    for line in lines_of(brief):
        same = by_text.get(plain(line.text), [])
        free = [item for item in same if item.key not in kept]
        if free:
            best = next((item for item in free if item.key == line.ground), None)
            here = next((item for item in free if item.paragraph == line.paragraph), free[0])
            kept.add((best or here).key)
        else:
            (doubled if same else rest).append(line)
    origins = _origins(rest, kept, grounds)
    return Alignment(
        frozenset(kept), tuple(doubled), tuple(_groups(rest, origins, kept, grounds)),
        tuple(line for line in rest if line not in origins),
    )  # fmt: skip


def _origins(rest: Sequence[Line], kept: set[str], grounds: Grounds) -> dict[Line, tuple[Composed, bool]]:
    """Return by sentence the composed one it comes from, and whether that one stands in the letter already."""
    offers: list[tuple[float, int, Line, Composed]] = []
    for place, line in enumerate(rest):
        halves = {
            item.key: covered(line.text, item.text, grounds)
            for item in grounds.composed.values()
            if item.paragraph == line.paragraph and item.key not in kept
        }
        split = any(share >= _COVERED for share in halves.values())
        for item in grounds.composed.values():
            if split and item.key in kept:
                continue  # half of a sentence that was split comes from there, not from one that stands unchanged
            near = nearness(line.text, item.text, grounds.lexicon)
            here = item.paragraph == line.paragraph
            if item.key in halves and near < NEAR_HERE:
                near = max(near, _PART_OF * halves[item.key])
                asks = line.text.endswith("?") and item.text.endswith("?")
                if asks or same_sense(item.text, line.text, grounds.lexicon):
                    near = NEAR_HERE
            limit = NEAR_AGAIN if item.key in kept else NEAR_HERE if here else NEAR_ELSEWHERE
            claimed = 0.1 if item.key == line.ground else 0.0
            if near + claimed >= limit:
                bonus = 0.05 * here + claimed - 0.1 * (item.key in kept)
                offers.append((near + bonus, -place, line, item))
    offers.sort(key=lambda offer: offer[:2], reverse=True)
    found: dict[Line, tuple[Composed, bool]] = {}
    for _, _, line, item in offers:
        found.setdefault(line, (item, item.key in kept))
    return found


def _groups(
    rest: Sequence[Line], origins: dict[Line, tuple[Composed, bool]], kept: set[str], grounds: Grounds
) -> Iterable[Group]:
    by_base: dict[str, list[Line]] = {}
    for line in rest:
        if line in origins:
            by_base.setdefault(origins[line][0].key, []).append(line)
    used = kept | by_base.keys()
    free = [item for item in grounds.composed.values() if item.key not in used]
    for key, lines in by_base.items():
        base = grounds.composed[key]
        text = " ".join(line.text for line in lines)
        joined = [
            item for item in free if item.paragraph == base.paragraph and covered(item.text, text, grounds) >= _COVERED
        ]
        free = [item for item in free if item not in joined]
        yield Group((base, *joined), tuple(lines), key in kept)


def covered(part: str, whole: str, grounds: Grounds) -> float:
    """Return which share of the words and values of `part` stands in `whole`."""
    bare, whole = without_equals(part, whole, grounds.lexicon)
    same, part = bare != part, bare
    values, there = grounds.reader.read(part), grounds.reader.read(whole)
    outside = [word for word in content_words(part) if not any(v.start <= word.start < v.end for v in values)]
    asked = {word.stem for word in outside if not word.number and not grounds.lexicon.empty(word.stem)}
    found = {word.stem for word in (*content_words(whole), *whole_verbs(whole))}
    for verb in whole_verbs(part):
        if any(alike(verb.stem, other, grounds.lexicon) for other in found):
            pieces = {stem for stem in asked if verb.text.startswith(stem) or verb.stem.endswith(stem)}
            asked = (asked - pieces) | {verb.stem}
    hits = sum(any(alike(stem, other, grounds.lexicon) for other in found) for stem in asked)
    hits += sum(any(value.agrees(other) for other in there) for value in values)
    total = len(asked) + len(values)
    every = all(any(value.agrees(other) for other in there) for value in values)
    if not total:
        return float(same)
    return hits / total if every else 0.0

"""Values in their role: the words around a value say what it is of, so a right figure in a wrong place shows."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leitplanke.core.drafting.lexicon import Lexicon, infinitive
from leitplanke.core.drafting.values import Value, even
from leitplanke.core.grounding.words import Word, separated_verbs, words_of

_LEFT = 8
_NEXT = 2  # signs between a value and the word that it counts: „3 Personen“
_SHORTEST_PART = 5
_AND = re.compile(r"\s+(?:und|oder)\s+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A value with the stems of the words around it; those nearer weigh more."""

    value: Value
    around: tuple[tuple[str, float], ...]

    def nearness(self, other: Placed, lexicon: Lexicon) -> float:
        """Return from 0 to 1 how far the words around both are the same, those next to the value before all."""
        shared = 0.0
        for stem, weight in self.around:
            shared += weight * max((far for word, far in other.around if alike(stem, word, lexicon)), default=0.0)
        size = math.hypot(*(weight for _, weight in self.around)) * math.hypot(*(weight for _, weight in other.around))
        return shared / size if size else 0.0


def alike(one: str, other: str, lexicon: Lexicon) -> bool:
    """Tell whether two stems are the same word, synonyms, or one a part of the other („Miete“ in „Kaltmiete“)."""
    mine, theirs = infinitive(one), infinitive(other)
    if mine == theirs or lexicon.same(one, other) or lexicon.same(mine, theirs):
        return True
    return _part(one, other) or _part(mine, theirs)


def _part(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_PART and (long.endswith(short) or long.startswith(short))


def whole_verbs(text: str) -> tuple[Word, ...]:
    """Return the verbs of a text whose particle stands apart, as one word („setzen … fest“ is „festsetzen“)."""
    clauses = _AND.sub(", ", text).lower()
    return tuple(word for verb in separated_verbs(clauses) for word in words_of(verb))


def placed(text: str, values: Sequence[Value]) -> tuple[Placed, ...]:
    """Return each value of a text with the words around it, up to its neighbours of the same kind."""
    words = [word for word in words_of(even(text)) if not _within(word, values)]
    ordered = sorted(values, key=lambda value: value.start)
    result = []
    for place, value in enumerate(ordered):
        same = [other for other in ordered if other.kind is value.kind]
        before = max((other.end for other in same if other.end <= value.start), default=0)
        after = min((other.start for other in ordered[place + 1 :] if other.start >= value.end), default=len(text))
        left = [word for word in words if before <= word.start < value.start and not word.weak][-_LEFT:]
        right = [word for word in words if value.end <= word.start < min(after, value.end + _NEXT) and not word.weak]
        around = [(word.stem, _weight(distance, word)) for distance, word in enumerate(reversed(left))]
        around += [(word.stem, _weight(distance, word)) for distance, word in enumerate(right)]
        result.append(Placed(value, tuple(around)))
    return tuple(result)


def _weight(distance: int, word: Word) -> float:
    return (1.0 if word.capital else 0.5) / (1 + 0.6 * distance)


def _within(word: Word, values: Iterable[Value]) -> bool:
    return any(value.start <= word.start < value.end for value in values)


def misplaced(item: Placed, known: Sequence[Placed], lexicon: Lexicon) -> Placed | None:
    """Return the known value into whose place `item` has come; None where it stands where it belongs."""
    same = [other for other in known if other.value.kind is item.value.kind]
    own = max((item.nearness(o, lexicon) for o in same if o.value.agrees(item.value)), default=0.0)
    others = [other for other in same if not other.value.agrees(item.value)]
    best = max(others, key=lambda other: item.nearness(other, lexicon), default=None)
    if best is None or item.nearness(best, lexicon) <= own + 0.05:
        return None
    return best

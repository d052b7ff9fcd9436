"""Personal data in many short texts that belong together: paragraphs of a letter, cells of a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from leitplanke.core.privacy.folding import fold
from leitplanke.core.privacy.lexicon import NAME, lexicon
from leitplanke.core.privacy.model import Findings, Label, Span
from leitplanke.core.privacy.pseudonyms import merged

LOOKED_AT_ONCE = 20_000
_SHORTEST_REPEAT = 4
_WORD = re.compile(r"\w+")
_SEPARATORS = re.compile(r"[\t\r\n]")


@dataclass(frozen=True, slots=True)
class Slot:
    """One of many texts that a reader sees together.

    Attributes:
        after: what stands between it and the next one: a line break, a tab between the cells of a row.
        heading: the line that says what the columns of its table hold, "" outside of tables.
    """

    text: str
    after: str = "\n"
    heading: str = ""


def find_in_slots(slots: Sequence[Slot], find: Callable[[str], Findings]) -> list[tuple[Span, ...]]:
    """Return what each slot holds, found in its surroundings, with every repetition of what was found anywhere."""
    found: list[list[Span]] = [[] for _ in slots]
    public: list[list[Span]] = [[] for _ in slots]
    portions = list(_portions(slots))
    read = [_Portion(slots[first:last]) for first, last in portions]
    findings = held_back([find(one.text) for one in read])
    for (first, last), portion, seen in zip(portions, read, findings, strict=True):
        portion.share_out(seen.spans, found[first:last])
        portion.share_out(seen.public, public[first:last])
    texts = [slot.text for slot in slots]
    spans = [merged(own, len(text)) for own, text in zip(found, texts, strict=True)]
    return with_repeats(texts, spans, public)


def held_back(found: Sequence[Findings]) -> list[Findings]:
    """Return the findings of texts that are read together, with people in public roles among those to hide.

    That is so where any of the texts speaks of something specially protected: an office makes a name public, not an
    illness, a faith or a political opinion.
    """
    if not any(one.public for one in found) or not any(one.signals for one in found):
        return list(found)
    held = []
    for one in found:
        people = tuple(span for span in one.public if span.label is Label.PERSON)
        rest = tuple(span for span in one.public if span.label is not Label.PERSON)
        held.append(replace(one, spans=tuple(sorted((*one.spans, *people))), public=rest) if people else one)
    return held


def with_repeats(
    texts: Sequence[str], spans: Sequence[Sequence[Span]], public: Sequence[Sequence[Span]] = ()
) -> list[tuple[Span, ...]]:
    """Return `spans` and the places where what they cover stands once more, found or not.

    Inside of what is `public` nothing is repeated: a public name is hidden as a whole or not at all.
    """
    known = _by_first_word(texts, spans)
    shown = public or [()] * len(texts)
    return [
        tuple(merged((*own, *_outside(_repeats(text, known), free)), len(text)))
        for text, own, free in zip(texts, spans, shown, strict=True)
    ]


def known_name(word: str) -> bool:
    """Tell whether a word is a name that the tables know; see `Pseudonyms`."""
    return bool(lexicon().get(fold(word), 0) & NAME)


def _portions(slots: Sequence[Slot]) -> Iterator[tuple[int, int]]:
    """Yield first and last of slots that are looked at together, cut only at the end of a line."""
    first = size = 0
    for index, slot in enumerate(slots):
        size += len(slot.text) + 1
        if size >= LOOKED_AT_ONCE and slot.after == "\n":
            yield first, index + 1
            first, size = index + 1, 0
    if first < len(slots):
        yield first, len(slots)


class _Portion:
    """Slots that are looked at together, as one text."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        heading = slots[0].heading
        parts = [f"{heading}\n"] if heading else []
        self._starts: list[int] = []
        length = sum(map(len, parts))
        for slot in slots:
            self._starts.append(length)
            text = _SEPARATORS.sub(" ", slot.text) if slot.heading else slot.text
            parts += (text, slot.after)
            length += len(text) + len(slot.after)
        self.text = "".join(parts)

    def share_out(self, spans: Iterable[Span], found: Sequence[list[Span]]) -> None:
        """Give each slot its part of spans in order; what lies between slots is nobody's and cut off later."""
        starts, place = self._starts, 0
        for span in spans:
            while place + 1 < len(starts) and starts[place + 1] <= span.start:
                place += 1
            at = place
            while at < len(starts) and starts[at] < span.end:
                start = max(span.start - starts[at], 0)
                found[at].append(Span(start, span.end - starts[at], span.label, span.score))
                at += 1


def _outside(spans: Iterable[Span], public: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans that lie in nothing public."""
    for span in spans:
        if not any(one.start <= span.start and span.end <= one.end for one in public):
            yield span


def _by_first_word(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> dict[str, list[tuple[str, int, Span]]]:
    known: defaultdict[str, dict[str, tuple[str, int, Span]]] = defaultdict(dict)
    for text, own in zip(texts, spans, strict=True):
        for span in own:
            value = text[span.start : span.end]
            word = _WORD.search(value)
            if word and len(value) >= _SHORTEST_REPEAT and span.label != Label.PLZ_ORT:
                known[word[0]].setdefault(value, (value, word.start(), span))
    return {word: list(values.values()) for word, values in known.items()}


def _repeats(text: str, known: dict[str, list[tuple[str, int, Span]]]) -> Iterable[Span]:
    for word in _WORD.finditer(text) if known else ():
        for value, before, span in known.get(word[0], ()):
            start = word.start() - before
            end = start + len(value)
            if (
                start >= 0
                and text.startswith(value, start)
                and not (text[end : end + 1].isalnum() and value[-1].isalnum())
            ):
                yield Span(start, end, span.label, span.score)

"""Personal data in many short texts that belong together: paragraphs of a letter, cells of a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

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
    for first, last in _portions(slots):
        _find_in_portion(slots[first:last], found[first:last], find)
    texts = [slot.text for slot in slots]
    spans = [merged(own, len(text)) for own, text in zip(found, texts, strict=True)]
    return with_repeats(texts, spans)


def with_repeats(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[tuple[Span, ...]]:
    """Return `spans` and the places where what they cover stands once more, found or not."""
    known = _by_first_word(texts, spans)
    return [tuple(merged((*own, *_repeats(text, known)), len(text))) for text, own in zip(texts, spans, strict=True)]


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


def _find_in_portion(slots: Sequence[Slot], found: Sequence[list[Span]], find: Callable[[str], Findings]) -> None:
    heading = slots[0].heading
    parts = [f"{heading}\n"] if heading else []
    starts: list[int] = []
    length = sum(map(len, parts))
    for slot in slots:
        starts.append(length)
        text = _SEPARATORS.sub(" ", slot.text) if slot.heading else slot.text
        parts += (text, slot.after)
        length += len(text) + len(slot.after)
    place = 0
    for span in find("".join(parts)).spans:
        while place + 1 < len(starts) and starts[place + 1] <= span.start:
            place += 1
        _share_out(span, place, starts, found)


def _share_out(span: Span, place: int, starts: Sequence[int], found: Sequence[list[Span]]) -> None:
    """Give each slot its part of a span; what lies between slots is nobody's and cut off later."""
    while place < len(starts) and starts[place] < span.end:
        start = max(span.start - starts[place], 0)
        found[place].append(Span(start, span.end - starts[place], span.label, span.score))
        place += 1


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

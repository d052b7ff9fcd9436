"""Importing a guideline: which passage speaks about which building block, with the sentence that shows it.

A match needs two things: a reason (cues of the block, see `cues.py`, or a wording that stands out from all other
blocks) and nearness to the texts of the block, by words and parts of words (BM25) and, where a model is at hand, by
meaning. Both are multiplied; below the threshold a passage speaks about nothing. A person confirms each match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from leitplanke.core.guideline.cues import BlockCues, Cue, Cues
from leitplanke.core.guideline.model import Audience, Block
from leitplanke.core.guideline.suggesting import OptionPicker
from leitplanke.core.retrieval.bm25 import Bm25, Postings
from leitplanke.core.retrieval.documents import BlockKind, Document
from leitplanke.core.retrieval.embedder import Embedder
from leitplanke.core.retrieval.sentences import sentences
from leitplanke.core.retrieval.tokens import terms

Scores = NDArray[np.float32]
Vectors = NDArray[np.float32]
Span = tuple[int, int]

# What a match needs; calibrated on the labelled documents, see docs/explanation/messwerte-leitlinie.md.
THRESHOLD = 0.36
_LEAST_LETTERS = 25  # what is shorter is a name, a date or a heading
_MORE_STRONG, _MOST_STRONG = 0.15, 2  # each further strong cue, and how many of them count
_WITH_STRONG, _ALONE, _MOST_WEAK = 0.1, 0.2, 2  # each weak cue, beside a strong one and without
_ABOVE = 0.5  # a strong cue that stands only in the heading
_TOPICAL, _LEAST_TOPICAL = 0.05, 2  # share and number of passages that speak of AI where a document is about it
_RANK = 10  # as in `core/retrieval/fusion.py`
_STANDS_OUT = 45.0  # BM25 of a sentence that needs no cue: it shares several rare words with one block ...
_LEAD = 1.3  # ... and that many times as much as with the next
_CUED = 0.4  # what cues weigh where words alone may stand out
_OUTSTANDING = "Der Wortlaut ähnelt keinem anderen Baustein so sehr"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document: `document.text[start:end]`; `page` from 1, 0 where the format has none."""

    start: int
    end: int
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A passage speaks about a block.

    Attributes:
        option: key of the answer it suggests, "" where it suggests none.
        score: how sure it is, `THRESHOLD` to 1.
        passage: the paragraph, list item or row.
        quote: the sentence (or two) of it that shows it.
        why: what spoke for it, in German, for the person who confirms.
    """

    block: str
    option: str
    score: float
    passage: Quote
    quote: Quote
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read: matches in the order of its passages, the surest first, and passages that say nothing."""

    matches: tuple[Match, ...]
    nothing: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with what stands above it and its sentences, alone and with the next, as spans of the document."""

    quote: Quote
    heading: str
    sentences: tuple[Span, ...]
    windows: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Reason:
    """What the cues say: 1 stands for one strong cue."""

    weight: float
    window: Span
    why: tuple[str, ...]


class Matcher:
    """Finds building blocks in documents; made once, used for many."""

    def __init__(
        self,
        blocks: Mapping[str, Block],
        cues: Cues,
        *,
        embedder: Embedder | None = None,
        vectors: Vectors | None = None,
        threshold: float = THRESHOLD,
    ) -> None:
        """Index the texts of `blocks`; `embedder` adds nearness in meaning.

        `vectors` are those of `block_vectors` for the same blocks, where somebody kept them: they take half a minute.
        """
        self._blocks, self._cues, self._threshold = dict(blocks), cues, threshold
        self._words = Bm25(Postings.build(map(told, blocks.values()), terms))
        self._meaning = _Meaning(embedder, blocks, vectors) if embedder else None
        self._options = OptionPicker(blocks, cues.blocks)

    def read(self, document: Document) -> Reading:
        """Return what a document says about which block."""
        matches: list[Match] = []
        nothing: list[Quote] = []
        passages = list(passages_of(document))
        topical = [self._speaks_of_ai(passage) for passage in passages]
        about_ai = sum(topical) >= max(_LEAST_TOPICAL, _TOPICAL * len(passages)) or len(passages) < _LEAST_TOPICAL
        for passage, named in zip(passages, topical, strict=True):
            found: list[Match] = []
            if about_ai or named:
                found = sorted(self._matches(document.text, passage), key=lambda match: -match.score)
            matches += found
            if not found:
                nothing.append(passage.quote)
        return Reading(tuple(matches), tuple(nothing))

    def _speaks_of_ai(self, passage: Passage) -> bool:
        said = f"{passage.heading}\n{passage.quote.text.lower()}"
        return any(cue.found(said) for cue in self._cues.topic)

    def _matches(self, text: str, passage: Passage) -> Iterator[Match]:
        near = _Nearness(self._channels(text, passage), passage.sentences)
        for number, (name, block) in enumerate(self._blocks.items()):
            reason = _reason(text, passage, self._cues.blocks[name])
            sentence = near.outstanding(number, cued=reason is not None and reason.weight >= _CUED)
            if sentence is not None and (reason is None or reason.weight < 1):
                reason = _Reason(1.0, sentence, (*(reason.why if reason else ()), _OUTSTANDING))
            if reason is None:
                continue
            places = near.places(reason.window, number)
            score = reason.weight * sum((_RANK + 1) / (_RANK + place) for place in places) / len(places)
            if score < self._threshold:
                continue
            quote = _quote(text, reason.window, passage.quote.page)
            option = self._options.pick(block, quote.text, passage.quote.text)
            why = (*reason.why, f"Nähe zum Baustein: Platz {' und '.join(map(str, places))} von {len(self._blocks)}")
            yield Match(name, option, round(min(score, 1.0), 3), passage.quote, quote, why)

    def _channels(self, text: str, passage: Passage) -> list[Scores]:
        """Return how near each sentence (rows) is to each block: by words, and by meaning where there is a model."""
        bags = (Counter(terms(text[start:end])) for start, end in passage.sentences)
        shared = [self._words.scores({term: float(count) for term, count in bag.items()}) for bag in bags]
        words = np.stack(shared)
        return [words] if self._meaning is None else [words, self._meaning.shared(text, passage)]


class _Nearness:
    """How near the sentences of one passage are to each block."""

    def __init__(self, channels: Sequence[Scores], spans: Sequence[Span]) -> None:
        self._channels, self._spans = channels, spans
        self._best = [channel.argmax(axis=1) for channel in channels]

    def places(self, window: Span, number: int) -> list[int]:
        """Return which place a block has among all, by each channel, in the sentences of a window."""
        rows = [at for at, (start, end) in enumerate(self._spans) if window[0] <= start and end <= window[1]]
        scores = [channel[rows].max(axis=0) for channel in self._channels]
        return [1 + int((score > score[number]).sum()) if score[number] > 0 else len(score) for score in scores]

    def outstanding(self, number: int, *, cued: bool) -> Span | None:
        """Return a sentence that is far nearer to a block than to any other, by all channels.

        Words alone are too weak a witness: where there is no model, cues must point there too.
        """
        if len(self._channels) == 1 and not cued:
            return None
        for at, span in enumerate(self._spans):
            if all(int(best[at]) == number for best in self._best) and self._leads(at):
                return span
        return None

    def _leads(self, at: int) -> bool:
        second, first = np.partition(self._channels[0][at], -2)[-2:]
        return bool(first >= _STANDS_OUT and first >= _LEAD * second)


class _Meaning:
    """Nearness in meaning: of the nearest sentence to the nearest text of a block."""

    def __init__(self, embedder: Embedder, blocks: Mapping[str, Block], vectors: Vectors | None) -> None:
        self._embedder, self._count = embedder, len(blocks)
        self._owners = np.repeat(np.arange(len(blocks)), [len(_wordings(block)) for block in blocks.values()])
        self._vectors = block_vectors(blocks, embedder) if vectors is None else vectors

    def shared(self, text: str, passage: Passage) -> Scores:
        """Return how near each sentence (rows) is to each block."""
        asked = self._embedder.embed_queries([text[start:end] for start, end in passage.sentences])
        alike = asked @ self._vectors.T
        nearest = [alike[:, self._owners == number].max(axis=1) for number in range(self._count)]
        return np.stack(nearest, axis=1)


def block_vectors(blocks: Mapping[str, Block], embedder: Embedder) -> Vectors:
    """Return one unit vector per wording of each block, in their order, for keeping."""
    return embedder.embed_passages([text for block in blocks.values() for text in _wordings(block)])


def told(block: Block) -> str:
    """Return all that a block says about its matter."""
    titles = (option.title for option in block.options)
    return " ".join((block.title, block.question, block.question, block.about, *titles, *_wordings(block)[1:]))


def _wordings(block: Block) -> tuple[str, ...]:
    words = (option.texts[audience] for option in block.options for audience in Audience)
    return (f"{block.title}. {block.question}", *words)


def passages_of(document: Document) -> Iterator[Passage]:
    """Yield the paragraphs, list items and rows of a document that are long enough to say something."""
    heading = ""
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            heading = text
        elif len(text) >= _LEAST_LETTERS:
            spans = tuple((block.start + start, block.start + end) for start, end in sentences(text))
            pairs = tuple((one[0], other[1]) for one, other in pairwise(spans))
            quote = Quote(block.start, block.end, block.page, text)
            yield Passage(quote, heading.lower(), spans, spans + pairs)


def _reason(text: str, passage: Passage, cues: BlockCues) -> _Reason | None:
    """Return what the best window of a passage says for a block, nothing where no cue is found."""
    whole = passage.quote.text.lower()
    strong, weak = ([cue for cue in own if cue.needed_in(whole)] for own in (cues.strong, cues.weak))
    above = [cue for cue in cues.strong if cue.found(passage.heading)]
    if not strong and not weak and not above:
        return None
    reasons = [_weighed(text, window, (strong, weak, cues.against), above) for window in passage.windows]
    return max((reason for reason in reasons if reason), key=_rank, default=None)


def _rank(reason: _Reason) -> tuple[float, int, int]:
    start, end = reason.window
    return reason.weight, start - end, -start


def _weighed(text: str, window: Span, cues: tuple[Sequence[Cue], ...], above: Sequence[Cue]) -> _Reason | None:
    words = text[window[0] : window[1]].lower()
    strong, weak, against = ([cue for cue in own if cue.found(words)] for own in cues)
    if against or not (strong or weak or above):
        return None
    few = min(len(weak), _MOST_WEAK)
    if strong:
        weight = 1 + _MORE_STRONG * min(len(strong) - 1, _MOST_STRONG) + _WITH_STRONG * (few + bool(above))
    else:
        weight = _ALONE * few + _ABOVE * bool(above)
    why = [f"Stichwort „{cue.text}“" for cue in (*strong, *weak)]
    return _Reason(weight, window, (*why, *(f"Überschrift: „{cue.text}“" for cue in above[:1])))


def _quote(text: str, window: Span, page: int) -> Quote:
    return Quote(*window, page, text[window[0] : window[1]])

"""The way from a question to an answer, a part answer or a refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.grounding import detectors, wording
from leitplanke.core.grounding.answer import Answer, Claim, Reason, Status
from leitplanke.core.grounding.compose import claims_for
from leitplanke.core.grounding.evidence import EvidenceModel, Ranked
from leitplanke.core.grounding.features import Candidate, Weigher
from leitplanke.core.grounding.limits import Limits
from leitplanke.core.grounding.meaning import UNKNOWN, Meaning
from leitplanke.core.grounding.question import Question, understand
from leitplanke.core.grounding.rewriting import Rewriter, rewritten
from leitplanke.core.grounding.units import Kind, Unit, units_of
from leitplanke.core.grounding.verify import quotes_exactly
from leitplanke.core.grounding.vetoes import vetoed
from leitplanke.core.grounding.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from leitplanke.core.grounding.corpus import Corpus
    from leitplanke.core.grounding.paraphrases import Paraphrases
    from leitplanke.core.grounding.vectors import SentenceVectors
    from leitplanke.core.provenance import Citation, Source
    from leitplanke.core.retrieval.index import Index
    from leitplanke.core.retrieval.passages import Passage

_FOUND, _WIDELY = 30, 90  # passages looked at; in small spaces, where that means nearly all
_FEW = 80_000  # characters that may be compared by their meaning for one question
_WEIGHED = 64  # units weighed closely
_BY_MEANING = 0.25  # how much a standard deviation in meaning counts against a word in common
_EMBEDDED = 1500  # characters that may be embedded anew for one question, about a quarter of a second
_ENOUGH = 0.8  # share of wordings with a vector from which meaning is weighed
_LENGTH, _CONTEXT = 300, 150  # characters embedded of a unit and of its surroundings; time grows with them
_PREPARED = 1500  # passages of an index whose units are embedded ahead; that many take a few minutes
_NEAREST = 3
_ON_TOPIC = 0.55  # likeness from which a word of the question counts as found
_SECOND_QUESTION = re.compile(
    r"(?<=\w)(?:,? und|;) "
    r"(?=(?:wann|wer|wo|wie (?:viel|lange|hoch|oft|teuer)|was kostet|bis wann|ab wann|warum|welche\w*)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for one question: `passages` may answer, `barred` may not, by reason."""

    question: Question
    ranked: Ranked
    model: EvidenceModel
    passages: Sequence[Passage]
    barred: dict[Reason, list[Passage]]

    @property
    def confidence(self) -> float:
        """The calibrated estimate that the best unit supports an answer."""
        return self.model.confidence(self.ranked)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question came to: claims, or a reason."""

    evidence: Evidence
    claims: tuple[Claim, ...]
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers questions from a corpus; the same corpus, model and day give the same answer.

    Attributes:
        corpus: where to search.
        model: the calibrated evidence check.
        paraphrases: words that may stand for one another.
        vectors: the meaning of sentences; None leaves only their words.
        words_model: decides where too few sentences have been embedded yet; by default `model` does.
    """

    corpus: Corpus
    model: EvidenceModel
    paraphrases: Paraphrases
    vectors: SentenceVectors | None = None
    words_model: EvidenceModel | None = None

    def answer(
        self, question: str, *, limits: Limits | None = None, on: date | None = None, rewriter: Rewriter | None = None
    ) -> Answer:
        """Answer `question` as of the day `on`, within the `limits` of a space.

        `rewriter` may reword the claims; each of its sentences is checked against the same quotes.
        """
        limits = limits or Limits()
        outcomes = [self._outcome(understand(part, self.paraphrases), limits, on) for part in split_question(question)]
        answer = _joined(question, outcomes, limits)
        return rewritten(answer, rewriter) if rewriter else answer

    def evidence(self, question: Question, limits: Limits, on: date | None) -> Evidence:
        """Return what speaks for an answer, without deciding."""
        allowed, barred = limits.split(self.found(question), on)
        ranked, model = self._ranked(question, allowed)
        return Evidence(question, ranked, model, allowed, barred)

    def found(self, question: Question) -> Sequence[Passage]:
        """Return the passages found for a question: of a small space nearly all."""
        passages = self.corpus.search(question.text, _WIDELY)
        return passages if sum(len(p.text) for p in passages) <= _FEW else passages[:_FOUND]

    def candidates(self, question: Question, passages: Sequence[Passage]) -> tuple[list[Candidate], bool]:
        """Return the units of `passages` that could be an answer, weighed; and whether by their meaning, too."""
        weigher = Weigher(question, self.paraphrases, self.corpus.share)
        units, meanings = self._likely(question, weigher, passages)
        documents = _documents(passages)
        against = [vetoed(question, unit, self.paraphrases, documents) for unit in units]
        known = meanings or [UNKNOWN] * len(units)
        rows = zip(units, known, against, strict=True)
        return [weigher.weigh(unit, meaning, vetoed=veto) for unit, meaning, veto in rows], meanings is not None

    def _ranked(self, question: Question, passages: Sequence[Passage]) -> tuple[Ranked, EvidenceModel]:
        candidates, with_meaning = self.candidates(question, passages)
        model = self.model if with_meaning else self.words_model or self.model
        return model.rank(candidates), model

    def _likely(
        self, question: Question, weigher: Weigher, passages: Sequence[Passage]
    ) -> tuple[list[Unit], list[Meaning] | None]:
        """Return the units that deserve a closer look, with their meaning where enough of them are embedded."""
        units = [unit for unit in units_of(passages) if unit.kind is not Kind.QUESTION]
        meanings = self._meanings(question, units, budget=0)
        if meanings is not None:
            quick = [weigher.overlap(unit) + _BY_MEANING * m.standing for unit, m in zip(units, meanings, strict=True)]
            best = sorted(range(len(units)), key=lambda place: -quick[place])[:_WEIGHED]
            return [units[place] for place in best], [meanings[place] for place in best]
        few = [unit for unit in units if unit.rank < _FOUND]
        chosen = sorted(few, key=weigher.surface, reverse=True)[:_WEIGHED]
        return chosen, self._meanings(question, chosen, budget=_EMBEDDED)

    def _meanings(self, question: Question, units: Sequence[Unit], *, budget: int) -> list[Meaning] | None:
        """Return how close all units are to the question, None while too few of them are embedded."""
        space = self.model.space
        if self.vectors is None or space is None or not units:
            return None
        texts = [text for unit in units for text in wordings(unit)]
        found = self.vectors.sentences(texts, budget=budget)
        if sum(vector is not None for vector in found) < _ENOUGH * len(found):
            return None
        asked = self.vectors.question(question.text)
        if not space.fits(len(asked)):
            return None
        rows = np.array([space.sentences if vector is None else vector for vector in found])
        return space.meanings(asked, rows.reshape(len(units), -1, len(asked)))

    def _outcome(self, question: Question, limits: Limits, on: date | None) -> Outcome:
        settled = detectors.settled_reason(question)
        evidence = self.evidence(question, limits, on)
        if settled is None and evidence.model.accepts(evidence.ranked):
            claims = claims_for(question, evidence.ranked, evidence.model)
            if claims and quotes_exactly(evidence.ranked.best.unit):
                return Outcome(evidence, claims, None)
        return Outcome(evidence, (), settled or self._reason(evidence, limits, on))

    def _reason(self, evidence: Evidence, limits: Limits, on: date | None) -> Reason:
        """Say why the evidence is not enough."""
        for reason, passages in evidence.barred.items():
            ranked, model = self._ranked(evidence.question, passages)
            if model.accepts(ranked):
                return reason
        if detectors.asks_for_news(evidence.question) or detectors.asks_for_the_past(evidence.question, on):
            return Reason.OUTDATED
        return Reason.NO_EVIDENCE if self._on_topic(evidence, limits) else Reason.OUTSIDE_TOPIC

    def _on_topic(self, evidence: Evidence, limits: Limits) -> bool:
        """Tell whether the sources deal with at least one of the things the question names."""
        topics = {stem for topic in limits.topics for stem in understand(topic, self.paraphrases).stems}
        nouns = [word for word in evidence.question.words if word.capital] or list(evidence.question.words)
        found = {word.stem for word in nouns if self.corpus.share(word.stem) > 0 and word.stem not in _TOWN}
        return bool(found or any(self.paraphrases.likeness(n.stem, t) >= _ON_TOPIC for n in nouns for t in topics))


_TOWN = frozenset({"stadt", "gemeind", "kommun"})


def _documents(passages: Sequence[Passage]) -> dict[str, str]:
    """Return by document what was found of it, folded."""
    texts: dict[str, list[str]] = {}
    for passage in passages:
        texts.setdefault(passage.source.document, []).append(
            f"{passage.section} {' '.join(passage.headings)} {passage.text}"
        )
    return {document: fold(" ".join(parts)) for document, parts in texts.items()}


def prepare(
    vectors: SentenceVectors, passages: Iterable[Passage], *, progress: Callable[[int, int], None] | None = None
) -> int:
    """Embed all units of `passages` ahead of the questions; return how many vectors were computed.

    What is not embedded is weighed by its words.
    """
    texts = [text for unit in units_of(list(passages)) for text in wordings(unit)]
    return vectors.prepare(texts, progress=progress)


def prepare_index(vectors: SentenceVectors, index: Index, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Embed all units of a small index ahead of the questions; leave a large one, such as all statutes, alone."""
    if sum(document.count for document in index.documents.values()) > _PREPARED:
        return 0
    return prepare(vectors, index.passages(), progress=progress)


def wordings(unit: Unit) -> tuple[str, str, str]:
    """Return what is embedded of a unit: itself, behind the sentence before it, and under its heading."""
    before, text = (unit.lead or unit.before)[-_CONTEXT:], unit.text[:_LENGTH]
    return text, f"{before} {text}".strip(), f"{unit.heading[-_CONTEXT:]}: {text}"


def split_question(text: str) -> list[str]:
    """Return the questions that a text puts one after the other; a story stays with its question."""
    parts = _SECOND_QUESTION.split(" ".join(text.split()))
    return parts if 1 < len(parts) <= 3 and all(len(part.split()) >= 2 for part in parts) else [text]


def _joined(question: str, outcomes: Sequence[Outcome], limits: Limits) -> Answer:
    answered = [outcome for outcome in outcomes if outcome.claims]
    refused = [outcome for outcome in outcomes if not outcome.claims]
    if not answered:
        return _refusal(question, outcomes[0], limits)
    claims = tuple(dict.fromkeys(claim for outcome in answered for claim in outcome.claims))
    notes = _notes(answered, claims)
    text = "\n\n".join([*notes, *(claim.text for claim in claims)])
    nearest: tuple[Citation, ...] = ()
    if refused:
        missing = wording.PARTIAL.format(part=f"„{refused[0].evidence.question.text}“")
        text, notes, nearest = f"{text}\n\n{missing}", (*notes, missing), _nearest(refused[0].evidence)
    return Answer(
        question,
        Status.PARTIAL if refused else Status.ANSWERED,
        text,
        claims,
        nearest,
        refused[0].reason if refused else None,
        notes,
        _sources(
            [outcome.evidence for outcome in outcomes], [c for claim in claims for c in claim.citations] + [*nearest]
        ),
        min(outcome.evidence.confidence for outcome in answered),
    )


def _notes(answered: Sequence[Outcome], claims: Sequence[Claim]) -> tuple[str, ...]:
    """Return what must be said before the claims: sources disagree, or the question assumes something false."""
    if any(claim.conflicting for claim in claims):
        return (wording.CONFLICT,)
    return (wording.PREMISE,) if any(_false_premise(outcome) for outcome in answered) else ()


def _false_premise(outcome: Outcome) -> bool:
    best = outcome.evidence.ranked.best
    return best["opposed"] > 0 and not outcome.evidence.question.open_ended and best["own"] >= 0.5


def _refusal(question: str, outcome: Outcome, limits: Limits) -> Answer:
    evidence = outcome.evidence
    reason = outcome.reason or Reason.NO_EVIDENCE
    nearest = () if reason in {Reason.UNCLEAR, Reason.OUTSIDE_TOPIC} else _nearest(evidence)
    searched = limits.searched or tuple(dict.fromkeys(wording.title(p.source) for p in evidence.passages))
    left = _open_nouns(evidence) if evidence.ranked.candidates and reason is Reason.NO_EVIDENCE else ()
    text = wording.refusal(reason, searched=searched, open_words=left, near=bool(nearest))
    return Answer(
        question, Status.REFUSED, text, (), nearest, reason, (), _sources([evidence], nearest), evidence.confidence
    )


def _open_nouns(evidence: Evidence) -> tuple[str, ...]:
    """Return the things a question names that the best unit leaves open."""
    return tuple(word for word in evidence.ranked.best.open_words if word[:1].isupper())


def _nearest(evidence: Evidence) -> tuple[Citation, ...]:
    """Return up to three quotes that came closest, each from another passage, those that may not answer too."""
    found: dict[tuple[str, int], Citation] = {}
    for candidate in evidence.ranked.candidates:
        passage = candidate.unit.passage
        found.setdefault((passage.source.document, passage.start), candidate.unit.citation)
    for passage in (p for passages in evidence.barred.values() for p in passages[:1]):
        units = units_of([passage])
        if units:
            found[passage.source.document, passage.start] = units[0].citation
    return tuple(found.values())[:_NEAREST]


def _sources(evidence: Sequence[Evidence], citations: Sequence[Citation]) -> tuple[Source, ...]:
    passages = [p for e in evidence for p in (*e.passages, *(q for barred in e.barred.values() for q in barred))]
    known = {passage.source.document: passage.source for passage in passages}
    return tuple(known[name] for name in dict.fromkeys(citation.document for citation in citations))

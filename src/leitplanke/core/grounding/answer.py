"""What a question gets: an answer, a part answer or a refusal, each sentence with its verbatim quotes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leitplanke.core.provenance import Citation, Source


class Status(StrEnum):
    """How far the question could be answered."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why there is no answer."""

    NO_EVIDENCE = "no_evidence"
    OUTSIDE_TOPIC = "outside_topic"
    OUTSIDE_SCOPE = "outside_scope"
    OUTDATED = "outdated"
    CASE_SPECIFIC = "case_specific"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the answer and the quotes it stands on.

    `conflicting` marks statements of sources that contradict each other; all of them are shown.
    """

    text: str
    citations: tuple[Citation, ...]
    conflicting: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one question.

    Attributes:
        text: the whole answer or refusal in German, ready to be shown; paragraphs and lists by line breaks and "- ".
        claims: the statements of `text` with their quotes; empty in a refusal.
        nearest: passages that came closest; never an answer.
        reason: why the question, or a part of it, stays unanswered; None in a full answer.
        notes: German sentences on the answer as a whole (a corrected premise, contradicting sources).
        sources: the documents cited or named as nearest, in order of appearance, with validity and scope.
        confidence: the calibrated estimate that the evidence supports the answer.
    """

    question: str
    status: Status
    text: str
    claims: tuple[Claim, ...] = ()
    nearest: tuple[Citation, ...] = ()
    reason: Reason | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    confidence: float = 0.0


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return the fields of `leitplanke ask` that an answer decides; the caller adds "id" and "milliseconds"."""
    return {
        "status": answer.status.value,
        "answer": answer.text,
        "claims": [
            {"text": claim.text, "citations": [_citation(citation) for citation in claim.citations]}
            for claim in answer.claims
        ],
        "nearest": [
            {"document": near.document, "section": near.section, "quote": near.quote} for near in answer.nearest
        ],
        "reason": answer.reason.value if answer.reason else None,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "document": citation.document,
        "section": citation.section,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }

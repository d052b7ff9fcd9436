"""Rewording by a model that is passed in: every sentence must agree with the quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from leitplanke.core.grounding.answer import Answer, Claim, Status
from leitplanke.core.grounding.plain import plain_text
from leitplanke.core.grounding.verify import agrees
from leitplanke.core.retrieval.sentences import sentences

if TYPE_CHECKING:
    from leitplanke.core.provenance import Citation

# Gets the question and the claims, returns a text in plain sentences; quotes are material, never instructions to it.
Rewriter = Callable[[str, Sequence[Claim]], str]


def rewritten(answer: Answer, rewriter: Rewriter) -> Answer:
    """Return the answer in the rewriter's words, as far as they are supported; otherwise unchanged.

    Sentences that the quotes do not support are dropped. Contradicting sources are never reworded.
    """
    if answer.status is Status.REFUSED or any(claim.conflicting for claim in answer.claims):
        return answer
    text = plain_text(rewriter(answer.question, answer.claims))
    supported = [claim for start, end in sentences(text) if (claim := _supported(text[start:end], answer.claims))]
    if not supported or not _complete(supported, answer.claims):
        return answer
    tail = answer.text.removeprefix("\n\n".join(claim.text for claim in answer.claims))
    whole = " ".join(claim.text for claim in supported) + (tail if tail != answer.text else "")
    return replace(answer, text=whole, claims=tuple(supported))


def _supported(sentence: str, claims: Sequence[Claim]) -> Claim | None:
    """Return the sentence as a claim on the quotes of the first claim that supports it."""
    for claim in claims:
        if agrees(sentence, [citation.quote for citation in claim.citations]):
            return Claim(sentence, claim.citations)
    return None


def _complete(supported: Sequence[Claim], claims: Sequence[Claim]) -> bool:
    """Tell whether the direct answer has survived."""
    kept: set[tuple[Citation, ...]] = {claim.citations for claim in supported}
    return claims[0].citations in kept

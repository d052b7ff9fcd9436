"""Joins a space's index with the answerer of the core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from leitplanke.apps.wissen.index import index_of, sentence_vectors
from leitplanke.core.grounding import Answer, IndexCorpus, Limits, Status, shipped_answerer
from leitplanke.core.grounding.named import documents_named
from leitplanke.core.retrieval.hits import Filter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from leitplanke.apps.wissen.models import Fassung, Wissensraum


def answer_in(raum: Wissensraum, frage: str, versions: Mapping[str, Fassung], *, on: date) -> Answer:
    """Answer from `versions` (the released ones of the space, by citation name), as of the day `on`.

    The index may lag behind the database; what is no longer released is left out before anything is ranked. Documents
    that the question names by their title are asked before all others.
    """
    released = {str(version.pk) for version in versions.values()}
    named = documents_named(frage, {str(version.pk): version.titel for version in versions.values()})
    limits = Limits(topics=tuple(raum.themen), searched=(raum.name,))
    first = _answer_from(raum, frage, named, limits, on) if named else None
    if first is not None and first.status is not Status.REFUSED:
        return first
    return _answer_from(raum, frage, released, limits, on)


def _answer_from(raum: Wissensraum, frage: str, documents: set[str], limits: Limits, on: date) -> Answer:
    answerer = shipped_answerer(
        IndexCorpus(index_of(raum), Filter(documents=documents)),
        sentence_vectors(settings.PATHS.index / "saetze.sqlite"),
    )
    return answerer.answer(frage, limits=limits, on=on)


def likeness(frage: str, answer: Answer) -> float:
    """Return how close in meaning the answer, or what came nearest, is to the question: -1 to 1.

    It compares answers of different spaces, whose confidences were calibrated each within its own texts.
    """
    vectors = sentence_vectors(settings.PATHS.index / "saetze.sqlite")
    texts = [claim.text for claim in answer.claims[:1]] or [citation.quote for citation in answer.nearest[:1]]
    if vectors is None or not texts:
        return answer.confidence - 1
    found = vectors.sentences(texts, budget=1)[0]
    return float(found @ vectors.question(frage)) if found is not None else -1.0

"""What of a stream goes out, and how it ended."""

from __future__ import annotations

from leitplanke.base.llm.models import Ausgang
from leitplanke.base.llm.wire import AnswerError, StreamMapper


def judged(mapper: StreamMapper, most: int, failed: AnswerError | None) -> tuple[Ausgang, str]:
    """Return how a stream ended that came to its end or was ended by us."""
    if failed is not None:
        return Ausgang.GESTOERT, failed.code
    if mapper.characters > most:
        return Ausgang.BEANTWORTET, "antwort_zu_lang"
    whole = mapper.began and mapper.finished
    return (Ausgang.BEANTWORTET, "") if whole else (Ausgang.GESTOERT, "abgebrochen")


def mapped(mapper: StreamMapper, batch: list[bytes], most: int) -> tuple[list[bytes], AnswerError | None]:
    """Return the events that go out, up to `most` characters or to one that is not readable."""
    events: list[bytes] = []
    try:
        for data in batch:
            events += mapper.feed(data)
            if mapper.characters > most:
                break
    except AnswerError as error:
        return events, error
    return events, None

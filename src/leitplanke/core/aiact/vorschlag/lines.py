"""Descriptions and proposals as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from leitplanke.core.aiact.lines import LineError
from leitplanke.core.aiact.vorschlag.model import Passage, Proposal, Suggestion
from leitplanke.core.aiact.vorschlag.proposing import propose

_BETWEEN = ". "  # the title is a sentence of its own


def propose_line(line: str) -> dict[str, Any]:
    """Return the proposal for one line `{"id", "text"}`; a title, where there is one, is read as part of the text.

    Raises:
        LineError: the line holds no description.
    """
    try:
        case = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" (Zeichen {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise LineError(f"Das ist kein JSON{where}.") from None
    if not isinstance(case, dict) or not isinstance(case.get("text"), str):
        raise LineError("Eine Beschreibung ist ein JSON-Objekt mit „id“ und „text“.")
    title = case.get("title")
    before = title + _BETWEEN if isinstance(title, str) and title.strip() else ""
    return {"id": case.get("id"), **proposal_as_data(propose(before + case["text"]), title_length=len(before))}


def proposal_as_data(proposal: Proposal, *, title_length: int = 0) -> dict[str, Any]:
    """Return a proposal as plain data; places count from the beginning of the text, those in the title from its own."""
    return {
        "facts": proposal.facts,
        "passages": [row for each in proposal.suggestions for row in _rows(each, title_length)],
        "open": [row for each in proposal.open_questions for row in _rows(each, title_length)],
    }


def failed_proposal(line: str, message: str) -> dict[str, Any]:
    """Return the answer to a line that holds no description: nothing is proposed."""
    try:
        case = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        case = None
    id_ = case.get("id") if isinstance(case, dict) else None
    return {"id": id_, "facts": {}, "passages": [], "open": [], "error": message}


def _rows(suggestion: Suggestion, title_length: int) -> Iterator[dict[str, Any]]:
    told = {
        "fact": suggestion.fact,
        "value": suggestion.value,
        "basis": str(suggestion.basis),
        "confidence": str(suggestion.confidence),
        "reason": suggestion.reason,
        "alternatives": list(suggestion.alternatives),
    }
    nowhere = {"in": None, "start": None, "end": None, "text": ""}
    for place in [_place(passage, title_length) for passage in suggestion.passages] or [nowhere]:
        yield {**told, **place}


def _place(passage: Passage, title_length: int) -> dict[str, Any]:
    in_title = passage.start < title_length
    shift = 0 if in_title else title_length
    return {
        "in": "title" if in_title else "text",
        "start": passage.start - shift,
        "end": passage.end - shift,
        "text": passage.text,
    }

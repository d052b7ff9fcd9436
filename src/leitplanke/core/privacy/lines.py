"""Texts as JSON lines in, findings as JSON lines out: what `leitplanke privacy find` reads and writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from leitplanke.core.privacy.detecting import Detector
from leitplanke.core.privacy.model import Category, Label, Span

# What labelled texts call a special category or a secret, and what detection calls it.
_SIGNALS = {category.value: category for category in Category} | {
    "sexualleben": Category.SEXUALITAET,
    "strafverfahren": Category.STRAFTATEN,
    "steuergeheimnis": Category.GEHEIM,
}


class LineError(ValueError):
    """A line that cannot be read; the message says why, in German."""


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A span that a person has marked, with the origin of a name where it is known."""

    start: int
    end: int
    label: Label
    origin: str = ""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text whose personal data people have marked; at `neutral` places a finding is neither right nor wrong.

    `signals` are the special categories of the text as a whole, `None` where nobody has looked for them.
    """

    id: str
    text: str
    spans: tuple[LabelledSpan, ...]
    neutral: tuple[tuple[int, int], ...] = ()
    signals: frozenset[Category] | None = None


def find_line(detector: Detector, line: str) -> dict[str, Any]:
    """Return the spans of a line `{"id", "text"}` as `{"id", "spans"}`.

    Raises:
        LineError: the line is no JSON object or has no text.
    """
    record = _record(line)
    return {"id": record.get("id"), "spans": [span_record(span) for span in detector.find(record["text"]).spans]}


def span_record(span: Span) -> dict[str, Any]:
    """Return a span fit for JSON."""
    return {"start": span.start, "end": span.end, "label": span.label.value, "score": round(span.score, 3)}


def read_labelled(line: str) -> LabelledText:
    """Read a labelled line `{"id", "text", "spans": [{"start", "end", "label", "origin"?}]}`.

    Raises:
        LineError: the line does not have this form, or a span lies outside its text.
    """
    record = _record(line)
    text = record["text"]
    spans = record.get("spans")
    if not isinstance(spans, list):
        raise LineError("Das Feld „spans“ fehlt oder ist keine Liste.")
    general = record.get("origin") or record.get("origins")
    origin = general if isinstance(general, str) else ""
    neutral = tuple((int(span["start"]), int(span["end"])) for span in record.get("neutral") or ())
    return LabelledText(
        str(record.get("id", "")),
        text,
        tuple(_labelled(span, text, origin) for span in spans),
        neutral,
        _signals(record.get("signals")),
    )


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError:
        raise LineError("Das ist kein JSON.") from None
    if not isinstance(record, dict):
        raise LineError("Erwartet wird ein Objekt mit „id“ und „text“.")
    if not isinstance(record.get("text"), str):
        raise LineError("Das Feld „text“ fehlt oder ist kein Text.")
    return record


def _signals(names: Any) -> frozenset[Category] | None:
    if names is None:
        return None
    try:
        return frozenset(_SIGNALS[name] for name in names)
    except (KeyError, TypeError):
        raise LineError(f"Das Feld „signals“ ist keine Liste bekannter Hinweise: {names}") from None


def _labelled(span: Any, text: str, origin: str) -> LabelledSpan:
    try:
        start, end, label = int(span["start"]), int(span["end"]), Label(span["label"])
    except (KeyError, TypeError, ValueError):
        raise LineError(f"Eine Stelle braucht „start“, „end“ und ein bekanntes „label“: {span}") from None
    if not 0 <= start < end <= len(text):
        raise LineError(f"Die Stelle {start} bis {end} liegt nicht im Text.")
    own = span.get("origin") or span.get("origins") or origin
    return LabelledSpan(start, end, label, str(own) if label is Label.PERSON else "")

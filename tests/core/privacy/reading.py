"""What the detector says about a text, in a form that reads well in a test."""

from __future__ import annotations

from leitplanke.core.privacy import Label, default_detector


def found(text: str) -> list[tuple[str, str]]:
    """Return label and text of every span."""
    return [(span.label.value, text[span.start : span.end]) for span in default_detector().find(text).spans]


def found_as(text: str, label: Label) -> list[str]:
    """Return the texts of the spans of one label."""
    return [value for name, value in found(text) if name == label.value]

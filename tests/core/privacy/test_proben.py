"""Short texts from everyday administration, one per line in `proben/`; what stands in braces must be masked, no more.

Written from general knowledge before looking at any measured text; a line that shows a mistake is added here first.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leitplanke.core.privacy import default_detector

PROBEN = Path(__file__).parent / "proben"
ESCAPES = re.compile(r"\\u([0-9a-f]{4})|\\n|\\t")
ENOUGH = 0.9


def read(line: str) -> tuple[str, list[range]]:
    """Return the text of a line and the places in braces."""
    text, marked = "", []
    for part in re.split(r"(\{[^}]*\})", ESCAPES.sub(_sign, line)):
        if part.startswith("{"):
            marked.append(range(len(text), len(text) + len(part) - 2))
        text += part.strip("{}")
    return text, marked


def _sign(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else {"\\n": "\n", "\\t": "\t"}[match[0]]


def lines() -> list[str]:
    return [
        line
        for path in sorted(PROBEN.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]


@pytest.mark.parametrize("line", lines())
def test_what_stands_in_braces_is_masked_and_nothing_else(line: str) -> None:
    text, marked = read(line)
    spans = default_detector().find(text).spans
    masked = {place for span in spans for place in range(span.start, span.end)}
    leaked = [text[place.start : place.stop] for place in marked if len(masked & set(place)) < ENOUGH * len(place)]
    touching = [span for span in spans if any(span.start < place.stop and place.start < span.end for place in marked)]
    assert leaked == []
    assert [text[span.start : span.end] for span in spans if span not in touching] == []

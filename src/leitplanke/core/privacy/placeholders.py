"""How a placeholder is written, and how to find one in a text.

`[[PERSON_1]]` stands for the first person of a conversation, `[[PERSON_1b]]` for the same person written differently
(`MÜLLER`), so that number and exact writing both come back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

LONGEST_INSIDE = 48
MOST_HELD = LONGEST_INSIDE + 3
"""What a stream may keep at most: two brackets, the inside, the first bracket of the end."""

CANDIDATE = re.compile(rf"\[\[([\w\s-]{{1,{LONGEST_INSIDE}}})\]\]")
OPEN_END = re.compile(rf"\[(?:\[(?:[\w\s-]{{1,{LONGEST_INSIDE}}}\]?)?)?\Z")
NAME = re.compile(r"([A-Z][A-Z_]{0,23})_([1-9][0-9]{0,8})([a-z]{0,6})")
LITERAL = "TEXT"
"""The label of what looked like a placeholder before we came."""

_ALIKE = re.compile(r"\s*[^\W\d_]+(?:[\s_-]+[^\W\d_]+)*[\s_-]*[0-9]+[a-zA-Z]*\s*")


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` becomes `replacement`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Restored:
    """A text with its names back.

    Attributes:
        unknown: what looks like a placeholder but was never issued, as it stands in the text.
    """

    text: str
    unknown: tuple[str, ...] = ()


def placeholder(name: str) -> str:
    """Return the placeholder `name` (`PERSON_1`) as it stands in a text."""
    return f"[[{name}]]"


def looks_issued(inside: str) -> bool:
    """Tell whether somebody may take what stands between the brackets for a placeholder."""
    return _ALIKE.fullmatch(inside) is not None


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with `edits`, which are in order and do not overlap."""
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += (text[done : edit.start], edit.replacement)
        done = edit.end
    return "".join((*parts, text[done:]))


def restoring_edits(
    text: str, values: Mapping[str, str], escape: Callable[[str], str] | None = None
) -> tuple[list[Edit], list[str]]:
    """Return what puts the values of issued placeholders back, and the placeholders that were not issued."""
    edits: list[Edit] = []
    unknown: list[str] = []
    for match in CANDIDATE.finditer(text):
        value = values.get(match[1])
        if value is not None:
            edits.append(Edit(match.start(), match.end(), escape(value) if escape else value))
        elif looks_issued(match[1]):
            unknown.append(match[0])
    return edits, unknown

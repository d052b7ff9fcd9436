"""A changed sentence and the composed one it comes from, laid side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from leitplanke.core.drafting.brief import Part
from leitplanke.core.drafting.findings import BEARING, Finding
from leitplanke.core.drafting.grounds import Grounds
from leitplanke.core.drafting.matching import Group, Line


class Maker(Protocol):
    """Makes a finding of one kind at one place."""

    def __call__(self, kind: str, span: tuple[int, int], message: str) -> Finding:
        """Return the finding."""


@dataclass(frozen=True)
class Compared:
    """One group, laid side by side."""

    group: Group
    grounds: Grounds

    @cached_property
    def base(self) -> str:
        """The composed words."""
        return " ".join(item.text for item in self.group.bases)

    @cached_property
    def text(self) -> str:
        """The words that stand in the letter now."""
        return " ".join(line.text for line in self.group.lines)

    @property
    def around(self) -> str:
        """The whole composed paragraph."""
        key = self.group.bases[0].paragraph
        return " ".join(item.text for item in self.grounds.composed.values() if item.paragraph == key)

    @property
    def part(self) -> Part:
        """What the composed sentences do in the letter."""
        return self.group.bases[0].part

    @property
    def asks(self) -> bool:
        """Whether both only ask: a question states nothing."""
        said = [*(item.text for item in self.group.bases), *(line.text for line in self.group.lines)]
        return all(text.rstrip().endswith("?") for text in said)

    @property
    def bearing(self) -> bool:
        """Whether every word counts here."""
        return self.part in BEARING or any(item.key in self.grounds.required for item in self.group.bases)

    def finding(self, kind: str, span: tuple[int, int], message: str, *, blocking: bool = True) -> Finding:
        """Return a finding at the place in the letter that `span` of the text is."""
        start, end = span
        for line in self.group.lines:
            if start <= len(line.text):
                return at(line, kind, (start, min(end, len(line.text))), message, blocking=blocking)
            start, end = start - len(line.text) - 1, end - len(line.text) - 1
        return at(self.group.lines[-1], kind, (0, 0), message, blocking=blocking)

    def whole(self, kind: str, message: str, *, blocking: bool = True) -> Finding:
        """Return a finding about the whole sentence."""
        return self.finding(kind, (0, len(self.group.lines[0].text)), message, blocking=blocking)


def at(line: Line, kind: str, span: tuple[int, int], message: str, *, blocking: bool = True) -> Finding:
    """Return a finding in one sentence."""
    return Finding(kind, line.paragraph, line.index, *span, message, blocking)

"""Whether changed texts still make a Regelwerk, and what they do to its cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leitplanke.apps.regelwerk.library import book_of
from leitplanke.core.rules import Finding
from leitplanke.core.rules.cases import CaseResult


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: faults that bar the texts from use, and cases that come out otherwise than expected."""

    findings: tuple[Finding, ...]
    cases: int
    deviations: tuple[CaseResult, ...]

    @property
    def usable(self) -> bool:
        """Whether the texts can be used."""
        return not self.findings

    @property
    def clean(self) -> bool:
        """Whether every case comes out as expected too."""
        return self.usable and not self.deviations


def checked(name: str, texts: Mapping[str, str], datei: str, text: str) -> Checked:
    """Load a Regelwerk with one file changed, with each of its layers, and run all cases."""
    book = book_of(name, {**texts, datei: text})
    if book.findings:
        return Checked(book.findings, 0, ())
    return Checked((), len(book.cases), book.deviations)

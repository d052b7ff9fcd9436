"""What is odd about a plan or its data; some of it forbids any conclusion."""

from __future__ import annotations

from dataclasses import dataclass

from leitplanke.core.rules.model import Words

# Codes of findings that forbid to pass, whatever the figures say.
BLOCKING = frozenset({
    "wahrheit_ist_entscheidung",
    "wahrheit_nicht_verdeckt",
    "wahrheit_gleicht_person",
    "wahrheit_ausgewaehlt",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader must know: a code, the sentence, and how many cases it concerns."""

    code: str
    text: Words
    cases: int = 0

    @property
    def blocking(self) -> bool:
        """Whether no one may conclude that the AI is good enough."""
        return self.code in BLOCKING

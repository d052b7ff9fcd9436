"""What the door stands on, as it sees it: tests put others in place."""

from __future__ import annotations

from typing import Protocol

from leitplanke.base.llm.ledger import Entry
from leitplanke.base.llm.snapshot import Snapshot


class Keeping(Protocol):
    """Knows who may do what."""

    def current(self) -> Snapshot | None:
        """Return what holds; None where that is not known."""

    async def next_look(self) -> None:
        """Wait until what was changed a moment ago is known."""


class Book(Protocol):
    """Writes down what happens."""

    async def write(self, entry: Entry) -> None:
        """Return once it is on disk, or raise `LedgerError`."""

    def note(self, entry: Entry) -> None:
        """Write it without waiting."""

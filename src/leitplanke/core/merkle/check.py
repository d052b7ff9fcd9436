"""Checking a whole log, entry by entry, in constant memory.

The database check and the offline check feed the same `LogCheck`, so that both come to the same judgement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leitplanke.core.merkle.hashing import leaf_hash
from leitplanke.core.merkle.notes import Checkpoint, NoteError, VerifierKey, open_checkpoint
from leitplanke.core.merkle.tree import CompactRange


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing that is wrong in a log.

    `problem` is a short word for machines, `message` a sentence for people. The fault lies in the entries from
    `position` to `last_position`, both included; None where it lies in no entry.
    """

    problem: str
    message: str
    position: int | None = None
    last_position: int | None = None
    code: str = ""


class LogBrokenError(Exception):
    """The log is not what it should be; `finding` says where and why."""

    def __init__(self, finding: Finding) -> None:
        """Carry the finding."""
        super().__init__(finding.message)
        self.finding = finding


class LogCheck:
    """Takes the entries in order and the checkpoints where they belong; raises `LogBrokenError` at the first fault."""

    def __init__(self, keys: Iterable[VerifierKey], origin: str) -> None:
        """Check the log `origin`, trusting `keys`."""
        self.origin = origin
        self.checkpoints = 0
        self.last: Checkpoint | None = None
        self.keys = list(keys)
        self._tree = CompactRange()

    @property
    def size(self) -> int:
        """How many entries were taken."""
        return self._tree.size

    def root(self) -> bytes:
        """Return the root of the entries taken."""
        return self._tree.root()

    def entry(self, position: int, payload: bytes, code: str, *recorded: bytes) -> None:
        """Take the next entry; `recorded` are leaf hashes noted elsewhere, which must agree."""
        if position != self._tree.size:
            self.fail("gap", f"Position {self._tree.size} fehlt, es folgt Position {position}.", self._tree.size)
        computed = leaf_hash(payload)
        for known in recorded:
            if known != computed:
                self.fail("changed", "Der Inhalt passt nicht zu seinem aufgezeichneten Hash.", position, code)
        self._tree.append(computed)

    def checkpoint(self, note: str) -> None:
        """Take a checkpoint that must describe exactly the entries taken so far."""
        try:
            found = open_checkpoint(note, self.keys)
        except NoteError as error:
            raise LogBrokenError(self._at_checkpoint("signature", str(error))) from error
        if found.origin != self.origin:
            self._refuse("origin", f"Der Prüfpunkt gehört zum Protokoll {found.origin}, nicht zu {self.origin}.")
        if found.size != self._tree.size:
            self._refuse("size", f"Der Prüfpunkt gilt für {found.size} Einträge, steht aber hinter {self.size}.")
        if found.root != self._tree.root():
            raise LogBrokenError(self._rewritten())
        self.checkpoints += 1
        self.last = found

    def beyond_end(self, size: int) -> None:
        """Stop because a checkpoint describes more entries than there are."""
        message = f"Das Protokoll endet nach {self.size} Einträgen, ein Prüfpunkt bezeugt {size}. Das Ende fehlt."
        raise LogBrokenError(Finding("shorter", message, self.size, size - 1))

    def fail(self, problem: str, message: str, position: int, code: str = "") -> None:
        """Stop with a fault in one entry."""
        text = f"Eintrag {position}{f' ({code})' if code else ''}: {message}"
        raise LogBrokenError(Finding(problem, text, position, position, code))

    def _refuse(self, problem: str, message: str) -> None:
        raise LogBrokenError(self._at_checkpoint(problem, message))

    def _at_checkpoint(self, problem: str, message: str) -> Finding:
        return Finding(f"checkpoint-{problem}", f"Prüfpunkt nach {self.size} Einträgen: {message}")

    def _rewritten(self) -> Finding:
        first, last = (self.last.size if self.last else 0), self.size - 1
        if first > last:
            return self._at_checkpoint("root", "Zwei Prüfpunkte gleicher Größe nennen verschiedene Wurzeln.")
        where = f"Eintrag {first}" if first == last else f"Einträge {first} bis {last}"
        return Finding(
            "root",
            f"{where}: Der unterschriebene Prüfpunkt nach {self.size} Einträgen ergibt eine andere Wurzel. "
            "Hier wurde nach dem Unterschreiben etwas geändert, entfernt oder eingefügt.",
            first,
            last,
        )

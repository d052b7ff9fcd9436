"""Checking the whole log of a Mandant against everything that was signed, stored and kept outside."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from leitplanke.base.evidence.anchor import read_anchor
from leitplanke.base.evidence.guards import missing_guards
from leitplanke.base.evidence.models import Checkpoint, Leaf, Log, PendingLeaf, Place, Tile
from leitplanke.base.evidence.tree import verifier_keys
from leitplanke.core.merkle import HASH_SIZE, Finding, LogBrokenError, LogCheck, NoteError, open_checkpoint
from leitplanke.core.merkle import Checkpoint as Statement

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

CHUNK = 2000
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What checking a log came to; `finding` is the first fault, None where there is none."""

    mandant: str
    origin: str
    entries: int
    signed: int
    pending: int
    checkpoints: int
    root: str
    anchor: int | None
    seconds: float
    finding: Finding | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.finding is None


def verify(mandant: Mandant, progress: Progress | None = None) -> Report:
    """Check every entry, the tree, every checkpoint and the one outside the database.

    `progress` is told every now and then how many entries were checked.
    """
    started = time.perf_counter()
    # Read from the outside in: what is written meanwhile only makes the log longer.
    anchor = read_anchor(mandant)
    log = Log.objects.for_mandant(mandant).first()
    origin = log.origin if log else ""
    check = LogCheck(verifier_keys(mandant), origin)
    finding, anchored = None, None
    try:
        anchored = _opened(anchor, check)
        _check_entries(mandant, check, progress, (anchored, anchor))
        _check_beyond(mandant, check, anchored)
    except LogBrokenError as error:
        finding = error.finding
    return Report(
        mandant=mandant.kurz,
        origin=origin,
        entries=check.size,
        signed=check.last.size if check.last else 0,
        pending=PendingLeaf.objects.for_mandant(mandant).count(),
        checkpoints=check.checkpoints,
        root=check.root().hex(),
        anchor=anchored.size if anchored else None,
        seconds=time.perf_counter() - started,
        finding=finding,
    )


def _opened(anchor: str | None, check: LogCheck) -> Statement | None:
    if anchor is None:
        return None
    try:
        found = open_checkpoint(anchor, check.keys)
    except NoteError as error:
        raise LogBrokenError(Finding("anchor", f"Prüfpunkt außerhalb der Datenbank: {error}")) from error
    if found.origin != check.origin:
        message = f"Der Prüfpunkt außerhalb der Datenbank gehört zu {found.origin}, das Protokoll ist {check.origin}."
        raise LogBrokenError(Finding("anchor", message))
    return found


def _check_entries(
    mandant: Mandant, check: LogCheck, progress: Progress | None, anchor: tuple[Statement | None, str | None]
) -> None:
    statement, note = anchor
    checkpoints = _checkpoints(mandant)
    due = next(checkpoints, None)
    stored = _tile_hashes(mandant)
    for position, payload, leaf_hash, code, public_id in _entries(mandant):
        data = payload.encode()
        check.entry(position, data, code, bytes(leaf_hash))
        if next(stored, b"") != leaf_hash:
            check.fail("tree", "Der gespeicherte Baum kennt hier einen anderen Inhalt.", position, code)
        entry = json.loads(data)
        if entry["code"] != code or entry["id"] != str(public_id):
            check.fail("column", "Die Spalten für die Suche sagen etwas anderes als der Inhalt.", position, code)
        while due and due[0] <= check.size:
            check.checkpoint(due[1])
            due = next(checkpoints, None)
        if statement and note and statement.size == check.size:
            check.checkpoint(note)
            check.checkpoints -= 1  # the copy outside is none of its own
        if progress and check.size % CHUNK == 0:
            progress(check.size)
    if due:
        check.beyond_end(due[0])


def _check_beyond(mandant: Mandant, check: LogCheck, anchored: Statement | None) -> None:
    """Look for what no entry can show: a cut end, entries nobody waits for, triggers that are gone."""
    if anchored and anchored.size > check.size:
        message = (
            f"Das Protokoll endet nach {check.size} Einträgen, der letzte Prüfpunkt außerhalb der Datenbank bezeugt "
            f"{anchored.size}. Es fehlen {anchored.size - check.size}: Wurde eine ältere Sicherung eingespielt?"
        )
        raise LogBrokenError(Finding("shorter", message, check.size, anchored.size - 1))
    lost = Leaf.objects.for_mandant(mandant).filter(place__isnull=True, pending__isnull=True).order_by("id").first()
    if lost is not None:
        message = f"Der Eintrag {lost.public_id} ({lost.code}) hat keine Position und wartet auch auf keine."
        raise LogBrokenError(Finding("unplaced", message, code=lost.code))
    if tables := missing_guards(connection):
        message = f"Der Schutz gegen Änderungen fehlt: {', '.join(tables)}. Bitte ausführen: leitplanke migrate"
        raise LogBrokenError(Finding("guards", message))


def _entries(mandant: Mandant) -> Iterator[tuple[int, str, bytes | memoryview, str, uuid.UUID]]:
    return (
        Place.objects.for_mandant(mandant)
        .order_by("position")
        .values_list("position", "leaf__payload", "leaf__leaf_hash", "leaf__code", "leaf__public_id")
        .iterator(CHUNK)
    )


def _checkpoints(mandant: Mandant) -> Iterator[tuple[int, str]]:
    rows = Checkpoint.objects.for_mandant(mandant).order_by("size").values_list("size", "note")
    return rows.iterator(CHUNK)


def _tile_hashes(mandant: Mandant) -> Iterator[bytes]:
    """Yield the leaf hashes the stored tree was built from."""
    rows = Tile.objects.for_mandant(mandant).filter(level=0).order_by("index").values_list("hashes", flat=True)
    for hashes in rows.iterator(CHUNK // 10):
        tile = bytes(hashes)
        for start in range(0, len(tile), HASH_SIZE):
            yield tile[start : start + HASH_SIZE]

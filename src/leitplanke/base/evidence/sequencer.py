"""Gives entries their positions, grows the tree and signs checkpoints.

One at a time per Mandant, in its own short transactions: people who record never wait for a position.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from leitplanke.base.accounts.models import Mandant
from leitplanke.base.evidence import keys
from leitplanke.base.evidence.anchor import put_anchor_aside, read_anchor, write_anchor
from leitplanke.base.evidence.inserts import insert_many
from leitplanke.base.evidence.models import Checkpoint, Log, PendingLeaf, Place
from leitplanke.base.evidence.services import Acting, record
from leitplanke.base.evidence.tree import log_size, save_tiles, stored_tree, verifier_keys
from leitplanke.core.merkle import Checkpoint as Statement
from leitplanke.core.merkle import NoteError, Signer, open_checkpoint

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger(__name__)

BATCH = 1000
CHECKPOINT_SECONDS = 5.0


class OlderStateError(RuntimeError):
    """The database knows less than the last checkpoint outside it; signing on would deny that entries existed."""


@dataclass(frozen=True, slots=True)
class Sequenced:
    """What one run did: entries placed, checkpoints signed, and how many entries the log holds now."""

    placed: int
    checkpoints: int
    size: int


def sequence_all() -> int:
    """Sequence for every Mandant with work, and return how many entries got a position; made for a tick.

    A Mandant whose log cannot go on does not stop the others.
    """
    everybody = "Der Einordner arbeitet für alle Mandanten."
    waiting = PendingLeaf.objects.unscoped(everybody).values("mandant")
    unsigned = Log.objects.unscoped(everybody).filter(size__gt=F("signed_size")).values("mandant")
    placed = 0
    for mandant in Mandant.objects.filter(Q(pk__in=waiting) | Q(pk__in=unsigned)):
        try:
            placed += sequence_pending(mandant).placed
        except (OlderStateError, keys.KeyFileError) as error:
            logger.error("Nachweise von %s: %s", mandant.kurz, error)  # noqa: TRY400 - the message says it all
    return placed


def sign_all() -> list[str]:
    """Place and sign now all there is, for every Mandant; return, for people, why it was not possible for some."""
    problems = []
    for mandant in Mandant.objects.all():
        try:
            sequence_pending(mandant, checkpoint_seconds=0)
        except (OlderStateError, keys.KeyFileError) as error:
            problems.append(f"{mandant.name}: {error}")
    return problems


def sequence_pending(
    mandant: Mandant, *, batch: int = BATCH, checkpoint_seconds: float = CHECKPOINT_SECONDS
) -> Sequenced:
    """Place all waiting entries, `batch` per transaction, and sign at most every `checkpoint_seconds`.

    Raises:
        OlderStateError: the database is older than the last checkpoint (restored from a backup?).
        KeyFileError: the private key is missing or unfit.
    """
    log = open_log(mandant)
    signer = keys.signer_for(log)
    refuse_older_state(mandant)
    placed = signed = 0
    with _safe_on_disk():
        while True:
            count, note = _one_batch(log, signer, batch, timedelta(seconds=checkpoint_seconds))
            placed += count
            if note:
                write_anchor(mandant, note)
                signed += 1
            if count < batch:
                return Sequenced(placed, signed, log.size)


def open_log(mandant: Mandant) -> Log:
    """Return the log of `mandant`, naming it the first time.

    The name has a random part, so that checkpoints of two towns of one name cannot be mixed up.
    """
    log, _created = Log.objects.for_mandant(mandant).get_or_create(
        mandant=mandant, defaults={"origin": f"leitplanke/{mandant.kurz}/{secrets.token_hex(4)}"}
    )
    log.mandant = mandant
    return log


def refuse_older_state(mandant: Mandant) -> None:
    """Compare the database with the last checkpoint outside it.

    Raises:
        OlderStateError: entries of that checkpoint are missing or different.
    """
    note = read_anchor(mandant)
    if note is None:
        return
    try:
        last = open_checkpoint(note, verifier_keys(mandant))
    except NoteError as error:
        raise OlderStateError(f"Der Prüfpunkt außerhalb der Datenbank passt nicht zu ihr: {error} {ADVICE}") from error
    size = log_size(mandant)
    if last.size > size:
        raise OlderStateError(
            f"Die Datenbank enthält {size} Einträge, der letzte Prüfpunkt bezeugt {last.size}: "
            f"Hier wurde ein älterer Stand eingespielt. {ADVICE}"
        )
    if last.size and stored_tree(mandant, size).root(last.size) != last.root:
        raise OlderStateError(f"Die ersten {last.size} Einträge sind andere als im letzten Prüfpunkt. {ADVICE}")


ADVICE = (
    "Prüfen: leitplanke evidence verify. Wenn der ältere Stand gewollt ist: leitplanke evidence accept-restore --help"
)


def accept_restore(mandant: Mandant, *, begruendung: str, actor: Acting = None) -> None:
    """Go on from an older state on purpose: the gap and its reason become an entry of the log."""
    log = open_log(mandant)
    note = read_anchor(mandant)
    if note is None:
        return
    lines = note.split("\n")
    with transaction.atomic():
        record(
            "evidence.restore_accepted",
            mandant=mandant,
            actor=actor,
            data={
                "pruefpunkt_groesse": lines[1],
                "pruefpunkt_wurzel": lines[2],
                "groesse": str(log_size(mandant)),
            },
            personal={"begruendung": begruendung},
        )
        keys.register_current_key(log, "Nach Wiederherstellung")
    put_anchor_aside(mandant)


def _one_batch(log: Log, signer: Signer, batch: int, pause: timedelta) -> tuple[int, str]:
    with transaction.atomic():
        # The lock: on SQLite the transaction itself (IMMEDIATE), on PostgreSQL this row.
        locked = Log.objects.for_mandant(log.mandant).select_for_update().get()
        size = log_size(log.mandant)
        waiting = list(
            PendingLeaf.objects.for_mandant(log.mandant)
            .order_by("leaf_id")
            .values_list("leaf_id", "leaf__payload")[:batch]
        )
        tree = stored_tree(log.mandant, size)
        for _leaf_id, payload in waiting:
            tree.append_data(payload.encode())
        _place(log.mandant, size, [leaf_id for leaf_id, _payload in waiting])
        save_tiles(log.mandant, tree)
        note = _sign_if_due(log, signer, pause, Statement(log.origin, tree.size, tree.root()))
        locked.size = log.size = tree.size
        if note:
            locked.signed_size = tree.size
        locked.save(update_fields=["size", "signed_size"])
    return len(waiting), note


def _place(mandant: Mandant, first: int, leaf_ids: list[int]) -> None:
    insert_many(Place, ((mandant.pk, leaf_id, position) for position, leaf_id in enumerate(leaf_ids, first)))
    PendingLeaf.objects.for_mandant(mandant).filter(leaf_id__in=leaf_ids).delete()


def _sign_if_due(log: Log, signer: Signer, pause: timedelta, statement: Statement) -> str:
    last: tuple[int, datetime] = (
        Checkpoint.objects.for_mandant(log.mandant).order_by("-size").values_list("size", "created_at").first()
    ) or (0, timezone.now() - pause)
    now = timezone.now()
    if statement.size <= last[0] or now - last[1] < pause:
        return ""
    note = signer.sign(statement)
    Checkpoint.objects.create(mandant=log.mandant, size=statement.size, note=note, created_at=now)
    return note


@contextmanager
def _safe_on_disk() -> Iterator[None]:
    """Have SQLite flush to disk before a checkpoint goes out.

    Our normal setting may lose the last moments in a power cut; a checkpoint of lost entries would be a false alarm.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")

"""The whole log as a file for the offline check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leitplanke.base.evidence.models import Checkpoint, Log, LogKey, Place
from leitplanke.core.merkle.documents import log_checkpoint, log_entry, log_header

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

CHUNK = 2000


class EmptyLogError(LookupError):
    """The Mandant has no log yet."""


def export_lines(mandant: Mandant) -> Iterator[str]:
    """Yield the lines of the log file: a header, then entries with the checkpoints behind the last entry they cover.

    Raises:
        EmptyLogError: nothing was recorded and sequenced yet.
    """
    log = Log.objects.for_mandant(mandant).first()
    if log is None:
        raise EmptyLogError(f"Für {mandant.name} gibt es noch kein Protokoll.")
    yield log_header(log.origin, LogKey.objects.for_mandant(mandant).values_list("key", flat=True))
    checkpoints = Checkpoint.objects.for_mandant(mandant).order_by("size").values_list("size", "note").iterator(CHUNK)
    due = next(checkpoints, None)
    rows = Place.objects.for_mandant(mandant).order_by("position").values_list("position", "leaf__payload")
    for position, payload in rows.iterator(CHUNK):
        yield log_entry(position, payload)
        while due and due[0] <= position + 1:
            yield log_checkpoint(due[1])
            due = next(checkpoints, None)

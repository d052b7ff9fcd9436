"""Background work of Wissen: read files, renew indexes. Every task may run again after a crash."""

from __future__ import annotations

import time

from leitplanke.apps.wissen import index, sources
from leitplanke.apps.wissen.models import Fassung, Wissensraum
from leitplanke.base.jobs.retry import retrying_task

NOTE_SECONDS = 2.0


@retrying_task(queue="default")
def read_fassung(fassung_id: int) -> None:
    """Read the text of a version."""
    fassung = (
        Fassung.objects.unscoped("Der Auftrag nennt die Zeile")
        .select_related("quelle__raum", "datei", "mandant")
        .filter(pk=fassung_id)
        .first()
    )
    if fassung is not None:
        sources.read(fassung)


@retrying_task(queue="index")
def renew_index(raum_id: int) -> None:
    """Bring a space's index up to date: words at once, meaning afterwards."""
    raum = Wissensraum.objects.unscoped("Der Auftrag nennt die Zeile").filter(pk=raum_id).first()
    if raum is None:
        return
    index.renew(raum)
    index.embed(raum, seconds_between_notes=_every(NOTE_SECONDS))


class _every:  # noqa: N801 - reads as a phrase where it is used
    """Says yes at most once in `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = time.monotonic() + seconds

    def __call__(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + self._seconds
        return True

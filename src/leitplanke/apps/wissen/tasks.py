"""Background work of Wissen: read files, renew indexes. Every task may run again after a crash."""

from __future__ import annotations

import time

from leitplanke.apps.wissen import index, sources
from leitplanke.apps.wissen.models import Fassung, Wissensraum
from leitplanke.base.jobs.retry import retrying_task

SLICE_SECONDS = 3.0
LATER = -10


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
    """Bring a space's index up to date: words at once, meaning when nothing else is to be done."""
    raum = _space(raum_id)
    if raum is not None:
        index.renew(raum)
        embed_index.enqueue(raum_id)


@retrying_task(queue="index", priority=LATER)
def embed_index(raum_id: int) -> None:
    """Compute vectors for a moment, then let others go first: no upload waits for the vectors of a whole town."""
    raum = _space(raum_id)
    end = time.monotonic() + SLICE_SECONDS
    if raum is not None and not index.embed(raum, enough=lambda: time.monotonic() > end):
        embed_index.enqueue(raum_id)


def _space(raum_id: int) -> Wissensraum | None:
    return Wissensraum.objects.unscoped("Der Auftrag nennt die Zeile").filter(pk=raum_id).first()

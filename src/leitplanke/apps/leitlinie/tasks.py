"""Background work of the workshop. Every task may run again after a crash."""

from __future__ import annotations

from leitplanke.apps.leitlinie import finding
from leitplanke.apps.leitlinie.models import Einlesung
from leitplanke.base.jobs.retry import retrying_task


@retrying_task(queue="default")
def read_einlesung(einlesung_id: int) -> None:
    """Read a document and look for building blocks in it."""
    rows = Einlesung.objects.unscoped("Der Auftrag nennt die Zeile").select_related("datei", "mandant")
    reading = rows.filter(pk=einlesung_id).first()
    if reading is not None:
        finding.read(reading)

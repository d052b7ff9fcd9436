"""Background work of applications. Nothing here has an effect in law."""

from __future__ import annotations

from leitplanke.apps.antrag import belege
from leitplanke.apps.antrag.models import Beleg
from leitplanke.base.jobs.retry import retrying_task


@retrying_task()
def read_beleg(beleg_id: int) -> None:
    """Read a document that was handed in."""
    found = Beleg.objects.unscoped("Die Hintergrundarbeit liest für alle Mandanten").select_related("mandant")
    beleg = found.filter(pk=beleg_id).first()
    if beleg is not None:
        belege.read(beleg.mandant, beleg.pk)

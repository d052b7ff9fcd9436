"""Background work of applications. Nothing here has an effect in law."""

from __future__ import annotations

from leitplanke.apps.antrag import belege, dispatch, reading_again, recomputing
from leitplanke.apps.antrag.models import Antrag, Beleg, Neuberechnung
from leitplanke.base.jobs.retry import retrying_task


@retrying_task()
def read_beleg(beleg_id: int) -> None:
    """Read a document that was handed in."""
    found = Beleg.objects.unscoped("Die Hintergrundarbeit liest für alle Mandanten").select_related("mandant")
    beleg = found.filter(pk=beleg_id).first()
    if beleg is not None:
        belege.read(beleg.mandant, beleg.pk)


@retrying_task(attempts=1, priority=-5)
def read_again(beleg_id: int) -> None:
    """Have a model read a document that the fixed patterns have read."""
    found = Beleg.objects.unscoped("Die Hintergrundarbeit liest für alle Mandanten").select_related("mandant")
    beleg = found.filter(pk=beleg_id).first()
    if beleg is not None:
        reading_again.read_again(beleg.mandant, beleg.pk)


@retrying_task()
def confirm_receipt(antrag_id: int) -> None:
    """Confirm that an application came in."""
    found = Antrag.objects.unscoped("Die Hintergrundarbeit bestätigt für alle Mandanten").select_related("mandant")
    antrag = found.filter(pk=antrag_id).first()
    if antrag is not None:
        dispatch.confirm_receipt(antrag.mandant, antrag.pk)


@retrying_task(priority=-10)
def recompute(lauf_id: int) -> None:
    """Compute all open cases of a procedure anew; after a crash it goes on where it was."""
    runs = Neuberechnung.objects.unscoped("Die Hintergrundarbeit rechnet für alle Mandanten").select_related("mandant")
    lauf = runs.filter(pk=lauf_id).first()
    if lauf is not None:
        recomputing.run(lauf)

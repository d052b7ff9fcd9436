"""What nobody came back to: drafts after 30 days, wishes for a call after 90."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from leitplanke.apps.antrag.doing import Doer, require_people, trace
from leitplanke.apps.antrag.models import Antrag, Rueckruf
from leitplanke.base.documents.services import delete_unreferenced
from leitplanke.core.verfahren.acts import Originator, Stand

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

KEEP_DRAFT_DAYS = 30
KEEP_CALL_DAYS = 90


def delete_abandoned(mandant: Mandant, now: datetime | None = None) -> int:
    """Delete drafts that nobody changed for 30 days, with their documents, and old wishes for a call.

    Returns:
        How many drafts.
    """
    moment = now or timezone.now()
    limit = moment - timedelta(days=KEEP_DRAFT_DAYS)
    Rueckruf.objects.for_mandant(mandant).filter(am__lt=moment - timedelta(days=KEEP_CALL_DAYS)).delete()
    old = (
        Antrag.objects.for_mandant(mandant)
        .filter(stand=Stand.ENTWURF.value, angelegt_am__lt=limit)
        .exclude(angaben__am__gte=limit)
        .exclude(belege__eingang_am__gte=limit)
    )
    found = list(old.values_list("pk", flat=True).distinct())
    for pk in found:
        _delete(mandant, pk)
    return len(found)


def discard(antrag_id: int, doer: Doer) -> None:
    """Delete a draft because its owner wants it.

    Raises:
        Antrag.DoesNotExist: it was handed in; then it stays.
    """
    require_people(doer)
    _delete(doer.mandant, antrag_id, doer)


def _delete(mandant: Mandant, pk: int, doer: Doer | None = None) -> None:
    with transaction.atomic():
        drafts = Antrag.objects.for_mandant(mandant).select_for_update().filter(stand=Stand.ENTWURF.value)
        antrag = drafts.select_related("mandant").get(pk=pk)
        files = [beleg.datei for beleg in antrag.belege.select_related("datei")]
        trace("antrag.geloescht", antrag, doer or Doer(mandant, Originator.AUFTRAG), data={"was": "entwurf"})
        antrag.delete()
        for file in {file.pk: file for file in files}.values():
            delete_unreferenced(file)

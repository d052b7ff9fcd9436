"""Deleting: kept content when its time is over, calls without use for their figures, names that are public no more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from leitplanke.base.evidence.models import Leaf
from leitplanke.base.evidence.services import forget_personal, record
from leitplanke.base.llm.models import (
    Abweisung,
    Angabenstand,
    Aufruf,
    Fallschluessel,
    Gespeichert,
    OeffentlicheAngabe,
    Zaehler,
)

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

# A draft of a guideline is tried on the last 90 days; figures of months stand in the register.
CALL_DAYS = 120
COUNT_DAYS = 400
# Whoever has left an office is a private person again; until then it can be seen what was public, and why.
ENDED_DAYS = 180
BATCH = 2000


def delete_expired(mandant: Mandant) -> int:
    """Delete what is due; returns how much kept content that was. Without the key of its case nothing can be read."""
    today = timezone.localdate()
    with transaction.atomic():
        due = Gespeichert.objects.for_mandant(mandant).filter(loeschen_am__lt=today)
        count = due.count()
        due.delete()
        Fallschluessel.objects.for_mandant(mandant).filter(loeschen_am__lt=today).delete()
        if count:
            data = {"ergebnis": "nach Frist gelöscht", "name": str(count)}
            record("llm.inhalt", mandant=mandant, data=data)
    _delete_old(mandant)
    return count


def _delete_old(mandant: Mandant) -> None:
    """In portions, so that nobody waits for a lock."""
    before = timezone.now() - timedelta(days=CALL_DAYS)
    old = Aufruf.objects.for_mandant(mandant).filter(begonnen_am__lt=before, gespeichert__isnull=True)
    while keys := list(old.values_list("pk", flat=True)[:BATCH]):
        Aufruf.objects.for_mandant(mandant).filter(pk__in=keys).delete()
    Abweisung.objects.for_mandant(mandant).filter(stunde__lt=before).delete()
    day = timezone.localdate() - timedelta(days=COUNT_DAYS)
    Zaehler.objects.for_mandant(mandant).filter(zeitraum__lt=f"{day:%Y-%m}").delete()
    _delete_public(mandant)


def _delete_public(mandant: Mandant) -> None:
    """Delete entries that ended long ago or were never released, and what the evidence holds of them in clear."""
    day = timezone.localdate() - timedelta(days=ENDED_DAYS)
    due = (
        Q(bis__lt=day)
        | Q(stand=Angabenstand.ZURUECKGEZOGEN, beendet_am__date__lt=day)
        | Q(stand=Angabenstand.WARTET, eingetragen_am__date__lt=day)
    )
    with transaction.atomic():
        entries = OeffentlicheAngabe.objects.for_mandant(mandant)
        rows = dict(entries.filter(due).select_for_update().order_by("pk").values_list("pk", "public_id"))
        if not rows:
            return
        subject = OeffentlicheAngabe._meta.label_lower  # noqa: SLF001 - Django's public name
        ids = list(map(str, rows.values()))
        leaves = Leaf.objects.for_mandant(mandant).filter(subject_type=subject, subject_id__in=ids)
        forget_personal(mandant=mandant, leaves=leaves.values_list("public_id", flat=True))
        entries.filter(pk__in=rows).delete()
        data = {"ergebnis": "nach Frist gelöscht", "anzahl": str(len(rows))}
        record("llm.oeffentlich", mandant=mandant, data=data)

"""What is personal in a report goes some months after it is closed; that there was one stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from leitplanke.apps.register.models import Vorfall
from leitplanke.apps.register.time_limits import settings_of
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.evidence.services import forget_personal, record
from leitplanke.core.register.incidents import months_later
from leitplanke.core.register.lifecycle import Originator

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant


def delete_personal(mandant: Mandant, today: date | None = None) -> int:
    """Delete what is personal in reports that were closed long enough ago.

    What people wrote, how to reach them, who of the staff reported it, the answer, the measures, the code, and what
    opens the sealed evidence. Kind, severity, days and the published summary stay.

    Returns:
        How many reports that was.
    """
    day, months = today or timezone.localdate(), settings_of(mandant).loeschen_monate
    rows = Vorfall.objects.for_mandant(mandant).filter(erledigt_am__isnull=False, geloescht_am__isnull=True)
    ended = [(row.pk, timezone.localdate(row.erledigt_am)) for row in rows if row.erledigt_am]
    due = [key for key, closed in ended if months_later(closed, months) <= day]
    return sum(_delete(mandant, key) for key in due)


def _delete(mandant: Mandant, key: int) -> bool:
    with transaction.atomic():
        rows = Vorfall.objects.for_mandant(mandant).select_for_update(of=("self",)).select_related("eintrag")
        vorfall = rows.get(pk=key)
        if vorfall.open or vorfall.geloescht_am is not None:
            return False
        subject = vorfall._meta.label_lower  # noqa: SLF001 - Django's public name
        leaves = Leaf.objects.for_mandant(mandant).filter(subject_type=subject, subject_id=str(vorfall.public_id))
        forget_personal(mandant=mandant, leaves=leaves.values_list("public_id", flat=True))
        vorfall.massnahmen.update(text="")
        vorfall.text = vorfall.kontakt = vorfall.code_hash = vorfall.antwort = vorfall.abschlussgrund = ""
        vorfall.gemeldet_von, vorfall.geloescht_am = None, timezone.now()
        vorfall.save()
        data = {
            "eintrag": vorfall.eintrag.kuerzel, "art": vorfall.art, "schluessel": str(vorfall.public_id),
            "ergebnis": "persoenliches_geloescht", "durch": Originator.REGEL.value,
        }  # fmt: skip
        record("register.vorfall_bearbeitet", mandant=mandant, subject=vorfall, data=data)
    return True

"""Makers of own parts in the register as they are after the release, without the way that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from leitplanke.apps.register.models import Eintrag, Eintragsfassung
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.core.register.lifecycle import Stand

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant


def release_parts(mandant: Mandant, *keys: str) -> None:
    """Let the AI of the keys named run: `wissen`, `antrag.wohngeld`."""
    unit = Organisationseinheit.objects.for_mandant(mandant).first()
    for key in keys:
        entry = Eintrag.objects.create(
            mandant=mandant, einheit=unit, name=key, schluessel=key, kuerzel=key.replace(".", "-").replace("_", "-")
        )
        entry.gueltig = entry.bearbeitung = Eintragsfassung.objects.create(
            mandant=mandant, eintrag=entry, nummer=1, name=key
        )
        entry.stand, entry.freigegeben_am = Stand.FREIGEGEBEN.value, timezone.now()
        entry.save()


def set_state(mandant: Mandant, key: str, stand: Stand, **more: object) -> None:
    """Bring an entry into a state, whatever came before."""
    Eintrag.objects.for_mandant(mandant).filter(schluessel=key).update(stand=stand.value, **more)

"""How far from the house what a purpose asks may go: told before anything is asked."""

from __future__ import annotations

from leitplanke.base.llm.models import Modellstand, Zweck
from leitplanke.core.policy import ModelClass

_FAR = {kind.value: rank for rank, kind in enumerate(ModelClass)}


def furthest_model(mandant_id: int, purpose: str) -> str:
    """Return the class of the furthest released model that a purpose may ask; `lokal` where it has none."""
    rows = Zweck.objects.for_mandant(mandant_id).filter(schluessel=purpose, modelle__stand=Modellstand.FREIGEGEBEN)
    found = rows.values_list("modelle__klasse", flat=True)
    return max(found, key=lambda name: _FAR.get(name, len(_FAR)), default=ModelClass.LOKAL.value)

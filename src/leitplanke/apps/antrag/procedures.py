"""The application types of a Mandant: found by discovery, as its released changes and its settings make them."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING

from leitplanke.apps.antrag.models import Verfahrenseinstellung
from leitplanke.apps.regelwerk.public import engine_for, procedure_texts
from leitplanke.core.verfahren.loading import load_verfahren_texts

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.verfahren.model import Verfahren

MOST_KEPT = 64
_kept: OrderedDict[str, Verfahren] = OrderedDict()
_lock = RLock()


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure that a Mandant offers, with how it runs it."""

    verfahren: Verfahren
    einstellung: Verfahrenseinstellung


def verfahren_for(mandant: Mandant, name: str) -> Verfahren:
    """Return an application type as it holds for a Mandant, made once of equal texts.

    Raises:
        UnknownRegelwerkError: there is no such Regelwerk.
        RegelwerkError: it is no application type, or cannot be used; holds every finding.
    """
    texts = procedure_texts(mandant, name)
    regelwerk = engine_for(mandant, name).regelwerk
    key = hashlib.sha256(json.dumps([name, regelwerk.digest, sorted(texts.items())]).encode()).hexdigest()
    with _lock:
        if key not in _kept:
            _kept[key] = load_verfahren_texts(texts, regelwerk)
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        return _kept[key]


def verfahren_of(antrag: Antrag) -> Verfahren:
    """Return the application type of a case; raises as `verfahren_for`."""
    return verfahren_for(antrag.mandant, antrag.verfahren)


def offers(mandant: Mandant) -> list[Offer]:
    """Return what a Mandant offers, by title."""
    rows = Verfahrenseinstellung.objects.for_mandant(mandant).filter(aktiv=True).select_related("einheit", "mandant")
    found = [Offer(verfahren_for(mandant, row.verfahren), row) for row in rows]
    return sorted(found, key=lambda offer: offer.verfahren.titel.de)

"""Wissensräume: create and change."""

from __future__ import annotations

import hashlib
import json
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify

from leitplanke.apps.wissen.models import Wissensraum
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

FIELDS = (
    "name",
    "beschreibung",
    "themen",
    "sichtbarkeit",
    "von_startseite",
    "einheit",
    "kontakt_stelle",
    "kontakt_telefon",
    "kontakt_email",
    "kontakt_zeiten",
    "eroeffnung",
    "beispielfragen",
)
# Names that addresses of Wissen have already.
RESERVED = frozenset({"antwort", "fassung", "fragen", "raum-neu", "stichworte", "verlauf"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def free_short_name(mandant: Mandant, name: str) -> str:
    """Return a short name for addresses made of `name`, with a number where it is taken."""
    base = slugify(name.translate(UMLAUTS))[:50] or "raum"
    taken = RESERVED | set(Wissensraum.objects.for_mandant(mandant).values_list("kurz", flat=True))
    return next(short for number in count(1) if (short := base if number == 1 else f"{base}-{number}") not in taken)


def save_space(*, kurz: str, actor: Actor, values: Mapping[str, Any]) -> Wissensraum:
    """Create the space `kurz` or change it to `values` (names as in `FIELDS`).

    Raises:
        NotPermittedError: `actor` may not manage spaces.
        ValidationError: a value does not fit; says which and why.
    """
    actor.require("wissen.manage_space")
    with transaction.atomic():
        raum = Wissensraum.objects.for_mandant(actor.mandant).select_for_update().filter(
            kurz=kurz
        ).first() or Wissensraum(mandant=actor.mandant, kurz=kurz)
        for field in FIELDS:
            if field in values:
                setattr(raum, field, values[field])
        raum.clean_fields()
        raum.save()
        content = {field: str(getattr(raum, field)) for field in FIELDS}
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        record(
            "wissen.space_changed",
            mandant=actor.mandant,
            actor=actor,
            data={"raum": raum.kurz, "inhalt_sha256": digest},
        )
    return raum

"""The town's own vocabulary: bridges from everyday words to official ones, edited by people."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction

from leitplanke.apps.wissen.models import Stichwort, Wissensraum
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.base.accounts.access import Actor

FIELDS = ("alltag", "amtlich", "fundstellen")


def save_entry(*, actor: Actor, pk: int | None, values: Mapping[str, Any]) -> Stichwort:
    """Add an entry, or change the one with `pk`, and have the indexes take it up."""
    actor.require("wissen.edit_vocabulary")
    with transaction.atomic():
        own = Stichwort.objects.for_mandant(actor.mandant)
        entry = Stichwort(mandant=actor.mandant) if pk is None else own.select_for_update().get(pk=pk)
        for name in FIELDS:
            setattr(entry, name, list(values[name]))
        entry.save()
        _changed(actor)
    return entry


def delete_entry(*, actor: Actor, pk: int) -> bool:
    """Delete an entry; False where there is none."""
    actor.require("wissen.edit_vocabulary")
    with transaction.atomic():
        deleted, _per_model = Stichwort.objects.for_mandant(actor.mandant).filter(pk=pk).delete()
        if deleted:
            _changed(actor)
    return bool(deleted)


def _changed(actor: Actor) -> None:
    from leitplanke.apps.wissen.tasks import renew_index  # noqa: PLC0415 - tasks call the services of this app

    entries = list(Stichwort.objects.for_mandant(actor.mandant).order_by("pk").values_list(*FIELDS))
    digest = hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()
    record("wissen.vocabulary_changed", mandant=actor.mandant, actor=actor, data={"inhalt_sha256": digest})
    for raum in Wissensraum.objects.for_mandant(actor.mandant):
        renew_index.enqueue(raum.pk)

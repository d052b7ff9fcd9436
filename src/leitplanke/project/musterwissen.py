"""How sources of the demo town come to be released: read here, and those of its guideline by the verb people use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation

from leitplanke.apps.leitlinie.queries import in_force
from leitplanke.apps.leitlinie.sourcing import NAMES, put_into_wissen
from leitplanke.apps.wissen import index, sources
from leitplanke.apps.wissen.models import Fassung, Stand, Wissensraum
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.retrieval.extract import extract

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant


def release_at_once(fassung: Fassung, releasing: Actor) -> None:
    """Read and release a version: our own files need no limited process, and the town is ready at once."""
    sources.read(fassung, reader=lambda name, data, source: extract(name, data, source=source))
    sources.release_source(fassung_id=fassung.pk, actor=releasing)


def load_guideline_sources(mandant: Mandant, data: Mapping[str, Any], people: Mapping[str, Actor]) -> int:
    """Put the guideline of the demo town into its space, once; return how many documents that were.

    `data` says which space it is, who puts them there and who releases them; `people` has everybody by address.
    """
    version = in_force(mandant)
    if version is None or Leaf.objects.for_mandant(mandant).filter(code="leitlinie.in_wissen").exists():
        return 0
    raum = Wissensraum.objects.for_mandant(mandant).get(kurz=data["raum"])
    with translation.override("de"):
        put_into_wissen(actor=people[data["uebernommen_von"]], version_id=version.pk, space=raum.kurz)
        waiting = Fassung.objects.for_mandant(mandant).filter(
            quelle__raum=raum, quelle__dokument__in=NAMES, stand=Stand.WIRD_GELESEN
        )
        rows = list(waiting.select_related("quelle__raum", "datei", "mandant"))
        for fassung in rows:
            release_at_once(fassung, people[data["freigegeben_von"]])
    index.renew(raum)
    return len(rows)

"""Sources that another area writes: they come in as versions like any other, and wait for a second person."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from leitplanke.apps.wissen.models import Fassung, Stand, Wissensraum
from leitplanke.apps.wissen.queries import space_for
from leitplanke.apps.wissen.sources import SourceDetails, add_source, fassung_name

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from leitplanke.base.accounts.access import Actor

# A version that is in use or on its way there.
LIVE = (Stand.WIRD_GELESEN, Stand.ZU_PRUEFEN, Stand.FREIGEGEBEN)


class UnknownSpaceError(ValueError):
    """There is no such space, or not for this person; the message is for people."""


class NameTakenError(ValueError):
    """Another source stands under this name; the message is for people."""


@dataclass(frozen=True, slots=True)
class OfferedSource:
    """A text of another area that becomes a source of the town.

    Attributes:
        dokument: its name in citations; what comes later under this name is a newer version of it.
        datei: the name of the file, of this version.
        text: Markdown.
        bindet: whom it binds.
        herkunft: where it comes from; what stands before the first comma is the same for all its versions.
        textstand: of which day it is.
        gueltig_von: from when it holds.
    """

    dokument: str
    titel: str
    datei: str
    text: str
    bindet: str
    herkunft: str
    textstand: date | None
    gueltig_von: date | None


def take_in(*, actor: Actor, raum: str, sources: Collection[OfferedSource]) -> list[str]:
    """Add texts as sources of the space with the short name `raum`; return the names of the new versions.

    What stands there already, word for word, is left as it is.

    Raises:
        NotPermittedError: `actor` may not add sources.
        StepStoppedError: a clause of the guideline keeps one out.
        UnknownSpaceError: there is no such space, or not for `actor`.
        NameTakenError: a source from elsewhere stands there under the same name.
    """
    actor.require("wissen.add_source")
    with transaction.atomic():
        try:
            space = space_for(actor, raum)
        except Wissensraum.DoesNotExist:
            raise UnknownSpaceError(_("Diesen Wissensraum gibt es nicht. Bitte wählen Sie einen anderen.")) from None
        Wissensraum.objects.for_mandant(actor.mandant).select_for_update().get(pk=space.pk)
        for source in sources:
            _require_name(space, source)
        added = [_added(actor, space, source) for source in sources if not _stands(space, source)]
    return [fassung_name(fassung) for fassung in added]


def _require_name(raum: Wissensraum, source: OfferedSource) -> None:
    """Refuse to replace what somebody brought from elsewhere.

    Raises:
        NameTakenError: that is what stands under this name.
    """
    rows = Fassung.objects.for_mandant(raum.mandant_id).filter(
        quelle__raum=raum, quelle__dokument=source.dokument, stand__in=LIVE
    )
    for herkunft in rows.values_list("quelle__herkunft", flat=True):
        if herkunft.partition(",")[0] != source.herkunft.partition(",")[0]:
            raise NameTakenError(
                _("Im Wissensraum heißt schon eine andere Quelle „%(name)s“. Bitte geben Sie ihr einen anderen Namen.")
                % {"name": source.dokument}
            )


def _stands(raum: Wissensraum, source: OfferedSource) -> bool:
    newest = Fassung.objects.for_mandant(raum.mandant_id).filter(
        quelle__raum=raum, quelle__dokument=source.dokument, stand__in=LIVE
    )
    row = newest.select_related("datei").order_by("-nummer").first()
    return row is not None and row.datei.sha256 == hashlib.sha256(source.text.encode()).hexdigest()


def _added(actor: Actor, raum: Wissensraum, source: OfferedSource) -> Fassung:
    details = SourceDetails(
        dokument=source.dokument,
        titel=source.titel,
        herkunft=source.herkunft,
        ebene="kommune",
        bindet=source.bindet,
        gebiet=actor.mandant.name,
        textstand=source.textstand,
        gueltig_von=source.gueltig_von,
    )
    return add_source(raum=raum, actor=actor, name=source.datei, data=source.text.encode(), details=details)

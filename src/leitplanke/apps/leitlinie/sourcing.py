"""Putting what holds into Wissen, so that the assistant answers from the guideline that was adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.doing import WrongStateError, leave_evidence, locked
from leitplanke.apps.leitlinie.models import Fassungsstand
from leitplanke.apps.leitlinie.public_documents import material_of_version
from leitplanke.apps.leitlinie.queries import in_force
from leitplanke.apps.wissen.public import NameTakenError, OfferedSource, UnknownSpaceError, take_in
from leitplanke.core.guideline.writing import SOURCES, source_text, write

if TYPE_CHECKING:
    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.base.accounts.access import Actor
    from leitplanke.core.guideline.writing import Output

# Names in citations: the same for every version, so that a newer one replaces the older.
NAMES = frozenset(f"{kind.value}.md" for kind in SOURCES)


def holds(version: Leitlinienfassung) -> bool:
    """Tell whether a version is the one that holds today."""
    return in_force(version.mandant) == version


def file_name(version: Leitlinienfassung, kind: Output) -> str:
    """Return what a document of a version is called in Wissen."""
    return f"{kind.value}-fassung-{version.nummer}.md"


def offered(version: Leitlinienfassung) -> list[OfferedSource]:
    """Return the documents of an adopted version as sources. They are German whatever language somebody reads."""
    material = material_of_version(version)
    texts = [source_text(write(kind, material), material) for kind in SOURCES]
    return [
        OfferedSource(
            dokument=f"{text.kind.value}.md",
            titel=text.title,
            datei=file_name(version, text.kind),
            text=text.text,
            bindet=text.binds,
            herkunft=f"Werkstatt der Leitlinie, Fassung {version.nummer}",
            textstand=version.beschlossen_am,
            gueltig_von=version.gilt_ab,
        )
        for text in texts
    ]


def put_into_wissen(*, actor: Actor, version_id: int, space: str) -> list[str]:
    """Add the documents of the version that holds to a space of Wissen, where a second person releases them.

    Returns:
        The names of the versions that were added.

    Raises:
        NotPermittedError: `actor` may not, here or in Wissen.
        WrongStateError: the version does not hold today, there is no such space, all stand there already, or
            another source has one of the names.
        StepStoppedError: a clause of the guideline keeps a document out.
    """
    with transaction.atomic():
        version = locked(version_id, actor, {Fassungsstand.BESCHLOSSEN})
        actor.require("leitlinie.to_wissen", version.stand)
        if not holds(version):
            raise WrongStateError(_("Diese Fassung gilt heute nicht. In Wissen gehört nur, was gilt."))
        try:
            added = take_in(actor=actor, raum=space, sources=offered(version))
        except (NameTakenError, UnknownSpaceError) as error:
            raise WrongStateError(str(error)) from error
        if not added:
            raise WrongStateError(_("Die Schriftstücke dieser Fassung stehen schon in diesem Wissensraum."))
        leave_evidence(
            "leitlinie.in_wissen", version, actor, actor.capacity("leitlinie.to_wissen", version.stand),
            raum=space, schriftstuecke=", ".join(added),
        )  # fmt: skip
    return added

"""What the register says of the AI of a procedure. It stops reading and proposing; people go on by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leitplanke.apps.antrag.models import Vorschlag, Vorschlagsstand
from leitplanke.apps.register.public import permit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.apps.register.public import Permit


def permit_of(antrag: Antrag) -> Permit:
    """Return whether the AI of the procedure may run now. Everybody whom it serves belongs to the office."""
    return permit(antrag.mandant, f"antrag.{antrag.verfahren}")


def runs(antrag: Antrag) -> bool:
    """Tell whether documents are read and values proposed for a case."""
    return permit_of(antrag).allows(staff=True)


def by_hand(antrag: Antrag) -> Permit | None:
    """Return what the register says where the case is worked on without AI, None where the AI runs."""
    found = permit_of(antrag)
    return None if found.allows(staff=True) else found


def open_proposals(antrag: Antrag) -> QuerySet[Vorschlag]:
    """Return the values that wait for a person; none while the AI is stopped, also of those it made before."""
    rows = antrag.vorschlaege.filter(stand=Vorschlagsstand.OFFEN).select_related("beleg")
    return rows if runs(antrag) else rows.none()

"""Objects for the addresses of reports, the overview and figures of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.apps.register import subscribing
from leitplanke.apps.register.models import Eintrag, Vorfall
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mandant, Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from tests.factories import make_membership

if TYPE_CHECKING:
    from collections.abc import Callable


def system(mandant: Mandant) -> Eintrag:
    """A system in trial, which the public knows."""
    einheit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    return Eintrag.objects.create(
        mandant=mandant, kuerzel="assistent", name="Assistent", einheit=einheit, stand="erprobung"
    )


def by_system(mandant: Mandant) -> dict[str, Any]:
    """Name it."""
    return {"kuerzel": system(mandant).kuerzel}


def by_report(mandant: Mandant) -> dict[str, Any]:
    """Name a report on it."""
    row = Vorfall.objects.create(
        mandant=mandant, eintrag=system(mandant), art="beschwerde", text="Falsch.", frist_am=timezone.localdate()
    )
    return {"kennung": row.public_id}


def by_calendar(mandant: Mandant) -> dict[str, Any]:
    """Name the calendar of somebody."""
    membership = make_membership(mandant, Rolle.RAT)
    return {"zeichen": subscribing.sign_of(subscribing.subscribe(Actor(mandant, membership.person, (membership,))))}


EXAMPLES: dict[str, Callable[[Mandant], dict[str, Any]]] = {
    "register:melden": by_system,
    "register:verbrauch": by_system,
    "register:vorfaelle": by_system,
    "register:meldung": by_report,
    "register:kalender": by_calendar,
}

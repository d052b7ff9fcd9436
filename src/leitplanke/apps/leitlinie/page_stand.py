"""What the page for the council shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.assessing import assessment
from leitplanke.apps.leitlinie.collecting import House
from leitplanke.apps.leitlinie.labels_strategie import PRINCIPLES, STATE_KINDS, STATES
from leitplanke.apps.leitlinie.models import Leitbild
from leitplanke.apps.leitlinie.standing import GoalState, Month, Next, Systems, coming, energy, goals_of, systems
from leitplanke.base.policy import active
from leitplanke.core.guideline.assessing import PrincipleState, State

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a town stands today.

    Attributes:
        numbers: label, value and address ("" where there is no page).
        principles: name, word for its state, colour, and how many of its points are proved ("2 von 3").
    """

    mission: Leitbild | None
    goals: tuple[GoalState, ...]
    systems: Systems
    energy: tuple[Month, ...]
    coming: tuple[Next, ...]
    principles: tuple[tuple[object, object, str, str], ...]
    numbers: tuple[tuple[str, str, str], ...]


def standing_of(mandant: Mandant) -> Standing:
    """Look at the whole house."""
    house = House(mandant)
    goals, found = goals_of(house), systems(house)
    return Standing(
        Leitbild.objects.for_mandant(mandant).first(),
        goals,
        found,
        energy(mandant),
        tuple(coming(mandant, found.running, goals)),
        tuple(principle_line(one) for one in assessment(house)),
        tuple(_numbers(mandant, goals, found)),
    )


def principle_line(one: PrincipleState) -> tuple[object, object, str, str]:
    """Return name, word, colour and how many points are proved; what cannot be seen is not counted."""
    seen = [row for row in one.points if row.state is not State.ENTFAELLT]
    proved = sum(row.state is State.BELEGT for row in seen)
    count = _("%(gut)s von %(alle)s") % {"gut": proved, "alle": len(seen)}
    return PRINCIPLES[one.principle], STATES[one.state], STATE_KINDS[one.state], count


def _numbers(mandant: Mandant, goals: Iterable[GoalState], found: Systems) -> Iterable[tuple[str, str, str]]:
    holds = active(mandant)
    version = _("keine eigene")
    if holds.adopted:
        since = date_format(holds.since, "SHORT_DATE_FORMAT") if holds.since else ""
        version = _("Fassung %(nummer)s seit %(tag)s") % {"nummer": holds.version, "tag": since}
    rows = list(goals)
    reached = _("%(gut)s von %(alle)s") % {"gut": sum(one.reached for one in rows), "alle": len(rows)}
    running = _("%(alle)s, davon %(offen)s öffentlich") % {"alle": len(found.running), "offen": found.public}
    return (
        (_("Leitlinie"), version, reverse("leitlinie:oeffentlich")),
        (_("Systeme im Einsatz oder in Erprobung"), running, reverse("register:amt_liste")),
        (_("davon Hochrisiko"), str(found.high_risk), ""),
        (_("offene Meldungen"), str(found.reports.open), ""),
        (_("Ziele am Zielwert"), reached, reverse("leitlinie:strategie")),
    )

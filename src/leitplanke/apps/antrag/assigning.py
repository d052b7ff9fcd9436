"""Who works on a case, and when it is looked at again: steps without effect in law, for one case or many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.doing import Doer, clerk, locked, perform
from leitplanke.apps.antrag.permissions import PROCESSORS
from leitplanke.apps.antrag.queries import visible_cases
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.core.verfahren.acts import ActError

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.base.accounts.access import Actor


class AssignmentError(ValueError):
    """That person does not work in this unit, or that day is no day for it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step for many cases: how many it was done to, and why not to others, by file number."""

    count: int
    refused: dict[str, str]


def colleagues(antrag_einheit: int, actor: Actor) -> list[Mitgliedschaft]:
    """Return who works in a unit today, by name."""
    rows = (
        Mitgliedschaft.objects.for_mandant(actor.mandant)
        .filter(einheit=antrag_einheit, rolle__in=[rolle.value for rolle in PROCESSORS], person__is_active=True)
        .valid_on(timezone.localdate())
        .select_related("person")
    )
    return sorted(rows, key=lambda row: (row.person.nachname, row.person.vorname, row.pk))


def assign(antrag_id: int, doer: Doer, to: Mitgliedschaft | None) -> Antrag:
    """Give a case to somebody of its unit, or to nobody.

    Raises:
        AssignmentError: that person does not work in this unit.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        if to is not None and (to.einheit_id != antrag.einheit_id or to.mandant_id != antrag.mandant_id):
            raise AssignmentError(_("Diese Person arbeitet nicht in der zuständigen Stelle."))
        antrag.bearbeitung = to
        perform(antrag, "verteilen", doer, text=_("Zuteilung geändert"), public=False)
    return antrag


def resubmit(antrag_id: int, doer: Doer, on: date | None) -> Antrag:
    """Have a case looked at again on a day; None takes that back.

    Raises:
        AssignmentError: the day has passed.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    if on is not None and on < timezone.localdate():
        raise AssignmentError(_("Der Tag der Wiedervorlage ist schon vorbei."))
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        antrag.wiedervorlage_am = on
        text = _("Wiedervorlage am %(tag)s") % {"tag": on.strftime("%d.%m.%Y")} if on else _("Keine Wiedervorlage mehr")
        perform(antrag, "wiedervorlegen", doer, text=text, public=False)
    return antrag


def begin(antrag_id: int, doer: Doer) -> Antrag:
    """Begin to work on a case; whoever does is assigned where nobody was.

    Raises:
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        antrag.bearbeitung = antrag.bearbeitung or doer.membership
        perform(antrag, "uebernehmen", doer, text=_("Bearbeitung begonnen"))
    return antrag


def seen(antrag_id: int, doer: Doer) -> None:
    """Note that what was new has been looked at."""
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        if antrag.neues:
            antrag.neues = False
            antrag.save(update_fields=["neues"])


def for_many(actor: Actor, kennungen: Iterable[UUID], step: str, value: Mitgliedschaft | date | None) -> Done:
    """Do a step without effect in law to many cases; each by itself, so one that cannot be done stops no other.

    Args:
        step: `zuteilen` with somebody or nobody, `wiedervorlegen` with a day or none, `beginnen`.
    """
    refused: dict[str, str] = {}
    count = 0
    for antrag in visible_cases(actor).filter(kennung__in=list(kennungen)).select_related("einheit"):
        try:
            doer = clerk(actor, antrag, "antrag.view")
            _step(antrag, doer, step, value)
            count += 1
        except (ActError, AssignmentError) as error:
            refused[antrag.nummer] = str(error)
        except NotPermittedError:
            refused[antrag.nummer] = _("Dafür fehlt Ihnen die Berechtigung.")
    return Done(count, refused)


def _step(antrag: Antrag, doer: Doer, step: str, value: Mitgliedschaft | date | None) -> None:
    if step == "zuteilen" and not isinstance(value, date):
        assign(antrag.pk, doer, value)
    elif step == "wiedervorlegen" and not isinstance(value, Mitgliedschaft):
        resubmit(antrag.pk, doer, value)
    elif step == "beginnen":
        begin(antrag.pk, doer)

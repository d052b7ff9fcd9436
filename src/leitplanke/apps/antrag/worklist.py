"""The work list: what a unit has to do, in order and with the next step; one indexed query whatever its size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.models import Antrag, Rechenstand
from leitplanke.apps.antrag.queries import visible_cases
from leitplanke.core.verfahren.acts import Stand

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor

OPEN = (
    Stand.EINGEGANGEN,
    Stand.IN_BEARBEITUNG,
    Stand.WARTET,
    Stand.ZUR_ZEICHNUNG,
    Stand.ENTSCHIEDEN,
    Stand.RECHTSBEHELF,
)
TO_DO = (Stand.EINGEGANGEN, Stand.IN_BEARBEITUNG, Stand.RECHTSBEHELF)
SOON_DAYS = 7
ORDERS = {
    "frist": (F("frist_am").asc(nulls_last=True), "eingang_am", "id"),
    "eingang": ("eingang_am", "id"),
    "neueste": ("-eingang_am", "-id"),
    "name": ("name", "id"),
    "aktenzeichen": ("nummer",),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: `wer` is `alle`, `meine`, `frei` or `vertretung`; `was` a kind of work."""

    suche: str = ""
    stand: str = ""
    verfahren: str = ""
    wer: str = "alle"
    was: str = ""
    ordnung: str = "frist"


def cases(actor: Actor, wanted: Wanted, today: date | None = None) -> QuerySet[Antrag]:
    """Return the cases of the actor's units that are wanted, in order."""
    found = visible_cases(actor)
    if wanted.stand:
        found = found.filter(stand=wanted.stand)
    elif not wanted.suche:
        found = found.filter(stand__in=[stand.value for stand in OPEN])
    if wanted.verfahren:
        found = found.filter(verfahren=wanted.verfahren)
    if wanted.suche:
        found = found.filter(Q(nummer__istartswith=wanted.suche) | Q(name__icontains=wanted.suche))
    found = _of_whom(found, actor, wanted.wer)
    found = _of_work(found, wanted.was, today or timezone.localdate())
    return found.select_related("bearbeitung__person", "einheit").order_by(*ORDERS.get(wanted.ordnung, ORDERS["frist"]))


def _of_whom(found: QuerySet[Antrag], actor: Actor, wer: str) -> QuerySet[Antrag]:
    if wer == "meine":
        return found.filter(bearbeitung__in=[membership.pk for membership in actor.memberships])
    if wer == "vertretung":
        return found.filter(bearbeitung__in=[membership.pk for membership in actor.acting_for])
    return found.filter(bearbeitung__isnull=True) if wer == "frei" else found


def _of_work(found: QuerySet[Antrag], was: str, today: date) -> QuerySet[Antrag]:
    ready = Q(stand=Stand.IN_BEARBEITUNG.value, rechenstand=Rechenstand.BESTIMMT, offene_urteile=0) & ~Q(ergebnis="")
    kinds = {
        "neues": Q(neues=True),
        "ueberfaellig": Q(frist_am__lt=today),
        "bald": Q(frist_am__range=(today, today + timedelta(days=SOON_DAYS))),
        "wiedervorlage": Q(wiedervorlage_am__lte=today),
        "entscheidungsreif": ready,
        "zeichnen": Q(stand=Stand.ZUR_ZEICHNUNG.value),
    }
    return found.filter(kinds[was]) if was in kinds else found


def next_case(actor: Actor, after: Antrag | None = None) -> Antrag | None:
    """Return the case that somebody would take up next: their own, one stood in for, or nobody's; most urgent first."""
    mine = [membership.pk for membership in (*actor.memberships, *actor.acting_for)]
    waiting = Q(stand__in=[stand.value for stand in TO_DO]) | Q(neues=True, stand__in=[stand.value for stand in OPEN])
    found = visible_cases(actor).filter(waiting, Q(bearbeitung__in=mine) | Q(bearbeitung__isnull=True))
    if after is not None:
        found = found.exclude(pk=after.pk)
    return found.order_by(*ORDERS["frist"]).first()


def next_step(antrag: Antrag, today: date) -> str:
    """Return the one thing to do next, in words."""
    if antrag.neues:
        return _("Neues ansehen")
    simple = {
        Stand.EINGEGANGEN: _("Bearbeitung beginnen"),
        Stand.ZUR_ZEICHNUNG: _("Prüfen und zeichnen"),
        Stand.ENTSCHIEDEN: _("Bescheid freigeben und absenden"),
        Stand.RECHTSBEHELF: _("Rechtsbehelf bearbeiten"),
        Stand.BEKANNTGEGEBEN: _("Ende der Rechtsbehelfsfrist abwarten"),
    }
    if antrag.state in simple:
        return simple[antrag.state]
    if antrag.state is Stand.WARTET:
        over = antrag.frist_am is not None and antrag.frist_am < today
        return _("Frist abgelaufen: entscheiden, wie es weitergeht") if over else _("Antwort abwarten")
    if antrag.state is Stand.IN_BEARBEITUNG:
        return _step_in_work(antrag)
    return ""


def _step_in_work(antrag: Antrag) -> str:
    if antrag.rechenstand == Rechenstand.FEHLER:
        return _("Angaben berichtigen: So lässt sich nicht rechnen")
    if antrag.offene_angaben:
        return _("Fehlende Angaben anfordern oder ergänzen")
    if antrag.offene_urteile and not antrag.ergebnis:
        return _("Urteile treffen")
    return _("Entscheiden")

"""Where a case is, as a calm line of steps, and who or what did something in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.labels import ACT_LABELS
from leitplanke.core.verfahren.acts import LABELS, Originator, Stand

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag, Frist, Verlauf
    from leitplanke.core.verfahren.model import Verfahren


@dataclass(frozen=True, slots=True)
class Moment:
    """A step of the way, as the component `steps` shows it."""

    label: str
    state: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that happened, by whom."""

    am: datetime
    text: str
    durch: str
    kind: str


_REACHED = {
    Stand.EINGEGANGEN: 1,
    Stand.IN_BEARBEITUNG: 2,
    Stand.WARTET: 2,
    Stand.ZUR_ZEICHNUNG: 2,
    Stand.ENTSCHIEDEN: 3,
    Stand.BEKANNTGEGEBEN: 4,
    Stand.RECHTSBEHELF: 4,
    Stand.ABGESCHLOSSEN: 5,
}


def moments(antrag: Antrag, verfahren: Verfahren, frist: Frist | None) -> list[Moment]:
    """Return the way of a case: handed in, looked at, decided, letter sent."""
    if antrag.state in {Stand.ZURUECKGENOMMEN, Stand.ABGEGEBEN}:
        end = _("Zurückgenommen") if antrag.state is Stand.ZURUECKGENOMMEN else _("An eine andere Stelle abgegeben")
        return [Moment(_("Eingegangen"), "done", _day(antrag)), Moment(end, "now")]
    waiting = _("Das Amt wartet auf Sie.") if antrag.state is Stand.WARTET else ""
    if waiting and frist is not None:
        waiting = _("Das Amt wartet auf Sie, bis zum %(tag)s.") % {"tag": _short(frist.ende)}
    usual = _("Das dauert meist %(wochen)d Wochen, wenn alles vorliegt.") % {"wochen": verfahren.bearbeitung_wochen}
    labels = [
        (_("Eingegangen"), _day(antrag)),
        (_("Wird geprüft"), waiting or usual),
        (_("Entschieden"), _("Das tut ein Mensch.")),
        (_("Bescheid versandt"), ""),
    ]
    reached = _REACHED.get(antrag.state, 0)
    return [
        Moment(label, "done" if place < reached else "now" if place == reached else "open", text)
        for place, (label, text) in enumerate(labels, 1)
    ]


def _day(antrag: Antrag) -> str:
    return _("am %(tag)s") % {"tag": _short(antrag.eingang_am)} if antrag.eingang_am else ""


def _short(day: date) -> str:
    return str(formats.date_format(day, "SHORT_DATE_FORMAT"))


def traces(antrag: Antrag) -> list[Trace]:
    """Return what the person may read of the history, the newest first."""
    rows = antrag.verlauf.filter(oeffentlich=True)
    return [_trace(row) for row in reversed(list(rows))]


def _trace(row: Verlauf) -> Trace:
    who = {
        Originator.PERSON.value: (_("Ein Mensch im Amt"), "success"),
        Originator.BUERGER.value: (_("Sie"), "info"),
    }
    durch, kind = who.get(row.durch, (_("Automatisch, nach einer Regel"), "warning"))
    return Trace(row.am, row.text or _(ACT_LABELS.get(row.was, row.was)), durch, kind)


def state_label(antrag: Antrag) -> str:
    """Return the state in words."""
    return _(LABELS[antrag.state])

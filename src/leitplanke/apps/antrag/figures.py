"""Figures about the work of a unit; about single people only how cases are spread, and only where that is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from leitplanke.apps.antrag.labels import STAND_LABELS
from leitplanke.apps.antrag.models import Antrag, Verfahrenseinstellung
from leitplanke.apps.antrag.queries import units_where, visible_cases
from leitplanke.apps.antrag.worklist import OPEN
from leitplanke.core.verfahren.acts import Stand

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor

AGES = ((0, 14), (15, 42), (43, 90), (91, None))


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what is counted, how many, and the share of the largest for a bar."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How the work of one procedure stands; `spread` is None where the Dienstvereinbarung does not allow it."""

    verfahren: str
    open: int
    overdue: int
    states: tuple[Row, ...]
    ages: tuple[tuple[int, int | None, int], ...]
    spread: tuple[Row, ...] | None


def figures_for(actor: Actor, today: date) -> list[Figures]:
    """Return the figures of each procedure of the units that the actor leads."""
    rows = Verfahrenseinstellung.objects.for_mandant(actor.mandant).order_by("verfahren")
    led = units_where(actor, "antrag.figures")
    visible = visible_cases(actor).filter(einheit__in=led, stand__in=[stand.value for stand in OPEN])
    names = set(visible.values_list("verfahren", flat=True).distinct())
    return [_of(visible.filter(verfahren=row.verfahren), row, today) for row in rows if row.verfahren in names]


def _of(cases: QuerySet[Antrag], row: Verfahrenseinstellung, today: date) -> Figures:
    ages = {f"alter_{low}": Count("pk", filter=_age(low, high, today)) for low, high in AGES}
    total = cases.aggregate(alle=Count("pk"), spaet=Count("pk", filter=Q(frist_am__lt=today)), **ages)
    by_state = dict(cases.order_by().values_list("stand").annotate(Count("pk")))
    states = tuple(
        Row(label, by_state[stand.value]) for stand, label in STAND_LABELS.items() if stand.value in by_state
    )
    return Figures(
        row.verfahren,
        total["alle"],
        total["spaet"],
        states,
        tuple((low, high, total[f"alter_{low}"]) for low, high in AGES),
        _spread(cases) if row.fallverteilung else None,
    )


def _age(low: int, high: int | None, today: date) -> Q:
    newest = Q(eingang_am__lte=today - timedelta(days=low))
    return newest if high is None else newest & Q(eingang_am__gte=today - timedelta(days=high))


def _spread(cases: QuerySet[Antrag]) -> tuple[Row, ...]:
    rows = (
        cases.order_by()
        .filter(stand__in=[Stand.IN_BEARBEITUNG.value, Stand.EINGEGANGEN.value, Stand.WARTET.value])
        .values_list("bearbeitung__person__vorname", "bearbeitung__person__nachname")
        .annotate(Count("pk"))
    )
    return tuple(Row(f"{first or ''} {last or ''}".strip(), count) for first, last, count in sorted(rows, key=str))

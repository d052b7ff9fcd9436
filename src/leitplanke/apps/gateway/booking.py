"""What models used goes to the register, month by month and by purpose; never to a person."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.utils import timezone

from leitplanke.apps.register.public import MonthlyUse, book_month
from leitplanke.base.llm.models import Aufruf, Ausgang

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

MILLION = 1_000_000


def book_current(mandant: Mandant) -> int:
    """Book this month and the one before, so that its last hours are not lost; returns how many entries got figures."""
    first = timezone.localdate().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return sum(_book(mandant, month) for month in (before, first))


def _book(mandant: Mandant, month: date) -> int:
    rows = (
        Aufruf.objects.for_mandant(mandant)
        .filter(begonnen_am__gte=_midnight(month), begonnen_am__lt=_midnight(_next(month)))
        .exclude(ausgang=Ausgang.ABGELEHNT)
        .order_by()
        .values("zweck")
        .annotate(uses=Count("pk"), low=Sum("wh_von"), high=Sum("wh_bis"), eur=Sum("eur_millionstel"))
    )
    booked = 0
    for row in rows:
        # The middle of the range: the register keeps one figure and says that it is an estimate.
        wh = Decimal(row["low"] + row["high"]) / 2 / MILLION
        use = MonthlyUse(row["zweck"], month, row["uses"], wh, Decimal(row["eur"]) / MILLION)
        booked += book_month(mandant, use)
    return booked


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)

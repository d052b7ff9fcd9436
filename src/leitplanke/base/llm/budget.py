"""Budgets of keys: what was used, what running calls have reserved, and whether one more fits."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from leitplanke.base.llm.models import Zaehler
from leitplanke.base.llm.snapshot import KeyView, Limit

WHY = "Die Tür zählt für alle Kommunen des Hauses."


@dataclass(frozen=True, slots=True)
class Amount:
    """Calls, tokens, money and energy in millionths."""

    calls: int = 0
    tokens: int = 0
    eur: int = 0
    wh: int = 0

    def __add__(self, other: Amount) -> Amount:
        """Return the sum."""
        return Amount(self.calls + other.calls, self.tokens + other.tokens, self.eur + other.eur, self.wh + other.wh)

    def __sub__(self, other: Amount) -> Amount:
        """Return the difference."""
        return Amount(self.calls - other.calls, self.tokens - other.tokens, self.eur - other.eur, self.wh - other.wh)


NOTHING = Amount()
# The first limits are those of a day, those after them of a month.
DAILY = 2
NO_LIMIT = Limit(None, None, None, None)
Totals = Mapping[tuple[int, str], Amount]


@lru_cache(maxsize=16)
def periods(day: date) -> tuple[str, str]:
    """Return how the day and the month of a day are called."""
    return day.isoformat(), f"{day:%Y-%m}"


def load_totals(day: date) -> dict[tuple[int, str], Amount]:
    """Return what every key used on a day and in its month."""
    rows = Zaehler.objects.unscoped(WHY).filter(zeitraum__in=periods(day))
    fields = ("zugang_id", "zeitraum", "anfragen", "token", "eur_millionstel", "wh_millionstel")
    return {(key, period): Amount(*amounts) for key, period, *amounts in rows.values_list(*fields)}


class Budgets:
    """What keys used, as this process knows it: the database at the last look, and its own calls since.

    Several processes see each other's calls with the next look; until then they may go over a limit by what they run.
    """

    def __init__(self, load: Callable[[date], Mapping[tuple[int, str], Amount]] = load_totals) -> None:
        """Begin with nothing used."""
        self._load = load
        self._used: dict[tuple[int, str], Amount] = {}
        self._reserved: dict[int, Amount] = {}
        self._lock = threading.Lock()

    def refresh(self, day: date) -> None:
        """Take over what the database says."""
        found = dict(self._load(day))
        with self._lock:
            self._used = found

    def share(self, key: KeyView, day: date) -> int:
        """Return the used part of the tightest limit, in whole percent, 0 where there is none."""
        if key.limit == NO_LIMIT:
            return 0
        with self._lock:
            rows = self._rows(key, day, NOTHING)
        # A limit of nothing is used up from the start.
        parts = (used * 100 // limit if limit else 100 for used, _more, limit in rows if limit is not None)
        return max(parts, default=0)

    def wait(self, key: KeyView, at: datetime) -> int:
        """Return after how many seconds none of the limits that are reached holds any more."""
        with self._lock:
            rows = self._rows(key, at.date(), NOTHING)
        reached = [limit is not None and used >= limit for used, _more, limit in rows]
        begin = at.replace(hour=0, minute=0, second=0, microsecond=0)
        month = (begin.replace(day=28) + timedelta(days=4)).replace(day=1)
        until = month if any(reached[DAILY:]) else begin + timedelta(days=1)
        return math.ceil((until - at).total_seconds())

    def reserve(self, key: KeyView, day: date, expected: Amount, *, hard: bool = True) -> bool:
        """Set aside the most that a call may use; False where that does not fit beside what is used and set aside.

        A call that runs alone is let through as long as a limit is not reached, for it mostly uses far less than the
        most; so the last one may go over by its own rest, and calls at once never do. Limits that are not `hard` are
        for warning only.
        """
        with self._lock:
            open_ = self._reserved.get(key.id)
            if hard and key.limit != NO_LIMIT:
                for used, aside, limit in self._rows(key, day, open_ or NOTHING):
                    if limit is not None and used + aside >= limit:
                        return False
                if open_ and not self._fits(key, day, open_ + expected):
                    return False
            self._reserved[key.id] = open_ + expected if open_ else expected
            return True

    def settle(self, key: KeyView, day: date, expected: Amount, used: Amount) -> None:
        """Replace what was set aside by what was used."""
        with self._lock:
            rest = self._reserved.get(key.id, NOTHING) - expected
            if rest == NOTHING:
                self._reserved.pop(key.id, None)
            else:
                self._reserved[key.id] = rest
            for period in periods(day):
                self._used[key.id, period] = self._used.get((key.id, period), NOTHING) + used

    def _fits(self, key: KeyView, day: date, more: Amount) -> bool:
        return all(limit is None or used + amount <= limit for used, amount, limit in self._rows(key, day, more))

    def _rows(self, key: KeyView, day: date, more: Amount) -> tuple[tuple[int, int, int | None], ...]:
        """Return of each kind what is used, what comes on top, and the limit."""
        name, limit = key.id, key.limit
        day_name, month_name = periods(day)
        today = self._used.get((name, day_name), NOTHING)
        month = self._used.get((name, month_name), NOTHING)
        return (
            (today.calls, more.calls, limit.calls_day),
            (today.tokens, more.tokens, limit.tokens_day),
            (month.eur, more.eur, limit.eur_month),
            (month.wh, more.wh, limit.wh_month),
        )

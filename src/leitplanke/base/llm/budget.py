"""Budgets of keys: what was used, what running calls have reserved, and whether one more fits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

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
NO_LIMIT = Limit(None, None, None, None)
Totals = Mapping[tuple[int, str], Amount]


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
        with self._lock:
            return self._share(key, day, NOTHING)

    def reserve(self, key: KeyView, day: date, expected: Amount) -> bool:
        """Set aside the most that a call may use; False where that does not fit beside what is used and set aside.

        A call that runs alone is let through as long as a limit is not reached, for it mostly uses far less than the
        most; so the last one may go over by its own rest, and calls at once never do.
        """
        with self._lock:
            open_ = self._reserved.get(key.id, NOTHING)
            if self._share(key, day, open_) >= 100 or (open_ != NOTHING and not self._fits(key, day, open_ + expected)):
                return False
            self._reserved[key.id] = open_ + expected
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

    def _share(self, key: KeyView, day: date, more: Amount) -> int:
        # A limit of nothing is used up from the start.
        parts = self._parts(key, day, more)
        return max((used * 100 // limit if limit else 100 for used, limit in parts), default=0)

    def _fits(self, key: KeyView, day: date, more: Amount) -> bool:
        return all(used <= limit for used, limit in self._parts(key, day, more))

    def _parts(self, key: KeyView, day: date, more: Amount) -> list[tuple[int, int]]:
        """Return what is used, with what comes on top, beside its limit, where there is one."""
        limit = key.limit
        if limit == NO_LIMIT:
            return []
        today, month = (self._used.get((key.id, period), NOTHING) for period in periods(day))
        parts = (
            (today.calls + more.calls, limit.calls_day),
            (today.tokens + more.tokens, limit.tokens_day),
            (month.eur + more.eur, limit.eur_month),
            (month.wh + more.wh, limit.wh_month),
        )
        return [(used, limit) for used, limit in parts if limit is not None]

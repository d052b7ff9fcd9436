"""Budgets of keys: what was used, what running calls have reserved, and whether one more fits."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from leitplanke.base.llm.models import Zaehler
from leitplanke.base.llm.snapshot import KeyView

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
        self._reserved: dict[int, Amount] = defaultdict(Amount)
        self._lock = threading.Lock()

    def refresh(self, day: date) -> None:
        """Take over what the database says."""
        found = dict(self._load(day))
        with self._lock:
            self._used = found

    def share(self, key: KeyView, day: date) -> int:
        """Return the used and reserved part of the tightest limit, in whole percent, 0 where there is none."""
        with self._lock:
            return self._share(key, day, NOTHING)

    def reserve(self, key: KeyView, day: date, expected: Amount) -> bool:
        """Set an expected amount aside; False where a limit is reached. The last call before may go over it."""
        with self._lock:
            if self._share(key, day, NOTHING) >= 100:
                return False
            self._reserved[key.id] += expected
            return True

    def settle(self, key: KeyView, day: date, expected: Amount, used: Amount) -> None:
        """Replace what was set aside by what was used."""
        with self._lock:
            self._reserved[key.id] -= expected
            for period in periods(day):
                self._used[key.id, period] = self._used.get((key.id, period), NOTHING) + used

    def _share(self, key: KeyView, day: date, more: Amount) -> int:
        today, month = (self._used.get((key.id, period), NOTHING) for period in periods(day))
        open_ = self._reserved[key.id] + more
        limit = key.limit
        parts = (
            (today.calls + open_.calls, limit.calls_day),
            (today.tokens + open_.tokens, limit.tokens_day),
            (month.eur + open_.eur, limit.eur_month),
            (month.wh + open_.wh, limit.wh_month),
        )
        # A limit of nothing is used up from the start.
        return max((used * 100 // limit if limit else 100 for used, limit in parts if limit is not None), default=0)

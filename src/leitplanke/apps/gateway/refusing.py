"""Requests that are turned away before they become a call: limited in rate, and written down without their content.

Addresses of network are kept in memory for as long as their limit holds, and nowhere else.
"""

from __future__ import annotations

import asyncio
import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.utils import timezone

from leitplanke.base.llm.calls import Refusal
from leitplanke.base.llm.ports_inner import Book
from leitplanke.base.llm.snapshot import KeyView
from leitplanke.base.llm.turned_away import TurnedAway

# The first is written at once, those of the minute after it together.
TOGETHER_SECONDS = 60.0
MOST_REMEMBERED = 10_000
NO_KEY = "zugang_fehlt"


class Rate:
    """How often each may be refused: `burst` at once, then `per_second`."""

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody refused."""
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def wait(self, who: Hashable) -> int:
        """Return how many seconds somebody has to wait; 0 where they need not."""
        left = self._left_of(who)
        return 0 if left >= 1 else math.ceil((1 - left) / self._per_second)

    def refused(self, who: Hashable) -> None:
        """Note a refusal."""
        self._left[who] = (max(self._left_of(who) - 1, 0.0), self._clock())
        self._left.move_to_end(who)
        if len(self._left) > MOST_REMEMBERED:
            self._left.popitem(last=False)

    def _left_of(self, who: Hashable) -> float:
        found = self._left.get(who)
        if found is None:
            return self._burst
        left, at = found
        return min(self._burst, left + (self._clock() - at) * self._per_second)


@dataclass(frozen=True, slots=True)
class _Who:
    mandant_id: int
    reason: str
    key_number: str = ""
    purpose: str = ""


class Refusals:
    """What the door turned away in this process. It belongs to one event loop."""

    def __init__(self, book: Book, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing."""
        self._book = book
        self._keys = Rate(120, 2, clock)
        self._addresses = Rate(60, 1, clock)
        # How many there were since the first of a minute was written.
        self._since: dict[_Who, int] = {}

    def too_often(self, key: KeyView) -> Refusal | None:
        """Return why a key has to wait, where it was refused too often."""
        wait = self._keys.wait(key.id)
        if not wait:
            return None
        self._count(_Who(key.mandant_id, "zu_viele_ablehnungen", key.number, key.purpose))
        return _slow_down(wait)

    def of_key(self, key: KeyView, code: str) -> None:
        """Note that a request with a key was turned away before it became a call, and write it down."""
        self._keys.refused(key.id)
        self._count(_Who(key.mandant_id, code, key.number, key.purpose))

    def by_door(self, key: KeyView, refusal: Refusal) -> None:
        """Note that the door refused a call; it has written that down itself."""
        if 400 <= refusal.status < 500:
            self._keys.refused(key.id)

    def guesses_too_often(self, address: str) -> bool:
        """Tell whether an address has sent too many requests without a valid key."""
        return self._addresses.wait(_network(address)) > 0

    def without_key(self, mandant_id: int | None, address: str) -> Refusal | None:
        """Count a request without a valid key; return why its address has to wait, where there were too many."""
        if mandant_id is not None:
            self._count(_Who(mandant_id, NO_KEY))
        near = _network(address)
        wait = self._addresses.wait(near)
        if wait:
            return _slow_down(wait)
        self._addresses.refused(near)
        return None

    def _count(self, who: _Who) -> None:
        if who in self._since:
            self._since[who] += 1
            return
        self._since[who] = 0
        self._note(who, 1)
        asyncio.get_running_loop().call_later(TOGETHER_SECONDS, self._minute_over, who)

    def _minute_over(self, who: _Who) -> None:
        if count := self._since.pop(who):
            self._note(who, count)

    def _note(self, who: _Who, count: int) -> None:
        self._book.note(TurnedAway(who.mandant_id, timezone.now(), who.reason, count, who.key_number, who.purpose))


def _network(address: str) -> str:
    """Return what counts as one sender: an address, of the newer kind the network of a household or office."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return address


def _slow_down(seconds: int) -> Refusal:
    return Refusal(
        "zu_viele_ablehnungen",
        f"Zu viele Anfragen wurden abgelehnt. Bitte prüfen Sie das Programm; in {seconds} Sekunden geht es wieder.",
        429, retry_after=seconds,
    )  # fmt: skip

"""When a model is asked again, when another steps in, when one is left alone for a while: pure, the clock passed in."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from leitplanke.base.llm.transports.base import TransportError

# What speaks against the model and not against the call.
AILING = frozenset(
    {
        "unerreichbar", "tls", "zeit_anfang", "zeit_gesamt", "abgebrochen", "antwort_unlesbar", "antwort_zu_gross",
        "umleitung", "modell_gestoert", "modell_ausgelastet", "modell_unbekannt", "modell_zugang_falsch",
        "modell_kontingent_leer", "lokal_aus", "lokal_datei_fehlt", "lokal_extra_fehlt", "lokal_startet_nicht",
    }
)  # fmt: skip
# Another model could do it although this one is well.
TOO_SMALL = frozenset({"kontext_zu_klein"})
# We do not let it out; another model may sit elsewhere.
CLOSED = frozenset({"adresse_gesperrt", "adresse_ungueltig", "nicht_freigegeben", "offline"})
LONGEST_WAIT = 2


class Next(enum.StrEnum):
    """What follows a failure."""

    AGAIN = "again"
    OTHER = "other"
    GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True)
class Step:
    """What follows, and after how many seconds."""

    next: Next
    wait: int = 0


def after_failure(error: TransportError, *, tries: int, others: bool) -> Step:
    """Say what follows a failure.

    Args:
        error: what happened.
        tries: how often this model was asked for this call, this time included.
        others: whether another suitable model is left.
    """
    if not error.before_first_byte:
        return Step(Next.GIVE_UP)
    if tries == 1 and error.code == "abgebrochen":  # mostly a connection that the other side had given up
        return Step(Next.AGAIN)
    if error.code in AILING | TOO_SMALL | CLOSED and others:
        return Step(Next.OTHER)
    if tries == 1 and error.code == "modell_ausgelastet" and 0 < error.retry_after <= LONGEST_WAIT:
        return Step(Next.AGAIN, error.retry_after)
    return Step(Next.GIVE_UP)


@dataclass(frozen=True, slots=True)
class Breaker:
    """Leaves an ailing model alone: after `limit` failures in a row for `pause` seconds, then one call tries it.

    Attributes:
        failures: in a row.
        opened: since when it is left alone.
        trying: since when one call tries it.
    """

    limit: int = 5
    pause: float = 30.0
    failures: int = 0
    opened: float | None = None
    trying: float | None = None

    def permits(self, now: float) -> bool:
        """Return whether a call may go to the model now."""
        if self.opened is None:
            return True
        if now - self.opened < self.pause:
            return False
        return self.trying is None or now - self.trying >= self.pause

    def begun(self, now: float) -> Breaker:
        """Note that a permitted call goes to the model."""
        return self if self.opened is None else self._with(trying=now)

    def succeeded(self) -> Breaker:
        """Note an answer."""
        return Breaker(self.limit, self.pause)

    def failed(self, code: str, now: float) -> Breaker:
        """Note a failure; one that does not speak against the model changes nothing."""
        if code not in AILING:
            return self._with(trying=None)
        failures = self.failures + 1
        if self.opened is not None or failures >= self.limit:
            return Breaker(self.limit, self.pause, failures, opened=now)
        return Breaker(self.limit, self.pause, failures)

    def _with(self, *, trying: float | None) -> Breaker:
        return Breaker(self.limit, self.pause, self.failures, self.opened, trying)

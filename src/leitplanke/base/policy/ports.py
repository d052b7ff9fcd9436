"""What is asked of the workshop above: the guideline that a town has adopted. `project/wiring.py` binds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.policy import Policy


@dataclass(frozen=True, slots=True)
class Adopted:
    """What a town has adopted and what holds today.

    Attributes:
        policy: its profile, compiled.
        version: of the guideline, for people.
        since: the day from which it holds.
    """

    policy: Policy
    version: str
    since: date


class AdoptedGuidelines(Protocol):
    """Knows what towns have adopted."""

    def __call__(self, mandant: Mandant) -> Adopted | None:
        """Return what holds today; None where nothing is adopted."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is known of the people of a town before they ask a model; keys are those of `Person`.

    Attributes:
        trained: for whom a proof of training is recorded that is valid on the day asked for.
        acknowledged: who has acknowledged the version that holds on that day; None where nothing is adopted, for then
            nothing has to be acknowledged.
    """

    trained: frozenset[int] = frozenset()
    acknowledged: frozenset[int] | None = None

    def is_trained(self, person_id: int | None) -> bool:
        """Tell whether somebody is trained; nobody in particular never is."""
        return person_id in self.trained

    def has_acknowledged(self, person_id: int | None) -> bool:
        """Tell whether somebody has acknowledged what holds, or nothing has to be acknowledged."""
        return self.acknowledged is None or person_id in self.acknowledged


class ReadinessOf(Protocol):
    """Knows who is trained and who has acknowledged the guideline.

    The door to models keeps the answer in its snapshot: whoever records a training, ends one, or acknowledges a
    version raises the counter (`base.llm.snapshot.bump`) in the same transaction, and every process knows it within a
    second. Proofs that end by their day need no bump: the snapshot is loaded anew each minute.
    """

    def __call__(self, mandant: Mandant, day: date) -> Readiness:
        """Return what is known on a day."""


class ClauseAddress(Protocol):
    """Knows where a clause is read."""

    def __call__(self, number: str) -> str:
        """Return the address of the page of a clause of the guideline that holds; "" for the guideline itself."""


class UnboundPortError(RuntimeError):
    """`project/wiring.py` forgot to bind a port."""


class _Ports:
    adopted: AdoptedGuidelines | None = None
    address: ClauseAddress | None = None
    readiness: ReadinessOf | None = None


_ports = _Ports()


def bind(*, adopted: AdoptedGuidelines, address: ClauseAddress, readiness: ReadinessOf | None = None) -> None:
    """Say who knows adopted guidelines, where their clauses are read, and who is ready to work by them."""
    _ports.adopted = adopted
    _ports.address = address
    _ports.readiness = readiness


def adopted_of(mandant: Mandant) -> Adopted | None:
    """Return what a Mandant has adopted and what holds today.

    Raises:
        UnboundPortError: nobody knows it.
    """
    if _ports.adopted is None:
        raise UnboundPortError("adopted")
    return _ports.adopted(mandant)


def clause_address(number: str) -> str:
    """Return where a clause is read.

    Raises:
        UnboundPortError: nobody knows it.
    """
    if _ports.address is None:
        raise UnboundPortError("address")
    return _ports.address(number)


def readiness_of(mandant: Mandant, day: date) -> Readiness:
    """Return who is trained and who has acknowledged what holds; where nobody knows it, nobody is and nobody has."""
    if _ports.readiness is None:
        return Readiness(acknowledged=None if adopted_of(mandant) is None else frozenset())
    return _ports.readiness(mandant, day)

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


class ClauseAddress(Protocol):
    """Knows where a clause is read."""

    def __call__(self, number: str) -> str:
        """Return the address of the page of a clause of the guideline that holds; "" for the guideline itself."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Who may begin: keys of people.

    Attributes:
        readers: who has read the guideline that holds; None where none was adopted, so that there is nothing to read.
        trained: whose training counts today.
    """

    readers: frozenset[int] | None
    trained: frozenset[int]

    def has_read(self, person_id: int | None) -> bool:
        """Tell whether somebody has read what holds."""
        return self.readers is None or person_id in self.readers

    def is_trained(self, person_id: int | None) -> bool:
        """Tell whether somebody's training counts."""
        return person_id in self.trained


class ReadinessOfPeople(Protocol):
    """Knows who has read the guideline and who is trained."""

    def __call__(self, mandant: Mandant) -> Readiness:
        """Return what is known today."""


class UnboundPortError(RuntimeError):
    """`project/wiring.py` forgot to bind a port."""


class _Ports:
    adopted: AdoptedGuidelines | None = None
    address: ClauseAddress | None = None
    readiness: ReadinessOfPeople | None = None


_ports = _Ports()


def bind(*, adopted: AdoptedGuidelines, address: ClauseAddress, readiness: ReadinessOfPeople) -> None:
    """Say who knows adopted guidelines, where their clauses are read, and who has read them."""
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


def readiness_of(mandant: Mandant) -> Readiness:
    """Return who has read the guideline of a Mandant and who is trained.

    Raises:
        UnboundPortError: nobody knows it.
    """
    if _ports.readiness is None:
        raise UnboundPortError("readiness")
    return _ports.readiness(mandant)

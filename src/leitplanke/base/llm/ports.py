"""What the door asks of those above it; `project/wiring.py` binds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant


@dataclass(frozen=True, slots=True)
class PurposeState:
    """What the register says of a purpose now.

    Attributes:
        schluessel: technical name of the entry; `name` for people.
        released: towards everybody; `trial`: for staff only.
        satz: why not, for people; empty where it may.
        url: where the entry is read in public; "" where it is not public.
        high_risk: whether it is a high-risk system.
        forbidden: whether nobody may do this with AI: a prohibited practice (Art. 5 AI Act), or excluded by the town.
    """

    schluessel: str
    name: str
    released: bool
    trial: bool
    satz: str
    url: str = ""
    high_risk: bool = False
    forbidden: bool = False


class Purposes(Protocol):
    """Says which purposes a Mandant has and whether they may run."""

    def __call__(self, mandant: Mandant) -> Iterable[PurposeState]:
        """Return all purposes with a technical name."""


class UnboundPortError(RuntimeError):
    """`project/wiring.py` forgot to bind a port."""


class _Ports:
    purposes: Purposes | None = None


_ports = _Ports()


def bind(*, purposes: Purposes) -> None:
    """Say who knows the purposes."""
    _ports.purposes = purposes


def purposes_of(mandant: Mandant) -> tuple[PurposeState, ...]:
    """Return the purposes of a Mandant.

    Raises:
        UnboundPortError: nobody knows them.
    """
    if _ports.purposes is None:
        raise UnboundPortError("purposes")
    return tuple(_ports.purposes(mandant))

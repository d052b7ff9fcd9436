"""What accounts asks of its neighbours in base: evidence of its acts, mail, and to tell of changes who may do what.

Accounts is the lowest area, everybody knows it, so it knows nobody. `project/wiring.py` binds these ports.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant, Person

# Categories of mail as base.notify knows them.
SECURITY = "account.security"
DEPUTIES = "account.deputies"


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says; `category` as base.notify knows it."""

    category: str
    subject: str
    body: str


class RecordEvidence(Protocol):
    """Leaves evidence of an act, in its transaction."""

    def __call__(  # noqa: PLR0913 - the parts of an entry
        self,
        code: str,
        *,
        mandant: Mandant,
        actor: Actor,
        subject: Model,
        data: Mapping[str, str],
        personal: Mapping[str, str],
    ) -> object:
        """Record what happened: `data` in plain text, `personal` only as a sealed commitment."""


class SendMail(Protocol):
    """Sends a mail, in the transaction of the act it tells of."""

    def __call__(self, address: str, mail: Mail, *, mandant: Mandant | None, person: Person | None) -> object:
        """Queue the mail for `address`."""


class TellOfChange(Protocol):
    """Tells the processes that keep in memory who may do what, in the transaction of the change."""

    def __call__(self) -> object:
        """Have them look anew."""


class UnboundPortError(RuntimeError):
    """`project/wiring.py` forgot to bind a port."""


class _Ports:
    record: RecordEvidence | None = None
    send: SendMail | None = None
    tell: TellOfChange | None = None


_ports = _Ports()


def bind(*, record_evidence: RecordEvidence, send_mail: SendMail, tell_of_change: TellOfChange) -> None:
    """Say who records evidence, who sends mail, and who tells of changes."""
    _ports.record = record_evidence
    _ports.send = send_mail
    _ports.tell = tell_of_change


def record_evidence(
    code: str, *, actor: Actor, subject: Model, data: Mapping[str, str], personal: Mapping[str, str]
) -> None:
    """Leave evidence of an act of accounts.

    Raises:
        UnboundPortError: nobody records.
    """
    if _ports.record is None:
        raise UnboundPortError("record_evidence")
    _ports.record(code, mandant=actor.mandant, actor=actor, subject=subject, data=data, personal=personal)


def send_mail(address: str, mail: Mail, *, mandant: Mandant | None, person: Person | None = None) -> None:
    """Send a mail of accounts.

    Raises:
        UnboundPortError: nobody sends.
    """
    if _ports.send is None:
        raise UnboundPortError("send_mail")
    _ports.send(address, mail, mandant=mandant, person=person)


def tell_of_change() -> None:
    """Tell that people, roles or host names have changed; in the transaction of the change.

    Raises:
        UnboundPortError: nobody tells.
    """
    if _ports.tell is None:
        raise UnboundPortError("tell_of_change")
    _ports.tell()

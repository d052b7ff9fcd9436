"""What all verbs of the gateway share: who acts in which role, and what they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.services import record
from leitplanke.base.llm.snapshot import bump

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

    from leitplanke.base.accounts.access import Actor, Capacity


class NotReadyError(ValueError):
    """It cannot be done now; the message tells people why, and `field` where they can mend it."""

    def __init__(self, message: str, field: str = "") -> None:
        """Keep the name of the field."""
        super().__init__(message)
        self.field = field


def capacity_for(actor: Actor, action: str) -> Capacity:
    """Return in which capacity somebody acts.

    Raises:
        NotPermittedError: none allows it.
    """
    found = actor.capacity(action)
    if found is None or found.membership is None:
        raise NotPermittedError(action)
    return found


def leave(  # noqa: PLR0913 - the parts of an entry
    code: str, actor: Actor, subject: Model, capacity: Capacity, *, data: Mapping[str, str], text: str = ""
) -> None:
    """Record an act and tell every process that something changed; in the transaction of the change."""
    record(
        code,
        mandant=actor.mandant,
        actor=actor,
        subject=subject,
        data={**data, "rolle": capacity.rolle.value},
        personal={"text": text} if text else {},
    )
    bump()

"""What the register says of answering: released for everybody, in trial for staff, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leitplanke.apps.register.public import permit

if TYPE_CHECKING:
    from leitplanke.apps.register.public import Permit
    from leitplanke.base.accounts.access import Actor

KEY = "wissen"


class AiStoppedError(Exception):
    """No AI answers now; `permit` says why and where it stands in the register."""

    def __init__(self, found: Permit) -> None:
        """Keep what the register says."""
        super().__init__(found.satz)
        self.permit = found


def stopped_for(actor: Actor) -> Permit | None:
    """Return what the register says where no AI answers `actor` now, None where it does."""
    found = permit(actor.mandant, KEY)
    return None if found.allows(staff=actor.is_staff) else found


def require_running(actor: Actor) -> None:
    """Let a question go on to the AI.

    Raises:
        AiStoppedError: it does not run for `actor` now.
    """
    found = stopped_for(actor)
    if found is not None:
        raise AiStoppedError(found)

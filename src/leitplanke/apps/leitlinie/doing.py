"""What all verbs of the workshop share: locking a version, its state, evidence."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.models import Fassungsstand, Leitlinienfassung
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor, Capacity


MOST_DIGITS = 9


class WrongStateError(ValueError):
    """The version is not in a state in which this can be done; the message is for people."""


def whole_number(text: str) -> int:
    """Return a number that a form sent; 0 where it is none, or longer than any of ours."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def locked(version_id: int, actor: Actor, states: Collection[Fassungsstand]) -> Leitlinienfassung:
    """Lock a version of the town in the running transaction.

    Raises:
        Leitlinienfassung.DoesNotExist: there is no such version here.
        WrongStateError: it is in none of `states`.
    """
    version = Leitlinienfassung.objects.for_mandant(actor.mandant).select_for_update().get(pk=version_id)
    if version.stand not in states:
        raise WrongStateError(
            _("Diese Fassung ist „%(stand)s“. Dabei geht das nicht.") % {"stand": version.get_stand_display()}
        )
    return version


def leave_evidence(code: str, version: Leitlinienfassung, actor: Actor, capacity: Capacity | None, **data: str) -> None:
    """Leave evidence of an act on a version."""
    more = {"rolle": "", "in_vertretung": "nein"}
    if capacity is not None:
        more = {"rolle": capacity.rolle.value, "in_vertretung": "ja" if capacity.deputises else "nein"}
    record(
        code, mandant=version.mandant, actor=actor, subject=version,
        data={"fassung": str(version.nummer), **data, **more},
    )  # fmt: skip

"""Requests that never became a call: what is written of them is who held the key and why, and never what they said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import connection

from leitplanke.base.accounts.models import Mandant
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from leitplanke.base.evidence.services import Acting

_COUNT = """
INSERT INTO llm_abweisung (mandant_id, stunde, grund, anzahl) VALUES (%s, %s, %s, %s)
ON CONFLICT (mandant_id, stunde, grund) DO UPDATE SET anzahl = llm_abweisung.anzahl + excluded.anzahl
"""


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Requests that were turned away for one reason.

    Attributes:
        reason: code of the refusal.
        count: how many, since several within a minute are written once.
        key_number, purpose: of the key; "" where there was no valid one, then it is a mere number.
    """

    mandant_id: int
    at: datetime
    reason: str
    count: int
    key_number: str = ""
    purpose: str = ""
    urgent: ClassVar[bool] = False

    def write(self) -> None:
        """Count them, and leave evidence where a key was used; in the transaction of the ledger."""
        hour = connection.ops.adapt_datetimefield_value(self.at.replace(minute=0, second=0, microsecond=0))
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [self.mandant_id, hour, self.reason, self.count])
        if self.key_number:
            nobody: Acting = None
            data = {
                "zugang": self.key_number, "zweck": self.purpose, "grund": self.reason, "anzahl": str(self.count),
            }  # fmt: skip
            mandant = Mandant.objects.get(pk=self.mandant_id)
            record("llm.abgewiesen", mandant=mandant, actor=nobody, data=data)

    def overdue(self) -> None:
        """Nothing is owed: nothing has left the house."""

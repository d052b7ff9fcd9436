"""The duties that follow from a classification, with whether there is evidence for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from leitplanke.apps.register.models import Einstufung, Erklaerung, Erklaerungsart

if TYPE_CHECKING:
    from leitplanke.apps.register.declared import Declared


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of an entry.

    Attributes:
        due: the first day on which it must be fulfilled, None for at once.
        fulfilled: the declaration that says so, None where there is none for the system as it is.
    """

    article: str
    title: str
    owner: str
    evidence: str
    due: date | None
    fulfilled: Erklaerung | None

    def is_open(self, today: date) -> bool:
        """Whether it is due and nothing shows that it is fulfilled."""
        return self.fulfilled is None and (self.due is None or self.due <= today)


def duties_of(einstufung: Einstufung | None, declared: Declared) -> list[Duty]:
    """Return the duties of a classification, by due date."""
    if einstufung is None:
        return []
    rows = [_duty(row, declared) for row in einstufung.ergebnis.get("obligations", [])]
    return sorted(rows, key=lambda duty: (duty.due or date.min, duty.article))


def _duty(row: dict[str, str], declared: Declared) -> Duty:
    found = declared.get(Erklaerungsart.PFLICHT, row["article"])
    due = row.get("due") or ""
    return Duty(
        article=row["article"],
        title=row.get("title", row["article"]),
        owner=row.get("owner", ""),
        evidence=row.get("evidence", ""),
        due=date.fromisoformat(due) if due else None,
        fulfilled=found if declared.holds(found) else None,
    )


def open_duties(einstufung: Einstufung | None, declared: Declared, today: date) -> list[Duty]:
    """Return the duties that are due without evidence."""
    return [duty for duty in duties_of(einstufung, declared) if duty.is_open(today)]

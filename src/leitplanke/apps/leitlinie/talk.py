"""The discussion of a clause as people read it: remarks and suggestions with their answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leitplanke.apps.leitlinie.changelog import differences
from leitplanke.apps.leitlinie.clauses import content_of
from leitplanke.apps.leitlinie.models import Beitragsart, Beitragsstand
from leitplanke.apps.leitlinie.queries import choice_of
from leitplanke.base.accounts.roles import Rolle

if TYPE_CHECKING:
    from leitplanke.apps.leitlinie.differences import Line
    from leitplanke.apps.leitlinie.models import Beitrag, Leitlinienfassung
    from leitplanke.core.guideline import Block

KINDS = {
    Beitragsstand.OFFEN: "info",
    Beitragsstand.UEBERNOMMEN: "success",
    Beitragsstand.ABGELEHNT: "warning",
    Beitragsstand.ERLEDIGT: "success",
}


@dataclass(slots=True)
class Thread:
    """A contribution with its answers; `changes` is how a suggestion differs from what stands now."""

    row: Beitrag
    changes: tuple[Line, ...]
    answers: list[Thread] = field(default_factory=list)

    @property
    def role(self) -> str:
        """In which role it was said."""
        return str(Rolle(self.row.rolle).label) if self.row.rolle else ""

    @property
    def open(self) -> bool:
        """Whether nobody has settled it."""
        return self.row.stand == Beitragsstand.OFFEN

    @property
    def suggests(self) -> bool:
        """Whether it is a suggestion."""
        return self.row.art == Beitragsart.VORSCHLAG

    @property
    def kind(self) -> str:
        """The colour of its state."""
        return KINDS[Beitragsstand(self.row.stand)]


def threads_of(version: Leitlinienfassung, block: Block) -> list[Thread]:
    """Return what was said about a block, the open first, then in order of time."""
    clause = version.klauseln.filter(baustein=block.id).first()
    now = content_of(choice_of(clause)) if clause else {}
    threads: dict[int, Thread] = {}
    for row in version.beitraege.filter(baustein=block.id).select_related("person", "erledigt_von"):
        shown = row.art == Beitragsart.VORSCHLAG and row.stand == Beitragsstand.OFFEN
        thread = Thread(row, differences(block, now, row.inhalt) if shown else ())
        if row.antwort_auf_id in threads:
            threads[row.antwort_auf_id].answers.append(thread)
        else:
            threads[row.pk] = thread
    return sorted(threads.values(), key=lambda one: not one.open)

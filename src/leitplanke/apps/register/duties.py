"""The duties that follow from a classification, with whether there is evidence for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from leitplanke.apps.register.declared import SETTLED, Declared
from leitplanke.apps.register.models import Einstufung, Erklaerung, Erklaerungsart
from leitplanke.core.aiact.citing import german
from leitplanke.core.rules.model import Words

# What the register knows by other declarations needs none of its own.
BY_DECLARATION = {
    "schulung": Erklaerungsart.SCHULUNG,
    "datenschutz_folgenabschaetzung": Erklaerungsart.DSFA,
    "grundrechte_folgenabschaetzung": Erklaerungsart.GRUNDRECHTE,
    "bewertung_artikel_6_4": Erklaerungsart.AUSNAHME,
}
BY_ENTRY = "registereintrag"
BY_STAFF = "zustimmung_personalrat"


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of an entry.

    Attributes:
        name: in `content/ki_verordnung/pflichten.yaml`; the key of a declaration that it is fulfilled.
        due: the first day on which it applies.
        when: `vor_einsatz`, `laufend`, `sofort` or `bis`.
        art: by which kind of declaration it is shown, None where the register knows by itself.
        fulfilled: whether it is shown for the system as it is.
        declaration: the one that shows it.
    """

    name: str
    article: str
    title: Words
    sentence: Words
    owner: str
    evidence: str
    due: date
    when: str
    art: Erklaerungsart | None
    fulfilled: bool
    declaration: Erklaerung | None

    def is_open(self, today: date) -> bool:
        """Whether it applies already and nothing shows that it is fulfilled."""
        return not self.fulfilled and self.due <= today


def duties_of(einstufung: Einstufung | None, declared: Declared) -> list[Duty]:
    """Return the duties of a classification, by due date."""
    if einstufung is None:
        return []
    rows = [_duty(row, declared) for row in einstufung.ergebnis["obligations"]]
    return sorted(rows, key=lambda duty: (duty.due, duty.article))


def _duty(row: Mapping[str, Any], declared: Declared) -> Duty:
    evidence = row["evidence"]
    art = None if evidence in {BY_ENTRY, BY_STAFF} else BY_DECLARATION.get(evidence, Erklaerungsart.PFLICHT)
    found = None if art is None else declared.get(art, row["name"] if art is Erklaerungsart.PFLICHT else "")
    by_itself = evidence == BY_ENTRY or (evidence == BY_STAFF and declared.staff(None) in SETTLED)
    return Duty(
        name=row["name"],
        article=german(row["article"]),
        title=Words(**row["title"]),
        sentence=Words(**row["sentence"]),
        owner=row["owner"],
        evidence=evidence,
        due=date.fromisoformat(row["due"]),
        when=row["when"],
        art=art,
        fulfilled=by_itself or declared.holds(found),
        declaration=found if declared.holds(found) else None,
    )


def open_duties(einstufung: Einstufung | None, declared: Declared, today: date) -> list[Duty]:
    """Return the duties that apply already without evidence."""
    return [duty for duty in duties_of(einstufung, declared) if duty.is_open(today)]

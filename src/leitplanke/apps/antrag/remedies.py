"""What somebody can do against a decision: until when, in which form, to which address, as procedural law says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.closing import Appeal, record_appeal
from leitplanke.apps.antrag.file_view import law_of, remedy_kind
from leitplanke.apps.antrag.intake import NotOfferedError, settings_for
from leitplanke.apps.antrag.models import Briefstand
from leitplanke.core.verfahren.acts import WrongStateError
from leitplanke.core.verfahrensrecht import Rechtsbehelfsart, RechtsdatenError

if TYPE_CHECKING:
    from leitplanke.apps.antrag.buerger import Case
    from leitplanke.apps.antrag.doing import Doer
    from leitplanke.apps.antrag.models import Antrag, Schreiben

SIMPLE = "elektronisch"
"""The form of words by which the law of a procedure allows a plain electronic way, such as a button on a page."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A remedy against one decision.

    Attributes:
        elektronisch: whether the law lets a plain electronic message do; otherwise a button must not pretend it.
    """

    art: str
    titel: str
    bis: date | None
    formen: tuple[str, ...]
    norm: str
    hinweis: str
    empfaenger: tuple[str, ...]
    bescheid_vom: date
    elektronisch: bool

    @property
    def late(self) -> bool:
        """Whether the deadline has passed."""
        return self.bis is not None and timezone.localdate() > self.bis


def remedy_of(case: Case) -> Remedy | None:
    """Return what can be done against the newest decision that was sent; None where there is none."""
    letter = newest_decision(case.antrag)
    if letter is None or letter.entscheidung is None:
        return None
    kind = remedy_kind(letter.entscheidung, case.result)
    try:
        einstellung = settings_for(case.antrag.mandant, case.antrag.verfahren)
        law = law_of(case.antrag, case.verfahren, letter.vermerk_am or timezone.localdate())
        entry = law.rechtsbehelf(Rechtsbehelfsart(kind), case.verfahren.gebiet)
    except (NotOfferedError, RechtsdatenError):
        return None
    if entry.art not in _TITLES:
        return None
    to_court = entry.stelle == "gericht"
    mandant = case.antrag.mandant
    address = einstellung.gericht if to_court else einstellung.widerspruchsbehoerde
    usual = "" if to_court else f"{mandant.name}\n{case.antrag.einheit.name}\n{mandant.anschrift}"
    return Remedy(
        entry.art.value,
        _TITLES[entry.art],
        letter.rechtsbehelf_bis,
        entry.formen,
        f"{entry.norm}; {entry.form_norm}",
        entry.hinweis,
        _lines(address or usual),
        letter.vermerk_am or timezone.localdate(letter.angelegt_am),
        SIMPLE in entry.formen,
    )


_TITLES = {
    Rechtsbehelfsart.WIDERSPRUCH: "Widerspruch",
    Rechtsbehelfsart.KLAGE: "Klage",
    Rechtsbehelfsart.EINSPRUCH: "Einspruch",
}


def newest_decision(antrag: Antrag) -> Schreiben | None:
    """Return the newest letter with a decision that was sent."""
    sent = antrag.schreiben.filter(art="bescheid", stand=Briefstand.VERSANDT)
    return sent.select_related("entscheidung").order_by("-vermerk_am", "-id").first()


def _lines(text: str) -> tuple[str, ...]:
    parts = text.replace(", ", "\n").splitlines()
    return tuple(part.strip() for part in parts if part.strip())


def appeal_electronically(case: Case, doer: Doer, reasons: str) -> None:
    """Lodge a remedy from the page, only where the law of the procedure lets a plain electronic message do.

    Raises:
        ActError: the law demands another form, or there is no decision to appeal against.
        ClosingError: the same, told by the verb that records it.
    """
    remedy = remedy_of(case)
    if remedy is None or not remedy.elektronisch:
        raise WrongStateError(_("Hier geht das nicht auf elektronischem Weg. Bitte drucken Sie das Schreiben aus."))
    appeal = Appeal(remedy.art, timezone.localdate(), SIMPLE, reasons)
    record_appeal(case.antrag.pk, doer, appeal)

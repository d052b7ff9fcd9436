"""Ways a case moves on without a decision on the merits: resumed, forwarded, withdrawn, appealed, reopened, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.calculating import renew
from leitplanke.apps.antrag.clock import renew_next
from leitplanke.apps.antrag.doing import Doer, locked, perform
from leitplanke.apps.antrag.models import Antrag, Fristart, Rechtsbehelf, Rechtsbehelfsstand
from leitplanke.apps.antrag.procedures import verfahren_of
from leitplanke.apps.antrag.readiness import require_words

if TYPE_CHECKING:
    from leitplanke.core.verfahren.model import Verfahren


class ClosingError(ValueError):
    """That is not possible now; the message says why."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """A remedy as it came in: kind, day, and the form as procedural law names it."""

    art: str
    eingang_am: date
    form: str
    text: str = ""


def resume(antrag_id: int, doer: Doer) -> Antrag:
    """Go on with a case that waited; its time limit to cooperate stays until a decision or a new letter."""
    return _simple(antrag_id, doer, "weiterbearbeiten", _("Bearbeitung fortgesetzt"))


def reopen(antrag_id: int, doer: Doer, grund: str) -> Antrag:
    """Take up a case again that was decided or closed; everything up to now stays in its history.

    Raises:
        NotReadyError: no reason is given.
    """
    require_words(grund, _("Bitte schreiben Sie, warum der Vorgang wieder aufgenommen wird."))
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        antrag.beendet_am = antrag.loeschen_ab = None
        perform(antrag, "wiederaufnehmen", doer, text=grund)
        renew(antrag)
        antrag.save()
    return antrag


def forward(antrag_id: int, doer: Doer, wohin: str, grund: str) -> Antrag:
    """Hand a case to whoever is responsible (§ 16 Abs. 2 SGB I); the person learns where it went.

    Raises:
        NotReadyError: it is not said where to and why.
    """
    require_words(f"{wohin} {grund}", _("Bitte schreiben Sie, an wen Sie abgeben und warum."))
    text = _("Abgegeben an %(wohin)s: %(grund)s") % {"wohin": wohin.strip(), "grund": grund.strip()}
    return _ending(antrag_id, doer, "abgeben", text)


def withdraw(antrag_id: int, doer: Doer) -> Antrag:
    """End a case because the applicant took the application back."""
    return _ending(antrag_id, doer, "zuruecknehmen", _("Antrag zurückgenommen"))


def close(antrag_id: int, doer: Doer) -> Antrag:
    """Close a case whose decision can no longer be contested; from now on its retention runs.

    Raises:
        ClosingError: the time for a remedy is not over, or a remedy is open.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        today = timezone.localdate()
        running = antrag.fristen.filter(art=Fristart.RECHTSBEHELF, erledigt_am__isnull=True, ende__gte=today).first()
        if running is not None:
            text = _("Bis %(tag)s ist noch ein Rechtsbehelf möglich.")
            raise ClosingError(text % {"tag": running.ende.strftime("%d.%m.%Y")})
        if antrag.rechtsbehelfe.filter(stand=Rechtsbehelfsstand.OFFEN).exists():
            raise ClosingError(_("Über den Rechtsbehelf ist noch nicht entschieden."))
    return _ending(antrag_id, doer, "abschliessen", _("Vorgang abgeschlossen"))


def record_appeal(antrag_id: int, doer: Doer, appeal: Appeal) -> Rechtsbehelf:
    """Record a remedy that came in; whether it is in time is told, and what follows is a person's to decide.

    Raises:
        ClosingError: there is no decision to contest, or the day lies before it or in the future.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        entscheidung = antrag.entscheidung
        if entscheidung is None:
            raise ClosingError(_("Es gibt noch keinen Bescheid, gegen den man vorgehen könnte."))
        if appeal.eingang_am > timezone.localdate():
            raise ClosingError(_("Der Tag des Eingangs liegt in der Zukunft."))
        letter = antrag.schreiben.filter(entscheidung=entscheidung, rechtsbehelf_bis__isnull=False).last()
        in_time = letter is None or letter.rechtsbehelf_bis is None or appeal.eingang_am <= letter.rechtsbehelf_bis
        text = _("Rechtsbehelf eingegangen") if in_time else _("Rechtsbehelf nach Ablauf der Frist eingegangen")
        perform(antrag, "rechtsbehelf_erfassen", doer, text=text, data={"was": appeal.art})
        antrag.fristen.filter(art=Fristart.RECHTSBEHELF, erledigt_am__isnull=True).update(erledigt_am=timezone.now())
        renew_next(antrag)
        antrag.neues = antrag.neues or doer.membership is None
        antrag.save()
        return Rechtsbehelf.objects.create(
            mandant=antrag.mandant,
            antrag=antrag,
            entscheidung=entscheidung,
            art=appeal.art,
            eingang_am=appeal.eingang_am,
            form=appeal.form,
            text=appeal.text.strip(),
            rechtzeitig=in_time,
            von=doer.membership,
        )


def settle_appeal(antrag_id: int, doer: Doer, ausgang: Rechtsbehelfsstand, grund: str) -> Rechtsbehelf:
    """Note what became of the oldest open remedy; only then can the case be closed.

    Raises:
        ClosingError: none is open, or that is no outcome.
        NotReadyError: it is not said how it ended.
    """
    require_words(grund, _("Bitte schreiben Sie, wie der Rechtsbehelf ausging."))
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        row: Rechtsbehelf | None = antrag.rechtsbehelfe.filter(stand=Rechtsbehelfsstand.OFFEN).first()
        if row is None or ausgang == Rechtsbehelfsstand.OFFEN:
            raise ClosingError(_("Es ist kein Rechtsbehelf offen."))
        perform(antrag, "rechtsbehelf_erledigen", doer, text=grund.strip(), data={"was": ausgang.value})
        row.stand, row.erledigt_am = ausgang, timezone.localdate()
        row.save(update_fields=["stand", "erledigt_am"])
    return row


def _simple(antrag_id: int, doer: Doer, act: str, text: str) -> Antrag:
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        perform(antrag, act, doer, text=text)
    return antrag


def _ending(antrag_id: int, doer: Doer, act: str, text: str) -> Antrag:
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        perform(antrag, act, doer, text=text)
        antrag.fristen.filter(erledigt_am__isnull=True).update(erledigt_am=timezone.now())
        antrag.frist_am = antrag.wiedervorlage_am = None
        antrag.beendet_am = timezone.localdate()
        antrag.loeschen_ab = deletion_day(verfahren_of(antrag), antrag.beendet_am)
        antrag.save()
    return antrag


def deletion_day(verfahren: Verfahren, ended: date) -> date:
    """Return the first day on which a case is no longer kept: so many years after the end of the year it ended in."""
    return date(ended.year + verfahren.aufbewahrung.jahre + 1, 1, 1)

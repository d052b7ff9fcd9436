"""Correction (Art. 16 DSGVO): a person says what is wrong, the value is contested, somebody of the office decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag import facts, messages
from leitplanke.apps.antrag.calculating import engine_of, lists_of
from leitplanke.apps.antrag.doing import Doer, locked, trace
from leitplanke.apps.antrag.models import Angabenstand, Antrag, Berichtigung, Berichtigungsstand, Quelle
from leitplanke.apps.antrag.readiness import require_words
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.core.rules import FactError
from leitplanke.core.verfahren.acts import Originator, Stand

if TYPE_CHECKING:
    from leitplanke.core.rules.model import Angabe as Question

OPEN = frozenset({Stand.EINGEGANGEN, Stand.IN_BEARBEITUNG, Stand.WARTET})


class CorrectionError(ValueError):
    """That cannot be corrected so; the message says what to do."""


def question_for(antrag: Antrag, pfad: str) -> Question:
    """Return what a path asks for.

    Raises:
        FactError: the procedure knows no such fact.
    """
    return facts.question_of(engine_of(antrag), pfad)


def request(antrag_id: int, doer: Doer, pfad: str, text: str, wert: Any = None) -> Berichtigung:
    """Say that a value is wrong. While the case is open the value counts as contested until somebody decides.

    Args:
        wert: what is right instead, as the engine takes it; None where the person cannot say.

    Raises:
        CorrectionError: that was never stated, or a request about it is open.
        FactError: the new value does not fit.
        NotReadyError: nothing is said.
    """
    require_words(text, _("Bitte schreiben Sie, was falsch ist."))
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        row = antrag.angaben.filter(pfad=pfad, ersetzt_am__isnull=True).first()
        if row is None:
            raise CorrectionError(_("Diese Angabe steht nicht im Vorgang."))
        if antrag.berichtigungen.filter(pfad=pfad, stand=Berichtigungsstand.OFFEN).exists():
            raise CorrectionError(_("Zu dieser Angabe prüfen wir schon eine Berichtigung."))
        made = Berichtigung.objects.create(
            mandant=antrag.mandant, antrag=antrag, pfad=pfad, alter_wert=row.wert, wert=wert, text=text.strip()
        )
        trace("antrag.berichtigung_verlangt", antrag, doer, data={"was": pfad}, content=made.text)
        if wert is not None:
            facts.checked_values(engine_of(antrag), {pfad: wert})
        _contest(antrag, doer, made)
        messages.write(antrag.pk, doer, _("Berichtigung verlangt zu „%(was)s“: %(text)s") % {
            "was": question_for(antrag, pfad).titel.de, "text": made.text[:4000],
        })  # fmt: skip
    return made


def _contest(antrag: Antrag, doer: Doer, made: Berichtigung) -> None:
    """Let the rules span both values, where that can still matter and the value is no length of a list."""
    if antrag.state not in OPEN or made.pfad in lists_of(engine_of(antrag).regelwerk):
        return
    if isinstance(made.alter_wert, dict) or made.alter_wert is None:
        return
    values = [made.alter_wert] if made.wert is None else [made.alter_wert, made.wert]
    contested = {"status": "contested", "values": values}
    facts.state_facts(
        antrag.pk, doer, {made.pfad: contested}, origin=facts.Origin(Quelle.BUERGER), text=_("Angabe bestritten")
    )


def accept(berichtigung_id: int, doer: Doer, antwort: str, wert: Any = None) -> Berichtigung:
    """Correct a value as the person wanted, or to `wert`.

    Raises:
        CorrectionError: it was decided already, no value is known, or the case is not open.
        FactError: the value does not fit.
        NotPermittedError, ActError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        made, antrag = _locked(berichtigung_id, doer)
        new = made.wert if wert is None else wert
        if antrag.state not in OPEN:
            raise CorrectionError(
                _("Der Vorgang ist nicht mehr offen. Nehmen Sie ihn erst wieder auf, dann berichtigen Sie die Angabe.")
            )
        if new is not None:
            facts.state_facts(
                antrag.pk, doer, {made.pfad: new}, origin=facts.Origin(Quelle.AMT), text=_("Angabe berichtigt")
            )
        elif not _changed_since(antrag, made):
            raise CorrectionError(
                _("Bitte geben Sie den richtigen Wert an, oder berichtigen Sie ihn erst in der Akte.")
            )
        return _decided(made, doer, Berichtigungsstand.BERICHTIGT, antwort)


def _changed_since(antrag: Antrag, made: Berichtigung) -> bool:
    row = antrag.angaben.filter(pfad=made.pfad, ersetzt_am__isnull=True).first()
    return row is None or (row.stand != Angabenstand.BESTRITTEN and row.wert != made.alter_wert)


def refuse(berichtigung_id: int, doer: Doer, antwort: str) -> Berichtigung:
    """Leave a value as it was; the person learns why, and that the supervisory authority can be asked.

    Raises:
        NotReadyError: no reason is given.
        CorrectionError: it was decided already.
        NotPermittedError, ActError: it may not be done now, or not by this person.
    """
    require_words(antwort, _("Bitte schreiben Sie der Person, warum die Angabe so bleibt."))
    with transaction.atomic():
        made, antrag = _locked(berichtigung_id, doer)
        row = antrag.angaben.filter(pfad=made.pfad, ersetzt_am__isnull=True).first()
        if row is not None and row.stand == Angabenstand.BESTRITTEN and antrag.state in OPEN:
            facts.state_facts(
                antrag.pk, doer, {made.pfad: made.alter_wert}, origin=facts.Origin(Quelle.AMT),
                text=_("Bestrittene Angabe geprüft, sie bleibt"),
            )  # fmt: skip
        return _decided(made, doer, Berichtigungsstand.ABGELEHNT, antwort)


def _locked(berichtigung_id: int, doer: Doer) -> tuple[Berichtigung, Antrag]:
    if doer.by is not Originator.PERSON or doer.membership is None:
        raise NotPermittedError("antrag.bestaetigen")
    found = Berichtigung.objects.for_mandant(doer.mandant).get(pk=berichtigung_id)
    antrag = locked(doer.mandant, found.antrag_id)
    found.refresh_from_db()
    if antrag.einheit_id != doer.membership.einheit_id:
        raise NotPermittedError("antrag.bestaetigen")
    if found.stand != Berichtigungsstand.OFFEN:
        raise CorrectionError(_("Darüber ist schon entschieden."))
    return found, antrag


def _decided(made: Berichtigung, doer: Doer, stand: Berichtigungsstand, antwort: str) -> Berichtigung:
    made.stand, made.antwort = stand, antwort.strip()
    made.entschieden_von, made.entschieden_am = doer.membership, timezone.now()
    made.save()
    antrag = locked(doer.mandant, made.antrag_id)
    data = {"was": f"{made.pfad} {stand.value}"}
    trace("antrag.berichtigung_entschieden", antrag, doer, data=data, content=made.antwort)
    said = {
        Berichtigungsstand.BERICHTIGT: _("Ihre Angabe „%(was)s“ ist berichtigt. %(text)s"),
        Berichtigungsstand.ABGELEHNT: _(
            "Ihre Angabe „%(was)s“ bleibt, wie sie ist. %(text)s Sie können sich bei der Aufsicht für Datenschutz "
            "beschweren."
        ),
    }[stand]
    title = question_for(antrag, made.pfad).titel.de
    messages.write(antrag.pk, doer, (said % {"was": title, "text": made.antwort[:4000]}).strip())
    return made


def read_value(antrag: Antrag, pfad: str, text: str) -> Any:
    """Return what a person typed as the right value, as the engine takes it; None where nothing was typed.

    Raises:
        FactError: it does not fit; says what is possible.
    """
    from leitplanke.core.verfahren.comparison_files import plain  # noqa: PLC0415 - German spelling, as in files

    if not text.strip():
        return None
    if pfad in lists_of(engine_of(antrag).regelwerk):
        raise FactError(_("Bitte beschreiben Sie mit Worten, was sich an der Liste ändert."))
    value = plain(question_for(antrag, pfad).shape, text.strip())
    facts.checked_values(engine_of(antrag), {pfad: value})
    return value

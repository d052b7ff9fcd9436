"""Reports on a system: errors, complaints, incidents, from whoever noticed, to an answer. The only writer of them.

What people wrote is personal: it stands in the row, sealed in the evidence, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.register import incident_mail
from leitplanke.apps.register.doing import Doer, doer, may
from leitplanke.apps.register.incident_codes import code_hash
from leitplanke.apps.register.models import (
    PUBLIC_STATES,
    Eintrag,
    Massnahme,
    Registerverlauf,
    Schwere,
    Vorfall,
    Vorfallart,
)
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.services import record
from leitplanke.core.register.incidents import limits
from leitplanke.core.register.lifecycle import Originator

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor

ACTION = "register.incidents"
REPORTED, HANDLED = "register.gemeldet", "register.vorfall_bearbeitet"


class IncidentError(Exception):
    """This cannot be done with the report now; the message says why and what to do, in German."""


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports.

    Attributes:
        kennung: chosen before it is sent, so that a second click sends nothing twice.
        code: with which they follow it; only its hash is kept.
    """

    kennung: UUID
    art: Vorfallart
    text: str
    kontakt: str
    code: str


def recent_count(eintrag: Eintrag, today: date | None = None) -> int:
    """Return how many open incidents of the last 30 days count for the threshold that suspends a system.

    One counts once a person has judged it at least `mittel`, or if staff reported it. What came in without a name and
    nobody has read yet does not: otherwise anybody could stop any system with a handful of forms.
    """
    since = (today or timezone.localdate()) - timedelta(days=limits().count_days)
    weighty = Q(schwere__in=(Schwere.MITTEL, Schwere.SCHWER)) | Q(schwere=Schwere.OFFEN, gemeldet_von__isnull=False)
    rows = eintrag.vorfaelle.filter(art=Vorfallart.VORFALL, erledigt_am__isnull=True, gemeldet_am__date__gte=since)
    return int(rows.filter(weighty).count())


def report(*, actor: Actor, eintrag_id: int, meldung: Report) -> Vorfall:
    """Take in what somebody reports on a system, with or without an account.

    Raises:
        NotPermittedError: the public does not know this system.
    """
    actor.require("register.report")
    with transaction.atomic():
        eintrag = Eintrag.objects.for_mandant(actor.mandant).select_related("mandant", "einheit").get(pk=eintrag_id)
        if eintrag.state not in PUBLIC_STATES and not actor.may("register.view"):
            raise NotPermittedError("register.report")
        today = timezone.localdate()
        vorfall = Vorfall.objects.create(
            mandant=actor.mandant, public_id=meldung.kennung, eintrag=eintrag, art=meldung.art,
            text=meldung.text.strip(), kontakt=meldung.kontakt.strip(), code_hash=code_hash(meldung.code),
            gemeldet_von=actor.memberships[0] if actor.is_staff else None, frist_am=limits().answer_until(today),
        )  # fmt: skip
        by = Doer(actor.mandant, Originator.PERSON, actor.person, vorfall.gemeldet_von)
        _trace(REPORTED, vorfall, by, meldung.art.value, personal=vorfall.text)
        incident_mail.acknowledge(vorfall)
        incident_mail.tell_office(vorfall)
    return vorfall


def assess(*, actor: Actor, vorfall_id: int, schwere: Schwere, folge: str = "") -> Vorfall:
    """Judge how bad it is; a serious incident also, what it led to: the law's time limit follows from that.

    Raises:
        IncidentError: it is closed, or it is not said what a serious incident led to.
    """
    with transaction.atomic():
        vorfall, by = _locked(actor, vorfall_id)
        serious = schwere is Schwere.SCHWER
        if serious and limits().consequence(folge) is None:
            raise IncidentError(_("Bitte wählen Sie, wozu der Vorfall geführt hat. Daran hängt die Frist."))
        newly = serious and vorfall.schwere != Schwere.SCHWER
        vorfall.schwere, vorfall.folge = schwere, folge if serious else ""
        known = timezone.localdate(vorfall.gemeldet_am)
        vorfall.behoerde_bis = limits().authority_until(vorfall.folge, vorfall.eintrag.klasse, known)
        vorfall.erinnert_am = None
        vorfall.save()
        _trace(HANDLED, vorfall, by, f"beurteilt {schwere.value} {vorfall.folge}".strip())
        if newly:
            incident_mail.alarm(vorfall)
    return vorfall


def tell_authority(*, actor: Actor, vorfall_id: int, day: date) -> Vorfall:
    """Note that provider and authority were told.

    Raises:
        IncidentError: it is closed, or the day lies in the future.
    """
    with transaction.atomic():
        vorfall, by = _locked(actor, vorfall_id)
        if day > timezone.localdate():
            raise IncidentError(_("Der Tag liegt in der Zukunft."))
        vorfall.behoerde_am = day
        vorfall.save(update_fields=["behoerde_am"])
        _trace(HANDLED, vorfall, by, f"behoerde_informiert {day.isoformat()}")
    return vorfall


def add_measure(*, actor: Actor, vorfall_id: int, text: str, bis: date | None = None) -> Massnahme:
    """Note what is done about it, and until when.

    Raises:
        IncidentError: it is closed, or it is not said what.
    """
    with transaction.atomic():
        vorfall, by = _locked(actor, vorfall_id)
        _require(text, _("Bitte schreiben Sie, was getan wird."))
        row = Massnahme.objects.create(
            mandant=actor.mandant, vorfall=vorfall, text=text.strip(), bis=bis, von=by.membership
        )
        _trace(HANDLED, vorfall, by, "massnahme", personal=row.text)
    return row


def finish_measure(*, actor: Actor, vorfall_id: int, massnahme_id: int) -> Massnahme:
    """Note that a measure is done; also of a report that is closed already."""
    with transaction.atomic():
        vorfall, by = _locked(actor, vorfall_id, closed=True)
        row: Massnahme = vorfall.massnahmen.get(pk=massnahme_id)
        if row.erledigt_am is None:
            row.erledigt_am = timezone.now()
            row.save(update_fields=["erledigt_am"])
            _trace(HANDLED, vorfall, by, "massnahme_erledigt")
    return row


def answer(*, actor: Actor, vorfall_id: int, text: str) -> Vorfall:
    """Answer whoever reported it; they read it with their code.

    Raises:
        IncidentError: it is closed, nobody has judged it yet, or nothing is written.
    """
    with transaction.atomic():
        vorfall, by = _locked(actor, vorfall_id)
        _require(text, _("Bitte schreiben Sie die Antwort."))
        if vorfall.schwere == Schwere.OFFEN:
            raise IncidentError(_("Bitte beurteilen Sie zuerst, wie schwer es ist."))
        vorfall.antwort, vorfall.beantwortet_am = text.strip(), timezone.now()
        vorfall.save(update_fields=["antwort", "beantwortet_am"])
        _trace(HANDLED, vorfall, by, "beantwortet", personal=vorfall.antwort)
        incident_mail.tell_of_answer(vorfall)
    return vorfall


def publish(*, actor: Actor, vorfall_id: int, text: str) -> Vorfall:
    """Let the public read a summary on the page of the system; also of a report that is closed already.

    Raises:
        IncidentError: nothing is written, or the public does not know the system.
    """
    with transaction.atomic():
        vorfall, by = _locked(actor, vorfall_id, closed=True)
        _require(text, _("Bitte schreiben Sie die Zusammenfassung."))
        if vorfall.eintrag.state not in PUBLIC_STATES:
            raise IncidentError(_("Das System steht nicht im öffentlichen Register."))
        vorfall.oeffentlich_text = text.strip()
        vorfall.veroeffentlicht_am = vorfall.veroeffentlicht_am or timezone.now()
        vorfall.save(update_fields=["oeffentlich_text", "veroeffentlicht_am"])
        _trace(HANDLED, vorfall, by, "veroeffentlicht", public=vorfall.oeffentlich_text)
    return vorfall


def close(*, actor: Actor, vorfall_id: int, grund: str = "") -> Vorfall:
    """Close a report that is judged and answered, or say why it needs no answer, such as for advertising.

    Raises:
        IncidentError: something is missing; the message says what.
    """
    with transaction.atomic():
        vorfall, by = _locked(actor, vorfall_id)
        if vorfall.schwere == Schwere.OFFEN:
            raise IncidentError(_("Bitte beurteilen Sie zuerst, wie schwer es ist."))
        if vorfall.behoerde_bis is not None and vorfall.behoerde_am is None:
            raise IncidentError(_("Bitte tragen Sie zuerst ein, wann Anbieter und Behörde informiert wurden."))
        if vorfall.beantwortet_am is None:
            _require(
                grund, _("Es gibt noch keine Antwort. Bitte antworten Sie, oder schreiben Sie, warum keine nötig ist.")
            )
        vorfall.abschlussgrund, vorfall.erledigt_am, vorfall.erledigt_von = grund.strip(), timezone.now(), by.membership
        vorfall.save(update_fields=["abschlussgrund", "erledigt_am", "erledigt_von"])
        _trace(HANDLED, vorfall, by, "geschlossen", personal=vorfall.abschlussgrund)
    return vorfall


def reopen(*, actor: Actor, vorfall_id: int) -> Vorfall:
    """Take up a closed report again.

    Raises:
        IncidentError: what was written is deleted already.
    """
    with transaction.atomic():
        vorfall, by = _locked(actor, vorfall_id, closed=True)
        if vorfall.geloescht_am is not None:
            raise IncidentError(_("Der Text der Meldung ist schon gelöscht."))
        vorfall.erledigt_am, vorfall.erledigt_von = None, None
        vorfall.save(update_fields=["erledigt_am", "erledigt_von"])
        _trace(HANDLED, vorfall, by, "wieder_aufgenommen")
    return vorfall


def may_handle(actor: Actor, eintrag: Eintrag) -> bool:
    """Tell whether somebody may handle reports on a system: for the whole town, or for those of their unit."""
    return any(may(one, ACTION, eintrag) for one in (*actor.memberships, *actor.acting_for))


def _locked(actor: Actor, vorfall_id: int, *, closed: bool = False) -> tuple[Vorfall, Doer]:
    vorfall = (
        Vorfall.objects.for_mandant(actor.mandant)
        .select_for_update(of=("self",))
        .select_related("eintrag__einheit", "eintrag__mandant", "mandant")
        .get(pk=vorfall_id)
    )
    by = doer(actor, ACTION, vorfall.eintrag)
    if not closed and not vorfall.open:
        raise IncidentError(_("Die Meldung ist geschlossen. Nehmen Sie sie zuerst wieder auf."))
    return vorfall, by


def _require(text: str, message: str) -> None:
    if not text.strip():
        raise IncidentError(message)


def _trace(  # noqa: PLR0913 - what history and evidence say
    code: str, vorfall: Vorfall, by: Doer, ergebnis: str, *, personal: str = "", public: str = ""
) -> None:
    """Write the history of the system, without what is personal, and the evidence, with that sealed."""
    eintrag = vorfall.eintrag
    Registerverlauf.objects.create(
        mandant=vorfall.mandant, eintrag=eintrag, was=code.removeprefix("register."), text=public, durch=by.by.value,
        von=by.membership, oeffentlich=bool(public),
    )  # fmt: skip
    data = {
        "eintrag": eintrag.kuerzel, "art": vorfall.art, "schluessel": str(vorfall.public_id), "ergebnis": ergebnis,
        "durch": by.by.value,
    }  # fmt: skip
    if by.membership is not None:
        data |= {"rolle": by.membership.rolle, "in_vertretung": "ja" if by.deputises else "nein"}
    sealed = {"text": personal or public} if personal or public else {}
    record(code, mandant=vorfall.mandant, actor=by.person, subject=vorfall, data=data, personal=sealed)

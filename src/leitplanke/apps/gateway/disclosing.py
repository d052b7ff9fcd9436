"""Reading kept content: one role asks for a cause, another decides, and only then somebody reads."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.gateway.doing import NotReadyError, capacity_for
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.services import record
from leitplanke.base.llm.models import Aufruf, Einsicht, Gespeichert

if TYPE_CHECKING:
    from uuid import UUID

    from leitplanke.base.accounts.access import Actor, Capacity
    from leitplanke.base.accounts.models import Mitgliedschaft

ACTION = "gateway.disclose"
OPEN_FOR = timedelta(hours=24)
SHORTEST_REASON = 20


def request_disclosure(*, actor: Actor, aufruf: UUID, grund: str) -> Einsicht:
    """Ask to read what was kept of a call.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: nothing was kept, or the reason says too little.
    """
    capacity = capacity_for(actor, ACTION)
    if len(grund.strip()) < SHORTEST_REASON:
        raise NotReadyError(_("Bitte nennen Sie den Anlass in einem ganzen Satz."), "grund")
    with transaction.atomic():
        call = Aufruf.objects.for_mandant(actor.mandant).get(public_id=aufruf)
        if not Gespeichert.objects.for_mandant(actor.mandant).filter(aufruf=call).exists():
            raise NotReadyError(_("Zu diesem Aufruf ist kein Inhalt aufbewahrt."))
        row = Einsicht.objects.create(
            mandant=actor.mandant, aufruf=call, grund=grund.strip(), beantragt_von=_member(capacity)
        )
        _leave(actor, row, capacity, "beantragt", row.grund)
    return row


def decide_disclosure(*, actor: Actor, kennung: UUID, yes: bool) -> Einsicht:
    """Allow or refuse it, as another person in another role than who asked.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: it was decided, or it is the same person or role.
    """
    with transaction.atomic():
        row = _locked(actor, kennung)
        if row.stand != Einsicht.Stand.OFFEN:
            raise NotReadyError(_("Darüber ist schon entschieden."))
        if actor.person is not None and row.beantragt_von.person_id == actor.person.pk:
            raise NotReadyError(_("Sie haben die Einsicht selbst beantragt. Entscheiden muss jemand anders."))
        capacity = capacity_for(actor, ACTION)
        if capacity.rolle.value == row.beantragt_von.rolle:
            raise NotReadyError(_("Entscheiden muss jemand in einer anderen Rolle."))
        row.stand = Einsicht.Stand.GENEHMIGT if yes else Einsicht.Stand.ABGELEHNT
        row.entschieden_von, row.entschieden_am = _member(capacity), timezone.now()
        row.gueltig_bis = timezone.now() + OPEN_FOR if yes else None
        row.save()
        _leave(actor, row, capacity, row.stand)
    return row


def read_content(*, actor: Actor, kennung: UUID) -> Gespeichert:
    """Return what was kept, for who asked, within a day of the approval; each reading is evidence.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: it is not allowed, no longer, or the content is deleted.
    """
    capacity = capacity_for(actor, ACTION)
    with transaction.atomic():
        row = _locked(actor, kennung)
        allowed = row.stand == Einsicht.Stand.GENEHMIGT and row.gueltig_bis is not None
        if not allowed or actor.person is None or row.beantragt_von.person_id != actor.person.pk:
            raise NotReadyError(_("Diese Einsicht ist Ihnen nicht genehmigt."))
        if row.gueltig_bis is not None and row.gueltig_bis < timezone.now():
            raise NotReadyError(_("Die Genehmigung ist abgelaufen. Bitte beantragen Sie die Einsicht neu."))
        kept = (
            Gespeichert.objects.for_mandant(actor.mandant)
            .filter(aufruf=row.aufruf)
            .select_related("schluessel")
            .first()
        )
        if kept is None:
            raise NotReadyError(_("Der Inhalt ist gelöscht."))
        _leave(actor, row, capacity, "eingesehen")
    return kept


def _member(capacity: Capacity) -> Mitgliedschaft:
    if capacity.membership is None:
        raise NotPermittedError(ACTION)
    return capacity.membership


def _locked(actor: Actor, kennung: UUID) -> Einsicht:
    return (
        Einsicht.objects.for_mandant(actor.mandant)
        .select_for_update(of=("self",))
        .select_related("aufruf", "beantragt_von")
        .get(public_id=kennung)
    )


def _leave(actor: Actor, row: Einsicht, capacity: Capacity, ergebnis: str, text: str = "") -> None:
    data = {
        "zweck": row.aufruf.zweck,
        "name": str(row.aufruf.public_id),
        "ergebnis": ergebnis,
        "rolle": capacity.rolle.value,
    }
    record(
        "llm.inhalt",
        mandant=actor.mandant,
        actor=actor,
        subject=row,
        data=data,
        personal={"text": text} if text else {},
    )

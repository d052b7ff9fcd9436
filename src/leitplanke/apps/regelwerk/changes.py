"""Changes of Regelwerke: propose, release by a second person, withdraw. The only writer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.regelwerk.checking import Checked, checked
from leitplanke.apps.regelwerk.library import digest, shipped, texts_for
from leitplanke.apps.regelwerk.models import Aenderung, Aenderungsstand
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor, Capacity

Edit = Callable[[str], str]


class WrongStateError(ValueError):
    """The change is not in a state in which this can be done; the message is for people."""


class UnusableError(ValueError):
    """With this change the Regelwerk could not be used any more; `checked` holds every finding."""

    def __init__(self, result: Checked) -> None:
        """Keep the findings."""
        super().__init__("\n".join(str(finding) for finding in result.findings))
        self.checked = result


def propose_change(  # noqa: PLR0913 - what a proposal consists of
    *, actor: Actor, regelwerk: str, eintrag: str, datei: str, edit: Edit, was: str, quelle: str, begruendung: str
) -> Aenderung:
    """Propose a change of one file; `edit` makes the new text of the one that holds now.

    Raises:
        NotPermittedError: `actor` may not propose.
        UnknownRegelwerkError: there is no such Regelwerk.
        EditingError: the file is not built so that this can be changed.
        WrongStateError: nothing would change.
        UnusableError: the Regelwerk could not be used any more.
    """
    actor.require("regelwerk.propose")
    with transaction.atomic():
        mandant = _locked_mandant(actor)
        texts = texts_for(mandant, regelwerk)
        before = texts[datei]
        text = edit(before)
        if text == before:
            raise WrongStateError(_("Es ändert sich nichts."))
        _usable(checked(regelwerk, texts, datei, text))
        own = Aenderung.objects.for_mandant(mandant).filter(regelwerk=regelwerk)
        aenderung = Aenderung.objects.create(
            mandant=mandant,
            regelwerk=regelwerk,
            nummer=(own.aggregate(Max("nummer"))["nummer__max"] or 0) + 1,
            eintrag=eintrag,
            was=was,
            datei=datei,
            text=text,
            vorher=before,
            ausgeliefert_sha256=shipped()[regelwerk].digest(datei),
            quelle=quelle,
            begruendung=begruendung,
            vorgeschlagen_von=actor.person,
        )
        more = {"vorher_sha256": digest(before), "begruendung_sha256": digest(begruendung)}
        _record("regelwerk.change_proposed", aenderung, actor.capacity("regelwerk.propose", None), actor, more)
    return aenderung


def release_change(*, aenderung_id: int, actor: Actor) -> Aenderung:
    """Release a change that somebody else proposed; from now on it holds for this Mandant.

    Raises:
        NotPermittedError: `actor` may not release, or proposed it.
        WrongStateError: it does not wait for release, or the file was changed meanwhile.
        UnusableError: the Regelwerk could not be used any more.
    """
    with transaction.atomic():
        _locked_mandant(actor)
        aenderung = _locked(aenderung_id, actor, {Aenderungsstand.VORGESCHLAGEN})
        state = aenderung.stand
        actor.require("regelwerk.release", state)
        if actor.person is None or aenderung.vorgeschlagen_von_id == actor.person.pk:
            raise NotPermittedError(
                "regelwerk.release",
                _("Diese Änderung haben Sie selbst vorgeschlagen. Freigeben muss sie eine zweite Person."),
            )
        texts = texts_for(aenderung.mandant, aenderung.regelwerk)
        if texts.get(aenderung.datei) != aenderung.vorher:
            raise WrongStateError(
                _("Die Datei wurde seit dem Vorschlag geändert. Bitte ziehen Sie ihn zurück und schlagen Sie neu vor.")
            )
        result = _usable(checked(aenderung.regelwerk, texts, aenderung.datei, aenderung.text))
        _same_file(aenderung, Aenderungsstand.FREIGEGEBEN).update(stand=Aenderungsstand.ABGELOEST)
        aenderung.stand = Aenderungsstand.FREIGEGEBEN.value
        aenderung.freigegeben_von = actor.person
        aenderung.freigegeben_am = timezone.now()
        aenderung.save()
        more = {"abweichende_faelle": str(len(result.deviations))}
        _record("regelwerk.change_released", aenderung, actor.capacity("regelwerk.release", state), actor, more)
    return aenderung


def withdraw_change(*, aenderung_id: int, actor: Actor, begruendung: str) -> Aenderung:
    """Take back a proposal, or a released change: then holds again what held before it.

    Raises:
        NotPermittedError: `actor` may not withdraw.
        WrongStateError: it is out of use already.
        UnusableError: without it the Regelwerk could not be used any more.
    """
    with transaction.atomic():
        _locked_mandant(actor)
        aenderung = _locked(aenderung_id, actor, {Aenderungsstand.VORGESCHLAGEN, Aenderungsstand.FREIGEGEBEN})
        state = aenderung.stand
        actor.require("regelwerk.withdraw", state)
        aenderung.stand = Aenderungsstand.ZURUECKGEZOGEN.value
        aenderung.zurueckgezogen_weil = begruendung
        aenderung.save()
        if state == Aenderungsstand.FREIGEGEBEN:
            _restore_before(aenderung)
            texts = texts_for(aenderung.mandant, aenderung.regelwerk)
            _usable(checked(aenderung.regelwerk, texts, aenderung.datei, texts[aenderung.datei]))
        more = {"begruendung_sha256": digest(begruendung)}
        _record("regelwerk.change_withdrawn", aenderung, actor.capacity("regelwerk.withdraw", state), actor, more)
    return aenderung


def _restore_before(aenderung: Aenderung) -> None:
    """Let the change hold again that this one had replaced, where there was one."""
    before = _same_file(aenderung, Aenderungsstand.ABGELOEST).filter(nummer__lt=aenderung.nummer).first()
    if before is not None and before.text == aenderung.vorher:
        before.stand = Aenderungsstand.FREIGEGEBEN.value
        before.save(update_fields=["stand"])


def _same_file(aenderung: Aenderung, stand: Aenderungsstand) -> QuerySet[Aenderung]:
    return Aenderung.objects.for_mandant(aenderung.mandant_id).filter(
        regelwerk=aenderung.regelwerk, datei=aenderung.datei, stand=stand
    )


def _usable(result: Checked) -> Checked:
    if not result.usable:
        raise UnusableError(result)
    return result


def _locked_mandant(actor: Actor) -> Mandant:
    """Let the changes of a Mandant go one after the other: numbers stay unique, nothing is overwritten."""
    return Mandant.objects.select_for_update().get(pk=actor.mandant.pk)


def _locked(aenderung_id: int, actor: Actor, states: set[Aenderungsstand]) -> Aenderung:
    aenderung = (
        Aenderung.objects.for_mandant(actor.mandant)
        .select_for_update(of=("self",))
        .select_related("mandant")
        .get(pk=aenderung_id)
    )
    if aenderung.stand not in states:
        raise WrongStateError(
            _("Diese Änderung ist „%(stand)s“. Dafür ist das nicht möglich.") % {"stand": aenderung.get_stand_display()}
        )
    return aenderung


def _record(code: str, aenderung: Aenderung, capacity: Capacity | None, actor: Actor, more: dict[str, str]) -> None:
    if capacity is None:
        raise NotPermittedError(code)
    data = {
        "regelwerk": aenderung.regelwerk,
        "nummer": str(aenderung.nummer),
        "datei": aenderung.datei,
        "text_sha256": digest(aenderung.text),
        "rolle": capacity.rolle.value,
        "in_vertretung": "ja" if capacity.deputises else "nein",
    }
    record(code, mandant=aenderung.mandant, actor=actor, subject=aenderung, data={**data, **more})

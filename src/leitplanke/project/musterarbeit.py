"""What people of the demo town do with a case, up to the state that it is to be in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.apps.antrag import (
    assigning,
    casework,
    closing,
    deadlines,
    deciding,
    deleting,
    dispatch,
    facts,
    judging,
    letters,
    preparing,
)
from leitplanke.apps.antrag.calculating import result_of
from leitplanke.apps.antrag.doing import Doer, citizen, clerk
from leitplanke.apps.antrag.file_view import Occasion
from leitplanke.apps.antrag.models import Antrag, Entscheidungsart, Fristart, Versandweg
from leitplanke.apps.antrag.procedures import verfahren_of
from leitplanke.apps.antrag.readiness import Draft
from leitplanke.base.accounts.access import Actor
from leitplanke.core.verfahren.acts import Stand

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Entscheidung
    from leitplanke.base.accounts.models import Mandant, Mitgliedschaft

DECIDED = frozenset({"zur_zeichnung", "entschieden", "bekanntgegeben", "rechtsbehelf", "abgeschlossen"})
SENT = DECIDED - {"zur_zeichnung", "entschieden"}
YEAR = timedelta(days=364)


@dataclass(frozen=True, slots=True)
class Office:
    """Who works on cases of a procedure."""

    clerks: tuple[Mitgliedschaft, ...]
    head: Mitgliedschaft


@dataclass(slots=True)
class Work:
    """A case on its way."""

    mandant: Mandant
    pk: int
    office: Office
    row: Mapping[str, Any]
    judgements: Mapping[str, Any]

    @property
    def antrag(self) -> Antrag:
        """Return the case as it is now."""
        rows = Antrag.objects.for_mandant(self.mandant).select_related("mandant", "einheit", "entscheidung")
        return rows.get(pk=self.pk)

    def doer(self, *, head: bool = False) -> Doer:
        """Return the clerk of the case, or the head of the unit, just signed in."""
        clerks = self.office.clerks
        member = self.office.head if head else clerks[(self.row.get("wer") or 0) % len(clerks)]
        actor = Actor(self.mandant, member.person, (member,))
        return clerk(actor, self.antrag, "antrag.view", timezone.now())


def drive(mandant: Mandant, pk: int, office: Office, row: Mapping[str, Any], judgements: Mapping[str, Any]) -> None:
    """Take a case that was handed in to the state that its row names."""
    work, ziel = Work(mandant, pk, office, row, judgements), row["ziel"]
    if ziel == "eingegangen":
        return
    assigning.begin(pk, work.doer())
    if "wiedervorlage" in row:
        assigning.resubmit(pk, work.doer(), timezone.localdate() + timedelta(days=row["wiedervorlage"]))
    if ziel == "zurueckgenommen":
        closing.withdraw(pk, citizen(mandant))
        _retention(work)
    elif ziel == "abgegeben":
        closing.forward(pk, work.doer(), row["wohin"], "Dort ist die Person zu Hause.")
    elif ziel == "wartet":
        _ask(work)
    else:
        _examine(work)
    if ziel in DECIDED:
        _decide(work)


def _examine(work: Work) -> None:
    """Confirm, contest and judge as far as the case says."""
    for pfad, werte in work.row.get("bestritten", {}).items():
        facts.contest_fact(work.pk, work.doer(), pfad, werte)
    if work.row.get("bestaetigt", True):
        rows = work.antrag.angaben.filter(ersetzt_am__isnull=True).exclude(stand="bestritten")
        facts.confirm_facts(work.pk, work.doer(), rows.values_list("pfad", flat=True))
    if work.row.get("geurteilt") or work.row["ziel"] in DECIDED:
        _judge(work)
    assigning.seen(work.pk, work.doer())


def _judge(work: Work) -> None:
    antrag = work.antrag
    while names := [name for name in result_of(antrag).judgements if name in work.judgements]:
        wert, grund = work.judgements[names[0]]
        reasons = judging.Reasons(eigene=grund.format(name=antrag.name))
        judging.judge(work.pk, work.doer(), names[0], wert, reasons)
        antrag = work.antrag


def _ask(work: Work) -> None:
    """Ask for what is missing, with a time limit."""
    antrag = work.antrag
    end = deadlines.office_deadline(antrag, verfahren_of(antrag), timezone.localdate(), work.row["frist"]).am
    occasion = Occasion(letters.MITWIRKUNG, frist=end, unterzeichnet=work.doer().membership)
    letter = letters.draft(work.pk, work.doer(), occasion)
    letters.release(letter.pk, work.doer())
    dispatch.send(letter.pk, work.doer(), Versandweg.POST, timezone.localdate())


def _decide(work: Work) -> None:
    antrag = work.antrag
    certain = next(outcome for outcome, state in result_of(antrag).outcomes if state == "ja")
    draft = Draft(Entscheidungsart(certain.art), von_tag=antrag.stichtag, bis_tag=_until(antrag, certain.art))
    made = preparing.prepare_decision(work.pk, work.doer(), draft)
    deciding.confirm(made.pk, work.doer(), verfahren_of(antrag), gesehen=deciding.seen_hash(made))
    if work.row["ziel"] == "zur_zeichnung":
        return
    if work.antrag.state is Stand.ZUR_ZEICHNUNG:
        deciding.sign(made.pk, work.doer(head=True), gesehen=deciding.seen_hash(made))
    if work.row["ziel"] in SENT:
        _send(work, made)


def _until(antrag: Antrag, art: str) -> Any:
    granted = art in {Entscheidungsart.BEWILLIGUNG, Entscheidungsart.TEILBEWILLIGUNG}
    return antrag.stichtag + YEAR if granted and antrag.stichtag else None


def _send(work: Work, made: Entscheidung) -> None:
    letter = made.schreiben.get(stand="entwurf")
    letters.release(letter.pk, work.doer())
    dispatch.send(letter.pk, work.doer(), Versandweg.POST, timezone.localdate())
    if "widerspruch" in work.row:
        appeal = closing.Appeal("widerspruch", timezone.localdate(), "schriftlich", work.row["widerspruch"])
        closing.record_appeal(work.pk, citizen(work.mandant), appeal)
    if work.row["ziel"] == "abgeschlossen":
        casework.write_note(work.pk, work.doer(), "Die Person hat schriftlich auf einen Rechtsbehelf verzichtet.")
        # What a waiver does: there is no act for it yet.
        work.antrag.fristen.filter(art=Fristart.RECHTSBEHELF).update(erledigt_am=timezone.now())
        closing.close(work.pk, work.doer())


def _retention(work: Work) -> None:
    """Let one old case be due for deletion, and another be held."""
    if "loeschen" in work.row:
        day = timezone.localdate() + timedelta(days=work.row["loeschen"])
        Antrag.objects.for_mandant(work.mandant).filter(pk=work.pk).update(loeschen_ab=day)
    if "sperre" in work.row:
        deleting.hold(work.pk, work.doer(head=True), work.row["sperre"])

"""What applicants do with their own application: begin, fill in, hand in, supply, withdraw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from leitplanke.apps.antrag import closing, facts, intake, messages, receipts
from leitplanke.apps.antrag.doing import citizen, locked, perform, require_people, trace
from leitplanke.apps.antrag.intake import Anschrift, Ticket
from leitplanke.apps.antrag.models import Antrag, Beteiligung, Quelle
from leitplanke.core.verfahren.acts import Stand
from leitplanke.core.verfahren.facts import flattened

if TYPE_CHECKING:
    from leitplanke.apps.antrag.doing import Doer
    from leitplanke.base.accounts.models import Mandant, Person
    from leitplanke.core.verfahren.model import Verfahren

REPRESENTING = (Beteiligung.BEVOLLMAECHTIGT, Beteiligung.BETREUUNG)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an application begins with: who sits before it, what is known by now, how it will be known."""

    ticket: Ticket
    person: Person | None = None
    sprache: str = "de"
    angaben: Mapping[str, Any] = field(default_factory=dict)


def begin(mandant: Mandant, verfahren: Verfahren, start: Beginning) -> Antrag:
    """Begin an application; the same ticket again gives the same application.

    Raises:
        NotOfferedError: the Mandant does not offer it.
        FactError: something stated before does not fit.
    """
    if (known := _known(mandant, start.ticket)) is not None:
        return known
    try:
        with transaction.atomic():
            antrag, _code = intake.start_draft(
                mandant, verfahren, person=start.person, sprache=start.sprache, ticket=start.ticket
            )
            if start.angaben:
                antrag = facts.fill_draft(antrag.pk, citizen(mandant, start.person), start.angaben)
    except IntegrityError:  # the other half of a double click was faster
        known = _known(mandant, start.ticket)
        if known is None:
            raise
        return known
    return antrag


def _known(mandant: Mandant, ticket: Ticket) -> Antrag | None:
    return Antrag.objects.for_mandant(mandant).filter(kennung=ticket.kennung).first()


def apply_formless(
    mandant: Mandant, verfahren: Verfahren, start: Beginning, anschrift: Anschrift, worum: str = ""
) -> Antrag:
    """Secure the day with a name and what it is about; everything else follows. Sent twice, it is one application.

    Raises:
        NotOfferedError, IncompleteError: as in the single steps.
    """
    doer = citizen(mandant, start.person)
    try:
        with transaction.atomic():
            antrag = begin(mandant, verfahren, start)
            antrag = locked(mandant, antrag.pk)
            if antrag.state is not Stand.ENTWURF:
                return antrag
            intake.name_person(antrag.pk, doer, anschrift)
            antrag = intake.hand_in(antrag.pk, doer, verfahren, formlos=True)
            if worum.strip():
                messages.write(antrag.pk, doer, worum)
            receipts.send_receipt(antrag, verfahren)
    except IntegrityError:
        known = _known(mandant, start.ticket)
        if known is None:
            raise
        return known
    antrag.refresh_from_db()
    return antrag


def save_people(antrag_id: int, doer: Doer, personen: Iterable[Anschrift]) -> Antrag:
    """Keep who applies and who acts for them; whoever represented before and is not named any more is gone.

    Raises:
        ActError: it may not be done now.
    """
    people = list(personen)
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        require_people(doer)
        named = {anschrift.rolle for anschrift in people}
        for anschrift in people:
            if _changed(antrag, anschrift):
                antrag = intake.name_person(antrag_id, doer, anschrift)
        gone = antrag.beteiligte.filter(rolle__in=[rolle for rolle in REPRESENTING if rolle not in named])
        if antrag.state is not Stand.ENTWURF and gone.exists():
            text = _("Die Person wird nicht mehr vertreten")
            perform(antrag, "ergaenzen", doer, text=text, data={"was": "vertretung"})
        gone.delete()
    return antrag


def _changed(antrag: Antrag, anschrift: Anschrift) -> bool:
    row = antrag.beteiligte.filter(rolle=anschrift.rolle).first()
    return row is None or any(getattr(row, name) != value for name, value in anschrift.werte.items())


def save_answers(antrag_id: int, doer: Doer, angaben: Mapping[str, Any]) -> Antrag:
    """Keep what a person states: in a draft all of it, later what is new as an addition to the file.

    Raises:
        FactError: a value does not fit.
        ActError: nothing can be added any more.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        if antrag.state is Stand.ENTWURF:
            return facts.fill_draft(antrag_id, doer, angaben)
        before = flattened(antrag.fakten)
        new = {pfad: wert for pfad, wert in flattened(angaben).items() if pfad not in before or before[pfad] != wert}
        if not new:
            return antrag
        decided = antrag.entscheidung_id is not None
        text = _("Änderung mitgeteilt") if decided else _("Angaben ergänzt")
        return facts.state_facts(antrag_id, doer, new, origin=facts.Origin(Quelle.BUERGER), text=text)


def send_later(antrag_id: int, doer: Doer, arten: Iterable[str]) -> Antrag:
    """Keep which documents will follow later."""
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        require_people(doer)
        antrag.nachreichen = sorted(set(arten))
        antrag.save(update_fields=["nachreichen"])
    return antrag


def choose_delivery(antrag_id: int, doer: Doer, *, portal: bool) -> Antrag:
    """Consent to letters in the portal, or take that back; it may be taken back at any time.

    Raises:
        ActError: nothing can be changed any more.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        require_people(doer)
        if antrag.portal == portal:
            return antrag
        antrag.portal = portal
        antrag.save(update_fields=["portal"])
        was = "portal" if portal else "post"
        if antrag.state is Stand.ENTWURF:
            trace("antrag.ausfuellen", antrag, doer, data={"was": was})
        else:
            text = _("Bescheide künftig im Portal") if portal else _("Bescheide künftig mit der Post")
            perform(antrag, "mitteilen", doer, text=text, data={"was": was})
    return antrag


def submit(antrag_id: int, doer: Doer, verfahren: Verfahren) -> Antrag:
    """Hand in a draft; handed in already, it stays as it is.

    Raises:
        IncompleteError: nobody is named.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        if antrag.state is not Stand.ENTWURF:
            return antrag
        antrag = intake.hand_in(antrag_id, doer, verfahren)
        receipts.send_receipt(antrag, verfahren)
    return antrag


def withdraw(antrag_id: int, doer: Doer, grund: str = "") -> Antrag:
    """Withdraw an application that is not decided yet; a reason reaches the office as a message.

    Raises:
        ActError: it is decided already, or was never handed in.
    """
    with transaction.atomic():
        locked(doer.mandant, antrag_id)
        if grund.strip():
            messages.write(antrag_id, doer, grund)
        antrag = closing.withdraw(antrag_id, doer)
        antrag.neues = True
        antrag.save(update_fields=["neues"])
    return antrag


def adopt(antrag_id: int, doer: Doer) -> Antrag:
    """Tie an application that was begun without an account to the account of the person who holds its code.

    Raises:
        ValueError: nobody is signed in, or it is tied to an account already.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        require_people(doer)
        if doer.person is None or antrag.konto_id is not None:
            raise ValueError(_("Dieser Antrag gehört schon zu einem Konto."))
        antrag.konto = doer.person
        antrag.save(update_fields=["konto"])
        trace("antrag.ausfuellen" if antrag.state is Stand.ENTWURF else "antrag.ergaenzen", antrag, doer,
              data={"was": "konto"})  # fmt: skip
    return antrag

"""Leaving the house: only what a person released, with Abgangsvermerk, Bekanntgabe and the end of the remedy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag import letter_checks, letters, receipts
from leitplanke.apps.antrag.clock import set_deadline, stop_deadlines
from leitplanke.apps.antrag.doing import Doer, allowed, hashed, locked, machine, perform
from leitplanke.apps.antrag.file_view import Occasion, law_of, recipient_of, remedy_kind
from leitplanke.apps.antrag.models import Antrag, Briefstand, Fristart, Kanal, Schreiben, Versandweg
from leitplanke.apps.antrag.policy_facts import letter_facts
from leitplanke.apps.antrag.procedures import verfahren_of
from leitplanke.apps.antrag.queries import units_of
from leitplanke.apps.antrag.readiness import require_words
from leitplanke.base.policy import StepStoppedError, require_step
from leitplanke.core.drafting.brief import brief_to_json
from leitplanke.core.verfahren.acts import Originator, Stand, WrongOriginatorError
from leitplanke.core.verfahrensrecht import (
    Bekanntgabe,
    Rechtsbehelfsart,
    RechtsdatenError,
    Weg,
    bekanntgabe,
    rechtsbehelfsfrist,
)

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.verfahrensrecht import Verfahrensrecht

WAYS = {Versandweg.POST: Weg.POST, Versandweg.PORTAL: Weg.PORTAL, Versandweg.UEBERGABE: Weg.UEBERGABE}


class DispatchError(ValueError):
    """The letter cannot leave on this way or day; the message says why."""


def outbox(actor: Actor, stand: str = Briefstand.FREIGEGEBEN.value) -> QuerySet[Schreiben]:
    """Return the letters of the actor's units in a state, oldest first."""
    return (
        Schreiben.objects.for_mandant(actor.mandant)
        .filter(antrag__einheit__in=units_of(actor), stand=stand)
        .select_related("antrag", "antrag__einheit", "freigegeben_von__person", "pdf")
        .order_by("freigegeben_am", "pk")
    )


def send(schreiben_id: int, doer: Doer, weg: Versandweg, am: date) -> Schreiben:
    """Note that a released letter left on a day; for a Bescheid compute Bekanntgabe and the end of the remedy.

    Raises:
        DispatchError: the person did not agree to the portal, or the day is none on which it can have left.
        OutdatedError: it is not released, or left already.
        StepStoppedError: a clause of the guideline stops it.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        schreiben, antrag = letters.locked_letter(schreiben_id, doer, Briefstand.FREIGEGEBEN)
        _require_way(schreiben, antrag, weg, am)
        letter_checks.require_decided(schreiben, antrag)
        letter_checks.require_time(schreiben, am)
        _require_address(schreiben, antrag)
        act = "bekanntgeben" if schreiben.art == letters.BESCHEID else "absenden"
        allowed(antrag, act, doer)
        require_step(doer.mandant, letter_facts(schreiben, antrag, doer.by))
        text = _("Versandt: %(was)s") % {"was": schreiben.brief["betreff"]}
        data = {"was": f"{schreiben.art} {weg.value}", "inhalt_sha256": hashed(schreiben.brief)}
        perform(antrag, act, doer, text=text, data=data)
        schreiben.weg, schreiben.vermerk_am, schreiben.versandt_von = weg, am, doer.membership
        schreiben.stand = Briefstand.VERSANDT
        schreiben.zurueck_am = schreiben.zugegangen_am = schreiben.abgerufen_am = None
        announce(schreiben, antrag)
        schreiben.save()
        _start_time_limit(schreiben, antrag)
        antrag.save()
        if weg is Versandweg.PORTAL:
            receipts.tell_of_letter(antrag)
    return schreiben


def _require_way(schreiben: Schreiben, antrag: Antrag, weg: Versandweg, am: date) -> None:
    if weg is Versandweg.PORTAL and not antrag.portal:
        raise DispatchError(_("Die Person hat nicht zugestimmt, Bescheide im Portal zu erhalten."))
    released = timezone.localdate(schreiben.freigegeben_am) if schreiben.freigegeben_am else am
    if am < released:
        raise DispatchError(_("Das Schreiben kann nicht vor seiner Freigabe abgegangen sein."))
    if am > timezone.localdate():
        raise DispatchError(_("Der Tag des Abgangs liegt in der Zukunft."))


def _require_address(schreiben: Schreiben, antrag: Antrag) -> None:
    """Check that the letter still goes where the person lives, and not to who may not read it."""
    person = recipient_of(antrag)
    written = tuple(schreiben.brief["empfaenger"])
    if person is not None and written != tuple(person.anschrift):
        raise DispatchError(
            _("Name oder Anschrift haben sich geändert. Nehmen Sie die Freigabe zurück und entwerfen Sie neu.")
        )


def _start_time_limit(schreiben: Schreiben, antrag: Antrag) -> None:
    """Let the time limit of a letter run, now that it has left; the caller saves the case."""
    art = letter_checks.DEADLINES.get(schreiben.art)
    if art is not None and schreiben.frist_ende is not None:
        set_deadline(antrag, art, schreiben.frist_ende, schreiben, belehrt=letters.warns(schreiben))


def announce(schreiben: Schreiben, antrag: Antrag) -> None:
    """Compute from when a letter counts as known and, for a Bescheid, until when a remedy is in time.

    The caller saves both.

    Raises:
        DispatchError: procedural law knows nothing for this way.
    """
    sent, opened = schreiben.vermerk_am, schreiben.abgerufen_am
    if sent is None or schreiben.art not in {letters.BESCHEID, *letter_checks.DEADLINES}:
        return
    try:
        recht = law_of(antrag, verfahren_of(antrag), sent)
        known: Bekanntgabe = bekanntgabe(
            recht, sent, WAYS[Versandweg(schreiben.weg)], recht.land, zugegangen_am=schreiben.zugegangen_am,
            abgerufen_am=timezone.localdate(opened) if opened else None,
        )  # fmt: skip
        schreiben.bekanntgabe_am, schreiben.bekanntgabe_erklaert = known.am, known.erklaerung
        if schreiben.art == letters.BESCHEID:
            _open_remedy(schreiben, antrag, recht)
    except RechtsdatenError as error:
        raise DispatchError(str(error)) from error


def _open_remedy(schreiben: Schreiben, antrag: Antrag, recht: Verfahrensrecht) -> None:
    entscheidung, known = schreiben.entscheidung, schreiben.bekanntgabe_am
    if entscheidung is None or known is None:
        return
    kind = remedy_kind(entscheidung, letters.result_for(antrag, entscheidung))
    if kind == "keiner":
        return
    remedy = recht.rechtsbehelf(Rechtsbehelfsart(kind), verfahren_of(antrag).gebiet)
    end = rechtsbehelfsfrist(remedy, known, recht.land)
    schreiben.rechtsbehelf_bis = end.am
    if end.am is not None:
        set_deadline(antrag, Fristart.RECHTSBEHELF, end.am, schreiben, norm=end.norm)


def fetched(schreiben_id: int, doer: Doer) -> Schreiben:
    """Note that the applicant opened a letter in the portal; where the law counts from then, compute anew.

    Raises:
        WrongOriginatorError: it is not the applicant who opens it, so nothing may begin to run.
    """
    if doer.by is not Originator.BUERGER:
        raise WrongOriginatorError(_("Abgerufen ist ein Schreiben erst, wenn die Person selbst es öffnet."))
    with transaction.atomic():
        found = Schreiben.objects.for_mandant(doer.mandant).get(pk=schreiben_id)
        antrag = locked(doer.mandant, found.antrag_id)
        schreiben = Schreiben.objects.for_mandant(doer.mandant).select_related("entscheidung").get(pk=found.pk)
        if schreiben.stand != Briefstand.VERSANDT or schreiben.abgerufen_am is not None:
            return schreiben
        schreiben.abgerufen_am = timezone.now()
        if schreiben.weg == Versandweg.PORTAL:
            announce(schreiben, antrag)
            antrag.save()
        schreiben.save()
    return schreiben


def note_arrival(schreiben_id: int, doer: Doer, am: date) -> Schreiben:
    """Note that a letter proved to have arrived on a day; one later than the law presumes counts.

    Raises:
        DispatchError: that day lies before its dispatch or in the future.
        OutdatedError: it has not left.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        schreiben, antrag = letters.locked_letter(schreiben_id, doer, Briefstand.VERSANDT)
        if am > timezone.localdate() or (schreiben.vermerk_am and am < schreiben.vermerk_am):
            raise DispatchError(_("Zugegangen sein kann es nur zwischen dem Abgang und heute."))
        text = _("Tatsächlich zugegangen am %(tag)s: %(was)s")
        said = text % {"tag": am.strftime("%d.%m.%Y"), "was": schreiben.brief["betreff"]}
        perform(antrag, "zugang_vermerken", doer, text=said, data={"was": f"{schreiben.art} {am.isoformat()}"})
        schreiben.zugegangen_am = am
        announce(schreiben, antrag)
        schreiben.save()
        antrag.save()
    return schreiben


def note_return(schreiben_id: int, doer: Doer, grund: str) -> Schreiben:
    """Note that a letter came back or did not arrive: nothing runs from it, and it waits to be sent again.

    Raises:
        NotReadyError: it is not said how that is known.
        OutdatedError: it has not left.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    require_words(grund, _("Bitte schreiben Sie, woher Sie wissen, dass es nicht angekommen ist."))
    with transaction.atomic():
        schreiben, antrag = letters.locked_letter(schreiben_id, doer, Briefstand.VERSANDT)
        holds = schreiben.art == letters.BESCHEID and schreiben.entscheidung_id == antrag.entscheidung_id
        act = "ruecklauf_vermerken" if holds else "zugang_vermerken"
        perform(antrag, act, doer, text=grund.strip(), public=False, data={"was": f"{schreiben.art} nicht zugegangen"})
        schreiben.zurueck_am, schreiben.stand = timezone.localdate(), Briefstand.FREIGEGEBEN
        schreiben.bekanntgabe_am = schreiben.rechtsbehelf_bis = schreiben.zugegangen_am = None
        schreiben.bekanntgabe_erklaert = ""
        schreiben.save()
        stop_deadlines(antrag, schreiben)
        antrag.save()
    return schreiben


def confirm_receipt(mandant: Mandant, antrag_id: int) -> Schreiben | None:
    """Confirm that an application came in: an act without effect in law, which rules may do by themselves.

    What came online is answered in the portal; for the others the letter waits in the outbox to be posted. Where the
    guideline keeps programs away from a case, nothing happens: a person answers.
    """
    try:
        return _confirm_receipt(mandant, antrag_id)
    except StepStoppedError:
        return None


def _confirm_receipt(mandant: Mandant, antrag_id: int) -> Schreiben | None:
    doer = machine(mandant)
    with transaction.atomic():
        antrag = locked(mandant, antrag_id)
        if antrag.state is not Stand.EINGEGANGEN or antrag.schreiben.filter(art=letters.EINGANG).exists():
            return None  # somebody is at work on it already
        verfahren = verfahren_of(antrag)
        occasion = Occasion(letters.EINGANG)
        brief, vorlage = letters.composed(antrag, verfahren, occasion)
        perform(antrag, "eingang_bestaetigen", doer, text=_("Eingang bestätigt"), data={"was": antrag.kanal})
        online = antrag.kanal == Kanal.ONLINE
        schreiben = Schreiben(
            mandant=mandant,
            antrag=antrag,
            art=letters.EINGANG,
            vorlage=vorlage.name,
            entworfen=brief_to_json(brief),
            brief=brief_to_json(brief),
            weg=Versandweg.PORTAL if online else Versandweg.POST,
            stand=Briefstand.VERSANDT if online else Briefstand.FREIGEGEBEN,
            vermerk_am=timezone.localdate() if online else None,
            freigegeben_am=timezone.now(),
        )
        letters.print_letter(schreiben)
        schreiben.save()
    return schreiben

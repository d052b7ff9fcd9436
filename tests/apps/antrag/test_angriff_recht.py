"""Attacks on what a letter and a decision do in law: too late, too early, another one, to the wrong address."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from freezegun import freeze_time

from leitplanke.apps.antrag import belege, closing, deciding, dispatch, facts, intake, letters, readiness
from leitplanke.apps.antrag.doing import OutdatedError, citizen, machine
from leitplanke.apps.antrag.file_view import Occasion
from leitplanke.apps.antrag.models import (
    Beteiligung,
    Briefstand,
    Entscheidungsart,
    Entscheidungsstand,
    Fristart,
    Quelle,
    Rechtsbehelfsstand,
    Verfahrenseinstellung,
    Versandweg,
)
from leitplanke.core.verfahren.acts import Stand, WrongOriginatorError

from .test_letters import asked, decided

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag, Entscheidung, Schreiben

    from .conftest import Office


def sent(office: Office, antrag: Antrag, letter: Schreiben, weg: Versandweg = Versandweg.POST) -> Schreiben:
    letters.release(letter.pk, office.doer(antrag))
    return dispatch.send(letter.pk, office.doer(antrag), weg, timezone.localdate())


def refusing(office: Office, antrag: Antrag) -> Entscheidung:
    return deciding.prepare(antrag.pk, office.doer(antrag), readiness.Draft(Entscheidungsart.VERSAGUNG))


def overdue(office: Office) -> Antrag:
    """Return a case whose time limit to cooperate is over."""
    with freeze_time(timezone.now() - timedelta(days=40)):
        antrag, letter = asked(office)
        sent(office, antrag, letter)
    return antrag


# Time limits run from letters that left, and leave the time that they promise.


def test_a_letter_that_was_never_sent_starts_no_time_limit(office: Office) -> None:
    antrag, letter = asked(office)
    letters.release(letter.pk, office.doer(antrag))
    assert not antrag.fristen.filter(art=Fristart.MITWIRKUNG).exists()
    with freeze_time(timezone.now() + timedelta(days=60)), pytest.raises(readiness.NotReadyError):
        refusing(office, antrag)


def test_a_letter_that_would_leave_too_little_time_is_not_sent_but_drafted_anew(office: Office) -> None:
    antrag, letter = asked(office)
    letters.release(letter.pk, office.doer(antrag))
    with freeze_time(timezone.now() + timedelta(days=20)):
        today = timezone.localdate()
        with pytest.raises(OutdatedError, match="Frist"):
            dispatch.send(letter.pk, office.doer(antrag), Versandweg.POST, today)
        letters.withdraw_release(letter.pk, office.doer(antrag))
        with pytest.raises(OutdatedError, match="Frist"):
            letters.release(letter.pk, office.doer(antrag))
        again = letters.redraft(letter.pk, office.doer(antrag))
        assert again.frist_ende is not None
        assert again.frist_ende >= today + timedelta(days=14)
        sent(office, antrag, again)
        frist = antrag.fristen.get(art=Fristart.MITWIRKUNG)
        assert (frist.ab, frist.ende, frist.belehrt) == (today, again.frist_ende, True)


def test_a_request_that_came_back_allows_no_refusal(office: Office) -> None:
    antrag = overdue(office)
    letter = antrag.schreiben.get(art=letters.MITWIRKUNG)
    dispatch.note_return(letter.pk, office.doer(antrag), "Mit Postvermerk unbekannt verzogen zurück")
    with pytest.raises(readiness.NotReadyError, match="Hinweis auf die Folgen"):
        refusing(office, antrag)


@pytest.mark.parametrize("known", [None, 1])
def test_a_request_that_was_not_known_in_time_allows_no_refusal(office: Office, known: int | None) -> None:
    """As in a portal where the law counts from fetching, or where it proved to have arrived after its own end."""
    antrag, letter = asked(office)
    sent(office, antrag, letter)
    letter.refresh_from_db()
    assert letter.bekanntgabe_am == timezone.localdate() + timedelta(days=4)
    end = timezone.localdate() - timedelta(days=1)
    antrag.fristen.filter(art=Fristart.MITWIRKUNG).update(ende=end)
    antrag.schreiben.filter(pk=letter.pk).update(bekanntgabe_am=known and end + timedelta(days=known))
    with pytest.raises(readiness.NotReadyError, match="bekannt"):
        refusing(office, antrag)


def test_who_cooperates_while_the_refusal_waits_is_not_refused(office: Office) -> None:
    antrag = overdue(office)
    made = refusing(office, antrag)
    belege.add_document(antrag.pk, citizen(office.mandant), "miete.pdf", b"%PDF-1.4 leer")
    with pytest.raises(OutdatedError, match="Unterlagen"):
        deciding.confirm(made.pk, office.doer(antrag), office.verfahren, gesehen=deciding.seen_hash(made))


def test_who_cooperates_before_the_second_signature_is_not_refused(office: Office) -> None:
    antrag = overdue(office)
    made = refusing(office, antrag)
    deciding.confirm(made.pk, office.doer(antrag), office.verfahren, gesehen=deciding.seen_hash(made))
    made.refresh_from_db()
    assert made.stand == Entscheidungsstand.VORGELEGT
    belege.add_document(antrag.pk, citizen(office.mandant), "miete.pdf", b"%PDF-1.4 leer")
    with pytest.raises(OutdatedError, match="Unterlagen"):
        deciding.sign(made.pk, office.doer(antrag, office.head), gesehen=made.gesehen_hash)


def test_a_value_that_the_person_stated_again_must_be_confirmed_again(office: Office) -> None:
    antrag = office.ready()
    made = deciding.prepare(antrag.pk, office.doer(antrag), readiness.Draft(Entscheidungsart.BEWILLIGUNG))
    origin = facts.Origin(Quelle.BUERGER)
    facts.state_facts(antrag.pk, citizen(office.mandant), {"vermoegen": "2000.00"}, origin=origin)
    with pytest.raises(OutdatedError):
        deciding.confirm(made.pk, office.doer(antrag), office.verfahren, gesehen=deciding.seen_hash(made))


def test_a_hearing_before_the_decision_is_none_about_undoing_it(office: Office) -> None:
    antrag = office.ready()
    before = timezone.now() - timedelta(days=40)
    with freeze_time(before):
        end = timezone.localdate() + timedelta(days=14)
        occasion = Occasion(letters.ANHOERUNG, None, "den Antrag abzulehnen", "Es fehlt an der Miete.", end)
        sent(office, antrag, letters.draft(antrag.pk, office.doer(antrag), occasion))
    antrag, _made, letter = decided(office, antrag)
    sent(office, antrag, letter)
    closing.reopen(antrag.pk, office.doer(antrag), "Es kam heraus, dass Einkommen fehlt")
    undo = readiness.Draft(Entscheidungsart.RUECKNAHME, begruendung="Das Einkommen war höher als angegeben.")
    with pytest.raises(readiness.NotReadyError, match="anzuhören"):
        deciding.prepare(antrag.pk, office.doer(antrag), undo)


# The letter that leaves is the one that was signed.


def test_a_letter_drafted_anew_after_the_decision_needs_a_new_decision(office: Office) -> None:
    antrag, made, letter = decided(office)
    letters.redraft(letter.pk, office.doer(antrag))
    made.refresh_from_db()
    antrag.refresh_from_db()
    assert (made.stand, antrag.stand) == (Entscheidungsstand.VORBEREITET, Stand.IN_BEARBEITUNG)


def test_a_letter_other_than_the_signed_one_is_not_released(office: Office) -> None:
    antrag, _made, letter = decided(office)
    letter.brief["betreff"] = "Ein anderer Betreff"
    letter.save()
    with pytest.raises(OutdatedError, match="gezeichnet"):
        letters.release(letter.pk, office.doer(antrag))


def test_a_released_letter_of_an_older_decision_cannot_leave(office: Office) -> None:
    antrag, _made, old = decided(office)
    letters.release(old.pk, office.doer(antrag))
    closing.reopen(antrag.pk, office.doer(antrag), "Die Miete war doch niedriger")
    origin = facts.Origin(Quelle.AMT)
    facts.state_facts(antrag.pk, office.doer(antrag), {"bruttokaltmiete_monat": "300.00"}, origin=origin)
    antrag.refresh_from_db()
    antrag, _newer, _letter = decided(office, antrag)
    with pytest.raises(OutdatedError, match="Entscheidung"):
        dispatch.send(old.pk, office.doer(antrag), Versandweg.POST, timezone.localdate())


def test_editing_a_hearing_about_a_decision_leaves_the_decision_alone(office: Office) -> None:
    antrag, made, letter = decided(office)
    sent(office, antrag, letter)
    end = timezone.localdate() + timedelta(days=14)
    antrag.refresh_from_db()
    occasion = Occasion(letters.ANHOERUNG, made, "den Bescheid zurückzunehmen", "Das Einkommen war höher.", end)
    hearing = letters.draft(antrag.pk, office.doer(antrag), occasion)
    greeting = next(block for block in hearing.brief["body"] if block.get("part") == "gruss")
    letters.edit(hearing.pk, office.doer(antrag), {greeting["key"]: "Mit besten Grüßen"})
    made.refresh_from_db()
    antrag.refresh_from_db()
    assert (made.stand, antrag.stand) == (Entscheidungsstand.GETROFFEN, Stand.BEKANNTGEGEBEN)


def test_an_earlier_decision_holds_again_when_the_newer_one_is_void(office: Office) -> None:
    antrag, first, letter = decided(office)
    sent(office, antrag, letter)
    closing.reopen(antrag.pk, office.doer(antrag), "Die Miete war doch niedriger")
    antrag.refresh_from_db()
    antrag, _second, newer = decided(office, antrag)
    letters.redraft(newer.pk, office.doer(antrag))
    first.refresh_from_db()
    antrag.refresh_from_db()
    assert (antrag.entscheidung, first.stand) == (first, Entscheidungsstand.GETROFFEN)


def test_a_letter_does_not_leave_for_an_address_where_nobody_lives_any_more(office: Office) -> None:
    antrag, _made, letter = decided(office)
    letters.release(letter.pk, office.doer(antrag))
    moved = {"vorname": "Kim", "nachname": "Muster", "strasse": "Neue Straße 7", "plz": "54321", "ort": "Anderswo"}
    intake.name_person(antrag.pk, citizen(office.mandant), intake.Anschrift(Beteiligung.ANTRAGSTELLEND, moved))
    with pytest.raises(dispatch.DispatchError, match="Anschrift"):
        dispatch.send(letter.pk, office.doer(antrag), Versandweg.POST, timezone.localdate())
    letters.withdraw_release(letter.pk, office.doer(antrag))
    with pytest.raises(OutdatedError):
        letters.release(letter.pk, office.doer(antrag))


# When it arrived.


def test_a_bescheid_that_came_back_binds_nobody_and_can_be_sent_again(office: Office) -> None:
    antrag, _made, letter = decided(office)
    sent(office, antrag, letter)
    with pytest.raises(readiness.NotReadyError):
        dispatch.note_return(letter.pk, office.doer(antrag), " ")
    back = dispatch.note_return(letter.pk, office.doer(antrag), "Mit Postvermerk unbekannt verzogen zurück")
    antrag.refresh_from_db()
    assert (antrag.stand, back.stand) == (Stand.ENTSCHIEDEN, Briefstand.FREIGEGEBEN)
    assert (back.bekanntgabe_am, back.rechtsbehelf_bis) == (None, None)
    assert not antrag.fristen.filter(art=Fristart.RECHTSBEHELF, erledigt_am__isnull=True).exists()
    again = dispatch.send(letter.pk, office.doer(antrag), Versandweg.POST, timezone.localdate())
    assert again.rechtsbehelf_bis is not None


def test_a_later_arrival_moves_the_end_of_the_remedy_and_an_earlier_one_does_not(office: Office) -> None:
    antrag, _made, letter = decided(office)
    first = sent(office, antrag, letter).rechtsbehelf_bis
    assert first is not None
    same = dispatch.note_arrival(letter.pk, office.doer(antrag), timezone.localdate())
    assert same.rechtsbehelf_bis == first
    with freeze_time(timezone.now() + timedelta(days=20)):
        late = dispatch.note_arrival(letter.pk, office.doer(antrag), timezone.localdate())
        assert late.bekanntgabe_am == timezone.localdate()
        assert late.rechtsbehelf_bis is not None
        assert late.rechtsbehelf_bis > first
        assert antrag.fristen.get(art=Fristart.RECHTSBEHELF, erledigt_am__isnull=True).ende == late.rechtsbehelf_bis


def test_nobody_but_the_applicant_makes_a_letter_count_as_fetched(office: Office) -> None:
    antrag, _made, letter = decided(office)
    antrag.portal = True
    antrag.save(update_fields=["portal"])
    sent(office, antrag, letter, Versandweg.PORTAL)
    for doer in (machine(office.mandant), office.doer(antrag)):
        with pytest.raises(WrongOriginatorError):
            dispatch.fetched(letter.pk, doer)
    letter.refresh_from_db()
    assert letter.abgerufen_am is None


def test_an_unknown_amount_needs_a_second_person_where_an_amount_would(office: Office) -> None:
    art = Entscheidungsart.BEWILLIGUNG
    assert deciding.second_needed(office.verfahren, office.einstellung, art, None)
    assert not deciding.second_needed(office.verfahren, office.einstellung, Entscheidungsart.ABLEHNUNG, None)
    office.einstellung.zeichnung = Verfahrenseinstellung.Zeichnung.NIE
    assert not deciding.second_needed(office.verfahren, office.einstellung, art, None)


def test_a_case_with_a_remedy_can_be_closed_once_somebody_says_how_it_ended(office: Office) -> None:
    antrag, _made, letter = decided(office)
    sent(office, antrag, letter)
    appeal = closing.Appeal("widerspruch", timezone.localdate(), "schriftlich")
    closing.record_appeal(antrag.pk, office.doer(antrag), appeal)
    with pytest.raises(closing.ClosingError):
        closing.close(antrag.pk, office.doer(antrag))
    end = Rechtsbehelfsstand.ZURUECKGENOMMEN
    with pytest.raises(WrongOriginatorError):
        closing.settle_appeal(antrag.pk, citizen(office.mandant), end, "Ich ziehe ihn zurück")
    closing.settle_appeal(antrag.pk, office.doer(antrag), end, "Mit Schreiben von heute zurückgenommen")
    assert closing.close(antrag.pk, office.doer(antrag)).stand == Stand.ABGESCHLOSSEN

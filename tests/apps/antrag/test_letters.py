from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from leitplanke.apps.antrag import assigning, deadlines, deciding, dispatch, letters, preparing, readiness
from leitplanke.apps.antrag.doing import Doer, OutdatedError, machine
from leitplanke.apps.antrag.file_view import Occasion
from leitplanke.apps.antrag.models import (
    Antrag,
    Briefstand,
    Entscheidung,
    Entscheidungsart,
    Fristart,
    Schreiben,
    Verfahrenseinstellung,
    Versandweg,
)
from leitplanke.base.documents.services import read_file
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.drafting.brief import brief_from_json
from leitplanke.core.verfahren.acts import NotFreshError, Originator, Stand, WrongOriginatorError

from .conftest import COMPLETE

if TYPE_CHECKING:
    from .conftest import Office

YEAR = timedelta(days=364)


def decided(office: Office, antrag: Antrag | None = None) -> tuple[Antrag, Entscheidung, Schreiben]:
    antrag = antrag or office.ready()
    draft = readiness.Draft(
        Entscheidungsart.BEWILLIGUNG, von_tag=antrag.stichtag, bis_tag=antrag.stichtag and antrag.stichtag + YEAR
    )
    made = preparing.prepare_decision(antrag.pk, office.doer(antrag), draft)
    deciding.confirm(made.pk, office.doer(antrag), office.verfahren, gesehen=deciding.seen_hash(made))
    antrag.refresh_from_db()
    made.refresh_from_db()
    return antrag, made, made.schreiben.get()


def asked(office: Office) -> tuple[Antrag, Schreiben]:
    """Return a case in which something is asked for, with its letter."""
    given = {name: value for name, value in COMPLETE.items() if name != "bruttokaltmiete_monat"}
    antrag = office.application(given)
    assigning.begin(antrag.pk, office.doer(antrag))
    antrag.refresh_from_db()
    end = deadlines.office_deadline(antrag, office.verfahren, timezone.localdate(), 14).am
    occasion = Occasion(letters.MITWIRKUNG, frist=end, unterzeichnet=office.clerk.memberships[0])
    return antrag, letters.draft(antrag.pk, office.doer(antrag), occasion)


def test_a_bescheid_names_amount_period_reasons_and_remedy_and_passes_its_check(office: Office) -> None:
    antrag, made, letter = decided(office)
    text = brief_from_json(letter.brief).text
    assert letter.pruefung == []
    assert f"{made.betrag:.0f},00 EUR" in text or f"{made.betrag:.0f} EUR" in text
    for word in ("Kim Muster", "Widerspruch", "§ 19", "nach Aktenlage nichts anderes"):
        assert word in text
    assert brief_from_json(letter.brief).aktenzeichen == antrag.nummer


def test_only_what_a_fresh_person_released_leaves(office: Office) -> None:
    antrag, _made, letter = decided(office)
    today = timezone.localdate()
    with pytest.raises(OutdatedError):
        dispatch.send(letter.pk, office.doer(antrag), Versandweg.POST, today)
    with pytest.raises(NotFreshError):
        letters.release(letter.pk, office.doer(antrag, fresh=False))
    for by in (Originator.REGEL, Originator.AUFTRAG, Originator.SCHNITTSTELLE, Originator.MODELL):
        doer = Doer(office.mandant, by, office.clerk.person, office.clerk.memberships[0], fresh_at=timezone.now())
        with pytest.raises(WrongOriginatorError):
            letters.release(letter.pk, doer)
    released = letters.release(letter.pk, office.doer(antrag))
    assert released.pdf is not None
    assert read_file(released.pdf).startswith(b"%PDF")
    sent = dispatch.send(letter.pk, office.doer(antrag), Versandweg.POST, today)
    antrag.refresh_from_db()
    assert antrag.stand == Stand.BEKANNTGEGEBEN
    assert sent.bekanntgabe_am is not None
    assert sent.rechtsbehelf_bis is not None
    assert sent.bekanntgabe_am == today + timedelta(days=4)
    assert sent.rechtsbehelf_bis > sent.bekanntgabe_am + timedelta(days=27)
    assert antrag.frist_am is not None
    assert antrag.fristen.get(art=Fristart.RECHTSBEHELF).ende == sent.rechtsbehelf_bis


def test_what_the_checker_finds_cannot_be_released(office: Office) -> None:
    antrag, made, letter = decided(office)
    tenor = next(block for block in letter.brief["body"] if block.get("part") == "tenor")
    words = " ".join(sentence["text"] for sentence in tenor["sentences"])
    wrong = words.replace(f"{made.betrag:.0f}", f"{made.betrag + 10:.0f}")
    assert wrong != words
    edited = letters.edit(letter.pk, office.doer(antrag), {tenor["key"]: wrong})
    assert any(finding["blocking"] for finding in edited.pruefung)
    antrag.refresh_from_db()
    assert antrag.stand == Stand.IN_BEARBEITUNG
    made.refresh_from_db()
    deciding.confirm(made.pk, office.doer(antrag), office.verfahren, gesehen=deciding.seen_hash(made))
    with pytest.raises(letters.LetterBlockedError):
        letters.release(letter.pk, office.doer(antrag))
    letter.refresh_from_db()
    assert letter.stand == Briefstand.ENTWURF


def test_an_edit_after_the_second_signature_makes_it_void(office: Office) -> None:
    office.einstellung.zeichnung = Verfahrenseinstellung.Zeichnung.IMMER
    office.einstellung.save()
    antrag, made, letter = decided(office)
    assert antrag.stand == Stand.ZUR_ZEICHNUNG
    deciding.sign(made.pk, office.doer(antrag, office.head), gesehen=made.gesehen_hash)
    antrag.refresh_from_db()
    greeting = next(block for block in letter.brief["body"] if block.get("part") == "gruss")
    letters.edit(letter.pk, office.doer(antrag), {greeting["key"]: "Mit besten Grüßen"})
    made.refresh_from_db()
    antrag.refresh_from_db()
    assert (made.stand, made.gezeichnet_von, made.entschieden_von) == ("vorbereitet", None, None)
    assert antrag.stand == Stand.IN_BEARBEITUNG
    with pytest.raises(OutdatedError):
        letters.release(letter.pk, office.doer(antrag))


def test_asking_for_cooperation_sets_the_time_limit_and_says_what_follows(office: Office) -> None:
    antrag, letter = asked(office)
    text = brief_from_json(letter.brief).text
    assert "Bruttokaltmiete" in text
    assert "versagen" in text
    letters.release(letter.pk, office.doer(antrag))
    assert not antrag.fristen.filter(art=Fristart.MITWIRKUNG).exists()
    dispatch.send(letter.pk, office.doer(antrag), Versandweg.POST, timezone.localdate())
    antrag.refresh_from_db()
    frist = antrag.fristen.get(art=Fristart.MITWIRKUNG)
    assert (antrag.stand, frist.belehrt, frist.ende) == (Stand.WARTET, True, letter.frist_ende)
    assert antrag.frist_am == frist.ende


def test_without_the_hint_on_what_follows_the_letter_is_blocked(office: Office) -> None:
    antrag, letter = asked(office)
    hint = next(block for block in letter.brief["body"] if block.get("part") == "rechtsfolge")
    letters.edit(letter.pk, office.doer(antrag), {hint["key"]: "Vielen Dank für Ihre Mühe."})
    with pytest.raises(letters.LetterBlockedError):
        letters.release(letter.pk, office.doer(antrag))


def test_a_case_that_changed_needs_a_new_draft(office: Office) -> None:
    from leitplanke.apps.antrag import facts

    antrag, letter = asked(office)
    origin = facts.Origin(facts.Quelle.AMT)
    facts.state_facts(antrag.pk, office.doer(antrag), {"bruttokaltmiete_monat": "400.00"}, origin=origin)
    with pytest.raises(OutdatedError):
        letters.release(letter.pk, office.doer(antrag))


def test_the_portal_needs_consent(office: Office) -> None:
    antrag, _made, letter = decided(office)
    letters.release(letter.pk, office.doer(antrag))
    with pytest.raises(dispatch.DispatchError):
        dispatch.send(letter.pk, office.doer(antrag), Versandweg.PORTAL, timezone.localdate())


def test_rules_confirm_that_an_application_came_in_once_and_leave_evidence_of_it(office: Office) -> None:
    antrag = office.application()
    made = antrag.schreiben.get(art=letters.EINGANG)
    assert (made.stand, made.freigegeben_von) == (Briefstand.VERSANDT, None)
    assert antrag.nummer in brief_from_json(made.brief).text
    assert dispatch.confirm_receipt(office.mandant, antrag.pk) is None
    assert '"durch":"regel"' in Leaf.objects.for_mandant(office.mandant).get(code="antrag.eingang_bestaetigen").payload


def test_people_are_reminded_once_before_their_time_limit_ends(office: Office) -> None:
    antrag, letter = asked(office)
    letters.release(letter.pk, office.doer(antrag))
    dispatch.send(letter.pk, office.doer(antrag), Versandweg.POST, timezone.localdate())
    assert letter.frist_ende is not None
    soon = letter.frist_ende - timedelta(days=2)
    assert deadlines.remind(office.mandant, soon - timedelta(days=7)) == 0
    assert deadlines.remind(office.mandant, soon) == 1
    assert deadlines.remind(office.mandant, soon) == 0
    assert antrag.mitteilungen.count() == 1


def test_a_rule_cannot_ask_for_cooperation(office: Office) -> None:
    _antrag, letter = asked(office)
    with pytest.raises(WrongOriginatorError):
        letters.release(letter.pk, machine(office.mandant))

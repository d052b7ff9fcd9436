"""Decisions, letters and acts of programs ask the guideline that the town has adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from leitplanke.apps.antrag import checking_words, deciding, dispatch, letters, messages, rewording
from leitplanke.apps.antrag.doing import OutdatedError, citizen, hashed
from leitplanke.apps.antrag.file_note import file_note
from leitplanke.apps.antrag.models import Briefstand, Entscheidung, Schreiben, Versandweg
from leitplanke.apps.antrag.policy_facts import act_facts, decision_facts, letter_facts
from leitplanke.base.policy import StepStoppedError, guidance
from leitplanke.core.guideline import Choice, Example
from leitplanke.core.verfahren.acts import Originator
from tests.adopting import adopt, adopt_only
from tests.apps.antrag.test_letters import decided
from tests.apps.antrag.test_umformulieren import worded

if TYPE_CHECKING:
    from django.test import Client

    from leitplanke.apps.antrag.models import Antrag
    from tests.apps.antrag.conftest import Office

pytestmark = pytest.mark.django_db
KEY = "mitteilung_auszug"


def with_words_of_a_model(office: Office) -> tuple[Antrag, Schreiben]:
    """Return a decided case whose letter a model worded in part; a person took it over and decided again."""
    antrag, made, letter = decided(office)
    other = worded(letter)[KEY].replace("Sagen Sie uns bitte auch", "Bitte sagen Sie uns auch")
    rewording.take_over(letter.pk, office.doer(antrag), {KEY: other}, gesehen=hashed(letter.brief))
    made = Entscheidung.objects.for_mandant(office.mandant).get(pk=made.pk)
    deciding.confirm(made.pk, office.doer(antrag), office.verfahren, gesehen=deciding.seen_hash(made))
    return antrag, Schreiben.objects.for_mandant(office.mandant).get(pk=letter.pk)


def test_words_of_a_model_leave_only_after_a_person_has_checked_them(client: Client, office: Office) -> None:
    adopt_only(office.mandant, Choice("BB34", "zweck"))
    antrag, letter = with_words_of_a_model(office)
    doer, seen = office.doer(antrag), hashed(letter.brief)
    with pytest.raises(StepStoppedError) as caught:
        letters.release(letter.pk, doer)
    letter.refresh_from_db()
    assert letter.stand == Briefstand.ENTWURF
    assert office.clerk.person is not None
    client.force_login(office.clerk.person)
    here = reverse("antrag:schreiben", args=[letter.kennung])
    page = client.get(here).content.decode()
    assert f'href="{caught.value.stop.url}"' in page
    assert "Worte des Modells prüfen" in page
    with pytest.raises(OutdatedError):
        checking_words.note_checked(letter.pk, doer, gesehen="andere Worte")
    client.post(here, {"schritt": "ki_geprueft", "gesehen": seen})
    with pytest.raises(StepStoppedError) as opened:
        letters.release(letter.pk, doer)
    assert "Belege" in opened.value.stop.sentence
    client.post(here, {"schritt": "ki_geprueft", "gesehen": seen, "belege": "ja"})
    assert letters.release(letter.pk, doer).stand == Briefstand.FREIGEGEBEN


def test_where_four_eyes_are_asked_for_somebody_else_releases(office: Office) -> None:
    adopt_only(office.mandant, Choice("BB34", "vier"))
    antrag, letter = with_words_of_a_model(office)
    doer = office.doer(antrag)
    checking_words.note_checked(letter.pk, doer, gesehen=hashed(letter.brief), opened=True)
    with pytest.raises(StepStoppedError) as caught:
        letters.release(letter.pk, doer)
    assert "zweiten Person" in caught.value.stop.sentence
    assert letters.release(letter.pk, office.doer(antrag, office.head)).stand == Briefstand.FREIGEGEBEN


@pytest.mark.parametrize("example", Example)
def test_what_no_model_worded_goes_its_way_under_every_example(office: Office, example: Example) -> None:
    adopt(office.mandant, example)
    antrag, _made, letter = decided(office)
    letters.release(letter.pk, office.doer(antrag))
    sent = dispatch.send(letter.pk, office.doer(antrag), Versandweg.POST, timezone.localdate())
    assert sent.stand == Briefstand.VERSANDT


def test_neither_decision_nor_letter_nor_act_comes_from_a_model(office: Office) -> None:
    adopt(office.mandant, Example.STRENG)
    antrag, made, letter = decided(office)
    for by in (Originator.MODELL,):
        for facts in (decision_facts(made, antrag, by), letter_facts(letter, antrag, by), act_facts(antrag, by)):
            stop = guidance(office.mandant, facts).stop
            assert stop is not None, facts["schritt"]
            assert stop.url


def test_without_the_computation_there_is_no_second_basis(office: Office) -> None:
    adopt_only(office.mandant, Choice("BB15", "zweite"))
    antrag, made, _letter = decided(office)
    made.nachweis, made.begruendung = [], ""
    stop = guidance(office.mandant, decision_facts(made, antrag, Originator.PERSON)).stop
    assert stop is not None
    assert "zweite Grundlage" in stop.sentence


@pytest.mark.parametrize(("option", "answers"), [("recht", False), ("kanal", True)])
def test_who_wants_a_person_is_answered_by_no_program(office: Office, option: str, *, answers: bool) -> None:
    adopt_only(office.mandant, Choice("BB50", option))
    antrag = office.application()
    antrag.schreiben.all().delete()
    messages.write(antrag.pk, citizen(office.mandant), "", human=True)
    assert (dispatch.confirm_receipt(office.mandant, antrag.pk) is not None) is answers


def test_the_note_says_where_ai_took_part(office: Office) -> None:
    antrag, _letter = with_words_of_a_model(office)
    section = next(one for one in file_note(antrag).sections if one.heading == "Wo KI beteiligt war")
    assert "von einem Sprachmodell formuliert" in str(section.blocks)
    assert "antrag.wohngeld" in str(section.blocks)

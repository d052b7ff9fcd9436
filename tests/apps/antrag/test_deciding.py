from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from freezegun import freeze_time

from leitplanke.apps.antrag import deciding, dispatch, doing, facts, letters, readiness
from leitplanke.apps.antrag.doing import Doer
from leitplanke.apps.antrag.models import (
    Antrag,
    Entscheidung,
    Entscheidungsart,
    Verfahrenseinstellung,
    Versandweg,
)
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.verfahren.acts import (
    ACTS,
    ActError,
    Acting,
    Effect,
    Mode,
    NotFreshError,
    Originator,
    Stand,
    WrongOriginatorError,
    require,
)

from .conftest import COMPLETE, Office
from .test_letters import asked

if TYPE_CHECKING:
    from collections.abc import Iterator


def prepared(office: Office, antrag: Antrag, art: Entscheidungsart = Entscheidungsart.BEWILLIGUNG) -> Entscheidung:
    return deciding.prepare(antrag.pk, office.doer(antrag), readiness.Draft(art))


def test_a_person_decides_and_everything_it_stood_on_is_kept(office: Office) -> None:
    antrag = office.ready()
    entscheidung = prepared(office, antrag)
    gesehen = deciding.seen_hash(entscheidung)
    made = deciding.confirm(entscheidung.pk, office.doer(antrag), office.verfahren, gesehen=gesehen)
    antrag.refresh_from_db()
    assert antrag.stand == Stand.ENTSCHIEDEN
    assert antrag.entscheidung_id == made.pk
    assert made.betrag == antrag.betrag_von
    assert made.digest == antrag.digest
    assert {step["name"] for step in made.nachweis} >= {"wohngeld_monat", "bruttokaltmiete_monat"}
    leaf = Leaf.objects.for_mandant(office.mandant).get(code="antrag.entscheiden")
    assert made.digest in leaf.payload
    assert "Muster" not in leaf.payload


def test_without_a_fresh_proof_of_identity_nobody_decides(office: Office) -> None:
    antrag = office.ready()
    entscheidung = prepared(office, antrag)
    with pytest.raises(NotFreshError):
        deciding.confirm(
            entscheidung.pk,
            office.doer(antrag, fresh=False),
            office.verfahren,
            gesehen=deciding.seen_hash(entscheidung),
        )
    entscheidung.refresh_from_db()
    assert entscheidung.stand == "vorbereitet"


def test_a_fact_that_changes_after_preparing_stops_the_decision(office: Office) -> None:
    antrag = office.ready()
    entscheidung = prepared(office, antrag)
    gesehen = deciding.seen_hash(entscheidung)
    origin = facts.Origin(facts.Quelle.AMT)
    facts.state_facts(antrag.pk, office.doer(antrag), {"bruttokaltmiete_monat": "410.00"}, origin=origin)
    with pytest.raises(doing.OutdatedError):
        deciding.confirm(entscheidung.pk, office.doer(antrag), office.verfahren, gesehen=gesehen)


def test_an_open_judgement_stops_the_decision(office: Office) -> None:
    antrag = office.application()
    with transaction.atomic():
        doing.perform(doing.locked(office.mandant, antrag.pk), "uebernehmen", office.doer(antrag))
    facts.confirm_facts(antrag.pk, office.doer(antrag), COMPLETE)
    with pytest.raises(readiness.OpenErmessenError) as caught:
        prepared(office, antrag)
    assert "missbraeuchlich" in caught.value.names


def test_facts_that_nobody_confirmed_stop_the_decision(office: Office) -> None:
    antrag = office.application()
    with transaction.atomic():
        doing.perform(doing.locked(office.mandant, antrag.pk), "uebernehmen", office.doer(antrag))
    office.judged(antrag)
    with pytest.raises(readiness.UnconfirmedError) as caught:
        prepared(office, antrag)
    assert "bruttokaltmiete_monat" in caught.value.paths
    assert "Bruttokaltmiete im Monat" in str(caught.value)
    assert "bruttokaltmiete_monat" not in str(caught.value)


def test_to_decide_otherwise_than_the_rules_needs_a_reason(office: Office) -> None:
    antrag = office.ready()
    with pytest.raises(readiness.NotReadyError, match="Bewilligung"):
        prepared(office, antrag, Entscheidungsart.ABLEHNUNG)
    draft = readiness.Draft(Entscheidungsart.ABLEHNUNG, abweichung="Die Wohnung wird nicht bewohnt.")
    assert deciding.prepare(antrag.pk, office.doer(antrag), draft).art == "ablehnung"


def test_a_second_person_signs_what_the_first_confirmed(office: Office) -> None:
    office.einstellung.zeichnung = Verfahrenseinstellung.Zeichnung.IMMER
    office.einstellung.save()
    antrag = office.ready()
    entscheidung = prepared(office, antrag)
    gesehen = deciding.seen_hash(entscheidung)
    deciding.confirm(entscheidung.pk, office.doer(antrag), office.verfahren, gesehen=gesehen)
    antrag.refresh_from_db()
    assert antrag.stand == Stand.ZUR_ZEICHNUNG
    with pytest.raises(NotPermittedError):
        deciding.sign(entscheidung.pk, office.doer(antrag), gesehen=gesehen)
    signed = deciding.sign(entscheidung.pk, office.doer(antrag, office.head), gesehen=gesehen)
    antrag.refresh_from_db()
    assert antrag.stand == Stand.ENTSCHIEDEN
    assert signed.gezeichnet_von == office.head.memberships[0]


def test_what_is_given_back_must_be_confirmed_anew(office: Office) -> None:
    office.einstellung.zeichnung = Verfahrenseinstellung.Zeichnung.IMMER
    office.einstellung.save()
    antrag = office.ready()
    entscheidung = prepared(office, antrag)
    gesehen = deciding.seen_hash(entscheidung)
    deciding.confirm(entscheidung.pk, office.doer(antrag), office.verfahren, gesehen=gesehen)
    antrag.refresh_from_db()
    deciding.send_back(entscheidung.pk, office.doer(antrag, office.head), "Bitte die Miete noch einmal prüfen.")
    entscheidung.refresh_from_db()
    assert (entscheidung.stand, entscheidung.entschieden_von) == ("vorbereitet", None)
    antrag.refresh_from_db()
    with pytest.raises(doing.OutdatedError):
        deciding.sign(entscheidung.pk, office.doer(antrag, office.head), gesehen=gesehen)


def test_nothing_is_refused_for_want_of_cooperation_without_warning_and_time(office: Office) -> None:
    antrag, letter = asked(office)
    with pytest.raises(readiness.NotReadyError, match="Hinweis auf die Folgen"):
        prepared(office, antrag, Entscheidungsart.VERSAGUNG)
    letters.release(letter.pk, office.doer(antrag))
    dispatch.send(letter.pk, office.doer(antrag), Versandweg.POST, timezone.localdate())
    with pytest.raises(readiness.NotReadyError, match="läuft noch"):
        prepared(office, antrag, Entscheidungsart.VERSAGUNG)
    with freeze_time(timezone.now() + timedelta(days=20)):
        assert prepared(office, antrag, Entscheidungsart.VERSAGUNG).art == "versagung"


def every_way() -> Iterator[tuple[str, Stand, Originator, bool, Mode, bool]]:
    return itertools.product(ACTS, Stand, Originator, (True, False), Mode, (True, False))


def test_nobody_but_a_fresh_person_sets_a_decision_going_whatever_the_way() -> None:
    tried = 0
    for name, stand, by, fresh, mode, released in every_way():
        act = ACTS[name]
        if act.effect is not Effect.DECISION or (by is Originator.PERSON and (fresh or not act.fresh)):
            continue
        with pytest.raises(ActError):
            require(name, stand, Acting(by, fresh, mode, released))
        tried += 1
    assert tried > 1000


def test_rules_do_a_closed_list_without_effect_in_law() -> None:
    of_rules = {name for name, act in ACTS.items() if Originator.REGEL in act.by}
    assert of_rules == {
        "eingang_bestaetigen", "erinnern", "berechnen", "vorlesen", "verteilen", "wiedervorlegen", "felder_vorschlagen",
        "formulieren",
    }  # fmt: skip
    assert {ACTS[name].effect for name in of_rules} == {Effect.NONE}


def test_a_model_words_letters_only_after_the_decision() -> None:
    for stand in Stand:
        acting = Acting(Originator.MODELL)
        if stand in {Stand.ENTSCHIEDEN, Stand.BEKANNTGEGEBEN, Stand.RECHTSBEHELF}:
            require("formulieren", stand, acting)
        else:
            with pytest.raises(ActError):
                require("formulieren", stand, acting)


def test_no_job_rule_or_interface_decides_through_the_services(office: Office) -> None:
    antrag = office.ready()
    entscheidung = prepared(office, antrag)
    gesehen = deciding.seen_hash(entscheidung)
    for by in Originator:
        if by is Originator.PERSON:
            continue
        doer = Doer(office.mandant, by, office.clerk.person, office.clerk.memberships[0], fresh_at=timezone.now())
        for verb in (
            lambda doer=doer: deciding.prepare(antrag.pk, doer, readiness.Draft(Entscheidungsart.BEWILLIGUNG)),
            lambda doer=doer: deciding.confirm(entscheidung.pk, doer, office.verfahren, gesehen=gesehen),
            lambda doer=doer: deciding.sign(entscheidung.pk, doer, gesehen=gesehen),
        ):
            with pytest.raises(WrongOriginatorError):
                verb()
    antrag.refresh_from_db()
    assert antrag.stand == Stand.IN_BEARBEITUNG


@pytest.mark.parametrize(
    "change",
    [
        {"stand": "getroffen"},
        {"stand": "vorgelegt", "entschieden_am": timezone.now()},
    ],
)
def test_the_database_itself_refuses_a_decision_without_a_person(office: Office, change: dict[str, Any]) -> None:
    entscheidung = prepared(office, office.ready())
    with pytest.raises(IntegrityError), transaction.atomic():
        Entscheidung.objects.for_mandant(office.mandant).filter(pk=entscheidung.pk).update(**change)


def test_the_database_itself_refuses_a_second_signature_by_the_first_person(office: Office) -> None:
    entscheidung = prepared(office, office.ready())
    with pytest.raises(IntegrityError), transaction.atomic():
        Entscheidung.objects.for_mandant(office.mandant).filter(pk=entscheidung.pk).update(
            entschieden_person=7, gezeichnet_person=7
        )


def test_the_database_itself_refuses_a_decided_case_without_decision(office: Office) -> None:
    antrag = office.ready()
    with pytest.raises(IntegrityError), transaction.atomic():
        Antrag.objects.for_mandant(office.mandant).filter(pk=antrag.pk).update(stand="entschieden")


def test_what_rules_do_beside_the_matter_does_not_outdate_what_a_person_saw(office: Office) -> None:
    antrag = office.ready()
    seen = antrag.fassung
    for name in ("verteilen", "wiedervorlegen"):
        with transaction.atomic():
            doing.perform(doing.locked(office.mandant, antrag.pk), name, doing.machine(office.mandant))
    origin = facts.Origin(facts.Quelle.AMT)
    facts.state_facts(antrag.pk, office.doer(antrag), {"vermoegen": "1.00"}, origin=origin, fassung=seen)
    with pytest.raises(doing.OutdatedError):
        facts.state_facts(antrag.pk, office.doer(antrag), {"vermoegen": "2.00"}, origin=origin, fassung=seen)

"""The way of a system from idea to release, and what keeps it from getting there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leitplanke.apps.register import declaring, entries, releasing
from leitplanke.apps.register.doing import GateClosedError, OutdatedError, lacking_for
from leitplanke.apps.register.models import Eintrag, Erklaerung, Erklaerungsart
from leitplanke.apps.register.public import permit
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.register.lifecycle import Gate, NotFreshError, SamePersonError, Stand, WrongStateError

pytestmark = pytest.mark.django_db


def test_a_system_is_released_by_a_second_person(team: Any) -> None:
    eintrag = team.released()
    assert eintrag.state is Stand.FREIGEGEBEN
    assert eintrag.gueltig == eintrag.bearbeitung
    assert Leaf.objects.for_mandant(team.mandant).filter(code="register.freigeben").count() == 1


def test_who_asked_cannot_release(team: Any) -> None:
    eintrag = team.entry()
    releasing.examine(actor=team.head, eintrag_id=eintrag.pk)
    team.classify(eintrag)
    team.declare(eintrag)
    releasing.ask_release(actor=team.head, eintrag_id=eintrag.pk)
    with pytest.raises(SamePersonError):
        releasing.release(actor=team.head, eintrag_id=eintrag.pk, fassung=1, fresh_at=timezone.now())


def test_a_release_needs_a_fresh_proof_and_the_version_that_was_seen(team: Any) -> None:
    eintrag = team.ready()
    with pytest.raises(NotFreshError):
        releasing.release(actor=team.ki, eintrag_id=eintrag.pk, fassung=1, fresh_at=None)
    with pytest.raises(OutdatedError):
        releasing.release(actor=team.ki, eintrag_id=eintrag.pk, fassung=2, fresh_at=timezone.now())


@pytest.mark.parametrize("art", [
    Erklaerungsart.VERANTWORTUNG, Erklaerungsart.DATENSCHUTZ, Erklaerungsart.MITBESTIMMUNG, Erklaerungsart.SCHULUNG,
])  # fmt: skip
def test_each_declaration_is_needed(team: Any, art: Erklaerungsart) -> None:
    eintrag = team.ready()
    assert lacking_for(eintrag, Gate.FREIGABE) == ()
    Erklaerung.objects.for_mandant(team.mandant).filter(art=art).delete()
    found = lacking_for(eintrag, Gate.FREIGABE)
    assert len(found) == 1
    assert found[0].satz.de
    assert found[0].wer.de
    with pytest.raises(GateClosedError):
        releasing.release(actor=team.ki, eintrag_id=eintrag.pk, fassung=1, fresh_at=timezone.now())


def test_a_substantial_change_takes_the_weight_of_what_was_declared(team: Any) -> None:
    eintrag = team.released()
    entries.change_entry(actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"modell": "Ein größeres"})
    eintrag = Eintrag.objects.for_mandant(team.mandant).get(pk=eintrag.pk)
    names = {one.name for one in lacking_for(eintrag, Gate.FREIGABE)}
    assert {"einstufung_veraltet", "datenschutz_fehlt", "mitbestimmung_offen", "schulung_fehlt"} <= names
    assert eintrag.state is Stand.FREIGEGEBEN
    assert eintrag.gueltig is not None
    assert eintrag.gueltig.nummer == 1
    with pytest.raises(WrongStateError):
        releasing.publish(actor=team.ki, eintrag_id=eintrag.pk, fassung=2)


def test_a_small_change_is_published_without_a_new_release(team: Any) -> None:
    eintrag = team.released()
    entries.change_entry(actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"webseite": "Neu."})
    eintrag = releasing.publish(actor=team.ki, eintrag_id=eintrag.pk, fassung=2)
    assert eintrag.gueltig is not None
    assert eintrag.gueltig.nummer == 2


def test_only_the_chair_decides_for_the_staff(team: Any) -> None:
    eintrag = team.entry()
    team.chair.memberships[0].vorsitz = False
    with pytest.raises(NotPermittedError):
        declaring.declare(
            actor=team.chair, eintrag_id=eintrag.pk, art=Erklaerungsart.MITBESTIMMUNG, ergebnis="zugestimmt", text="Ja."
        )


@pytest.mark.parametrize(("days", "name"), [(14, "mitbestimmung_offen"), (15, None)])
def test_silence_counts_only_after_the_time_limit_from_complete_information(
    team: Any, days: int, name: str | None
) -> None:
    eintrag = team.ready()
    Erklaerung.objects.for_mandant(team.mandant).filter(art=Erklaerungsart.MITBESTIMMUNG).delete()
    day = timezone.localdate() - timedelta(days=days)
    Erklaerung.objects.for_mandant(team.mandant).filter(art=Erklaerungsart.UNTERRICHTUNG).update(vollstaendig_ab=day)
    assert [one.name for one in lacking_for(eintrag, Gate.FREIGABE)] == ([name] if name else [])


def test_a_suspension_stops_the_ai_at_once_and_opening_takes_two_people_again(team: Any) -> None:
    eintrag = team.released()
    Eintrag.objects.for_mandant(team.mandant).filter(pk=eintrag.pk).update(schluessel="wissen")
    assert permit(team.mandant, "wissen").released
    eintrag = releasing.suspend(actor=team.privacy, eintrag_id=eintrag.pk, text="Falsche Auskünfte.")
    found = permit(team.mandant, "wissen")
    assert not found.released
    assert "ausgesetzt" in found.satz
    with pytest.raises(WrongStateError):
        releasing.release(actor=team.ki, eintrag_id=eintrag.pk, fassung=1, fresh_at=timezone.now())


def test_a_rule_may_suspend_and_an_expired_evaluation_counts_at_once(team: Any) -> None:
    eintrag = team.released()
    yesterday = timezone.localdate() - timedelta(days=1)
    Eintrag.objects.for_mandant(team.mandant).filter(pk=eintrag.pk).update(schluessel="x", gueltig_bis=yesterday)
    assert not permit(team.mandant, "x").released
    assert releasing.suspend_by_rule(team.mandant, eintrag.pk, "Bewertung abgelaufen.").state is Stand.AUSGESETZT


def test_without_an_entry_no_ai_runs(mandant: Any) -> None:
    assert not permit(mandant, "unbekannt").allows(staff=True)


def test_the_database_refuses_a_release_by_who_asked(team: Any) -> None:
    eintrag = team.released()
    rows = Eintrag.objects.for_mandant(team.mandant).filter(pk=eintrag.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(beantragt_von=eintrag.freigegeben_von)

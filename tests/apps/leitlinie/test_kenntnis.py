"""Who has read the guideline, and whose training counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from leitplanke.apps.leitlinie.acknowledging import acknowledge, record_training, remove_training
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.models import Schulungsnachweis
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import CommitmentSalt
from leitplanke.base.policy import readiness_of
from leitplanke.core.guideline import Choice, Example
from tests.adopting import adopt, held_since
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def test_nothing_is_to_be_read_until_something_is_adopted_and_a_new_version_asks_again(mandant: Mandant) -> None:
    clerk = make_actor(mandant, Rolle.SACHBEARBEITUNG)
    assert clerk.person is not None
    assert readiness_of(mandant).has_read(clerk.person.pk)
    yesterday = adopt(mandant)
    assert not readiness_of(mandant).has_read(clerk.person.pk)
    for _twice in range(2):
        acknowledge(actor=clerk, version_id=yesterday.pk)
    assert readiness_of(mandant).has_read(clerk.person.pk)
    held_since(yesterday, 1)
    newer = adopt(mandant)
    assert not readiness_of(mandant).has_read(clerk.person.pk)
    with pytest.raises(WrongStateError):
        acknowledge(actor=clerk, version_id=yesterday.pk)
    acknowledge(actor=clerk, version_id=newer.pk)
    assert readiness_of(mandant).has_read(clerk.person.pk)


def test_training_counts_from_its_day_until_its_end(mandant: Mandant) -> None:
    trainer, clerk = make_actor(mandant, Rolle.KI_BEAUFTRAGTE), make_actor(mandant, Rolle.SACHBEARBEITUNG)
    assert clerk.person is not None
    today = timezone.localdate()
    old = record_training(
        actor=trainer, person=clerk.person, title="Grundlagen", day=today - timedelta(days=9), until=today
    )
    assert readiness_of(mandant).is_trained(clerk.person.pk)
    Schulungsnachweis.objects.for_mandant(mandant).update(gueltig_bis=today - timedelta(days=1))
    assert not readiness_of(mandant).is_trained(clerk.person.pk)
    record_training(actor=trainer, person=clerk.person, title="Grundlagen", day=today)
    assert readiness_of(mandant).is_trained(clerk.person.pk)
    with pytest.raises(WrongStateError, match="was an dem Eintrag falsch war"):
        remove_training(actor=trainer, proof_id=old.pk, reason=" ")
    remove_training(actor=trainer, proof_id=old.pk, reason="Doppelt eingetragen.")
    assert Schulungsnachweis.objects.for_mandant(mandant).count() == 1
    sealed = CommitmentSalt.objects.for_mandant(mandant).filter(leaf__code="leitlinie.schulung_geloescht")
    assert sealed.get(field="grund").value == "Doppelt eingetragen."


def test_training_without_an_end_lasts_as_long_as_the_guideline_says(mandant: Mandant) -> None:
    trainer, clerk = make_actor(mandant, Rolle.KI_BEAUFTRAGTE), make_actor(mandant, Rolle.SACHBEARBEITUNG)
    assert clerk.person is not None
    day = date(2024, 8, 31)
    unlimited = record_training(actor=trainer, person=clerk.person, title="Vor der Leitlinie", day=day)
    assert unlimited.gueltig_bis is None
    adopt(mandant, Example.AUSGEWOGEN, Choice("BB52", "schulung", {"gueltig_monate": "6"}))
    limited = record_training(actor=trainer, person=clerk.person, title="Grundlagen", day=day)
    assert limited.gueltig_bis == date(2025, 2, 28)
    stated = record_training(actor=trainer, person=clerk.person, title="Aufbau", day=day, until=date(2030, 1, 1))
    assert stated.gueltig_bis == date(2030, 1, 1)


def test_only_those_who_train_enter_it_and_only_for_people_of_the_town(
    mandant: Mandant, other_mandant: Mandant
) -> None:
    clerk, stranger = make_actor(mandant, Rolle.SACHBEARBEITUNG), make_actor(other_mandant, Rolle.SACHBEARBEITUNG)
    trainer, today = make_actor(mandant, Rolle.KI_BEAUFTRAGTE), timezone.localdate()
    assert clerk.person is not None
    assert stranger.person is not None
    with pytest.raises(NotPermittedError):
        record_training(actor=clerk, person=clerk.person, title="Grundlagen", day=today)
    with pytest.raises(WrongStateError, match="nicht hier"):
        record_training(actor=trainer, person=stranger.person, title="Grundlagen", day=today)
    for day, until in ((date(1, 1, 1), None), (today, date(9999, 12, 31))):
        with pytest.raises(WrongStateError, match="Der Tag muss zwischen"):
            record_training(actor=trainer, person=clerk.person, title="Grundlagen", day=day, until=until)
    with pytest.raises(WrongStateError, match="vergangenen Tag"):
        record_training(actor=trainer, person=clerk.person, title="Grundlagen", day=today + timedelta(days=1))


def test_after_its_end_a_training_counts_as_long_as_the_guideline_gives_time(mandant: Mandant) -> None:
    trainer, clerk = make_actor(mandant, Rolle.KI_BEAUFTRAGTE), make_actor(mandant, Rolle.SACHBEARBEITUNG)
    assert clerk.person is not None
    today = timezone.localdate()
    day, end = today - timedelta(days=90), today - timedelta(days=10)
    record_training(actor=trainer, person=clerk.person, title="Grundlagen", day=day, until=end)
    assert not readiness_of(mandant).is_trained(clerk.person.pk)
    adopt(mandant, Example.AUSGEWOGEN, Choice("BB52", "schulung", {"nachholen_tage": "10"}))
    assert readiness_of(mandant).is_trained(clerk.person.pk)
    Schulungsnachweis.objects.for_mandant(mandant).update(gueltig_bis=end - timedelta(days=1))
    assert not readiness_of(mandant).is_trained(clerk.person.pk)

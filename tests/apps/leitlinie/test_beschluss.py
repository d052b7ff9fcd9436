"""From draft to what holds: sign-off, four eyes, days, and the active policy."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leitplanke.apps.leitlinie.adopting import Adoption, adopt_version, answers_for, open_sign_offs, withdraw_adoption
from leitplanke.apps.leitlinie.clauses import decide_clause
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.models import Fassungsstand, Klausel, Leitlinienfassung, Stelle, Votum
from leitplanke.apps.leitlinie.permissions import ADOPTERS
from leitplanke.apps.leitlinie.signing_page import forms_for
from leitplanke.apps.leitlinie.submitting import (
    IncompleteError,
    discard_version,
    return_version,
    sign_version,
    submit_version,
)
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mandant, Mitgliedschaft, Vertretung
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.policy import active, decide, stop_of
from leitplanke.core.guideline import Choice, Example
from tests.adopting import OFFICES, adopt, choices_of, drafted, signed, submitted
from tests.factories import make_actor, make_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(mandant: Mandant) -> Leitlinienfassung:
    return drafted(mandant, choices_of(Example.AUSGEWOGEN))


@pytest.fixture
def head(mandant: Mandant) -> Actor:
    return make_actor(mandant, Rolle.LEITUNG)


def adoption(**changed: object) -> Adoption:
    today = timezone.localdate()
    return Adoption(**{"body": "Rat", "day": today, "valid_from": today, **changed})  # type: ignore[arg-type]


def test_what_is_adopted_decides_and_names_its_clause(mandant: Mandant) -> None:
    facts = {"schritt": "vordefinierte_aktion", "ausloeser": "modell", "betrifft_buerger": True}
    version = adopt(mandant)
    assert active(mandant).version == str(version.nummer)
    stop = stop_of(decide(mandant, facts))
    assert stop is not None
    assert stop.url == f"/leitlinie/regel/{stop.number}/"
    assert Leaf.objects.for_mandant(mandant).filter(code="leitlinie.beschlossen").count() == 1


def test_a_version_with_something_grave_missing_is_not_submitted(mandant: Mandant) -> None:
    draft = drafted(mandant, [Choice("BB05", "zweck")])
    with pytest.raises(IncompleteError) as caught:
        submitted(draft)
    assert all(lack.grave for lack in caught.value.lacks)


def test_submitting_needs_an_office_and_a_day_to_come(mandant: Mandant, draft: Leitlinienfassung) -> None:
    author, today = make_actor(mandant, Rolle.KI_BEAUFTRAGTE), timezone.localdate()
    with pytest.raises(WrongStateError, match="mindestens eine Stelle"):
        submit_version(actor=author, version_id=draft.pk, offices=(), until=today)
    with pytest.raises(WrongStateError, match="Vergangenheit"):
        submit_version(actor=author, version_id=draft.pk, offices=OFFICES, until=today - timedelta(days=1))
    with pytest.raises(WrongStateError, match="Frist der Mitzeichnung: Der Tag muss zwischen"):
        submit_version(actor=author, version_id=draft.pk, offices=OFFICES, until=date(9999, 12, 31))


def test_only_an_office_that_was_asked_signs_and_an_objection_says_why(
    mandant: Mandant, draft: Leitlinienfassung
) -> None:
    submitted(draft)
    council, it = make_actor(mandant, Rolle.PERSONALRAT), make_actor(mandant, Rolle.IT)
    with pytest.raises(NotPermittedError):
        sign_version(actor=it, version_id=draft.pk, office=Stelle.PERSONALRAT, verdict=Votum.ZUGESTIMMT)
    with pytest.raises(WrongStateError, match="nicht gefragt"):
        sign_version(actor=it, version_id=draft.pk, office=Stelle.IT, verdict=Votum.ZUGESTIMMT)
    with pytest.raises(WrongStateError, match="was Sie einwenden"):
        sign_version(actor=council, version_id=draft.pk, office=Stelle.PERSONALRAT, verdict=Votum.EINWAENDE)


def test_a_change_after_a_sign_off_makes_it_void(mandant: Mandant, head: Actor, draft: Leitlinienfassung) -> None:
    author = make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    signed(submitted(draft))
    return_version(actor=author, version_id=draft.pk, reason="Nachtrag")
    decide_clause(actor=author, version_id=draft.pk, choice=Choice("BB05", "allgemein"))
    submitted(draft)
    draft.refresh_from_db()
    assert {row.stelle for row in open_sign_offs(draft)} == set(OFFICES)
    with pytest.raises(WrongStateError, match="Nicht alle Stellen"):
        adopt_version(actor=head, version_id=draft.pk, adoption=adoption())
    adopt_version(actor=head, version_id=draft.pk, adoption=adoption(despite="Der Rat hat beides abgewogen."))


def test_whoever_submitted_does_not_enter_the_adoption(mandant: Mandant, draft: Leitlinienfassung) -> None:
    author = make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    submit_version(actor=author, version_id=draft.pk, offices=OFFICES, until=timezone.localdate())
    signed(draft)
    with pytest.raises(NotPermittedError, match="zweite Person"):
        adopt_version(actor=author, version_id=draft.pk, adoption=adoption())


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"body": " "}, "wer die Fassung"),
        ({"day": timedelta(days=1)}, "in der Zukunft"),
        ({"valid_from": timedelta(days=-1)}, "frühestens ab heute"),
        ({"day": date(1, 1, 1)}, "Tag des Beschlusses: Der Tag muss zwischen"),
        ({"valid_from": date(9999, 12, 31)}, "Gilt ab: Der Tag muss zwischen"),
    ],
)
def test_days_have_to_fit(head: Actor, draft: Leitlinienfassung, changed: dict[str, object], words: str) -> None:
    signed(submitted(draft))
    today = timezone.localdate()
    values = {name: today + value if isinstance(value, timedelta) else value for name, value in changed.items()}
    with pytest.raises(WrongStateError, match=words):
        adopt_version(actor=head, version_id=draft.pk, adoption=adoption(**values))


def test_of_two_versions_the_later_day_holds_and_one_to_come_can_be_withdrawn(mandant: Mandant) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    first, second = adopt(mandant), adopt(mandant, Example.STRENG, day=tomorrow)
    with pytest.raises(WrongStateError, match="gilt schon"):
        adopt(mandant, day=tomorrow)
    assert active(mandant).version == str(first.nummer)
    with pytest.raises(WrongStateError, match="gilt schon"):
        withdraw_adoption(actor=_who_entered(first), version_id=first.pk, reason="Doch nicht.")
    withdrawn = withdraw_adoption(actor=_who_entered(second), version_id=second.pk, reason="Doch nicht.")
    assert withdrawn.stand == Fassungsstand.VERWORFEN


def test_an_adoption_is_withdrawn_by_whoever_entered_it_or_once_they_are_gone_by_another(
    mandant: Mandant, head: Actor
) -> None:
    version = adopt(mandant, day=timezone.localdate() + timedelta(days=1))
    with pytest.raises(NotPermittedError, match="jemand anderes eingetragen"):
        withdraw_adoption(actor=head, version_id=version.pk, reason="Doch nicht.")
    assert "zuruecknehmen" not in forms_for(head, version)
    Mitgliedschaft.objects.for_mandant(mandant).filter(person=version.eingetragen_von).delete()
    assert "zuruecknehmen" in forms_for(head, version)
    withdraw_adoption(actor=head, version_id=version.pk, reason="Doch nicht.")


def test_deputies_may_withdraw_what_the_absent_entered_and_answer_for_what_they_entered_themselves(
    mandant: Mandant, head: Actor
) -> None:
    version = adopt(mandant, day=timezone.localdate() + timedelta(days=1))
    assert version.eingetragen_von is not None
    (own,) = Mitgliedschaft.objects.for_mandant(mandant).filter(person=version.eingetragen_von, rolle__in=ADOPTERS)
    clerk = make_membership(mandant, Rolle.SACHBEARBEITUNG)
    deputy = Actor(mandant, clerk.person, (clerk,), acting_for=(own,))
    assert answers_for(deputy, version)
    today = timezone.localdate()
    Vertretung.objects.create(mandant=mandant, vertretene=own, vertretung=clerk, von=today, bis=today)
    version.eingetragen_von = clerk.person
    assert not answers_for(head, version)


def _who_entered(version: Leitlinienfassung) -> Actor:
    assert version.eingetragen_von is not None
    held = Mitgliedschaft.objects.for_mandant(version.mandant).filter(person=version.eingetragen_von)
    return Actor(version.mandant, version.eingetragen_von, tuple(held))


def test_what_is_adopted_or_given_up_is_never_changed(mandant: Mandant, draft: Leitlinienfassung) -> None:
    author = make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    adopted = adopt(mandant)
    discard_version(actor=author, version_id=draft.pk, reason="Neu beginnen.")
    for version in (adopted, draft):
        with pytest.raises(WrongStateError):
            decide_clause(actor=author, version_id=version.pk, choice=Choice("BB05", "allgemein"))
        with pytest.raises(WrongStateError):
            return_version(actor=author, version_id=version.pk, reason="Nachtrag")


def test_the_database_keeps_what_was_adopted_as_it_is(mandant: Mandant, draft: Leitlinienfassung) -> None:
    adopted, rows = adopt(mandant), Leitlinienfassung.objects.for_mandant(mandant)
    for changed in ({"titel": "Anders"}, {"gilt_ab": None}, {"profil_sha256": "0" * 64}, {"stand": "entwurf"}):
        with pytest.raises(IntegrityError, match="nicht mehr geändert"), transaction.atomic():
            rows.filter(pk=adopted.pk).update(**changed)
    clauses = Klausel.objects.for_mandant(mandant)
    with pytest.raises(IntegrityError), transaction.atomic():
        clauses.filter(fassung=adopted).update(option="anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        clauses.filter(fassung=draft, baustein="BB05").update(fassung=adopted, baustein="BB99")
    with pytest.raises(IntegrityError), transaction.atomic():
        Klausel.objects.create(mandant=mandant, fassung=adopted, baustein="BB99", option="neu")
    rows.filter(pk=adopted.pk).update(begonnen_von=None, eingetragen_von=None)
    clauses.filter(fassung=draft, baustein="BB05").update(grund="Nachgetragen.")


def test_a_neighbour_finds_no_version(other_mandant: Mandant, draft: Leitlinienfassung) -> None:
    stranger = make_actor(other_mandant, Rolle.KI_BEAUFTRAGTE)
    with pytest.raises(Leitlinienfassung.DoesNotExist):
        discard_version(actor=stranger, version_id=draft.pk, reason="Fremd.")

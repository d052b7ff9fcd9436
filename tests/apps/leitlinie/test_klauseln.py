"""Deciding clauses: history, what was seen, what is not possible, and what holds once it is adopted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.clauses import (
    ChangedMeanwhileError,
    UnknownChoiceError,
    UnusableChoiceError,
    decide_clause,
    last_change,
    remove_clause,
)
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Fassungsstand, Herkunft, Leitlinienfassung
from leitplanke.apps.leitlinie.queries import guideline_of, in_force
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.policy import active
from leitplanke.core.guideline import Choice, Example, example_guideline
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(mandant: Mandant) -> Actor:
    return make_actor(mandant, Rolle.KI_BEAUFTRAGTE)


@pytest.fixture
def draft(author: Actor) -> Leitlinienfassung:
    choices = example_guideline(blocks(), Example.STRENG).choices
    return begin_version(actor=author, beginning=Beginning("Leitlinie", Herkunft.BEISPIEL, choices=choices))


def adopt(version: Leitlinienfassung, day: date) -> None:
    Leitlinienfassung.objects.for_mandant(version.mandant).filter(pk=version.pk).update(
        stand=Fassungsstand.BESCHLOSSEN, beschlossen_am=day, gilt_ab=day, profil_sha256=f"{version.pk:064}"
    )


def test_a_version_begins_with_choices_that_nobody_has_looked_at(draft: Leitlinienfassung) -> None:
    assert draft.klauseln.count() == len(blocks())
    assert not draft.klauseln.filter(geprueft=True).exists()
    assert {choice.block for choice in guideline_of(draft).choices} == blocks().keys()


def test_each_change_is_kept_and_an_equal_one_is_none(author: Actor, draft: Leitlinienfassung) -> None:
    before = last_change(draft, "BB05")
    choice = Choice("BB05", "allgemein", {"nutzen_monate": "6"}, "Wir sind klein.")
    for _again in range(2):
        clause = decide_clause(actor=author, version_id=draft.pk, choice=choice, reason="aus der Sitzung")
    assert clause.geprueft
    changed = draft.klauselstaende.filter(baustein="BB05", nummer__gt=before)
    assert [(row.inhalt["option"], row.anlass) for row in changed] == [("allgemein", "aus der Sitzung")]
    remove_clause(actor=author, version_id=draft.pk, block="BB05")
    assert not draft.klauseln.filter(baustein="BB05").exists()
    last = draft.klauselstaende.filter(baustein="BB05").first()
    assert last is not None
    assert last.inhalt == {}


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(author: Actor, draft: Leitlinienfassung) -> None:
    seen = last_change(draft, "BB05")
    decide_clause(actor=author, version_id=draft.pk, choice=Choice("BB05", "allgemein"), seen=seen)
    with pytest.raises(ChangedMeanwhileError) as caught:
        decide_clause(actor=author, version_id=draft.pk, choice=Choice("BB05", "zweck"), seen=seen)
    assert caught.value.now is not None
    assert caught.value.now.option == "allgemein"


@pytest.mark.parametrize(
    ("choice", "error"),
    [
        (Choice("BB99", "ja"), UnknownChoiceError),
        (Choice("BB05", "gibt_es_nicht"), UnknownChoiceError),
        (Choice("BB05", "zweck", {"nutzen_monate": "9999"}), UnusableChoiceError),
        (Choice("BB05", "zweck", {"fremd": "1"}), UnusableChoiceError),
    ],
)
def test_what_is_not_possible_is_refused(
    author: Actor, draft: Leitlinienfassung, choice: Choice, error: type[Exception]
) -> None:
    with pytest.raises(error):
        decide_clause(actor=author, version_id=draft.pk, choice=choice)


def test_only_authors_decide_and_only_in_a_draft(mandant: Mandant, author: Actor, draft: Leitlinienfassung) -> None:
    choice = Choice("BB05", "allgemein")
    with pytest.raises(NotPermittedError):
        decide_clause(actor=make_actor(mandant, Rolle.PERSONALRAT), version_id=draft.pk, choice=choice)
    adopt(draft, timezone.localdate())
    with pytest.raises(WrongStateError):
        decide_clause(actor=author, version_id=draft.pk, choice=choice)


def test_the_newest_adopted_version_holds_from_its_day(mandant: Mandant, author: Actor) -> None:
    today = timezone.localdate()
    assert not active(mandant).adopted
    versions = []
    for day in (today - timedelta(days=9), today, today + timedelta(days=1)):
        version = begin_version(actor=author, beginning=Beginning("Leitlinie", Herkunft.FRAGEN))
        adopt(version, day)
        versions.append(version)
    assert in_force(mandant) == versions[1]
    assert in_force(mandant, today + timedelta(days=1)) == versions[2]
    assert active(mandant).version == str(versions[1].nummer)
    assert active(mandant).since == today

"""A pseudonym is resolved for a cause, by two people in two roles, and every step leaves evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from freezegun import freeze_time

from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import CommitmentSalt, Leaf, Resolution
from leitplanke.base.evidence.resolution import (
    USABLE_FOR,
    ResolutionError,
    decide_resolution,
    request_resolution,
    resolve,
)
from leitplanke.base.evidence.services import pseudonym_of
from tests.factories import make_actor, make_membership, make_person

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.security
GRUND = "Verdacht auf unbefugte Abfragen am 3. November."


@pytest.fixture
def asked(mandant: Mandant) -> tuple[Actor, Resolution]:
    """Leitung asks who a pseudonym is."""
    actor = make_actor(mandant, Rolle.LEITUNG)
    return actor, request_resolution(actor=actor, pseudonym=pseudonym_of(mandant, make_person()), grund=GRUND)


def codes(mandant: Mandant) -> list[str]:
    return list(Leaf.objects.for_mandant(mandant).values_list("code", flat=True))


def test_whole_way(mandant: Mandant, asked: tuple[Actor, Resolution]) -> None:
    actor, request = asked
    decide_resolution(actor=make_actor(mandant, Rolle.PERSONALRAT), request_id=request.public_id, approve=True)

    assert resolve(actor=actor, request_id=request.public_id) == request.pseudonym.person
    assert codes(mandant) == [
        "evidence.resolution_requested",
        "evidence.resolution_approved",
        "evidence.resolution_used",
    ]
    assert not any(GRUND in leaf.payload for leaf in Leaf.objects.for_mandant(mandant))
    assert CommitmentSalt.objects.for_mandant(mandant).get().value == GRUND


def test_nothing_without_approval(mandant: Mandant, asked: tuple[Actor, Resolution]) -> None:
    actor, request = asked
    with pytest.raises(ResolutionError, match="nicht genehmigt"):
        resolve(actor=actor, request_id=request.public_id)
    decide_resolution(actor=make_actor(mandant, Rolle.DATENSCHUTZ), request_id=request.public_id, approve=False)
    with pytest.raises(ResolutionError, match="nicht genehmigt"):
        resolve(actor=actor, request_id=request.public_id)
    assert codes(mandant)[-1] == "evidence.resolution_rejected"


def test_who_asked_may_not_decide_even_in_another_role(mandant: Mandant) -> None:
    person = make_person()
    memberships = tuple(make_membership(mandant, role, person) for role in (Rolle.LEITUNG, Rolle.DATENSCHUTZ))
    actor = Actor(mandant, person, memberships)
    request = request_resolution(actor=actor, pseudonym=pseudonym_of(mandant, make_person()), grund=GRUND)

    with pytest.raises(NotPermittedError):
        decide_resolution(actor=actor, request_id=request.public_id, approve=True)


def test_second_person_in_the_same_role_may_not_decide(mandant: Mandant) -> None:
    request = request_resolution(
        actor=make_actor(mandant, Rolle.DATENSCHUTZ), pseudonym=pseudonym_of(mandant, make_person()), grund=GRUND
    )

    with pytest.raises(NotPermittedError, match="andere Rolle"):
        decide_resolution(actor=make_actor(mandant, Rolle.DATENSCHUTZ), request_id=request.public_id, approve=True)


def test_person_concerned_may_not_decide(mandant: Mandant) -> None:
    concerned = make_actor(mandant, Rolle.PERSONALRAT)
    assert concerned.person is not None
    request = request_resolution(
        actor=make_actor(mandant, Rolle.LEITUNG), pseudonym=pseudonym_of(mandant, concerned.person), grund=GRUND
    )

    with pytest.raises(NotPermittedError):
        decide_resolution(actor=concerned, request_id=request.public_id, approve=True)


@pytest.mark.parametrize("role", sorted(set(Rolle) - {Rolle.LEITUNG, Rolle.DATENSCHUTZ}))
def test_other_roles_may_not_ask(mandant: Mandant, role: Rolle) -> None:
    with pytest.raises(NotPermittedError):
        request_resolution(actor=make_actor(mandant, role), pseudonym="akteur-0", grund=GRUND)


def test_decided_once(mandant: Mandant, asked: tuple[Actor, Resolution]) -> None:
    decide_resolution(actor=make_actor(mandant, Rolle.PERSONALRAT), request_id=asked[1].public_id, approve=False)
    with pytest.raises(ResolutionError, match="schon entschieden"):
        decide_resolution(actor=make_actor(mandant, Rolle.PERSONALRAT), request_id=asked[1].public_id, approve=True)


def test_only_who_asked_sees_the_name_and_not_for_ever(mandant: Mandant, asked: tuple[Actor, Resolution]) -> None:
    actor, request = asked
    decider = make_actor(mandant, Rolle.PERSONALRAT)
    decide_resolution(actor=decider, request_id=request.public_id, approve=True)

    with pytest.raises(NotPermittedError):
        resolve(actor=decider, request_id=request.public_id)
    with (
        freeze_time(timezone.now() + USABLE_FOR + timedelta(hours=1)),
        pytest.raises(ResolutionError, match="abgelaufen"),
    ):
        resolve(actor=actor, request_id=request.public_id)


@pytest.mark.parametrize(("pseudonym", "grund"), [("akteur-unbekannt", GRUND), ("", GRUND), ("akteur-0", "darum")])
def test_needs_a_known_pseudonym_and_a_reason(mandant: Mandant, pseudonym: str, grund: str) -> None:
    with pytest.raises(ResolutionError):
        request_resolution(actor=make_actor(mandant, Rolle.LEITUNG), pseudonym=pseudonym, grund=grund)


def test_neighbour_sees_nothing(mandant: Mandant, other_mandant: Mandant, asked: tuple[Actor, Resolution]) -> None:
    with pytest.raises(Resolution.DoesNotExist):
        decide_resolution(
            actor=make_actor(other_mandant, Rolle.PERSONALRAT), request_id=asked[1].public_id, approve=True
        )
    with pytest.raises(ResolutionError):
        request_resolution(
            actor=make_actor(other_mandant, Rolle.LEITUNG), pseudonym=asked[1].pseudonym.pseudonym, grund=GRUND
        )

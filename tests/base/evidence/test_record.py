"""Recording happens with the change or not at all, and lets no personal data into the log."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction

from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.codes import REGISTRY, EvidenceCode, UndeclaredFieldError, UnknownCodeError
from leitplanke.base.evidence.models import ActorPseudonym, CommitmentSalt, Leaf, PendingLeaf
from leitplanke.base.evidence.sequencer import sequence_pending
from leitplanke.base.evidence.services import OutsideTransactionError, forget_personal, pseudonym_of, record
from leitplanke.base.evidence.verification import verify
from leitplanke.core.merkle import CanonicalError, leaf_hash, read_canonical
from leitplanke.core.merkle.commitments import opens
from tests.factories import make_actor, make_membership, make_person

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

Queries = Callable[[int], AbstractContextManager[object]]


def test_entry_is_canonical_hashed_and_waits(mandant: Mandant) -> None:
    leaf = record("test.happened", mandant=mandant, data={"nr": "1", "liste": ["a", "b"]})
    stored = Leaf.objects.for_mandant(mandant).get()
    entry: Any = read_canonical(stored.payload.encode())

    assert stored == leaf
    assert bytes(stored.leaf_hash) == leaf_hash(stored.payload.encode())
    assert PendingLeaf.objects.for_mandant(mandant).get().leaf == leaf
    assert entry["data"] == {"nr": "1", "liste": ["a", "b"]}
    assert (entry["code"], entry["mandant"], entry["id"]) == ("test.happened", "musterstadt", str(leaf.public_id))
    assert entry["time"].endswith("Z")
    assert (entry["actor"], entry["subject"], entry["personal"]) == (None, None, {})


@pytest.mark.django_db(transaction=True)
def test_needs_an_open_transaction(mandant: Mandant) -> None:
    with pytest.raises(OutsideTransactionError, match=r"test\.happened"):
        record("test.happened", mandant=mandant)


@pytest.mark.django_db(transaction=True)
def test_vanishes_with_the_change_it_proves(mandant: Mandant) -> None:
    def change() -> None:
        record("test.happened", mandant=mandant)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        change()

    assert not Leaf.objects.for_mandant(mandant).exists()
    assert not PendingLeaf.objects.for_mandant(mandant).exists()


def test_costs_two_inserts_and_on_postgresql_one_journey(mandant: Mandant, django_assert_num_queries: Queries) -> None:
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 2):
        record("test.happened", mandant=mandant, data={"nr": "1"})


@pytest.mark.parametrize(
    ("code", "arguments", "error", "message"),
    [
        ("test.unknown", {}, UnknownCodeError, "nicht angemeldet"),
        ("test.happened", {"data": {"betrag": "1"}}, UndeclaredFieldError, "betrag nicht angemeldet .nur nr, liste"),
        ("test.happened", {"personal": {"nr": "1"}}, UndeclaredFieldError, "personal: nr nicht angemeldet"),
        ("test.other", {"personal": {"name": "1"}}, UndeclaredFieldError, "nur keine"),
        ("test.happened", {"data": {"nr": 1}}, CanonicalError, "Zahlen stehen als Text"),
    ],
)
def test_refuses_what_is_not_declared(
    mandant: Mandant, code: str, arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        record(code, mandant=mandant, **arguments)
    assert not Leaf.objects.for_mandant(mandant).exists()


def test_code_has_one_home() -> None:
    with pytest.raises(ValueError, match="schon vergeben"):
        REGISTRY.add([EvidenceCode("test.other", "Doppelt")])


def test_personal_statement_enters_only_as_a_seal(mandant: Mandant) -> None:
    leaf = record("test.happened", mandant=mandant, personal={"name": "Erika Beispiel", "ort": "Musterstadt"})
    seals = json.loads(leaf.payload)["personal"]
    salt = CommitmentSalt.objects.for_mandant(mandant).get(leaf=leaf, field="name")

    assert "Erika" not in leaf.payload
    assert set(seals) == {"name", "ort"}
    assert salt.value == "Erika Beispiel"
    assert opens(seals["name"], "name", "Erika Beispiel", bytes(salt.salt))


def test_same_statement_twice_gives_different_seals(mandant: Mandant) -> None:
    seals = [
        json.loads(record("test.happened", mandant=mandant, personal={"name": "Kim"}).payload)["personal"]["name"]
        for _ in range(2)
    ]

    assert seals[0] != seals[1]


def test_deleting_personal_statements_keeps_the_log_valid(mandant: Mandant, other_mandant: Mandant) -> None:
    leaf = record("test.happened", mandant=mandant, personal={"name": "Kim", "ort": "Musterstadt"})
    kept = record("test.happened", mandant=mandant, personal={"name": "Toni"})
    sequence_pending(mandant)

    assert forget_personal(mandant=other_mandant, leaves=[leaf.public_id]) == 0
    assert forget_personal(mandant=mandant, leaves=[leaf.public_id]) == 2
    assert [row.leaf for row in CommitmentSalt.objects.for_mandant(mandant)] == [kept]
    assert verify(mandant).ok


def test_actor_is_a_pseudonym_of_this_mandant(mandant: Mandant, other_mandant: Mandant) -> None:
    membership = make_membership(mandant, Rolle.LEITUNG)
    person = membership.person
    names = {
        json.loads(record("test.happened", mandant=mandant, actor=actor).payload)["actor"]
        for actor in (membership, person, Actor(mandant, person, (membership,)))
    }

    assert names == {pseudonym_of(mandant, person)}
    assert pseudonym_of(other_mandant, person) not in names
    assert names.pop().startswith("akteur-")


def test_nobody_acts_where_nobody_is_signed_in(mandant: Mandant) -> None:
    leaf = record("test.happened", mandant=mandant, actor=make_actor(mandant, Rolle.OEFFENTLICHKEIT))

    assert json.loads(leaf.payload)["actor"] is None


def test_subject_is_a_reference_without_a_person(mandant: Mandant) -> None:
    person = make_person()
    membership = make_membership(mandant, Rolle.LEITUNG)
    about_row = record("test.happened", mandant=mandant, subject=membership)
    about_person = record("test.happened", mandant=mandant, subject=person)
    about_name = record("test.happened", mandant=mandant, subject=("wissen.raum", "satzungen"))
    about_leaf = record("test.happened", mandant=mandant, subject=about_row)

    assert (about_row.subject_type, about_row.subject_id) == ("accounts.mitgliedschaft", str(membership.pk))
    assert about_person.subject_id == pseudonym_of(mandant, person)
    assert json.loads(about_name.payload)["subject"] == {"type": "wissen.raum", "id": "satzungen"}
    assert about_leaf.subject_id == str(about_row.public_id)


def test_log_stays_valid_when_the_acting_person_is_deleted(mandant: Mandant) -> None:
    person = make_person()
    record("test.happened", mandant=mandant, actor=person)
    sequence_pending(mandant)
    person.delete()

    assert not ActorPseudonym.objects.for_mandant(mandant).exists()
    assert verify(mandant).ok

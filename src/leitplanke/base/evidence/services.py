"""Recording: the one way into the log."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.db import models, transaction
from django.utils import timezone

from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mitgliedschaft, Person
from leitplanke.base.evidence.codes import REGISTRY
from leitplanke.base.evidence.inserts import insert, insert_queued
from leitplanke.base.evidence.models import ActorPseudonym, CommitmentSalt, Leaf, PendingLeaf
from leitplanke.core.merkle import Json, canonical, leaf_hash
from leitplanke.core.merkle.commitments import SALT_SIZE, commitment

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

ENTRY_FORMAT = "leitplanke-eintrag/1"

# Who acted; the log sees only the pseudonym. None where nobody did, or nobody shall be traceable.
Acting: TypeAlias = Actor | Mitgliedschaft | Person | None
# What it is about: a row, or a type and a name that says nothing about a person.
Subject: TypeAlias = models.Model | tuple[str, str] | None


class OutsideTransactionError(RuntimeError):
    """Evidence was to be recorded outside the transaction of the change it proves."""


def record(  # noqa: PLR0913 - an entry has these six parts
    code: str,
    *,
    mandant: Mandant,
    actor: Acting = None,
    subject: Subject = None,
    data: Mapping[str, Json] | None = None,
    personal: Mapping[str, str] | None = None,
) -> Leaf:
    """Record that something happened, in the transaction of the change itself.

    `data` must hold no personal data; what is personal goes into `personal` and enters the log as a commitment only.
    Numbers are written as text.

    Raises:
        OutsideTransactionError: no transaction is open.
        UnknownCodeError: no area declares `code`.
        UndeclaredFieldError: a field is not declared for it.
        CanonicalError: a value is neither text nor made of texts.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError(f"{code}: Nachweise entstehen nur in der Transaktion der Änderung (atomic).")
    data, personal = data or {}, personal or {}
    REGISTRY.get(code).check(data, personal)
    salts = {field: secrets.token_bytes(SALT_SIZE) for field in personal}
    sealed = {field: commitment(field, personal[field], salts[field]) for field in personal}
    public_id = uuid.uuid4()
    subject_type, subject_id = _reference(mandant, subject)
    payload = canonical(
        {
            "format": ENTRY_FORMAT,
            "id": str(public_id),
            "mandant": mandant.kurz,
            "code": code,
            "time": timezone.now().isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "actor": _actor_name(mandant, actor),
            "subject": {"type": subject_type, "id": subject_id} if subject_type else None,
            "data": dict(data),
            "personal": sealed,
        }
    )
    leaf = _insert(mandant, public_id, code, payload, (subject_type, subject_id))
    for field, salt in salts.items():
        insert(CommitmentSalt, mandant_id=mandant.pk, leaf_id=leaf.pk, field=field, value=personal[field], salt=salt)
    return leaf


def _insert(mandant: Mandant, public_id: uuid.UUID, code: str, payload: bytes, subject: tuple[str, str]) -> Leaf:
    """Insert the entry and its place in the queue."""
    values = {
        "mandant_id": mandant.pk,
        "public_id": public_id,
        "code": code,
        "payload": payload.decode(),
        "leaf_hash": leaf_hash(payload),
        "subject_type": subject[0],
        "subject_id": subject[1],
    }
    leaf = Leaf(**values, pk=insert_queued(Leaf, PendingLeaf, **values))
    leaf._state.adding = False  # noqa: SLF001 - as after Django's own save
    return leaf


def forget_personal(*, mandant: Mandant, leaves: Iterable[uuid.UUID]) -> int:
    """Delete the personal statements of entries, named by their public ids; the log stays valid.

    Whoever calls this records why, in the same transaction.

    Returns:
        The number of statements deleted.
    """
    gone, _by_model = CommitmentSalt.objects.for_mandant(mandant).filter(leaf__public_id__in=list(leaves)).delete()
    return gone


def pseudonym_of(mandant: Mandant, person: Person) -> str:
    """Return by which name the log of `mandant` knows `person`, choosing one at random the first time."""
    row, _created = ActorPseudonym.objects.for_mandant(mandant).get_or_create(
        mandant=mandant, person=person, defaults={"pseudonym": f"akteur-{secrets.token_hex(8)}"}
    )
    return row.pseudonym


def _actor_name(mandant: Mandant, actor: Acting) -> str | None:
    person = actor if actor is None or isinstance(actor, Person) else actor.person
    return None if person is None else pseudonym_of(mandant, person)


def _reference(mandant: Mandant, subject: Subject) -> tuple[str, str]:
    if subject is None:
        return "", ""
    if isinstance(subject, tuple):
        return subject
    if isinstance(subject, Person):
        return "accounts.person", pseudonym_of(mandant, subject)
    return subject._meta.label_lower, str(getattr(subject, "public_id", subject.pk))  # noqa: SLF001 - Django's public name

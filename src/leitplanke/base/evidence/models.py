"""The tables of the evidence log.

Leaf, Place, Checkpoint and LogKey only ever grow: triggers refuse every change (`guards.py`). Tile and PendingLeaf can
be rebuilt from them. CommitmentSalt and ActorPseudonym hold what is personal and may be deleted; the log stays valid.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.accounts.scoping import MandantOwned

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    from leitplanke.base.accounts.models import Mandant


def _mandant(*, db_index: bool = True) -> models.ForeignKey[Mandant | Combinable, Mandant]:
    # A Mandant with evidence cannot be deleted by the way.
    return models.ForeignKey(
        "accounts.Mandant", on_delete=models.PROTECT, related_name="+", editable=False, db_index=db_index
    )


class Log(MandantOwned):
    """The log of one Mandant; its row is what a sequencer locks. The sizes only tell whether there is work."""

    mandant = models.OneToOneField("accounts.Mandant", on_delete=models.PROTECT, related_name="+", editable=False)
    origin = models.CharField(max_length=200, unique=True)
    size = models.BigIntegerField(default=0)
    signed_size = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        """Return the name under which checkpoints are published."""
        return self.origin


class LogKey(MandantOwned):
    """A public key that signs, or signed, checkpoints."""

    mandant = _mandant()
    key = models.CharField(max_length=300, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """Return the text form for publication."""
        return self.key


class Leaf(MandantOwned):
    """An entry: what happened, as canonical JSON without personal data."""

    mandant = _mandant()
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("Art"), max_length=100)
    payload = models.TextField()
    leaf_hash = models.BinaryField()
    subject_type = models.CharField(max_length=100, blank=True)
    subject_id = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["mandant", "code"], name="leaf_code"),
            models.Index(
                fields=["mandant", "subject_type", "subject_id"],
                name="leaf_subject",
                condition=~models.Q(subject_type=""),
            ),
        ]

    def __str__(self) -> str:
        """Return code and public name."""
        return f"{self.code} {self.public_id}"


class PendingLeaf(MandantOwned):
    """An entry that waits for its position."""

    mandant = _mandant()
    leaf = models.OneToOneField(Leaf, on_delete=models.PROTECT, primary_key=True, related_name="pending")

    def __str__(self) -> str:
        """Return which entry waits."""
        return str(self.pk)


class Place(MandantOwned):
    """The position of an entry in the log of its Mandant, counted from 0."""

    mandant = _mandant(db_index=False)
    leaf = models.OneToOneField(Leaf, on_delete=models.PROTECT, primary_key=True, related_name="place")
    position = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mandant", "position"], name="place_once")]

    def __str__(self) -> str:
        """Return the position."""
        return str(self.position)


class Tile(MandantOwned):
    """Up to 256 neighbouring hashes of the tree (`core.merkle.tiles`)."""

    mandant = _mandant(db_index=False)
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mandant", "level", "index"], name="tile_once")]

    def __str__(self) -> str:
        """Return where in the tree it lies."""
        return f"{self.level}/{self.index}"


class Checkpoint(MandantOwned):
    """A signed statement of size and root."""

    mandant = _mandant(db_index=False)
    size = models.BigIntegerField()
    note = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-size",)
        constraints = [models.UniqueConstraint(fields=["mandant", "size"], name="checkpoint_once")]

    def __str__(self) -> str:
        """Return the size."""
        return str(self.size)


class CommitmentSalt(MandantOwned):
    """A personal statement of an entry with the salt of its commitment; deleting the row deletes the knowledge."""

    leaf = models.ForeignKey(Leaf, on_delete=models.PROTECT, related_name="salts")
    field = models.CharField(max_length=60)
    value = models.TextField()
    salt = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["leaf", "field"], name="salt_once")]

    def __str__(self) -> str:
        """Return which field it opens, never its content."""
        return f"{self.leaf_id}/{self.field}"


class ActorPseudonym(MandantOwned):
    """By which name the log of a Mandant knows a person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    pseudonym = models.CharField(max_length=40, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mandant", "person"], name="pseudonym_once")]

    def __str__(self) -> str:
        """Return the pseudonym."""
        return self.pseudonym


class Resolution(MandantOwned):
    """A request to learn, for a cause, who a pseudonym is; a second person in another role decides."""

    class State(models.TextChoices):
        """How far a request has come."""

        OFFEN = "offen", _("Offen")
        GENEHMIGT = "genehmigt", _("Genehmigt")
        ABGELEHNT = "abgelehnt", _("Abgelehnt")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pseudonym = models.ForeignKey(ActorPseudonym, on_delete=models.CASCADE, related_name="resolutions")
    grund = models.TextField(_("Anlass"))
    state = models.CharField(max_length=20, choices=State.choices, default=State.OFFEN)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_role = models.CharField(max_length=30, choices=Rolle.choices)
    requested_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    decided_role = models.CharField(max_length=30, choices=Rolle.choices, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-requested_at", "-id")

    @property
    def kind(self) -> str:
        """Return how urgent the state looks."""
        return {self.State.OFFEN: "warning", self.State.GENEHMIGT: "success"}.get(self.State(self.state), "info")

    def __str__(self) -> str:
        """Return pseudonym and state."""
        return f"{self.pseudonym_id} {self.state}"

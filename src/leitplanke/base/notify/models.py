"""The outbox: every mail that leaves the house, and which mail people do not want."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import ScopedQuerySet


class Zustand(models.TextChoices):
    """What became of a mail."""

    QUEUED = "queued", _("wartet auf Versand")
    SENT = "sent", _("versandt")
    KEPT = "kept", _("im Haus behalten")
    FAILED = "failed", _("nicht zustellbar")
    SUPPRESSED = "suppressed", _("abbestellt")


# How the interface colours a state.
KINDS = {
    Zustand.QUEUED: "info",
    Zustand.SENT: "success",
    Zustand.KEPT: "info",
    Zustand.FAILED: "danger",
    Zustand.SUPPRESSED: "warning",
}


class Nachricht(models.Model):
    """A mail; without a Mandant where it concerns the account only."""

    kennung = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    mandant = models.ForeignKey(
        "accounts.Mandant", on_delete=models.CASCADE, null=True, related_name="+", editable=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    empfaenger = models.EmailField(_("An"))
    kategorie = models.CharField(max_length=60)
    betreff = models.CharField(_("Betreff"), max_length=255)
    text = models.TextField(_("Text"), blank=True)
    zustand = models.CharField(max_length=12, choices=Zustand.choices, default=Zustand.QUEUED)
    versuche = models.PositiveSmallIntegerField(default=0)
    # Only the class of the error: its text may name the recipient.
    fehler = models.CharField(max_length=100, blank=True)
    angelegt_am = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    versandt_am = models.DateTimeField(null=True, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-angelegt_am", "-pk")

    def __str__(self) -> str:
        """Return the key; recipient and subject stay out of logs."""
        return f"Nachricht {self.pk}"

    @property
    def kind(self) -> str:
        """How the interface colours the state."""
        return KINDS[Zustand(self.zustand)]


class Abbestellung(models.Model):
    """A person does not want mail of a category; global like the person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kategorie = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kategorie"], name="abbestellung_einmal")]

    def __str__(self) -> str:
        """Return the category."""
        return self.kategorie

"""Calls: what happened, without content and without people; content only where a purpose demands it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned
from leitplanke.base.llm.models.modell import Modell
from leitplanke.base.llm.models.schluessel import Zugangsschluessel


class Ausgang(models.TextChoices):
    """How a call ended; `OFFEN` also where a process died in between."""

    OFFEN = "offen", _("Begonnen")
    BEANTWORTET = "beantwortet", _("Beantwortet")
    ABGELEHNT = "abgelehnt", _("Abgelehnt")
    ABGEBROCHEN = "abgebrochen", _("Vom Aufrufer abgebrochen")
    WIDERRUFEN = "widerrufen", _("Während der Antwort widerrufen")
    GESTOERT = "gestoert", _("Störung beim Modell")


class Aufruf(MandantOwned):
    """A call through the door. It says nothing about a person and holds no content.

    Attributes:
        zweck: technical name of the purpose; `zugang` empty for callers inside the house.
        fakten: the facts the policy decided over, so that a draft of a guideline can be tried on what was.
        wirkung, klauseln: what the policy decided, and by which clauses.
        funde: count of findings per label.
        ablehnung: code of the refusal.
        wh_von, wh_bis: energy in millionths of a watt-hour, with its method class.
        geschaetzt: whether tokens were counted by us because the service did not say.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    zweck = models.CharField(max_length=80)
    zugang = models.ForeignKey(Zugangsschluessel, on_delete=models.SET_NULL, null=True, related_name="+")
    modell = models.ForeignKey(Modell, on_delete=models.SET_NULL, null=True, related_name="+")
    art = models.CharField(max_length=16)
    begonnen_am = models.DateTimeField(default=timezone.now)
    beendet_am = models.DateTimeField(null=True)
    ausgang = models.CharField(max_length=12, choices=Ausgang.choices, default=Ausgang.OFFEN)
    ablehnung = models.CharField(max_length=40, blank=True)
    fakten = models.JSONField(default=dict)
    wirkung = models.CharField(max_length=24, blank=True)
    klauseln = models.JSONField(default=list)
    funde = models.JSONField(default=dict)
    token_ein = models.PositiveIntegerField(default=0)
    token_aus = models.PositiveIntegerField(default=0)
    geschaetzt = models.BooleanField(default=False)
    eur_millionstel = models.PositiveBigIntegerField(default=0)
    wh_von = models.PositiveBigIntegerField(default=0)
    wh_bis = models.PositiveBigIntegerField(default=0)
    wh_methode = models.CharField(max_length=1, blank=True)
    dauer_ms = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-begonnen_am", "-id")
        indexes = [
            models.Index(fields=["mandant", "begonnen_am"], name="aufruf_zeit"),
            models.Index(fields=["mandant", "zweck", "begonnen_am"], name="aufruf_zweck"),
        ]

    def __str__(self) -> str:
        """Return purpose and outcome."""
        return f"{self.zweck} {self.ausgang}"


class Fallschluessel(MandantOwned):
    """The key of one case, wrapped by the key of the house; deleting the row deletes what was kept of the case."""

    fall = models.CharField(max_length=120)
    verpackt = models.BinaryField()
    loeschen_am = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mandant", "fall"], name="fallschluessel_je_fall")]

    def __str__(self) -> str:
        """Return nothing that tells the case."""
        return str(self.pk)


class Gespeichert(MandantOwned):
    """Prompt and answer of a call, encrypted by the key of its case."""

    aufruf = models.OneToOneField(Aufruf, on_delete=models.CASCADE, related_name="gespeichert")
    schluessel = models.ForeignKey(Fallschluessel, on_delete=models.CASCADE, related_name="+")
    inhalt = models.BinaryField()
    loeschen_am = models.DateField()

    def __str__(self) -> str:
        """Return which call it belongs to."""
        return str(self.aufruf_id)


class Werkzeugfreigabe(MandantOwned):
    """A call of a writing tool that a model asked for; nothing happens until a person releases it.

    Attributes:
        argumente: encrypted by the key of the house; names and values may be personal.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    aufruf = models.ForeignKey(Aufruf, on_delete=models.CASCADE, related_name="freigaben")
    werkzeug = models.CharField(max_length=120)
    argumente = models.BinaryField()
    stand = models.CharField(
        max_length=12,
        choices=[("offen", _("Wartet")), ("freigegeben", _("Freigegeben")), ("abgelehnt", _("Abgelehnt"))],
        default="offen",
    )
    angelegt_am = models.DateTimeField(default=timezone.now)
    entschieden_von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    entschieden_am = models.DateTimeField(null=True)
    grund = models.TextField(blank=True)

    class Meta:
        ordering = ("-angelegt_am", "-id")

    def __str__(self) -> str:
        """Return tool and state."""
        return f"{self.werkzeug} {self.stand}"

"""Documents made from the record, and what a system uses and costs over time."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.register.models.eintrag import Eintrag, Eintragsfassung
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned


class Registerdokument(MandantOwned):
    """A version of a guided document on a system: parts made from the record, answers of people, and its text.

    Attributes:
        art: a name from `content/register/dokumente`.
        antworten: what people wrote, by question.
        inhalt: the document as data, from which PDF, DOCX and page are made.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    eintrag = models.ForeignKey(Eintrag, on_delete=models.CASCADE, related_name="dokumente")
    art = models.SlugField(max_length=40)
    nummer = models.PositiveIntegerField()
    fassung = models.ForeignKey(Eintragsfassung, on_delete=models.PROTECT, related_name="+")
    antworten = models.JSONField(default=dict)
    inhalt = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    fertig_am = models.DateTimeField(null=True)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("art", "-nummer")
        constraints = [
            models.UniqueConstraint(fields=["eintrag", "art", "nummer"], name="registerdokument_nummer_je_art")
        ]

    def __str__(self) -> str:
        """Return kind and number."""
        return f"{self.art} {self.nummer}"


class Messgroesse(models.TextChoices):
    """What is measured on a system."""

    ENERGIE = "energie", _("Energie in Wh")
    KOSTEN = "kosten", _("Kosten in EUR")
    ANFRAGEN = "anfragen", _("Anfragen")
    UEBERSTIMMT = "ueberstimmt", _("Von Menschen überstimmt")


class Verbrauch(MandantOwned):
    """A figure of one month, with where it comes from (`gemessen`, `geschaetzt`, `rechnung`)."""

    eintrag = models.ForeignKey(Eintrag, on_delete=models.CASCADE, related_name="verbrauch")
    monat = models.DateField(_("Monat"))
    groesse = models.CharField(max_length=12, choices=Messgroesse.choices)
    wert = models.DecimalField(max_digits=16, decimal_places=3)
    herkunft = models.CharField(max_length=12, default="geschaetzt")
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("monat", "groesse")
        constraints = [
            models.UniqueConstraint(fields=["eintrag", "monat", "groesse"], name="verbrauch_je_monat_und_groesse")
        ]

    def __str__(self) -> str:
        """Return month and figure."""
        return f"{self.monat:%Y-%m} {self.wert}"

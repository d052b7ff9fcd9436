"""Incidents and complaints on a system."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.register.models.eintrag import Eintrag
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned


class Vorfallart(models.TextChoices):
    """What somebody reports."""

    BESCHWERDE = "beschwerde", _("Beschwerde")
    FEHLER = "fehler", _("Fehler im Eintrag")
    VORFALL = "vorfall", _("Vorfall")


class Schwere(models.TextChoices):
    """How bad it is; whoever handles it decides that, not whoever reports it."""

    OFFEN = "offen", _("noch nicht beurteilt")
    LEICHT = "leicht", _("leicht")
    MITTEL = "mittel", _("mittel")
    SCHWER = "schwer", _("schwerwiegend")


class Vorfall(MandantOwned):
    """What somebody reported on a system, what was done about it, and what of it is public.

    Attributes:
        code_hash: of the code with which somebody without an account follows it.
        text, kontakt: what they wrote; never public, deleted by its time limit.
        frist_am: until when it must be answered; `erinnert_am` is when people were last reminded of a time limit.
        folge: what a serious incident led to, by the names of `content/register/meldungen.yaml`.
        behoerde_bis, behoerde_am: until when the authority must know, and when it was told.
        oeffentlich_text: what the public reads about it, written by the office.
        abschlussgrund: why it was closed without an answer.
        geloescht_am: when what was personal in it was deleted.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    eintrag = models.ForeignKey(Eintrag, on_delete=models.CASCADE, related_name="vorfaelle")
    art = models.CharField(max_length=12, choices=Vorfallart.choices)
    schwere = models.CharField(max_length=8, choices=Schwere.choices, default=Schwere.OFFEN.value)
    text = models.TextField(_("Was ist passiert?"))
    kontakt = models.CharField(_("Wie erreichen wir Sie?"), max_length=200, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    gemeldet_von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    gemeldet_am = models.DateTimeField(default=timezone.now)
    frist_am = models.DateField(_("Antwort bis"))
    antwort = models.TextField(_("Antwort"), blank=True)
    beantwortet_am = models.DateTimeField(null=True)
    folge = models.CharField(max_length=16, blank=True)
    behoerde_bis = models.DateField(_("Behörde informieren bis"), null=True)
    behoerde_am = models.DateField(_("Behörde informiert am"), null=True)
    erinnert_am = models.DateField(null=True)
    oeffentlich_text = models.TextField(_("Veröffentlichte Zusammenfassung"), blank=True)
    veroeffentlicht_am = models.DateTimeField(null=True)
    abschlussgrund = models.TextField(blank=True)
    geloescht_am = models.DateTimeField(null=True)
    erledigt_am = models.DateTimeField(null=True)
    erledigt_von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("erledigt_am", "frist_am", "id")
        indexes = [models.Index(fields=["mandant", "erledigt_am", "frist_am"], name="vorfall_offen")]

    def __str__(self) -> str:
        """Return kind and system."""
        return f"{self.get_art_display()}: {self.eintrag_id}"

    @property
    def nummer(self) -> str:
        """Return by what people call it in mails and on the phone; it opens nothing."""
        return f"M-{self.public_id.hex[:6].upper()}"

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.erledigt_am is None

    @property
    def due(self) -> date | None:
        """Return the next day on which something must have happened, None where nothing must any more."""
        authority = self.behoerde_bis if self.behoerde_am is None else None
        answer = self.frist_am if self.beantwortet_am is None else None
        days = [day for day in (authority, answer) if day is not None]
        return min(days) if self.open and days else None


class Massnahme(MandantOwned):
    """What is done about an incident."""

    vorfall = models.ForeignKey(Vorfall, on_delete=models.CASCADE, related_name="massnahmen")
    text = models.TextField(_("Maßnahme"))
    bis = models.DateField(_("Bis"), null=True, blank=True)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)
    erledigt_am = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """Return what is done."""
        return self.text

"""A decision: a person's, with everything it stood on."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.antrag.models.antrag import Antrag
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned


class Entscheidungsart(models.TextChoices):
    """What is decided."""

    BEWILLIGUNG = "bewilligung", _("Bewilligung")
    TEILBEWILLIGUNG = "teilbewilligung", _("Teilbewilligung")
    ABLEHNUNG = "ablehnung", _("Ablehnung")
    FESTSETZUNG = "festsetzung", _("Festsetzung")
    VERSAGUNG = "versagung", _("Versagung wegen fehlender Mitwirkung")
    RUECKNAHME = "ruecknahme", _("Rücknahme")
    WIDERRUF = "widerruf", _("Widerruf")
    AENDERUNG = "aenderung", _("Änderung")


class Entscheidungsstand(models.TextChoices):
    """How far a decision is."""

    VORBEREITET = "vorbereitet", _("vorbereitet")
    VORGELEGT = "vorgelegt", _("zur Schlusszeichnung vorgelegt")
    GETROFFEN = "getroffen", _("getroffen")
    ERSETZT = "ersetzt", _("ersetzt")


class Entscheidung(MandantOwned):
    """A decision with facts, judgements, proof and law as they were.

    The database itself demands a person and the moment in which they proved who they are, and that a second signature
    is another person's.

    Attributes:
        abweichung: why the person decides otherwise than the rules say; empty where they agree.
        nachweis: the proof as JSON, `digest` tells whether it still is what the rules say.
        aktenstand: hash over facts, documents and time limits of the case when it was prepared.
        gesehen_hash: over everything that the second person was shown; any later change makes it void.
    """

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="entscheidungen")
    kennung = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nummer = models.PositiveSmallIntegerField(default=1)
    art = models.CharField(_("Entscheidung"), max_length=20, choices=Entscheidungsart.choices)
    stand = models.CharField(max_length=12, choices=Entscheidungsstand.choices, default=Entscheidungsstand.VORBEREITET)
    ergebnis = models.CharField(max_length=100, blank=True)
    betrag = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    von_tag = models.DateField(_("Von"), null=True, blank=True)
    bis_tag = models.DateField(_("Bis"), null=True, blank=True)
    begruendung = models.TextField(_("Begründung der Entscheidung"), blank=True)
    abweichung = models.TextField(_("Warum anders als die Regeln"), blank=True)
    stichtag = models.DateField()
    fakten = models.JSONField(default=dict)
    urteile = models.JSONField(default=dict)
    nachweis = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    aktenstand = models.CharField(max_length=64, blank=True)
    hebt_auf = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="aufgehoben_durch"
    )

    vorbereitet_von = models.ForeignKey(Mitgliedschaft, on_delete=models.PROTECT, related_name="+")
    vorbereitet_am = models.DateTimeField(default=timezone.now)
    entschieden_von = models.ForeignKey(Mitgliedschaft, on_delete=models.PROTECT, null=True, related_name="+")
    entschieden_am = models.DateTimeField(null=True)
    angemeldet_um = models.DateTimeField(null=True)
    zweite_noetig = models.BooleanField(default=False)
    gezeichnet_von = models.ForeignKey(Mitgliedschaft, on_delete=models.PROTECT, null=True, related_name="+")
    gezeichnet_person = models.PositiveIntegerField(null=True)
    entschieden_person = models.PositiveIntegerField(null=True)
    gezeichnet_am = models.DateTimeField(null=True)
    gezeichnet_angemeldet_um = models.DateTimeField(null=True)
    gesehen_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("nummer",)
        constraints = [
            models.UniqueConstraint(fields=["antrag", "nummer"], name="entscheidung_nummer_je_antrag"),
            models.CheckConstraint(
                condition=Q(stand="vorbereitet")
                | (
                    Q(entschieden_von__isnull=False)
                    & Q(entschieden_person__isnull=False)
                    & Q(entschieden_am__isnull=False)
                    & Q(angemeldet_um__isnull=False)
                ),
                name="entscheidung_nur_durch_menschen",
            ),
            models.CheckConstraint(
                condition=~Q(stand="getroffen")
                | Q(zweite_noetig=False)
                | (Q(gezeichnet_von__isnull=False) & Q(gezeichnet_angemeldet_um__isnull=False)),
                name="entscheidung_mit_zweiter_zeichnung",
            ),
            models.CheckConstraint(
                condition=Q(gezeichnet_person__isnull=True) | ~Q(gezeichnet_person=F("entschieden_person")),
                name="zeichnung_durch_andere_person",
            ),
        ]

    def __str__(self) -> str:
        """Return what is decided."""
        return self.get_art_display()

    @property
    def public_id(self) -> uuid.UUID:
        """Return the name under which evidence knows it."""
        return self.kennung

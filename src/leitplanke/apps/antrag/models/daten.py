"""Recomputing after a change of law, holds against deletion, and requests to correct (Art. 16 DSGVO)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.antrag.models.antrag import Antrag
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned


class Neuberechnung(MandantOwned):
    """A run over all open cases of a procedure; where it stopped it goes on.

    Attributes:
        regelwerk_sha256: the rules that were computed with.
        bis_id: the last case that is done; saved together with the cases.
    """

    verfahren = models.SlugField(max_length=80)
    regelwerk_sha256 = models.CharField(max_length=64)
    bis_id = models.BigIntegerField(default=0)
    berechnet = models.PositiveIntegerField(default=0)
    geaendert = models.PositiveIntegerField(default=0)
    begonnen_am = models.DateTimeField(default=timezone.now)
    beendet_am = models.DateTimeField(null=True)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-begonnen_am", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["mandant", "verfahren"],
                condition=models.Q(beendet_am__isnull=True),
                name="eine_neuberechnung_zur_zeit",
            )
        ]

    def __str__(self) -> str:
        """Return the name of the procedure."""
        return self.verfahren


class Loeschsperre(MandantOwned):
    """A reason not to delete a case though its time is over; lifted by a person as well."""

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="loeschsperren")
    grund = models.TextField(_("Warum darf der Vorgang noch nicht gelöscht werden?"))
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.PROTECT, related_name="+")
    am = models.DateTimeField(default=timezone.now)
    aufgehoben_am = models.DateTimeField(null=True)
    aufgehoben_von = models.ForeignKey(Mitgliedschaft, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("am", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["antrag"], condition=models.Q(aufgehoben_am__isnull=True), name="eine_loeschsperre_je_antrag"
            )
        ]

    def __str__(self) -> str:
        """Return the reason."""
        return self.grund


class Berichtigungsstand(models.TextChoices):
    """What became of a request to correct."""

    OFFEN = "offen", _("offen")
    BERICHTIGT = "berichtigt", _("berichtigt")
    ABGELEHNT = "abgelehnt", _("nicht berichtigt")


class Berichtigung(MandantOwned):
    """A person says that a value about them is wrong (Art. 16 DSGVO). A person of the office decides.

    Attributes:
        wert: what is right instead, as the engine takes it; None where the person did not say.
        alter_wert: the value that was called wrong.
    """

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="berichtigungen")
    pfad = models.CharField(max_length=160)
    alter_wert = models.JSONField(null=True)
    wert = models.JSONField(null=True)
    text = models.TextField(_("Was ist falsch?"))
    am = models.DateTimeField(default=timezone.now)
    stand = models.CharField(max_length=12, choices=Berichtigungsstand.choices, default=Berichtigungsstand.OFFEN)
    antwort = models.TextField(_("Antwort"), blank=True)
    entschieden_von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    entschieden_am = models.DateTimeField(null=True)

    class Meta:
        ordering = ("am", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["antrag", "pfad"], condition=models.Q(stand="offen"), name="eine_berichtigung_je_angabe"
            )
        ]

    def __str__(self) -> str:
        """Return which fact it is about."""
        return self.pfad

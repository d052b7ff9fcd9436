"""What the documents say about the town besides its decisions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import MandantOwned


class Kommunenart(models.TextChoices):
    """What kind of body the guideline is for; the values are those of `core.guideline.writing.Municipality`."""

    STADT = "stadt", _("Stadt")
    GEMEINDE = "gemeinde", _("Gemeinde")
    KREIS = "kreis", _("Kreis")
    STADTWERK = "stadtwerk", _("Stadtwerke oder andere Gesellschaft")


class Kommunenangaben(MandantOwned):
    """How the town calls itself and its offices in documents; what is empty has the usual words.

    `lizenz`: under which other towns may use its own words; "" where it has not said so.
    """

    art = models.CharField(max_length=12, choices=Kommunenart.choices, default=Kommunenart.STADT.value)
    name = models.CharField(max_length=200, blank=True)
    beschluss = models.CharField(max_length=200, blank=True)
    leitung = models.CharField(max_length=200, blank=True)
    ki = models.CharField(max_length=200, blank=True)
    datenschutz = models.CharField(max_length=200, blank=True)
    it = models.CharField(max_length=200, blank=True)
    personal = models.CharField(max_length=200, blank=True)
    personalvertretung = models.CharField(max_length=200, blank=True)
    fachamt = models.CharField(max_length=200, blank=True)
    kontakt = models.CharField(max_length=300, blank=True)
    lizenz = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mandant"], name="kommunenangaben_je_mandant")]

    def __str__(self) -> str:
        """Return kind and name."""
        return f"{self.get_art_display()} {self.name}"

"""What people have shown for the self-assessment, and how it stood on a day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import MandantOwned


class Selbstnachweis(MandantOwned):
    """What a person showed for a point: words and an address; it counts from `am` to `gueltig_bis`."""

    punkt = models.SlugField(max_length=60)
    text = models.CharField(_("Was zeigt es?"), max_length=300)
    url = models.URLField(_("Adresse des Nachweises"), max_length=400)
    am = models.DateField(_("Stand vom"))
    gueltig_bis = models.DateField(_("Zählt bis"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    eingetragen_am = models.DateTimeField(default=timezone.now)
    zurueckgezogen_am = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-am", "-pk")

    def __str__(self) -> str:
        """Return what it shows."""
        return self.text


class Selbstbewertung(MandantOwned):
    """The self-assessment as it stood on a day: by point its state and what it rested on. Never changed."""

    nummer = models.PositiveIntegerField(_("Nummer"))
    am = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ergebnis = models.JSONField(default=list)
    ergebnis_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-nummer",)
        constraints = [
            models.UniqueConstraint(fields=["mandant", "nummer"], name="selbstbewertung_nummer_je_mandant"),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return f"Selbstbewertung {self.nummer}"

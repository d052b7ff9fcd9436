"""Proof that somebody has been trained, entered by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import MandantOwned


class Schulungsnachweis(MandantOwned):
    """Somebody was trained on a day; it counts until `gueltig_bis`, or without end."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    titel = models.CharField(_("Schulung"), max_length=200)
    am = models.DateField(_("Am"))
    gueltig_bis = models.DateField(_("Gültig bis"), null=True)
    eingetragen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    eingetragen_am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-am", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["mandant", "person", "titel", "am"], name="eine_schulung_je_person_und_tag"
            ),
        ]

    def __str__(self) -> str:
        """Return what it was about."""
        return self.titel

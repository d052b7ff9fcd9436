"""Wishes to be called back, also of people who have not applied for anything yet."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.scoping import MandantOwned


class Rueckruf(MandantOwned):
    """Somebody wants to talk to a person of this unit. Deleted 90 days later."""

    einheit = models.ForeignKey(Organisationseinheit, on_delete=models.CASCADE, related_name="+")
    verfahren = models.SlugField(max_length=80)
    name = models.CharField(_("Ihr Name"), max_length=200)
    telefon = models.CharField(_("Telefon"), max_length=60)
    wann = models.CharField(_("Wann erreichen wir Sie gut?"), max_length=200, blank=True)
    worum = models.TextField(_("Worum geht es?"), blank=True, max_length=1000)
    am = models.DateTimeField(default=timezone.now)
    erledigt_am = models.DateTimeField(null=True)
    erledigt_von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("am", "id")
        indexes = [models.Index(fields=["mandant", "einheit", "erledigt_am"], name="rueckruf_offen")]

    def __str__(self) -> str:
        """Return who wants to be called."""
        return self.name

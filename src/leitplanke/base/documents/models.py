"""Stored originals, addressed by content."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import MandantOwned


class StoredFile(MandantOwned):
    """An uploaded original; the same content is stored once per Mandant."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("Größe in Byte"))
    name = models.CharField(_("Dateiname"), max_length=200)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-uploaded_at", "-id")
        constraints = [models.UniqueConstraint(fields=["mandant", "sha256"], name="datei_einmal_je_mandant")]

    def __str__(self) -> str:
        """Return the file name."""
        return self.name

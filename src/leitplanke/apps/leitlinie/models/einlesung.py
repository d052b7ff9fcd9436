"""An existing guideline of the town, read from its document."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from leitplanke.apps.leitlinie.models.fassung import Leitlinienfassung
from leitplanke.base.accounts.scoping import MandantOwned


class Einlesung(MandantOwned):
    """A document that was read, what was found in it, and the version that a person made of it.

    `treffer`: a list of {baustein, option, zitat, seite, sicherheit}, in the order of the document; `entschieden`: by
    block what the person said of it ({option} or {} for "not in there").
    """

    datei = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    titel = models.CharField(max_length=200)
    seiten = models.PositiveIntegerField(default=0)
    treffer = models.JSONField(default=list)
    entschieden = models.JSONField(default=dict)
    fassung = models.ForeignKey(Leitlinienfassung, on_delete=models.SET_NULL, null=True, related_name="einlesungen")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-am",)

    def __str__(self) -> str:
        """Return the title."""
        return self.titel

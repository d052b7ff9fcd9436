"""An existing guideline of the town, read from its document."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.leitlinie.models.fassung import Leitlinienfassung
from leitplanke.base.accounts.scoping import MandantOwned


class Lesestand(models.TextChoices):
    """How far reading a document has come."""

    WIRD_GELESEN = "wird_gelesen", _("wird gelesen")
    GELESEN = "gelesen", _("gelesen")
    NICHT_LESBAR = "nicht_lesbar", _("nicht lesbar")


LESESTAND_KINDS = {Lesestand.WIRD_GELESEN: "info", Lesestand.GELESEN: "success", Lesestand.NICHT_LESBAR: "danger"}


class Einlesung(MandantOwned):
    """A document that was read, what was found in it, and the version that a person made of it.

    `treffer`: a list of {baustein, option, zitat, seite, sicherheit, woran}, in the order of the document;
    `entschieden`: by block what the person said of it, {option, werte, bestaetigt}; `option` is "" for "not in there".
    """

    stand = models.CharField(max_length=16, choices=Lesestand.choices, default=Lesestand.WIRD_GELESEN.value)
    fehler = models.TextField(blank=True)
    dateiname = models.CharField(max_length=200, blank=True)

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

    @property
    def kind(self) -> str:
        """Return the colour of the state for its badge."""
        return LESESTAND_KINDS[Lesestand(self.stand)]

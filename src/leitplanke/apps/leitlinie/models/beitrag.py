"""What people say about a clause, and what they suggest instead."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.leitlinie.models.fassung import Leitlinienfassung
from leitplanke.base.accounts.scoping import MandantOwned


class Beitragsart(models.TextChoices):
    """A remark, or another decision that can be taken over."""

    BEMERKUNG = "bemerkung", _("Bemerkung")
    VORSCHLAG = "vorschlag", _("Vorschlag")


class Beitragsstand(models.TextChoices):
    """What became of it."""

    OFFEN = "offen", _("offen")
    UEBERNOMMEN = "uebernommen", _("übernommen")
    ABGELEHNT = "abgelehnt", _("abgelehnt")
    ERLEDIGT = "erledigt", _("erledigt")


class Beitrag(MandantOwned):
    """A remark or suggestion on a block of a version; `inhalt` of a suggestion is as in `Klauselstand`."""

    fassung = models.ForeignKey(Leitlinienfassung, on_delete=models.CASCADE, related_name="beitraege")
    baustein = models.CharField(max_length=8)
    art = models.CharField(max_length=12, choices=Beitragsart.choices, default=Beitragsart.BEMERKUNG.value)
    antwort_auf = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="antworten")
    text = models.TextField(_("Text"))
    inhalt = models.JSONField(default=dict)
    stand = models.CharField(max_length=12, choices=Beitragsstand.choices, default=Beitragsstand.OFFEN.value)
    stand_grund = models.TextField(blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    rolle = models.CharField(max_length=24)
    am = models.DateTimeField(default=timezone.now)
    erledigt_von = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    erledigt_am = models.DateTimeField(null=True)

    class Meta:
        ordering = ("am", "pk")

    def __str__(self) -> str:
        """Return block and kind."""
        return f"{self.baustein}: {self.get_art_display()}"

"""What a Mandant changed in the Regelwerke that were shipped."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import MandantOwned


class Aenderungsstand(models.TextChoices):
    """How far a change has come."""

    VORGESCHLAGEN = "vorgeschlagen", _("wartet auf Freigabe")
    FREIGEGEBEN = "freigegeben", _("freigegeben")
    ABGELOEST = "abgeloest", _("durch neuere Änderung abgelöst")
    ZURUECKGEZOGEN = "zurueckgezogen", _("zurückgezogen")


STAND_KINDS = {
    Aenderungsstand.VORGESCHLAGEN: "warning",
    Aenderungsstand.FREIGEGEBEN: "success",
    Aenderungsstand.ABGELOEST: "info",
    Aenderungsstand.ZURUECKGEZOGEN: "danger",
}


class Aenderung(MandantOwned):
    """One changed file of a Regelwerk as a whole, with why, by whom, and who released it.

    `vorher` is the text it was made from, so that what changed can be shown and nothing is overwritten unseen;
    `ausgeliefert_sha256` is that of the file as shipped then, so that a later delivery is noticed.
    """

    regelwerk = models.SlugField(_("Regelwerk"), max_length=80)
    nummer = models.PositiveIntegerField(_("Nummer"))
    eintrag = models.SlugField(_("Eintrag"), max_length=120)
    was = models.CharField(_("Was ändert sich?"), max_length=300)
    datei = models.CharField(_("Datei"), max_length=200)
    text = models.TextField()
    vorher = models.TextField()
    ausgeliefert_sha256 = models.CharField(max_length=64)
    quelle = models.CharField(_("Quelle"), max_length=300)
    begruendung = models.TextField(_("Begründung"))
    stand = models.CharField(
        max_length=16, choices=Aenderungsstand.choices, default=Aenderungsstand.VORGESCHLAGEN.value
    )
    zurueckgezogen_weil = models.TextField(blank=True)
    vorgeschlagen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    vorgeschlagen_am = models.DateTimeField(default=timezone.now)
    freigegeben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    freigegeben_am = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-nummer",)
        constraints = [
            models.UniqueConstraint(fields=["mandant", "regelwerk", "nummer"], name="aenderung_nummer_je_regelwerk"),
            models.UniqueConstraint(
                fields=["mandant", "regelwerk", "datei"],
                condition=models.Q(stand="freigegeben"),
                name="eine_freigegebene_aenderung_je_datei",
            ),
            models.CheckConstraint(
                condition=models.Q(freigegeben_von__isnull=True)
                | models.Q(vorgeschlagen_von__isnull=True)
                | ~models.Q(freigegeben_von=models.F("vorgeschlagen_von")),
                name="aenderung_freigabe_durch_zweite_person",
            ),
        ]

    def __str__(self) -> str:
        """Return Regelwerk, number and what changes."""
        return f"{self.regelwerk} {self.nummer}: {self.was}"

    @property
    def kind(self) -> str:
        """Return the colour of the state for its badge."""
        return STAND_KINDS[Aenderungsstand(self.stand)]

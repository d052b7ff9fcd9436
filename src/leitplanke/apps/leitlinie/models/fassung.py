"""A version of a town's guideline, and what it decided about each building block."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import MandantOwned


class Fassungsstand(models.TextChoices):
    """How far a version has come. Which of the adopted ones holds follows from their days alone."""

    ENTWURF = "entwurf", _("Entwurf")
    MITZEICHNUNG = "mitzeichnung", _("in Mitzeichnung")
    BESCHLOSSEN = "beschlossen", _("beschlossen")
    VERWORFEN = "verworfen", _("verworfen")


class Herkunft(models.TextChoices):
    """What a version began with."""

    FRAGEN = "fragen", _("Fragen von Leitplanke")
    BEISPIEL = "beispiel", _("ein Beispiel")
    EINGELESEN = "eingelesen", _("ein eingelesenes Dokument")
    UEBERNOMMEN = "uebernommen", _("die Leitlinie einer anderen Kommune")
    FASSUNG = "fassung", _("die vorige Fassung")


STAND_KINDS = {
    Fassungsstand.ENTWURF: "info",
    Fassungsstand.MITZEICHNUNG: "warning",
    Fassungsstand.BESCHLOSSEN: "success",
    Fassungsstand.VERWORFEN: "danger",
}


class Leitlinienfassung(MandantOwned):
    """A version. `klauseln` is what was decided; documents and controls follow from it.

    `kommune` is how the town called itself and its offices when this was adopted; empty before.
    `aenderungszaehler` grows with every change of a clause, so that a sign-off says what it was given for.
    """

    nummer = models.PositiveIntegerField(_("Nummer"))
    titel = models.CharField(_("Titel"), max_length=200)
    stand = models.CharField(max_length=16, choices=Fassungsstand.choices, default=Fassungsstand.ENTWURF.value)
    herkunft = models.CharField(max_length=16, choices=Herkunft.choices)
    herkunft_text = models.CharField(max_length=300, blank=True)
    vorgaenger = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="nachfolger")
    nur_kern = models.BooleanField(default=False)
    aenderungszaehler = models.PositiveIntegerField(default=0)
    begonnen_am = models.DateTimeField(default=timezone.now)
    begonnen_von = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    vorgelegt_am = models.DateTimeField(null=True)
    vorgelegt_von = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    frist = models.DateField(_("Frist der Mitzeichnung"), null=True)
    beschlossen_am = models.DateField(_("Beschlossen am"), null=True)
    beschlossen_durch = models.CharField(_("Beschlossen durch"), max_length=200, blank=True)
    fundstelle = models.CharField(_("Niederschrift"), max_length=300, blank=True)
    eingetragen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    gilt_ab = models.DateField(_("Gilt ab"), null=True)
    stand_grund = models.TextField(blank=True)
    kommune = models.JSONField(default=dict)
    profil_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-nummer",)
        constraints = [
            models.UniqueConstraint(fields=["mandant", "nummer"], name="leitlinienfassung_nummer_je_mandant"),
            models.UniqueConstraint(
                fields=["mandant", "gilt_ab"],
                condition=models.Q(stand="beschlossen"),
                name="eine_beschlossene_fassung_je_tag",
            ),
            models.CheckConstraint(
                condition=~models.Q(stand="beschlossen")
                | models.Q(gilt_ab__isnull=False, beschlossen_am__isnull=False) & ~models.Q(profil_sha256=""),
                name="beschlossene_fassung_hat_tag_und_profil",
            ),
            models.CheckConstraint(
                condition=models.Q(eingetragen_von__isnull=True)
                | models.Q(vorgelegt_von__isnull=True)
                | ~models.Q(eingetragen_von=models.F("vorgelegt_von")),
                name="leitlinie_beschluss_durch_zweite_person",
            ),
        ]

    def __str__(self) -> str:
        """Return title and number."""
        return f"{self.titel}, Fassung {self.nummer}"

    @property
    def kind(self) -> str:
        """Return the colour of the state for its badge."""
        return STAND_KINDS[Fassungsstand(self.stand)]


class Klausel(MandantOwned):
    """What a version decided about a building block.

    Attributes:
        werte: of the parameters of the block, as text by name.
        wortlaut: the town's own words by audience; empty for those of the block.
        geprueft: a person has looked at it; what an example or an import filled in has not been looked at.
    """

    fassung = models.ForeignKey(Leitlinienfassung, on_delete=models.CASCADE, related_name="klauseln")
    baustein = models.CharField(max_length=8)
    option = models.SlugField(max_length=60)
    werte = models.JSONField(default=dict)
    wortlaut = models.JSONField(default=dict)
    grund = models.TextField(_("Warum so?"), blank=True)
    quelle = models.CharField(_("Quelle"), max_length=300, blank=True)
    lizenz = models.CharField(_("Lizenz"), max_length=60, blank=True)
    geprueft = models.BooleanField(default=False)
    geaendert_am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("baustein",)
        constraints = [
            models.UniqueConstraint(fields=["fassung", "baustein"], name="eine_klausel_je_baustein"),
        ]

    def __str__(self) -> str:
        """Return block and option."""
        return f"{self.baustein}: {self.option}"


class Klauselstand(MandantOwned):
    """How a clause stood after a change: everything in `inhalt`, empty where it was taken out. Never changed."""

    fassung = models.ForeignKey(Leitlinienfassung, on_delete=models.CASCADE, related_name="klauselstaende")
    baustein = models.CharField(max_length=8)
    nummer = models.PositiveIntegerField()
    inhalt = models.JSONField(default=dict)
    anlass = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-nummer",)
        constraints = [
            models.UniqueConstraint(fields=["fassung", "nummer"], name="klauselstand_nummer_je_fassung"),
        ]

    def __str__(self) -> str:
        """Return block and number of the change."""
        return f"{self.baustein}, Änderung {self.nummer}"

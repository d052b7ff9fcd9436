"""What happened in a case, what is due, and what was written to and fro."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.antrag.models.antrag import Antrag
from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.scoping import MandantOwned


class Verlauf(MandantOwned):
    """One line of the history that people read; the proof of it is in the evidence log.

    Attributes:
        was: code of the act, as in `core.verfahren.acts` or the evidence codes.
        durch: `person`, `buerger`, `regel`, `auftrag`, so that a reader sees what a machine did and what a person.
        text: one sentence.
        oeffentlich: whether the applicant sees it.
    """

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="verlauf")
    am = models.DateTimeField(default=timezone.now)
    was = models.CharField(max_length=60)
    durch = models.CharField(max_length=16)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(blank=True)
    oeffentlich = models.BooleanField(default=True)

    class Meta:
        ordering = ("am", "id")

    def __str__(self) -> str:
        """Return what happened."""
        return self.text or self.was


class Fristart(models.TextChoices):
    """What a deadline is for."""

    MITWIRKUNG = "mitwirkung", _("Unterlagen und Angaben")
    ANHOERUNG = "anhoerung", _("Anhörung")
    RECHTSBEHELF = "rechtsbehelf", _("Rechtsbehelf")
    BEARBEITUNG = "bearbeitung", _("Bearbeitungszeit")


class Frist(MandantOwned):
    """A deadline of a case.

    Attributes:
        belehrt: whether the letter carried the Rechtsfolgenhinweis; without it no Versagung is offered.
        schreiben: the letter that set it; it runs only once that letter has left.
    """

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="fristen")
    art = models.CharField(max_length=14, choices=Fristart.choices)
    ab = models.DateField()
    ende = models.DateField()
    norm = models.CharField(max_length=200, blank=True)
    belehrt = models.BooleanField(default=False)
    schreiben = models.ForeignKey(
        "antrag.Schreiben", on_delete=models.SET_NULL, null=True, blank=True, related_name="fristen"
    )
    erinnert_am = models.DateTimeField(null=True, blank=True)
    erledigt_am = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("ende", "id")
        indexes = [models.Index(fields=["mandant", "erledigt_am", "ende"], name="frist_offen")]

    def __str__(self) -> str:
        """Return what it is for, and until when."""
        return f"{self.get_art_display()} bis {self.ende:%d.%m.%Y}"


class Richtung(models.TextChoices):
    """Who wrote."""

    AN_AMT = "an_amt", _("an das Amt")
    VOM_AMT = "vom_amt", _("vom Amt")


class Mitteilung(MandantOwned):
    """A message between the person and the office."""

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="mitteilungen")
    richtung = models.CharField(max_length=8, choices=Richtung.choices)
    text = models.TextField(_("Nachricht"))
    mensch_gewuenscht = models.BooleanField(default=False)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)
    gelesen_am = models.DateTimeField(null=True)

    class Meta:
        ordering = ("am", "id")

    def __str__(self) -> str:
        """Return who wrote."""
        return self.get_richtung_display()


class Einsicht(MandantOwned):
    """On this day somebody of this unit looked at the case: what the person may know, without naming employees."""

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="einsichten")
    einheit = models.ForeignKey(Organisationseinheit, on_delete=models.CASCADE, related_name="+")
    tag = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("-tag", "id")
        constraints = [
            models.UniqueConstraint(fields=["antrag", "einheit", "tag"], name="eine_einsicht_je_einheit_und_tag")
        ]

    def __str__(self) -> str:
        """Return unit and day."""
        return f"{self.einheit} {self.tag:%d.%m.%Y}"

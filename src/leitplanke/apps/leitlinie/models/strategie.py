"""What a town wants to reach with AI, and how it sees whether it does."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import MandantOwned


class Leitbild(MandantOwned):
    """What a town stands for when it uses AI and data; the newest row holds."""

    text = models.TextField(_("Leitbild"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-am", "-pk")

    def __str__(self) -> str:
        """Return the beginning."""
        return self.text[:60]


class Zielstand(models.TextChoices):
    """How far a goal has come."""

    OFFEN = "offen", _("läuft")
    ERREICHT = "erreicht", _("erreicht")
    AUFGEGEBEN = "aufgegeben", _("aufgegeben")


class Ziel(MandantOwned):
    """A goal with its indicator.

    Attributes:
        sammler: name of what counts the indicator; "" where people enter values.
        fallend: the indicator shall fall, not rise.
        eintraege: short names of register entries it is about.
        bausteine: building blocks of the guideline it is about.
        beteiligung: address of a consultation.
    """

    titel = models.CharField(_("Ziel"), max_length=200)
    warum = models.TextField(_("Warum?"))
    kennzahl = models.CharField(_("Kennzahl"), max_length=160)
    einheit = models.CharField(_("Einheit"), max_length=40, blank=True)
    sammler = models.CharField(_("Gezählt von"), max_length=80, blank=True)
    anfang = models.DecimalField(_("Heute"), max_digits=12, decimal_places=2)
    zielwert = models.DecimalField(_("Zielwert"), max_digits=12, decimal_places=2)
    fallend = models.BooleanField(default=False)
    bis = models.DateField(_("Bis"))
    zustaendig = models.CharField(_("Zuständig"), max_length=160)
    eintraege = models.JSONField(default=list)
    bausteine = models.JSONField(default=list)
    beteiligung = models.URLField(_("Beteiligung dazu"), max_length=400, blank=True)
    stand = models.CharField(max_length=12, choices=Zielstand.choices, default=Zielstand.OFFEN.value)
    stand_grund = models.TextField(blank=True)
    angelegt_am = models.DateTimeField(default=timezone.now)
    angelegt_von = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("bis", "pk")

    def __str__(self) -> str:
        """Return the title."""
        return self.titel


class Messwert(MandantOwned):
    """A value of an indicator on a day, with where it comes from."""

    ziel = models.ForeignKey(Ziel, on_delete=models.CASCADE, related_name="messwerte")
    am = models.DateField(_("Gemessen am"))
    wert = models.DecimalField(_("Wert"), max_digits=12, decimal_places=2)
    quelle = models.CharField(_("Woher stammt der Wert?"), max_length=300)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("am", "pk")
        constraints = [models.UniqueConstraint(fields=["ziel", "am"], name="ein_messwert_je_tag")]

    def __str__(self) -> str:
        """Return the value."""
        return str(self.wert)

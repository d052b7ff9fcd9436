"""Keys that open the door, and what was used with them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.accounts.scoping import MandantOwned
from leitplanke.base.llm.models.modell import Modell
from leitplanke.base.llm.models.zweck import Zweck


class Zugangsschluessel(MandantOwned):
    """A key for one purpose. Its secret is shown once and kept as a hash.

    Attributes:
        nummer: how evidence and pages name it.
        pruefwert: SHA-256 of the secret (256 random bits, so no slow hash is needed).
        anfang: first signs of the secret, by which its owner recognises it.
        art: `person` for the tools of one employee, `fachverfahren` for machines,
            which never do what needs a person.
        inhaber: whose it is; empty for machines.
        rollen: with which of the roles of its owner it acts; empty for machines, which have none.
        modelle: empty for all of the purpose.
        zeigt_datenarten: the program that uses it says before an entry which data are allowed; its owner has said so.
        anfragen_tag, token_tag, eur_monat, wh_monat: limits; empty for none.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nummer = models.CharField(_("Nummer"), max_length=20)
    name = models.CharField(_("Wofür"), max_length=200)
    zweck = models.ForeignKey(Zweck, on_delete=models.PROTECT, related_name="zugaenge")
    art = models.CharField(
        _("Wer benutzt ihn"),
        max_length=16,
        choices=[("person", _("Eine Person")), ("fachverfahren", _("Ein Fachverfahren"))],
        default="fachverfahren",
    )
    inhaber = models.ForeignKey(Mitgliedschaft, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    rollen = models.JSONField(default=list)
    pruefwert = models.BinaryField(max_length=32, unique=True, editable=False)
    anfang = models.CharField(max_length=12, editable=False)
    modelle = models.ManyToManyField(Modell, blank=True, related_name="+")
    zeigt_datenarten = models.BooleanField(
        _("Das Programm zeigt vor der Eingabe, welche Daten erlaubt sind"), default=False
    )
    anfragen_tag = models.PositiveIntegerField(_("Anfragen am Tag"), null=True, blank=True)
    token_tag = models.PositiveIntegerField(_("Token am Tag"), null=True, blank=True)
    eur_monat = models.DecimalField(_("EUR im Monat"), max_digits=10, decimal_places=2, null=True, blank=True)
    wh_monat = models.DecimalField(_("Wh im Monat"), max_digits=12, decimal_places=2, null=True, blank=True)
    gueltig_bis = models.DateField(_("Gültig bis"))
    angelegt_am = models.DateTimeField(default=timezone.now, editable=False)
    angelegt_von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    widerrufen_am = models.DateTimeField(null=True)
    widerrufen_von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-angelegt_am", "-id")
        constraints = [models.UniqueConstraint(fields=["mandant", "nummer"], name="zugang_nummer_je_mandant")]

    def __str__(self) -> str:
        """Return number and name."""
        return f"{self.nummer} {self.name}"

    @property
    def rollennamen(self) -> list[str]:
        """Return its roles as people call them."""
        return [str(Rolle(name).label) for name in self.rollen]


class Zaehler(MandantOwned):
    """What a key used in a day (`2026-11-28`) or month (`2026-11`); whole numbers, so that adding up is exact."""

    zugang = models.ForeignKey(Zugangsschluessel, on_delete=models.CASCADE, related_name="zaehler")
    zeitraum = models.CharField(max_length=10)
    anfragen = models.PositiveBigIntegerField(default=0)
    token = models.PositiveBigIntegerField(default=0)
    eur_millionstel = models.PositiveBigIntegerField(default=0)
    wh_millionstel = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zugang", "zeitraum"], name="zaehler_je_zeitraum")]

    def __str__(self) -> str:
        """Return the period."""
        return self.zeitraum

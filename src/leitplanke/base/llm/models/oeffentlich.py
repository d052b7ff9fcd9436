"""What a town has declared public, so that it is not hidden from models."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import MandantOwned


class Angabenart(models.TextChoices):
    """What is public; the values are those of `core.privacy.PublicKind`."""

    PERSON = "person", _("Mensch in einem öffentlichen Amt")
    ANSCHRIFT = "anschrift", _("Straße oder Anschrift")
    ORT = "ort", _("Ort mit Postleitzahl")
    SONSTIGES = "sonstiges", _("Telefon, Postfach oder Konto")


class Angabenstand(models.TextChoices):
    """How far an entry is; only a released one holds, and only up to its last day."""

    WARTET = "wartet", _("Wartet auf Freigabe")
    FREIGEGEBEN = "freigegeben", _("Freigegeben")
    ZURUECKGEZOGEN = "zurueckgezogen", _("Zurückgezogen")


class OeffentlicheAngabe(MandantOwned):
    """A name, an address or a number that the town has declared public.

    Attributes:
        wert: as people read it; `vergleich` is the form under which two entries are the same.
        amt: of a person, the public role.
        bis: last day on which it holds; a person always has one.
        anlass: why it was withdrawn.
        eingetragen_von, freigegeben_von: never the same person.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    art = models.CharField(_("Art"), max_length=12, choices=Angabenart.choices)
    wert = models.CharField(_("Angabe"), max_length=120)
    vergleich = models.CharField(max_length=400, editable=False)
    amt = models.CharField(_("Amt"), max_length=160, blank=True)
    grund = models.CharField(_("Warum es öffentlich ist"), max_length=400)
    bis = models.DateField(_("Gilt bis"), null=True, blank=True)
    stand = models.CharField(_("Stand"), max_length=16, choices=Angabenstand.choices, default=Angabenstand.WARTET)
    eingetragen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    eingetragen_am = models.DateTimeField(default=timezone.now)
    freigegeben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    freigegeben_am = models.DateTimeField(null=True)
    beendet_von = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    beendet_am = models.DateTimeField(null=True)
    anlass = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("art", "vergleich", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["mandant", "art", "vergleich", "stand"],
                condition=~models.Q(stand="zurueckgezogen"),
                name="angabe_einmal_je_stand",
            ),
            models.CheckConstraint(
                condition=models.Q(freigegeben_von__isnull=True)
                | models.Q(eingetragen_von__isnull=True)
                | ~models.Q(freigegeben_von=models.F("eingetragen_von")),
                name="angabe_durch_zweite_person",
            ),
        ]

    def __str__(self) -> str:
        """Return kind and state; the value may be somebody's name."""
        return f"{self.art} {self.stand}"

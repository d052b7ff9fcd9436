"""Simulations: what was asked for, and how far it has come. Tables and results lie beside the database as files."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import MandantOwned

KEPT = timedelta(days=30)


class Laufstand(models.TextChoices):
    """How far a simulation has come."""

    WARTET = "wartet", _("wartet")
    LAEUFT = "laeuft", _("wird gerechnet")
    FERTIG = "fertig", _("fertig")
    GESCHEITERT = "gescheitert", _("gescheitert")
    ABGEBROCHEN = "abgebrochen", _("abgebrochen")


STAND_KINDS = {
    Laufstand.WARTET: "info",
    Laufstand.LAEUFT: "info",
    Laufstand.FERTIG: "success",
    Laufstand.GESCHEITERT: "danger",
    Laufstand.ABGEBROCHEN: "warning",
}
UNDER_WAY = frozenset({Laufstand.WARTET, Laufstand.LAEUFT})


class Bevoelkerung(models.TextChoices):
    """Whose cases are reckoned; it decides who may see them."""

    ERFUNDEN = "erfunden", _("erfunden")
    HOCHGELADEN = "hochgeladen", _("hochgeladen")


class Simulationslauf(MandantOwned):
    """One simulation: the plan, digests to repeat it, and how far it has come.

    `versuche` counts beginnings: a run that was cut off begins again, and an older attempt notices that it is outdated.
    """

    kennung = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bezeichnung = models.CharField(_("Bezeichnung"), max_length=120)
    regelwerk = models.CharField(_("Regelwerk"), max_length=100)
    ebene = models.CharField(_("Satzung oder Landesrecht"), max_length=100, blank=True)
    regelwerk_sha256 = models.CharField(max_length=64)
    plan = models.JSONField()
    beschriftung = models.JSONField(default=dict)
    plan_sha256 = models.CharField(max_length=64)
    bevoelkerung = models.CharField(max_length=12, choices=Bevoelkerung.choices)
    stand = models.CharField(max_length=12, choices=Laufstand.choices, default=Laufstand.WARTET)
    versuche = models.PositiveSmallIntegerField(default=0)
    gerechnet = models.PositiveIntegerField(default=0)
    gesamt = models.PositiveIntegerField(default=0)
    fehler = models.TextField(blank=True)
    ergebnis_sha256 = models.CharField(max_length=64, blank=True)
    angelegt_von = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    angelegt_am = models.DateTimeField(default=timezone.now)
    beendet_am = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-angelegt_am", "-id")

    def __str__(self) -> str:
        """Return the name."""
        return self.bezeichnung

    @property
    def titel(self) -> str:
        """Return what the Regelwerk is called in the language of the page."""
        texts = self.beschriftung.get("regelwerk", {})
        title = texts.get("en") if get_language() == "en" else None
        return str(title or texts.get("de") or self.regelwerk)

    @property
    def kind(self) -> str:
        """Return the colour of the state for its badge."""
        return STAND_KINDS[Laufstand(self.stand)]

    @property
    def under_way(self) -> bool:
        """Tell whether it still waits or is being reckoned."""
        return self.stand in UNDER_WAY

    @property
    def done(self) -> bool:
        """Tell whether there is a result."""
        return self.stand == Laufstand.FERTIG

    @property
    def deleted_on(self) -> datetime:
        """Return when it is deleted by itself."""
        return self.angelegt_am + KEPT

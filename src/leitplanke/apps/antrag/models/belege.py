"""Evidence documents of a case, and what was read in them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.antrag.models.angaben import Quelle
from leitplanke.apps.antrag.models.antrag import Antrag
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned
from leitplanke.base.documents.models import StoredFile


class Belegstand(models.TextChoices):
    """How far a document was read."""

    NEU = "neu", _("wird gelesen")
    GELESEN = "gelesen", _("gelesen")
    UNLESBAR = "unlesbar", _("von Hand zu lesen")


class Beleg(MandantOwned):
    """A document in a case.

    Attributes:
        art: kind of document, as in `content/belegarten`; empty where nobody knows yet.
        text, boxen: what was read, and where it stands on the pages.
        befunde: what was odd about it, for the person who works with it (hidden text, contradictory layers).
    """

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="belege")
    kennung = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    datei = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=200)
    art = models.CharField(_("Art"), max_length=60, blank=True)
    zu_angabe = models.CharField(max_length=160, blank=True)
    quelle = models.CharField(max_length=10, choices=Quelle.choices)
    eingang_am = models.DateTimeField(default=timezone.now)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    stand = models.CharField(max_length=10, choices=Belegstand.choices, default=Belegstand.NEU)
    seiten = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True)
    boxen = models.JSONField(default=list)
    befunde = models.JSONField(default=list)
    geprueft_am = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("eingang_am", "id")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Vorschlagsstand(models.TextChoices):
    """What became of a proposal."""

    OFFEN = "offen", _("offen")
    BESTAETIGT = "bestaetigt", _("bestätigt")
    VERWORFEN = "verworfen", _("verworfen")


class Fundweg(models.TextChoices):
    """What found a value in a document."""

    MUSTER = "muster", _("feste Muster")
    MODELL = "modell", _("KI-Modell")
    BEIDE = "beide", _("feste Muster und KI-Modell")


class Vorschlag(MandantOwned):
    """A value that a document seems to state; it counts only once a person has confirmed it.

    Attributes:
        stellen: the passages it stands on, `[[start, end], ...]`.
        rechnung: how it was computed from several passages, in words.
        widerspruch: what it contradicted when it was read, in words; empty where nothing.
        hinweis: why a person should look twice; such a value is never confirmed in a group.
        gefunden: what found it; where the patterns and a model agree, it is one proposal of both.
    """

    beleg = models.ForeignKey(Beleg, on_delete=models.CASCADE, related_name="vorschlaege")
    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="vorschlaege")
    pfad = models.CharField(max_length=160)
    wert = models.JSONField()
    wortlaut = models.TextField(blank=True)
    stellen = models.JSONField(default=list)
    rechnung = models.TextField(blank=True)
    widerspruch = models.TextField(blank=True)
    hinweis = models.TextField(blank=True)
    gefunden = models.CharField(max_length=10, choices=Fundweg.choices, default=Fundweg.MUSTER)
    stand = models.CharField(max_length=10, choices=Vorschlagsstand.choices, default=Vorschlagsstand.OFFEN)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    am = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["antrag", "stand"], name="vorschlag_offen")]

    def __str__(self) -> str:
        """Return which fact it is about."""
        return self.pfad

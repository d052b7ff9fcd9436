"""Letters of a case, from the draft to what was delivered."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.antrag.models.antrag import Antrag
from leitplanke.apps.antrag.models.entscheidung import Entscheidung
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned
from leitplanke.base.documents.models import StoredFile


class Briefstand(models.TextChoices):
    """How far a letter is."""

    ENTWURF = "entwurf", _("Entwurf")
    FREIGEGEBEN = "freigegeben", _("freigegeben")
    VERSANDT = "versandt", _("versandt")
    VERWORFEN = "verworfen", _("verworfen")


class Versandweg(models.TextChoices):
    """How a letter leaves."""

    POST = "post", _("Post")
    PORTAL = "portal", _("Portal")
    UEBERGABE = "uebergabe", _("Übergabe am Schalter")


class Schreiben(MandantOwned):
    """A letter.

    Attributes:
        vorlage, anlass: template by name, and what a person said about why the letter is written.
        brief: the letter as data (`core.drafting.Brief`); `entworfen` is what was composed, to compare edits with.
        pruefung: what the checker said of `brief`, as JSON; `geprueft_hash` is that of the text it looked at.
        ki_pruefung: who checked words of a model in it (`person`), whether they opened what those stand on (`belege`),
            and the hash of the letter that they saw (`inhalt`).
        vermerk_am: the day it was given to the post or made available (Abgangsvermerk).
        zugegangen_am: the day on which it proved to have arrived, where that differs from what the law presumes.
        zurueck_am: the day on which it came back or proved not to have arrived; it then waits to be sent again.
    """

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="schreiben")
    entscheidung = models.ForeignKey(
        Entscheidung, on_delete=models.PROTECT, null=True, blank=True, related_name="schreiben"
    )
    kennung = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    art = models.CharField(_("Art"), max_length=30)
    stand = models.CharField(max_length=12, choices=Briefstand.choices, default=Briefstand.ENTWURF)
    vorlage = models.CharField(max_length=100)
    anlass = models.JSONField(default=dict)
    entworfen = models.JSONField()
    brief = models.JSONField()
    pruefung = models.JSONField(default=list)
    geprueft_hash = models.CharField(max_length=64, blank=True)
    ki_pruefung = models.JSONField(default=dict)
    maschinenanteil = models.DecimalField(max_digits=4, decimal_places=3, default=1)
    frist_ende = models.DateField(null=True, blank=True)
    angelegt_von = models.ForeignKey(Mitgliedschaft, on_delete=models.PROTECT, null=True, related_name="+")
    angelegt_am = models.DateTimeField(default=timezone.now)
    freigegeben_von = models.ForeignKey(Mitgliedschaft, on_delete=models.PROTECT, null=True, related_name="+")
    freigegeben_am = models.DateTimeField(null=True)
    weg = models.CharField(_("Weg"), max_length=10, choices=Versandweg.choices, default=Versandweg.POST)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    vermerk_am = models.DateField(_("Abgang"), null=True)
    versandt_von = models.ForeignKey(Mitgliedschaft, on_delete=models.PROTECT, null=True, related_name="+")
    zugegangen_am = models.DateField(_("Tatsächlich zugegangen"), null=True)
    zurueck_am = models.DateField(_("Nicht zugegangen, bemerkt am"), null=True)
    bekanntgabe_am = models.DateField(_("Gilt als bekannt gegeben"), null=True)
    bekanntgabe_erklaert = models.TextField(blank=True)
    rechtsbehelf_bis = models.DateField(_("Rechtsbehelf möglich bis"), null=True)
    abgerufen_am = models.DateTimeField(null=True)

    class Meta:
        ordering = ("angelegt_am", "id")
        constraints = [
            # Only what a person released leaves; receipt and reminder are what rules may send.
            models.CheckConstraint(
                condition=~models.Q(stand__in=("freigegeben", "versandt"))
                | models.Q(freigegeben_von__isnull=False)
                | models.Q(art__in=("eingangsbestaetigung", "erinnerung")),
                name="schreiben_nur_nach_freigabe",
            )
        ]
        indexes = [models.Index(fields=["mandant", "stand"], name="schreiben_ausgang")]

    def __str__(self) -> str:
        """Return the kind of letter."""
        return self.art

    @property
    def ki_geprueft(self) -> dict[str, Any]:
        """What a person said of the words of a model in the letter as it stands; empty where nobody checked these."""
        written = json.dumps(self.brief, sort_keys=True, ensure_ascii=False, default=str)
        same = self.ki_pruefung.get("inhalt") == hashlib.sha256(written.encode()).hexdigest()
        return self.ki_pruefung if same else {}

    @property
    def public_id(self) -> uuid.UUID:
        """Return the name under which evidence knows it."""
        return self.kennung

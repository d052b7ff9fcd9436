"""What people and rules say about a system: classification and declarations; nothing here is ever edited."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.register.models.eintrag import Eintrag
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned


class Einstufung(MandantOwned):
    """A classification under the AI Act whose facts a person confirmed.

    Attributes:
        facts: by name, as confirmed; `herkunft` says by name who or what proposed them (`mensch`, `text`, `angabe`).
        ergebnis: the classification as `leitplanke ki-vo classify` writes it.
        law_version: the state of the law it was made with.
        wesentlich_sha256: of the statements it was made for; it is outdated when they change.
    """

    eintrag = models.ForeignKey(Eintrag, on_delete=models.CASCADE, related_name="einstufungen")
    facts = models.JSONField(default=dict)
    herkunft = models.JSONField(default=dict)
    ergebnis = models.JSONField(default=dict)
    law_version = models.CharField(max_length=80)
    wesentlich_sha256 = models.CharField(max_length=64)
    vollstaendig = models.BooleanField(default=False)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        """Return the class."""
        return str(self.ergebnis.get("class", ""))


class Erklaerungsart(models.TextChoices):
    """What can be declared on a system."""

    VERANTWORTUNG = "verantwortung", _("Verantwortung angenommen")
    DATENSCHUTZ = "datenschutz", _("Stellungnahme der Datenschutzbeauftragten")
    DSFA = "dsfa", _("Datenschutz-Folgenabschätzung")
    GRUNDRECHTE = "grundrechte", _("Grundrechte-Folgenabschätzung")
    AUSNAHME = "ausnahme", _("Bewertung der Ausnahme vom hohen Risiko")
    UNTERRICHTUNG = "unterrichtung", _("Unterrichtung der Personalvertretung")
    MITBESTIMMUNG = "mitbestimmung", _("Entscheidung der Personalvertretung")
    EINIGUNG = "einigung", _("Beschluss der Einigungsstelle")
    SCHULUNG = "schulung", _("Schulung der Nutzenden")
    VERTRAG = "vertrag", _("Vertrag zur Auftragsverarbeitung")
    PFLICHT = "pflicht", _("Pflicht erfüllt")


class Erklaerung(MandantOwned):
    """Something a person contributes to a release, in their role, for one state of the system.

    Attributes:
        schluessel: of what, where there are several of a kind: the article of a duty.
        ergebnis: by kind, see `declaring.ARTEN`.
        text: the sentence or reason.
        nachweis: where the document is, or its file number.
        vollstaendig_ab: of an `UNTERRICHTUNG`: from when on it was complete; the time limit runs from there.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    eintrag = models.ForeignKey(Eintrag, on_delete=models.CASCADE, related_name="erklaerungen")
    art = models.CharField(max_length=16, choices=Erklaerungsart.choices)
    schluessel = models.CharField(max_length=80, blank=True)
    ergebnis = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    nachweis = models.CharField(_("Fundstelle des Nachweises"), max_length=300, blank=True)
    vollstaendig_ab = models.DateField(null=True)
    wesentlich_sha256 = models.CharField(max_length=64)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    in_vertretung = models.BooleanField(default=False)
    am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["eintrag", "art", "-id"], name="erklaerung_neueste")]

    def __str__(self) -> str:
        """Return kind and outcome."""
        return f"{self.get_art_display()}: {self.ergebnis}"

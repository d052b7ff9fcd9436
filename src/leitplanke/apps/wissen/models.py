"""Wissensräume, their sources in versions, and the answers given."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.scoping import MandantOwned
from leitplanke.base.documents.models import StoredFile
from leitplanke.core.provenance import Ebene

if TYPE_CHECKING:
    from datetime import date


class Sichtbarkeit(models.TextChoices):
    """Who may ask in a space."""

    OEFFENTLICH = "oeffentlich", _("öffentlich")
    INTERN = "intern", _("intern")


class Wissensraum(MandantOwned):
    """A space: a topic, its sources, its owner, and the person one reaches behind it."""

    name = models.CharField(_("Name"), max_length=120)
    kurz = models.SlugField(_("Kurzname"), max_length=60)
    beschreibung = models.TextField(_("Worum geht es?"))
    themen = models.JSONField(_("Themen"), default=list, blank=True)
    sichtbarkeit = models.CharField(_("Sichtbarkeit"), max_length=12, choices=Sichtbarkeit.choices)
    von_startseite = models.BooleanField(_("Fragen der Startseite beantworten"), default=True)
    einheit = models.ForeignKey(Organisationseinheit, on_delete=models.PROTECT, verbose_name=_("Zuständig"))
    kontakt_stelle = models.CharField(_("Ansprechstelle"), max_length=200)
    kontakt_telefon = models.CharField(_("Telefon"), max_length=60)
    kontakt_email = models.EmailField(_("E-Mail"))
    kontakt_zeiten = models.CharField(_("Erreichbar"), max_length=300, blank=True)
    eroeffnung = models.TextField(_("Eröffnungstext"))
    beispielfragen = models.JSONField(_("Beispielfragen"), default=list, blank=True)
    passagen = models.PositiveIntegerField(default=0, editable=False)
    passagen_erschlossen = models.PositiveIntegerField(default=0, editable=False)
    index_stand = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["mandant", "kurz"], name="raum_kurz_je_mandant")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Quelle(MandantOwned):
    """A document of a space, through all its versions. `dokument` is the name that citations use."""

    EBENEN = [
        (ebene.value, label)
        for ebene, label in zip(Ebene, (_("EU"), _("Bund"), _("Land"), _("Kommune"), _("Sonstige")), strict=True)
    ]

    raum = models.ForeignKey(Wissensraum, on_delete=models.CASCADE, related_name="quellen")
    dokument = models.CharField(_("Name in Zitaten"), max_length=200)
    titel = models.CharField(_("Titel"), max_length=300)
    url = models.URLField(_("Fundstelle im Netz"), max_length=500, blank=True)
    lizenz = models.CharField(_("Lizenz"), max_length=100, blank=True)
    herkunft = models.CharField(_("Herkunft"), max_length=300, blank=True)
    ebene = models.CharField(_("Ebene"), max_length=10, choices=EBENEN, default=Ebene.KOMMUNE.value)
    bindet = models.CharField(_("Für wen gilt das?"), max_length=200, blank=True)
    gebiet = models.CharField(_("Wo gilt das?"), max_length=200, blank=True)

    class Meta:
        ordering = ("titel", "id")
        constraints = [models.UniqueConstraint(fields=["raum", "dokument"], name="quelle_dokument_je_raum")]

    def __str__(self) -> str:
        """Return the title."""
        return self.titel


class Stand(models.TextChoices):
    """How far a version has come."""

    WIRD_GELESEN = "wird_gelesen", _("wird gelesen")
    NICHT_LESBAR = "nicht_lesbar", _("nicht lesbar")
    ZU_PRUEFEN = "zu_pruefen", _("wartet auf Freigabe")
    FREIGEGEBEN = "freigegeben", _("freigegeben")
    ABGELOEST = "abgeloest", _("durch neuere Fassung abgelöst")
    ZURUECKGEZOGEN = "zurueckgezogen", _("zurückgezogen")


STAND_KINDS = {
    Stand.WIRD_GELESEN: "info",
    Stand.NICHT_LESBAR: "danger",
    Stand.ZU_PRUEFEN: "warning",
    Stand.FREIGEGEBEN: "success",
    Stand.ABGELOEST: "info",
    Stand.ZURUECKGEZOGEN: "danger",
}


class Fassung(MandantOwned):
    """One version of a source: its original, the text read from it, its validity and who released it.

    `angaben` is what its source will be called and said to be once the version is released, and not before.
    """

    quelle = models.ForeignKey(Quelle, on_delete=models.CASCADE, related_name="fassungen")
    nummer = models.PositiveIntegerField(_("Fassung"))
    datei = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    dateiname = models.CharField(_("Dateiname"), max_length=200)
    angaben = models.JSONField(default=dict)
    stand = models.CharField(max_length=16, choices=Stand.choices, default=Stand.WIRD_GELESEN)
    text = models.TextField(blank=True)
    bloecke = models.JSONField(default=list)
    hinweise = models.JSONField(default=list)
    text_sha256 = models.CharField(max_length=64, blank=True)
    fehler = models.TextField(blank=True)
    begruendung = models.TextField(_("Begründung"), blank=True)
    textstand = models.DateField(_("Stand des Textes"), null=True, blank=True)
    textstand_wortlaut = models.CharField(max_length=300, blank=True)
    gueltig_von = models.DateField(_("Gültig ab"), null=True, blank=True)
    gueltig_bis = models.DateField(_("Gültig bis"), null=True, blank=True)
    angelegt_von = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    angelegt_am = models.DateTimeField(default=timezone.now)
    freigegeben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    freigegeben_am = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-angelegt_am", "-id")
        constraints = [
            models.UniqueConstraint(fields=["quelle", "nummer"], name="fassung_nummer_je_quelle"),
            models.UniqueConstraint(
                fields=["quelle"], condition=models.Q(stand="freigegeben"), name="eine_freigegebene_fassung"
            ),
            models.CheckConstraint(
                condition=models.Q(freigegeben_von__isnull=True)
                | models.Q(angelegt_von__isnull=True)
                | ~models.Q(freigegeben_von=models.F("angelegt_von")),
                name="freigabe_durch_zweite_person",
            ),
        ]

    def __str__(self) -> str:
        """Return title and number."""
        return f"{self.quelle} ({self.nummer})"

    @property
    def titel(self) -> str:
        """Return what this version calls itself."""
        return self.angaben.get("titel") or self.quelle.titel

    @property
    def kind(self) -> str:
        """Return the colour of the state for its badge."""
        return STAND_KINDS[Stand(self.stand)]

    def valid_on(self, day: date) -> bool:
        """Tell whether the version is in force on `day`."""
        return (self.gueltig_von is None or self.gueltig_von <= day) and (
            self.gueltig_bis is None or day <= self.gueltig_bis
        )


class Antwort(MandantOwned):
    """A question and what was answered, reachable by its random address."""

    kennung = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    raum = models.ForeignKey(Wissensraum, on_delete=models.CASCADE, related_name="antworten")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="wissen_antworten"
    )
    frage = models.TextField(_("Frage"))
    ergebnis = models.CharField(max_length=10)
    grund = models.CharField(max_length=20, blank=True)
    inhalt = models.JSONField()
    # What a language model made of it, sentence by sentence with the statement each stands on; the quotes count.
    umformuliert = models.JSONField(null=True)
    nachweis = models.UUIDField(editable=False)
    millisekunden = models.PositiveIntegerField(default=0)
    gefragt_am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-gefragt_am", "-id")

    def __str__(self) -> str:
        """Return the question."""
        return self.frage


class Stichwort(MandantOwned):
    """A town's own bridge from everyday words to official ones."""

    alltag = models.JSONField(_("So sagen es die Leute"), default=list)
    amtlich = models.JSONField(_("So steht es in den Quellen"), default=list)
    fundstellen = models.JSONField(_("Fundstellen"), default=list)
    geaendert_am = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """Return the first everyday phrase."""
        return str(self.alltag[0]) if self.alltag else ""

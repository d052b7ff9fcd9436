"""What is said in a case, and what people judged."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.antrag.models.antrag import Antrag
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned


class Quelle(models.TextChoices):
    """Where a value comes from."""

    BUERGER = "buerger", _("antragstellende Person")
    BELEG = "beleg", _("Unterlage")
    AMT = "amt", _("Sachbearbeitung")
    IMPORT = "import", _("anderes Fachverfahren")


class Angabenstand(models.TextChoices):
    """How sure a value is."""

    ANGEGEBEN = "angegeben", _("angegeben")
    BESTAETIGT = "bestaetigt", _("bestätigt")
    BESTRITTEN = "bestritten", _("widersprüchlich")
    VERWEIGERT = "verweigert", _("nicht angegeben")


class Angabe(MandantOwned):
    """One value of one fact. A new row replaces the old one (`ersetzt_am`), so a case can be read as of any day.

    Attributes:
        pfad: name of the fact, `personen[1].bruttoeinkommen_jahr` in a list, the name of a list for its length.
        wert: as the engine takes it; `{"status": ...}` where it is unknown, refused or contested.
        anfang, ende: the passage of `beleg` it comes from.
    """

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="angaben")
    pfad = models.CharField(max_length=160)
    wert = models.JSONField()
    stand = models.CharField(max_length=12, choices=Angabenstand.choices, default=Angabenstand.ANGEGEBEN)
    quelle = models.CharField(max_length=10, choices=Quelle.choices)
    beleg = models.ForeignKey("antrag.Beleg", on_delete=models.SET_NULL, null=True, blank=True, related_name="angaben")
    anfang = models.PositiveIntegerField(null=True, blank=True)
    ende = models.PositiveIntegerField(null=True, blank=True)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)
    ersetzt_am = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["antrag", "pfad"], condition=models.Q(ersetzt_am__isnull=True), name="ein_wert_je_angabe"
            )
        ]

    def __str__(self) -> str:
        """Return which fact it is."""
        return self.pfad


class Urteil(MandantOwned):
    """A judgement by a person, with reasons. There is no other way to one than a person's own words.

    Attributes:
        besonderheit: what is particular about this case, where a text block of the office gives the rest.
        begruendung_hash: of the reasons in normal form, so that words copied from another case are noticed.
    """

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="urteile_getroffen")
    name = models.CharField(max_length=100)
    wert = models.JSONField()
    begruendung = models.TextField(_("Begründung"))
    baustein = models.TextField(_("Textbaustein"), blank=True)
    besonderheit = models.TextField(_("Besonderheit des Falls"), blank=True)
    begruendung_hash = models.CharField(max_length=64)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.PROTECT, related_name="+")
    am = models.DateTimeField(default=timezone.now)
    ersetzt_am = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["antrag", "name"], condition=models.Q(ersetzt_am__isnull=True), name="ein_urteil_je_name"
            ),
            models.CheckConstraint(condition=~models.Q(begruendung=""), name="urteil_mit_begruendung"),
        ]
        indexes = [models.Index(fields=["mandant", "begruendung_hash"], name="urteil_begruendung")]

    def __str__(self) -> str:
        """Return which judgement it is."""
        return self.name


class Vorentscheidung(MandantOwned):
    """What a person would decide before the rules were shown (reverse mode)."""

    antrag = models.OneToOneField(Antrag, on_delete=models.CASCADE, related_name="vorentscheidung")
    art = models.CharField(max_length=20)
    betrag = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    normen = models.JSONField(default=list)
    begruendung = models.TextField(_("Begründung"))
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.PROTECT, related_name="+")
    am = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return the kind of decision."""
        return self.art

"""How good a system is compared with people: plans, decisions collected, results."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.register.models.eintrag import Eintrag
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned


class Pruefplan(MandantOwned):
    """What is to be shown and by which measure, fixed before data are seen.

    Attributes:
        text: the plan as YAML, as `core.evaluation` reads it; `sha256` is of its one spelling and stands in the
            evidence log.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    eintrag = models.ForeignKey(Eintrag, on_delete=models.CASCADE, related_name="pruefplaene")
    titel = models.CharField(_("Titel"), max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        """Return the title."""
        return self.titel


class Verdikt(models.TextChoices):
    """What an evaluation comes to."""

    BESTANDEN = "bestanden", _("bestanden")
    NICHT_BESTANDEN = "nicht_bestanden", _("nicht bestanden")
    UNZUREICHEND = "unzureichend", _("zu wenige Fälle")


class Bewertung(MandantOwned):
    """A result under a plan, for one state of the system.

    Attributes:
        ergebnis: as `core.evaluation` gives it; `zellen` the counts it was reckoned from, nobody is in either.
        gueltig_bis: last day on which a gate accepts it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Pruefplan, on_delete=models.CASCADE, related_name="bewertungen")
    eintrag = models.ForeignKey(Eintrag, on_delete=models.CASCADE, related_name="bewertungen")
    verdikt = models.CharField(max_length=16, choices=Verdikt.choices)
    satz = models.TextField(_("Ergebnis in einem Satz"))
    ergebnis = models.JSONField()
    zellen = models.JSONField()
    faelle = models.PositiveIntegerField(_("Fälle"))
    gueltig_bis = models.DateField(_("Gilt bis"))
    wesentlich_sha256 = models.CharField(max_length=64)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        """Return the verdict."""
        return self.get_verdikt_display()


class Blindfall(MandantOwned):
    """A case of a plan that people judge without seeing what the system or others said; identifiers are left out.

    Attributes:
        sachverhalt: what raters read; `ki` is what the system said, shown to nobody before the end.
        gruppen: by the names of the plan; `schwere` the weight where the plan reads one.
    """

    plan = models.ForeignKey(Pruefplan, on_delete=models.CASCADE, related_name="blindfaelle")
    nummer = models.PositiveIntegerField()
    sachverhalt = models.TextField()
    ki = models.CharField(max_length=40)
    gruppen = models.JSONField(default=dict)
    schwere = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("nummer",)
        constraints = [models.UniqueConstraint(fields=["plan", "nummer"], name="blindfall_nummer_je_plan")]

    def __str__(self) -> str:
        """Return the number."""
        return str(self.nummer)


class Blindurteil(MandantOwned):
    """What one person said on a case; `zweitblick` where they settle the truth for cases others disagree on."""

    fall = models.ForeignKey(Blindfall, on_delete=models.CASCADE, related_name="urteile")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    wert = models.CharField(max_length=40)
    zweitblick = models.BooleanField(default=False)
    am = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fall", "person"], name="blindurteil_einmal_je_person"),
            models.UniqueConstraint(
                fields=["fall"], condition=models.Q(zweitblick=True), name="blindurteil_eine_wahrheit_je_fall"
            ),
        ]

    def __str__(self) -> str:
        """Return what was said."""
        return self.wert

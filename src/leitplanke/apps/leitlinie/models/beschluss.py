"""Who has to look at a version before it is adopted, and who has read what holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.leitlinie.models.fassung import Leitlinienfassung
from leitplanke.base.accounts.scoping import MandantOwned


class Stelle(models.TextChoices):
    """Who signs off; the value is the role whose people may."""

    DATENSCHUTZ = "datenschutz", _("Datenschutz")
    PERSONALRAT = "personalrat", _("Personalvertretung")
    IT = "it", _("IT")
    LEITUNG = "leitung", _("Leitung")
    RAT = "rat", _("Rat")


class Votum(models.TextChoices):
    """What they said."""

    OFFEN = "offen", _("noch offen")
    ZUGESTIMMT = "zugestimmt", _("zugestimmt")
    EINWAENDE = "einwaende", _("Einwände")


class Mitzeichnung(MandantOwned):
    """The sign-off of one office; `aenderungszaehler` of the version tells whether it was changed since."""

    fassung = models.ForeignKey(Leitlinienfassung, on_delete=models.CASCADE, related_name="mitzeichnungen")
    stelle = models.CharField(max_length=16, choices=Stelle.choices)
    votum = models.CharField(max_length=12, choices=Votum.choices, default=Votum.OFFEN.value)
    bemerkung = models.TextField(_("Bemerkung"), blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(null=True)
    aenderungszaehler = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("stelle",)
        constraints = [
            models.UniqueConstraint(fields=["fassung", "stelle"], name="eine_mitzeichnung_je_stelle"),
        ]

    def __str__(self) -> str:
        """Return office and what it said."""
        return f"{self.get_stelle_display()}: {self.get_votum_display()}"


class Kenntnisnahme(MandantOwned):
    """Somebody has read an adopted version; nothing else is kept about it."""

    fassung = models.ForeignKey(Leitlinienfassung, on_delete=models.CASCADE, related_name="kenntnisnahmen")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    am = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fassung", "person"], name="eine_kenntnisnahme_je_person"),
        ]

    def __str__(self) -> str:
        """Return the version."""
        return f"Kenntnisnahme von {self.fassung_id}"


class Fassungsvermerk(MandantOwned):
    """What the machine itself has done about a version, so that it does it once; the version stays as it is."""

    fassung = models.OneToOneField(Leitlinienfassung, on_delete=models.CASCADE, related_name="vermerk")
    frist_erinnert_am = models.DateField(null=True)
    gilt_vermerkt_am = models.DateTimeField(null=True)
    kenntnis_erinnert_am = models.DateField(null=True)

    def __str__(self) -> str:
        """Return the version."""
        return f"Vermerk zu {self.fassung_id}"

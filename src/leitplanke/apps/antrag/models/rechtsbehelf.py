"""A remedy that somebody took against a decision."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.antrag.models.antrag import Antrag
from leitplanke.apps.antrag.models.entscheidung import Entscheidung
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned


class Rechtsbehelfsstand(models.TextChoices):
    """What became of a remedy."""

    OFFEN = "offen", _("in Bearbeitung")
    ABGEHOLFEN = "abgeholfen", _("abgeholfen")
    ZURUECKGEWIESEN = "zurueckgewiesen", _("zurückgewiesen")
    ZURUECKGENOMMEN = "zurueckgenommen", _("zurückgenommen")
    ABGEGEBEN = "abgegeben", _("vorgelegt")


class Rechtsbehelf(MandantOwned):
    """A remedy against a decision: when it came, in which form, and what became of it."""

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="rechtsbehelfe")
    entscheidung = models.ForeignKey(Entscheidung, on_delete=models.PROTECT, related_name="rechtsbehelfe")
    art = models.CharField(_("Art"), max_length=20)
    eingang_am = models.DateField(_("Eingang"), default=timezone.localdate)
    form = models.CharField(_("Form"), max_length=40)
    text = models.TextField(_("Begründung der Person"), blank=True)
    rechtzeitig = models.BooleanField(_("Rechtzeitig"), default=True)
    stand = models.CharField(max_length=16, choices=Rechtsbehelfsstand.choices, default=Rechtsbehelfsstand.OFFEN)
    erledigt_am = models.DateField(null=True, blank=True)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("eingang_am", "id")

    def __str__(self) -> str:
        """Return kind and day."""
        return f"{self.art} vom {self.eingang_am:%d.%m.%Y}"
